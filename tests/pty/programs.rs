//! A store that is a program: the person sees the call and is asked, and a no runs nothing.

use std::os::unix::fs::PermissionsExt as _;

use crate::terminal::Terminal;

const PROFILE: &str = r#"
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
path = "."
required = ["API_KEY"]
"#;

fn start(folder: tempfile::TempDir) -> Terminal {
    let arguments = ["run", "-s", "api", "--", "sh", "-c", "echo length ${#API_KEY}"];
    Terminal::running(folder, &arguments, &[("DEVSECRETS_KEYCHAIN", "memory"), ("PATH", "/usr/bin:/bin")])
}

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("print.sh");
    std::fs::write(folder.path().join("devsecrets.toml"), PROFILE).unwrap();
    std::fs::write(&script, "#!/bin/sh\n: > ran\necho API_KEY=c4nary-$1\n").unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

#[test]
fn a_no_runs_nothing_and_a_yes_is_remembered() {
    let mut terminal = start(project());
    terminal.until("Allow it for this project?");
    assert!(terminal.screen.screen().contents().contains("./print.sh {service}"));
    terminal.press("n\r");
    let (code, screen, _, folder) = terminal.ended();
    assert_eq!(code, 125, "{}", screen.screen().contents());
    assert!(!folder.path().join("ran").exists());

    let mut terminal = start(folder);
    terminal.until("Allow it for this project?");
    terminal.press("y\r");
    terminal.until("length 10");
    let (code, _, raw, folder) = terminal.ended();
    assert_eq!(code, 0);
    assert!(folder.path().join("ran").exists() && !String::from_utf8_lossy(&raw).contains("c4nary"));

    let mut again = start(folder);
    again.until("length 10");
    assert!(!again.screen.screen().contents().contains("Allow it"));
    assert_eq!(again.ended().0, 0);
}
