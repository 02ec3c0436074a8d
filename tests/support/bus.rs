//! A D-Bus session with a real gnome-keyring in it, and a home of its own.
//!
//! The bus knows no services and no display, so nothing is started on demand, no prompt can appear on a screen, and a
//! developer's own keychain is out of reach.

use std::fs;
use std::path::Path;
use std::process::Command;

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
pub const UNLOCKED: &str =
    "printf test | gnome-keyring-daemon --unlock --foreground --components=secrets >/dev/null 2>&1 &";

/// Waits until the service answers, and ends it with the session.
const ONCE_IT_ANSWERS: &str = r#"service=$!; trap 'kill $service' EXIT
until dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
    org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q 'boolean true'
do kill -0 $service || exit 1; sleep 0.05; done"#;

/// The first program that is needed and not installed.
pub fn missing(with_a_service: bool) -> Option<&'static str> {
    let needed: &[&str] = match with_a_service {
        true => &["dbus-run-session", "dbus-send", "gnome-keyring-daemon"],
        false => &["dbus-run-session"],
    };
    needed.iter().find(|program| Command::new(program).arg("--version").output().is_err()).copied()
}

/// Runs `script` in a session that begins with `start`, the line that starts the service; nothing answers without one.
/// Arguments added to it are the script's own.
pub fn session(home: &Path, path: &str, start: &str, script: &str) -> Command {
    fs::write(home.join("bus.conf"), BUS).unwrap();
    let wait = if start.is_empty() { "" } else { ONCE_IT_ANSWERS };
    let mut command = Command::new("dbus-run-session");
    alone(&mut command, home, path);
    command.arg("--config-file=bus.conf").args(["--", "sh", "-c", &[start, wait, script].join("\n"), "sh"]);
    command
}

/// Nothing of the environment but `path`, and every folder of a person in `home`.
pub fn alone(command: &mut Command, home: &Path, path: &str) {
    command.current_dir(home).env_clear().env("PATH", path);
    for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
        command.env(name, home);
    }
}
