//! A store that is a program: the person sees the call and is asked, and a no runs nothing.

use rustix::process::{Pid, Signal, kill_process};

use crate::program_store::{Lingering, PRINTS, PROFILE, script};
use crate::terminal::Terminal;

fn start(folder: tempfile::TempDir) -> Terminal {
    let arguments = ["run", "-s", "api", "--", "sh", "-c", "echo length ${#API_KEY}"];
    Terminal::running(folder, &arguments, &[("DEVSECRETS_KEYCHAIN", "memory"), ("PATH", "/usr/bin:/bin")])
}

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("api")).unwrap();
    std::fs::write(folder.path().join("devsecrets.toml"), PROFILE).unwrap();
    script(folder.path(), PRINTS);
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

#[test]
fn a_program_does_not_outlive_the_screen() {
    let environment = [("DEVSECRETS_KEYCHAIN", "memory"), ("PATH", "/usr/bin:/bin")];
    let folder = project();
    let place = folder.path().to_owned();
    let (terminal, store) = Lingering::program(&place, || {
        let mut terminal = Terminal::running(folder, &["profile", "trust"], &environment);
        terminal.until("[y/N]");
        terminal.press("y\r");
        let (code, screen, _, folder) = terminal.ended();
        assert_eq!(code, 0, "{}", screen.screen().contents());
        Terminal::running(folder, &["--profile", "devsecrets.toml"], &environment)
    });
    let id = i32::try_from(terminal.child.process_id().unwrap()).unwrap();
    kill_process(Pid::from_raw(id).unwrap(), Signal::TERM).unwrap();
    let (code, ..) = terminal.ended();
    assert_eq!((code, store.last_words()), (0, String::new()));
}
