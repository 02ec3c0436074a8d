//! A project whose store is a program of its own.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

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
