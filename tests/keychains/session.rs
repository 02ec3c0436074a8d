//! A D-Bus session with a home of its own, in which this test binary runs some of its tests.
//!
//! The inner tests are `#[ignore]`d and named here; each also refuses to run outside, so that
//! `cargo test -- --ignored` cannot reach a developer's own keychain. The bus knows no services
//! and no display, so nothing is started on demand and no prompt can appear on a screen.

use std::fs;
use std::io::{self, Write};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Output};

use devsecrets::settings::Settings;

const INSIDE: &str = "DEVSECRETS_TEST_SESSION";

const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>"#;

/// Makes the default keyring and unlocks it.
pub const UNLOCKED: &str = "printf test | gnome-keyring-daemon --unlock --foreground --components=secrets &";
/// Answers on the bus, with no keyring in it.
pub const EMPTY: &str = "gnome-keyring-daemon --foreground --components=secrets </dev/null &";
/// Nothing answers on the bus.
pub const NOBODY: &str = "";

/// Waits until the service answers, and ends it with the session.
const ONCE_IT_ANSWERS: &str = r#"service=$!; trap 'kill $service' EXIT
until dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
    org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q 'boolean true'
do kill -0 $service || exit 1; sleep 0.05; done"#;

const EACH_TEST: &str =
    r#"for test in "$@"; do timeout 120 "$BINARY" --ignored --exact "$test" --nocapture || exit 1; done"#;

/// The environment inside, for a test that must not run outside.
pub fn settings() -> Settings {
    let settings = Settings::from_process().unwrap();
    assert!(settings.var(INSIDE).is_some(), "this test runs only inside a session of its own");
    settings
}

/// Runs `tests`, each in a process of its own, in one session that begins with `start`.
pub fn run(start: &str, tests: &[&str]) {
    let with_a_service = start != NOBODY;
    let needed = ["dbus-run-session", "dbus-send", "gnome-keyring-daemon"];
    let needed = if with_a_service { &needed[..] } else { &needed[..1] };
    if let Some(missing) = needed.iter().find(|program| !installed(program)) {
        // Not `eprintln!`, which a passing test's harness swallows.
        let says = format!("SKIPPED: {}: no {missing} on this machine\n", tests.join(", "));
        io::stderr().write_all(says.as_bytes()).unwrap();
        return;
    }
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("bus.conf"), BUS).unwrap();
    let wait = if with_a_service { ONCE_IT_ANSWERS } else { "" };
    let script = [start, wait, EACH_TEST].join("\n");
    let mut command = world(Command::new("dbus-run-session"), home.path());
    command.arg("--config-file=bus.conf").args(["--", "sh", "-c", &script, "sh"]).args(tests);
    judge(&command.output().unwrap(), tests);
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

fn run_at(bus: &str, test: &str) {
    let home = tempfile::tempdir().unwrap();
    let mut command = world(Command::new(std::env::current_exe().unwrap()), home.path());
    command.env("DBUS_SESSION_BUS_ADDRESS", bus);
    command.args(["--ignored", "--exact", test, "--nocapture"]);
    judge(&command.output().unwrap(), &[test]);
}

fn world(mut command: Command, home: &Path) -> Command {
    let path = Settings::from_process().unwrap().var("PATH").unwrap_or("/usr/bin:/bin").to_owned();
    command.current_dir(home).env_clear().env("PATH", path).env(INSIDE, "yes");
    command.env("BINARY", std::env::current_exe().unwrap());
    for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
        command.env(name, home);
    }
    command
}

/// Every test must have run, not merely not failed.
fn judge(output: &Output, tests: &[&str]) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    let passed = out.matches("test result: ok. 1 passed").count();
    assert!(output.status.success() && passed == tests.len(), "{}\n{out}\n{err}", output.status);
}

fn installed(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}
