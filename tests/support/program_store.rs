//! A project whose store is a program of its own.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

pub const PROFILE: &str = r#"
schema = 1
name = "shop"
title = "Shop"
[store.own]
kind = "command"
command = ["./print.sh", "{service}"]
output = "dotenv"
[variables]
API_KEY = {}
[services.api]
path = "api"
env_file = ".env"
required = ["API_KEY"]
"#;

/// Leaves a file `ran` where it runs.
pub const PRINTS: &str = "#!/bin/sh\n: > ran\necho API_KEY=c4nary-$1\n";

/// Lays the program out in `project`.
pub fn script(project: &Path, text: &str) {
    let path = project.join("print.sh");
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// Says on the pipe `line` that it has begun, and after seconds that something of it is still there.
const LINGERS: &str = "#!/bin/sh\nexec 3>line\necho begun >&3\n(sleep 6; echo left behind >&3) &\nsleep 60\n";

/// A store whose program is still at work.
pub struct Lingering(BufReader<File>);

impl Lingering {
    /// Lays it out in `project`, has `start` start somebody who asks it, and waits until it has begun.
    pub fn program<T>(project: &Path, start: impl FnOnce() -> T) -> (T, Self) {
        script(project, LINGERS);
        let line = project.join("line");
        assert!(Command::new("mkfifo").arg(&line).status().unwrap().success());
        let asking = start();
        let mut line = BufReader::new(File::open(line).unwrap());
        let mut said = String::new();
        line.read_line(&mut said).unwrap();
        assert_eq!(said, "begun\n");
        (asking, Self(line))
    }

    /// Waits until nothing of it is left. What it has said since.
    pub fn last_words(mut self) -> String {
        let mut said = String::new();
        self.0.read_to_string(&mut said).unwrap();
        said
    }
}
