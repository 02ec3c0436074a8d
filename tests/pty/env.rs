//! `env` on a terminal: a warning and a question come before any value.

use crate::terminal::Terminal;

const PROFILE: &str = "schema = 1\nname = \"x\"\ntitle = \"X\"\n[variables.API_KEY]\n[services.api]\npath = \".\"\nrequired = [\"API_KEY\"]\n";

fn start(arguments: &[&str]) -> Terminal {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("devsecrets.toml"), PROFILE).unwrap();
    let environment = [("API_KEY", "c4nary"), ("DEVSECRETS_KEYCHAIN", "memory")];
    Terminal::running(folder, arguments, &environment)
}

#[test]
fn a_terminal_is_asked_first() {
    let mut terminal = start(&["env", "--format", "shell"]);
    terminal.until("Print them all the same? [y/N]");
    terminal.press("n\r");
    let (code, _, raw, _folder) = terminal.ended();
    let raw = String::from_utf8_lossy(&raw).into_owned();
    assert!(code == 2 && raw.contains("DS-ENV-01") && !raw.contains("c4nary"), "{raw}");

    let mut terminal = start(&["env", "--format", "shell"]);
    terminal.until("Print them all the same? [y/N]");
    terminal.press("y\r");
    terminal.until("export API_KEY='c4nary'");
    assert_eq!(terminal.ended().0, 0);
}

#[test]
fn whoever_agrees_beforehand_is_not_asked() {
    let mut terminal = start(&["env", "--format", "shell", "--yes"]);
    terminal.until("export API_KEY='c4nary'");
    assert_eq!(terminal.ended().0, 0);
}
