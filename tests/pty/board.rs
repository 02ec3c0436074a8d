//! The board on a real terminal: a value typed unseen, a service started and come back from, a store's program asked about.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::program_store;
use crate::terminal::Terminal;

const PROFILE: &str = r#"schema = 1
name = "shop"
title = "Shop"
[variables.API_KEY]
about = "Opens the shop"
[services.api]
path = "api"
env_file = ".env"
required = ["API_KEY"]
start = "./start.sh"
"#;

/// Says how long the value is, hears a line, and ends with a code of its own.
const STARTS: &str = "#!/bin/sh\necho length ${#API_KEY}; test -t 0 && echo on a terminal\nread line\necho heard $line\nexit 3\n";

fn executable(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

fn project(profile: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("api")).unwrap();
    std::fs::write(folder.path().join("devsecrets.toml"), profile).unwrap();
    executable(&folder.path().join("api/start.sh"), STARTS);
    folder
}

fn open(folder: tempfile::TempDir) -> Terminal {
    Terminal::running(folder, &[], &[("DEVSECRETS_KEYCHAIN", "memory"), ("PATH", "/usr/bin:/bin")])
}

fn canary(raw: &[u8]) -> bool {
    let raw = String::from_utf8_lossy(raw);
    ["c4nary", "nary-t", "typed-7"].iter().any(|part| raw.contains(part))
}

#[test]
fn a_value_is_typed_unseen_and_written() {
    let mut terminal = open(project(PROFILE));
    terminal.until("0 of 1 service ready");
    terminal.press("e");
    terminal.until("Ctrl-U");
    for key in "c4nary-".chars() {
        terminal.press(&key.to_string());
    }
    terminal.until("7 characters");
    terminal.press("\x1b[200~typed-7\x1b[201~");
    terminal.until("14 characters");
    terminal.press("\r");
    terminal.until("What would be written");
    terminal.press("\r");
    terminal.until("Write 1 file?");
    terminal.press("\r");
    terminal.until("1 file written");
    terminal.until("u undo");
    terminal.press("q");
    let (code, screen, raw, folder) = terminal.ended();
    let left = screen.screen();
    assert!(code == 0 && !left.alternate_screen() && !left.bracketed_paste(), "{}", left.contents());
    assert!(!canary(&raw), "neither in a frame nor in what scrolls back");
    let written = std::fs::read_to_string(folder.path().join("api/.env")).unwrap();
    assert!(written.contains("c4nary-typed-7"), "{written}");
}

#[test]
fn what_was_written_is_taken_back_with_u() {
    let mut terminal = open(project(PROFILE));
    terminal.until("0 of 1 service ready");
    terminal.press("e");
    terminal.until("Ctrl-U");
    terminal.press("c4nary\r");
    terminal.until("What would be written");
    terminal.press("\r");
    terminal.until("Write 1 file?");
    terminal.press("\r");
    terminal.until("u undo");
    terminal.press("u");
    terminal.until("taken back");
    terminal.press("q");
    let (code, _, raw, folder) = terminal.ended();
    assert!(code == 0 && !canary(&raw));
    assert!(!folder.path().join("api/.env").exists());
}

#[test]
fn a_service_gets_the_terminal_and_gives_it_back() {
    let folder = project(PROFILE);
    std::fs::write(folder.path().join("api/.env"), "API_KEY=c4nary-typed-7\n").unwrap();
    let mut terminal = open(folder);
    terminal.until("1 of 1 service ready");
    terminal.press("!");
    terminal.until("length 14");
    assert!(!terminal.screen.screen().alternate_screen(), "it has the terminal");
    terminal.until("on a terminal");
    terminal.press("hello\r");
    terminal.until("heard hello");
    terminal.until("Enter leads back to the board");
    terminal.press("\r");
    terminal.until_it(|terminal| terminal.screen.screen().alternate_screen());
    terminal.until("api ended with 3");
    assert!(terminal.screen.screen().hide_cursor() && terminal.screen.screen().bracketed_paste());
    terminal.until("1 of 1 service ready");
    terminal.press("q");
    let (code, screen, raw, _folder) = terminal.ended();
    let left = screen.screen();
    assert!(code == 0 && !left.alternate_screen() && !left.hide_cursor(), "{}", left.contents());
    assert!(!canary(&raw));
}

/// Asked before the store is; a no keeps the program from running, a yes is for this call.
#[test]
fn a_program_of_a_store_is_asked_about_first() {
    let folder = project(program_store::PROFILE);
    program_store::script(folder.path(), program_store::PRINTS);
    let mut terminal = open(folder);
    terminal.until("Let it run?");
    let shown = terminal.screen.screen().contents();
    assert!(shown.contains("./print.sh {service}") && shown.contains("print.sh"), "{shown}");
    assert!(!terminal.folder.path().join("ran").exists(), "nothing runs while it is asked");
    terminal.press("n");
    terminal.until("0 of 1 service ready");
    assert!(!terminal.folder.path().join("ran").exists());
    terminal.press("q");
    let (_, _, _, folder) = terminal.ended();

    let mut terminal = open(folder);
    terminal.until("Let it run?");
    terminal.press("y");
    terminal.until("1 of 1 service ready");
    terminal.press("q");
    let (code, _, raw, folder) = terminal.ended();
    assert!(code == 0 && folder.path().join("ran").exists() && !canary(&raw));
}
