//! This test binary runs some of its tests inside a D-Bus session of their own (`bus`).
//!
//! The inner tests are `#[ignore]`d and named here; each also refuses to run outside, so that
//! `cargo test -- --ignored` cannot reach a developer's own keychain.

use std::io::{self, Write};
use std::os::unix::net::UnixListener;
use std::process::{Command, Output};

use devsecrets::settings::Settings;

use crate::bus;
pub use crate::bus::UNLOCKED;

const INSIDE: &str = "DEVSECRETS_TEST_SESSION";

/// Answers on the bus, with no keyring in it.
pub const EMPTY: &str = "gnome-keyring-daemon --foreground --components=secrets </dev/null &";
/// Nothing answers on the bus.
pub const NOBODY: &str = "";

const EACH_TEST: &str =
    r#"for test in "$@"; do timeout 120 "$BINARY" --ignored --exact "$test" --nocapture || exit 1; done"#;

/// The environment inside, for a test that must not run outside.
pub fn settings() -> Settings {
    let settings = Settings::from_process().unwrap();
    assert!(settings.var(INSIDE).is_some(), "this test runs only inside a session of its own");
    settings
}

/// Runs `tests`, each in a process of its own, in one session that begins with `start`. What they printed.
pub fn run(start: &str, tests: &[&str]) -> String {
    if let Some(missing) = bus::missing(start != NOBODY) {
        // Not `eprintln!`, which a passing test's harness swallows.
        let says = format!("SKIPPED: {}: no {missing} on this machine\n", tests.join(", "));
        io::stderr().write_all(says.as_bytes()).unwrap();
        return String::new();
    }
    let home = tempfile::tempdir().unwrap();
    let mut command = bus::session(home.path(), &path(), start, EACH_TEST);
    inside(&mut command).args(tests);
    judge(&command.output().unwrap(), tests)
}

/// Runs one test where the environment names a bus that does not exist.
pub fn run_without_a_bus(test: &str) {
    run_at("unix:path=/nonexistent/bus", test);
}

/// Runs one test where the bus takes a connection and never says a word.
pub fn run_with_a_silent_bus(test: &str) {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("bus");
    let _silent = UnixListener::bind(&socket).unwrap();
    run_at(&format!("unix:path={}", socket.display()), test);
}

fn run_at(address: &str, test: &str) {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    bus::alone(&mut command, home.path(), &path());
    inside(&mut command).env("DBUS_SESSION_BUS_ADDRESS", address);
    command.args(["--ignored", "--exact", test, "--nocapture"]);
    judge(&command.output().unwrap(), &[test]);
}

fn inside(command: &mut Command) -> &mut Command {
    command.env(INSIDE, "yes").env("BINARY", std::env::current_exe().unwrap())
}

fn path() -> String {
    Settings::from_process().unwrap().var("PATH").unwrap_or("/usr/bin:/bin").to_owned()
}

/// Every test must have run, not merely not failed.
fn judge(output: &Output, tests: &[&str]) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    let passed = out.matches("test result: ok. 1 passed").count();
    assert!(output.status.success() && passed == tests.len(), "{}\n{out}\n{err}", output.status);
    out
}
