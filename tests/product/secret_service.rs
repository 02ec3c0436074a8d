//! The real program with a real gnome-keyring on a bus of its own: identity across clones, tokens, and moving both.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::bus::{UNLOCKED, missing, session};
use crate::support::{SHARED_FILE, skipped};

/// Seeds, throws the clone away, and seeds a new clone in another process.
const SEED_TWICE: &str = r#"
for clone in first second; do
    rm -rf shop && mkdir shop && cp devsecrets.toml shop && (cd shop && "$PROGRAM" seed --yes --offline) || exit 1
    cp shop/.env "$clone"
done"#;

/// What a token goes through, each step in a process of its own.
const TOKEN: &str = r#"cd shop && set -e
step() { echo "== $*"; "$PROGRAM" token "$@"; }
step set linear <../token
step list
[ "$("$PROGRAM" token reveal linear --stdout)" = "$(cat ../token)" ] && echo same
rm -rf ../clone && cp -r . ../clone && cd ../clone
step list
step reveal linear --stdout || echo "exit $?"
step share linear
[ "$("$PROGRAM" token reveal linear --stdout)" = "$(cat ../token)" ] && echo same
step remove linear
cd ../shop
step remove linear --yes
step list"#;

/// There, back again, and what is in use after each step.
const MOVE: &str = r#"cd shop && set -e
step() { echo "== $*"; "$PROGRAM" keychain "$@" 2>&1; }
"$PROGRAM" seed --yes --offline >/dev/null 2>&1; cp .env ../before
"$PROGRAM" token set linear <../token 2>/dev/null
export DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE=$HOME/passphrase
step status
step migrate --to file || echo "exit $?"
step migrate --to file --yes
step status
"$PROGRAM" identity show >/dev/null
"$PROGRAM" token reveal linear --stdout | cmp - ../token && echo "the token is here"
rm .env; "$PROGRAM" seed --yes --offline >/dev/null 2>&1; cmp .env ../before && echo "the same values"
DEVSECRETS_KEYCHAIN=os step status
DEVSECRETS_KEYCHAIN=os step migrate --to file --yes || echo "exit $?"
step migrate --to os --yes
[ -e "$HOME/.local/state/devsecrets/keychain.age" ] || echo "the key file is gone"
step status --json
"$PROGRAM" token reveal linear --stdout | cmp - ../token && echo "the token is here""#;

/// Something is left in the keychain that is not in use, whichever that is.
const LEAVE: &str = r#"cd shop && set -e
step() { echo "== $*"; "$PROGRAM" forget "$@" 2>&1; }
"$PROGRAM" seed --yes --offline >/dev/null 2>&1
export DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE=$HOME/passphrase
DEVSECRETS_KEYCHAIN=file "$PROGRAM" token set linear --yes <../token 2>/dev/null
step --dry-run
DEVSECRETS_KEYCHAIN=file step --dry-run
unset DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE
step --yes
export DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE=$HOME/passphrase
step --dry-run
DEVSECRETS_KEYCHAIN=file step --dry-run"#;

/// Nobody is here to type the keyring's password.
const LOCKED: &str = r#"cd shop && set -e
step() { echo "== $*"; "$PROGRAM" "$@" 2>&1 || echo "exit $?"; }
"$PROGRAM" seed --yes --offline >/dev/null 2>&1
"$PROGRAM" token set linear <../token 2>/dev/null
dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets \
    org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null
step token list
step token set linear <../token
step identity show
step seed --yes --offline
step keychain status
step forget --dry-run"#;

/// One developer: a home folder with a keyring in it.
struct Developer(TempDir);

impl Developer {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("devsecrets.toml"), SHARED_FILE).unwrap();
        Self(home)
    }

    /// One whose project has a token.
    fn with_a_token() -> Self {
        let developer = Self::new();
        let home = developer.0.path();
        fs::create_dir(home.join("shop")).unwrap();
        let profile = format!("{SHARED_FILE}\n[tokens.linear]\npreset = \"linear\"\n");
        fs::write(home.join("shop/devsecrets.toml"), profile).unwrap();
        fs::write(home.join("token"), format!("{TOKEN_VALUE}\n")).unwrap();
        fs::write(home.join("passphrase"), "correct horse\n").unwrap();
        developer
    }

    /// What the script says, with places by their names.
    fn does(&self, script: &str) -> String {
        let home = self.0.path();
        let mut command = session(home, &std::env::var("PATH").unwrap(), UNLOCKED, script);
        // The key file's folder is where it is without XDG variables.
        command.env_remove("XDG_STATE_HOME").env("PROGRAM", env!("CARGO_BIN_EXE_devsecrets"));
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&home.display().to_string(), "HOME");
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert!(output.status.success(), "{out}\n{err}");
        out
    }

    fn values(&self, file: &str) -> BTreeMap<String, String> {
        values(&self.0.path().join(file))
    }
}

const TOKEN_VALUE: &str = "lin_api_canary7canary7canary7canary7canary7canar"; // devsecrets:allow made up

fn values(path: &Path) -> BTreeMap<String, String> {
    dotenvy::from_path_iter(path).unwrap().map(Result::unwrap).collect()
}

/// True, and said, where the machine lacks a part.
fn cannot(test: &str) -> bool {
    let missing = missing(true);
    if let Some(missing) = missing {
        skipped(&format!("{test}: no {missing} on this machine"));
    }
    missing.is_some()
}

#[test]
fn a_new_clone_has_the_same_values_and_another_developer_others() {
    if cannot("a_new_clone_has_the_same_values") {
        return;
    }
    let (one, other) = (Developer::new(), Developer::new());
    one.does(SEED_TWICE);
    other.does(SEED_TWICE);
    let generated = one.values("first")["BOTH"].clone();
    assert_eq!((generated.len(), &generated), (32, &one.values("second")["BOTH"]));
    assert_ne!(generated, other.values("first")["BOTH"]);
}

#[test]
fn a_token_is_kept_shared_and_removed() {
    if cannot("a_token_is_kept_shared_and_removed") {
        return;
    }
    let said = Developer::with_a_token().does(&format!("exec 2>&1\n{TOKEN}"));
    // Once, where the second clone is refused, nothing is printed; `--stdout` prints to the comparison alone.
    assert!(!said.contains(TOKEN_VALUE), "{said}");
    insta::assert_snapshot!("token_secret_service", said);
}

#[test]
fn a_locked_keyring_is_told_and_nothing_is_made_anew() {
    if cannot("a_locked_keyring_is_told_and_nothing_is_made_anew") {
        return;
    }
    let said = Developer::with_a_token().does(LOCKED);
    assert!(!said.contains(TOKEN_VALUE), "{said}");
    insta::assert_snapshot!("keychain_locked", said);
}

#[test]
fn leaving_looks_into_the_keychain_that_is_not_in_use() {
    if cannot("leaving_looks_into_the_keychain_that_is_not_in_use") {
        return;
    }
    let said = Developer::with_a_token().does(LEAVE);
    assert!(!said.contains(TOKEN_VALUE), "{said}");
    insta::assert_snapshot!("forget_both_keychains", said);
}

#[test]
fn everything_moves_to_the_key_file_and_back() {
    if cannot("everything_moves_to_the_key_file_and_back") {
        return;
    }
    let said = Developer::with_a_token().does(MOVE);
    assert!(!said.contains(TOKEN_VALUE), "{said}");
    insta::assert_snapshot!("keychain_moves", said);
}
