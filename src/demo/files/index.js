// `devsecrets run` starts it with its variables; it loads nothing and needs nothing installed.
console.log("listening");
