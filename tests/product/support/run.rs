//! What one run of the program said, and how it ended.

use std::fmt;
use std::io::Write as _;
use std::process::Output;

use regex_lite::Regex;

/// Standard output, standard error and exit code, with what differs between machines replaced.
#[derive(Clone, Debug)]
pub struct Run {
    pub command: String,
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
    /// Both streams as they were, for searching.
    pub raw: String,
}

impl Run {
    pub fn of(arguments: &[&str], output: &Output, places: &[(String, &str)]) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        Self {
            command: arguments.join(" "),
            code: output.status.code(),
            raw: format!("{out}{err}"),
            out: normal(&out, places),
            err: normal(&err, places),
        }
    }

    /// The run, which must have ended with `code`.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }

    /// The run, one of whose streams must hold `text`.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.out.contains(text) || self.err.contains(text), "no `{text}` in\n{self}");
        self
    }

    /// Standard output as the one JSON document it must be.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{self}"))
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.map_or("a signal".to_owned(), |code| code.to_string());
        writeln!(f, "$ devsecrets {}", self.command)?;
        for (name, text) in [("stdout", &self.out), ("stderr", &self.err)] {
            if !text.is_empty() {
                writeln!(f, "--- {name}\n{}", text.trim_end())?;
            }
        }
        write!(f, "--- exit {code}")
    }
}

/// Paths, ports, codes and times by their names.
fn normal(text: &str, places: &[(String, &str)]) -> String {
    let named = places.iter().fold(text.to_owned(), |text, (path, name)| text.replace(path, name));
    let patterns = [
        (r"127\.0\.0\.1:\d+", "127.0.0.1:PORT"),
        (r"\b[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}\b", "CODE-CODE"),
        (r"\d h \d\d min", "H h MM min"),
        (r"\d{4}-\d\d-\d\dT[0-9:.]+Z", "DATE"),
        (r"devsecrets \d+\.\d+\.\d+", "devsecrets VERSION"),
        (r"\d+ (second|minute|hour|day)s? ago", "AGE ago"),
        // How long a machine takes is no part of what is said.
        (r"\S+ has not answered yet; waiting up to \d+ s more\n", ""),
    ];
    patterns.iter().fold(named, |text, (pattern, name)| {
        Regex::new(pattern).unwrap().replace_all(&text, *name).into_owned()
    })
}

/// Says past the test harness, which swallows what a passing test prints, that a part is not there.
pub fn skipped(why: &str) {
    std::io::stderr().write_all(format!("SKIPPED: {why}\n").as_bytes()).unwrap();
}

/// Under `nohup` a hangup is ignored by every program down the line, in a background job an interrupt; and no shell can trap it.
pub fn heard(signal: &str) -> bool {
    let number = match signal {
        "-HUP" => 1,
        "-INT" => 2,
        _ => return true,
    };
    let about = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = about.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask & 1 << (number - 1) == 0
}
