//! The files the rules are about, and how a broken rule is told.

use std::fmt;
use std::fs;
use std::path::Path;

/// One Rust file.
pub struct Source {
    /// From the repository's root, with `/`.
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// `src/keychain/file.rs` and `src/keychain.rs` are both of the room `keychain`.
    pub fn room(&self) -> &str {
        self.path.split('/').nth(1).unwrap_or_default().trim_end_matches(".rs")
    }

    /// Compiled for a room's own tests alone.
    pub fn is_test(&self) -> bool {
        self.path.split('/').any(|part| ["tests", "tests.rs", "fixtures", "fixtures.rs"].contains(&part))
    }

    /// Its lines by number, with comments left empty: they may speak of anything.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let code = |line| if str::trim_start(line).starts_with("//") { "" } else { line };
        self.text.lines().map(code).enumerate().map(|(index, line)| (index + 1, line))
    }

    pub fn broken(&self, line: usize, rule: impl Into<String>) -> Broken {
        Broken { path: self.path.clone(), line, rule: rule.into() }
    }
}

/// A rule and where it is broken.
#[derive(Debug, PartialEq, Eq)]
pub struct Broken {
    pub path: String,
    pub line: usize,
    pub rule: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.rule)
    }
}

/// Every Rust file below a folder of the repository, in order.
pub fn below(folder: &str) -> Vec<Source> {
    let mut all = Vec::new();
    collect(Path::new(env!("CARGO_MANIFEST_DIR")), folder, &mut all);
    all.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(!all.is_empty(), "{folder} has Rust files");
    all
}

fn collect(root: &Path, folder: &str, all: &mut Vec<Source>) {
    for entry in fs::read_dir(root.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            collect(root, &path, all);
        } else if path.ends_with(".rs") {
            all.push(Source::new(&path, &fs::read_to_string(entry.path()).unwrap()));
        }
    }
}

pub fn assert_none(broken: &[Broken]) {
    let lines: Vec<String> = broken.iter().map(Broken::to_string).collect();
    assert!(broken.is_empty(), "\n{}\n", lines.join("\n"));
}
