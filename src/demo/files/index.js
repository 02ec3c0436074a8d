import "dotenv/config";

console.log("listening");
