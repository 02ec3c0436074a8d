//! The table: hard values, the forms they may be written in, odd files, and random texts.

use std::collections::BTreeSet;

/// Values that trip up at least one program in at least one form.
pub const HARD_VALUES: &[&str] = &[
    "",
    "plain",
    "two words",
    " lead",
    "trail ",
    "\ttab",
    "tab\t",
    "a\tb",
    "#hash",
    "a#b",
    "a #b",
    "a # b ' c",
    "'",
    "\"",
    "`",
    "it's",
    "it's here's",
    "say \"hi\"",
    "\"wrapped\"",
    "'wrapped'",
    "`wrapped`",
    "it's \"both\"",
    "'\"`",
    "a\\b",
    "a\\\\b",
    "a\\",
    "a\\\\",
    "\\'",
    "\\\"",
    "it\\'s",
    "a\\nb",
    "a\\rb",
    "a\\tb",
    "a\\db",
    "\\0101",
    "$",
    "a$",
    "$$",
    "$A",
    "a$FIRST",
    "a${FIRST}",
    "${A:-d}",
    "${",
    "a$b_c",
    "it's $A",
    "\\$A",
    "!x!",
    "a;b",
    "a&b",
    "a|b",
    "(a)",
    "a*b?",
    "[a]",
    "{a,b}",
    "a=b",
    "=a",
    "==",
    "a:=b",
    "%20",
    "^",
    "two\nlines",
    "two\n\nlines\n",
    "\nlead",
    "a\nKEY=b",
    "a\n# b\nc",
    "it's\nthere",
    "a\n\"b\"\nc",
    "cr\rlf",
    "crlf\r\nend",
    "ü",
    "日本語",
    "🦀",
    "\u{a0}nbsp\u{a0}",
    "\u{3000}wide",
    "a\u{2028}b",
    "a\u{85}b",
    "\u{feff}x",
    "a\u{7}b",
    "a\u{1b}[31mb",
    "\u{81}\u{88}",
    "{\"k\": \"v\", \"n\": [1, 2]}",
    "{\"pem\": \"a\\nb\"}",
    "-----BEGIN KEY-----\nMIIB+/=\n-----END KEY-----\n",
    "postgres://user:p%40ss@host:5432/db?a=1&b=2",
    "p@ss'w0rd#1",
    "mongodb+srv://u:p@h/?x=y",
    "export A=1",
    "a, b, c",
    "C:\\new\\table",
    "^[a-z]+\\d{2}$",
];

fn double(value: &str, which: &str) -> String {
    let mut text = String::from("\"");
    for c in value.chars() {
        match c {
            '\n' if which.contains(c) => text.push_str("\\n"),
            '\r' if which.contains(c) => text.push_str("\\r"),
            c if which.contains(c) => text.extend(['\\', c]),
            c => text.push(c),
        }
    }
    text + "\""
}

fn forms(value: &str) -> Vec<String> {
    vec![
        value.to_owned(),
        format!("'{value}'"),
        format!("\"{value}\""),
        format!("`{value}`"),
        double(value, "\\\"$"),
        double(value, "\\\"$`"),
        double(value, "\\\"\n\r"),
        format!("'{}'", value.replace('\'', r"\'")),
        format!("'{}'", value.replace('\'', r#"'"'"'"#)),
        format!("'{value}' # it's a note"),
        format!("\"{value}\"#glued"),
        format!("{value}#glued"),
    ]
}

/// Each value in each form, between neighbours full of quotes.
pub fn values_in_forms() -> Vec<Vec<u8>> {
    let file = |text: String| {
        format!("FIRST=1\nKEY={text}\nNEXT='x'\n# the users' \"own\"\nLAST=\"y\"\n").into_bytes()
    };
    let different: BTreeSet<String> = HARD_VALUES.iter().flat_map(|value| forms(value)).collect();
    different.into_iter().map(file).collect()
}

/// Each value bare: what readers without quotes can be told apart by.
pub fn bare_values() -> Vec<Vec<u8>> {
    HARD_VALUES.iter().map(|value| format!("FIRST=1\nKEY={value}\nLAST=2\n").into_bytes()).collect()
}

/// Comments, pieces and escapes only systemd takes.
pub fn systemd_files() -> Vec<Vec<u8>> {
    const TEXTS: &[&str] = &[
        "; c",
        "# c\\",
        "; c\\\\",
        "# c\\\r",
        "A=x\\\ny",
        "A=x \\\n y",
        "A='x'\\\n'y'",
        "A=\"x\\\ny\"",
        "A='x' 'y'",
        "A='x'  y 'z' ",
        "A='x' # y",
        "A=x \\ ",
        "A=x\\ \\ ",
        "A=\\",
        "A= \\ x",
        "A\\=1",
        "==1",
        "='x\nB=2",
        "A =  ",
        "A=x;y",
        "A=\u{ffff}",
        "A=\u{fdd0}",
        "A\t=1",
        "A=\x0bx\x0b",
        "A=\0",
        "A=x\\'y'",
        "\u{ffff}=1",
    ];
    let file = |text: &&str| {
        [("", ""), ("F=1\n", "\nL=2\n"), ("F=1\n", "\nL='2'")]
            .map(|around| format!("{}{text}{}", around.0, around.1).into_bytes())
    };
    TEXTS.iter().flat_map(file).collect()
}

/// Dollars, escaped and not, in every kind of quotes.
pub fn dollars() -> Vec<Vec<u8>> {
    const TEXTS: &[&str] = &[
        "\\$A",
        "a\\$b",
        "\\${A}",
        "\\\\$A",
        "$",
        "a$ b",
        "a$,b",
        "$-",
        "a\\$",
        "\\$\\$",
        "\\$1",
        "\\${A:-d}",
        "x$A",
        "${V}",
        "$1",
        "$$",
        "$(echo x)",
        "\\$(echo x)",
        "encrypted:x",
    ];
    let quoted = |text: &&str| {
        ["", "'", "\"", "`"].map(|quote| format!("V=v\nKEY={quote}{text}{quote}\nB=1\n").into_bytes())
    };
    TEXTS.iter().flat_map(quoted).collect()
}

/// Statements of every odd kind, alone and between others.
pub fn odd_files() -> Vec<Vec<u8>> {
    const LINES: &[&str] = &[
        "",
        " ",
        "\t",
        "#",
        "# A=1",
        "  # it's",
        "A",
        "A=",
        "A= ",
        "A=\t",
        "A= # c",
        "A=#c",
        "A =1",
        "A= 1",
        "A = 1",
        " A=1",
        "\tA=1",
        "export A=1",
        "export  A=1",
        "export\tA=1",
        "export A",
        "export=1",
        "exportA=1",
        "A: 1",
        "A:1",
        "A.B=1",
        "A-B=1",
        "1A=1",
        "é=1",
        "[x]",
        "=1",
        "==",
        "A==1",
        "A='",
        "A=\"",
        "A=`",
        "A='x",
        "A=\"x",
        "A='x'y",
        "A='x' y",
        "A=\"x\" y",
        "A=x'y'",
        "A=x \"y\"",
        "'A'=1",
        "\"A\"=1",
        "A=1 B=2",
        "A=1;B=2",
        "A=1; B=2",
        "A=1;",
        "A=$A",
        "A=${A}",
        "A=\"$A\"",
        "A='$A'",
        "A=x\\",
        "A=x\\ y",
        "A='x\ny'",
        "A=\"x\ny\" # c",
        "A=`x\ny`",
        "A='x\n# y'",
        "A=1\nA=2",
        "A=1\r",
        "A='x\r\ny'\r",
        "A=1\rB=2",
        "\u{feff}A=1",
        "\u{feff}# c",
        "\u{a0}A=1",
        "A=\u{a0}1\u{a0}",
        "A=1 #",
        "A=1\t# c",
        "A=1  # c's",
        "A+=1",
        "A=x\u{2028}y",
        "export export A=1",
    ];
    let mut files: Vec<Vec<u8>> = Vec::new();
    for line in LINES {
        for around in [
            ("", ""),
            ("", "\n"),
            ("F=0\n", "\nL='9'\n"),
            ("F='0'\r\n", "\r\nL=9\r\n"),
            ("V=v\n\n", "\n\nL=\"9\" # it's"),
        ] {
            files.push(format!("{}{line}{}", around.0, around.1).into_bytes());
        }
    }
    files.extend([b"A=\xff\nB=1\n".to_vec(), b"# \xff\nB=1\n".to_vec(), b"A='\xc3\xa9\x80'\n".to_vec()]);
    files
}

/// Texts over the alphabet parsers care about, the same in every run.
pub fn random_texts(count: usize) -> Vec<Vec<u8>> {
    const PIECES: &[&str] = &[
        "'", "'", "\"", "\"", "`", "\\", "$", "{", "}", "#", " ", " ", "\n", "\n", "\r\n", "\t", "=", "A=",
        "B=", "a", "b", "n", "r", "é", ":-", "\nC=", "\nD='", "\nE=\"", "export ", ":",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % bound as u64).unwrap()
    };
    let mut text = || {
        let length = 3 + next(14);
        let body: String = (0..length).map(|_| PIECES[next(PIECES.len())]).collect();
        format!("FIRST=1\nA={body}\nLAST=2\n").into_bytes()
    };
    (0..count).map(|_| text()).collect()
}
