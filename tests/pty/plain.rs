//! Day one in plain lines: all its steps on the sandbox, and not one byte that moves a cursor or colours a letter.

use super::home::{home, running};
use super::terminal::Terminal;

/// The number a list gives to the line with `words`.
fn number_of(terminal: &Terminal, words: &str) -> String {
    let contents = terminal.screen.screen().contents();
    let line = contents.lines().find(|line| line.contains(words)).unwrap();
    line.trim().split_once('.').unwrap().0.to_owned()
}

/// Lines that were written are never written again: no control sequence, no going back to the beginning of one.
fn assert_lines_only(raw: &[u8]) {
    let text = String::from_utf8_lossy(raw);
    assert!(!text.contains('\u{1b}'), "{text:?}");
    assert!(!text.replace("\r\n", "\n").contains('\r'), "{text:?}");
}

#[test]
fn day_one_is_questions_and_lines() {
    let mut terminal = Terminal::running(tempfile::tempdir().unwrap(), &["demo", "--plain"], &[]);
    terminal.until("Which profile? number");
    terminal.press(&format!("{}\r", number_of(&terminal, "services  ")));
    terminal.until("Sign in to AWS");
    terminal.until("Which account? number");
    terminal.press("1\r");
    terminal.until("Which role in Acme Development? number");
    terminal.press("1\r");
    terminal.heard("Write this to");
    terminal.heard("[y/N]");
    terminal.press("y\r");
    terminal.heard("now works");
    terminal.heard("Services");
    terminal.heard("Preview");
    terminal.heard("[y/N]");
    terminal.press("y\r");
    terminal.heard("Personal tokens");
    terminal.heard("Keep your Linear API key now? [y/N]");
    terminal.press("y\r");
    terminal.heard("linear:");
    terminal.press("lin_api_canary0123456789abcdef0123456789abcdef01\r");
    terminal.heard("kept in");
    terminal.heard("Done");
    let (_, _, raw, _folder) = terminal.ended();
    assert_lines_only(&raw);
    let text = String::from_utf8_lossy(&raw);
    assert!(!text.contains("canary"), "{text}");
    assert!(text.contains("devsecrets demo --clean"), "{text}");
}

/// A terminal that says it can do no more is believed, and a no changes nothing.
#[test]
fn a_dumb_terminal_gets_lines_by_itself() {
    const PROFILE: &str = "schema = 1\nname = \"shop\"\ntitle = \"Shop\"\n[variables.PORT]\nsecret = false\n\
        default = \"8080\"\n[services.api]\npath = \".\"\nenv_file = \".env\"\nrequired = [\"PORT\"]\n";
    let mut terminal = running(home(Some(PROFILE)), &[]);
    terminal.until("Shop");
    terminal.press("q");
    let (_, _, raw, home) = terminal.ended();
    assert!(String::from_utf8_lossy(&raw).contains('\u{1b}'), "the screen is drawn elsewhere");
    let mut terminal = Terminal::running(home, &[], &[("TERM", "dumb")]);
    terminal.heard("Shop (shop), development");
    terminal.heard("Write 1 file? [y/N]");
    terminal.press("n\r");
    terminal.heard("nobody agreed");
    terminal.heard("api: ready");
    let (code, _, raw, home) = terminal.ended();
    assert_eq!(code, 1);
    assert_lines_only(&raw);
    assert!(!home.path().join(".env").exists());
}
