//! Identity across processes and clones, with a real gnome-keyring on a bus of its own.
//!
//! The bus knows no services and no display, so nothing is started on demand, no prompt can appear, and a
//! developer's own keychain is out of reach.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::support::{SHARED_FILE, skipped};

const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>"#;

/// Seeds, throws the clone away, and seeds a new clone in another process.
const SEED_TWICE: &str = r#"
printf test | gnome-keyring-daemon --unlock --foreground --components=secrets >/dev/null 2>&1 &
service=$!; trap 'kill $service' EXIT
until dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
    org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q 'boolean true'
do kill -0 $service || exit 1; sleep 0.05; done
for clone in first second; do
    rm -rf shop && mkdir shop && cp devsecrets.toml shop && (cd shop && "$PROGRAM" seed --yes --offline) || exit 1
    cp shop/.env "$clone"
done"#;

/// One developer: a home folder with a keyring in it.
struct Developer(TempDir);

impl Developer {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("bus.conf"), BUS).unwrap();
        fs::write(home.path().join("devsecrets.toml"), SHARED_FILE).unwrap();
        Self(home)
    }

    fn seeds_twice(&self) {
        let home = self.0.path();
        let mut command = Command::new("dbus-run-session");
        command.args(["--config-file=bus.conf", "--", "sh", "-c", SEED_TWICE]);
        command.current_dir(home).env_clear().env("PATH", std::env::var("PATH").unwrap());
        command.env("PROGRAM", env!("CARGO_BIN_EXE_devsecrets"));
        for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
            command.env(name, home);
        }
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "{}\n{}", text(&output.stdout), text(&output.stderr));
    }

    fn values(&self, file: &str) -> BTreeMap<String, String> {
        values(&self.0.path().join(file))
    }
}

fn values(path: &Path) -> BTreeMap<String, String> {
    dotenvy::from_path_iter(path).unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_new_clone_has_the_same_values_and_another_developer_others() {
    let needed = ["dbus-run-session", "dbus-send", "gnome-keyring-daemon"];
    if let Some(missing) = needed.iter().find(|name| Command::new(name).arg("--version").output().is_err()) {
        return skipped(&format!("a_new_clone_has_the_same_values: no {missing} on this machine"));
    }
    let (one, other) = (Developer::new(), Developer::new());
    one.seeds_twice();
    other.seeds_twice();
    let generated = one.values("first")["BOTH"].clone();
    assert_eq!((generated.len(), &generated), (32, &one.values("second")["BOTH"]));
    assert_ne!(generated, other.values("first")["BOTH"]);
}
