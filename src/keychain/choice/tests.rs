//! Which keychain is opened, and what is said when it cannot be.

use std::path::Path;

use super::*;

fn nobody() -> Option<SecretValue> {
    None
}

fn world() -> (tempfile::TempDir, Settings) {
    let home = tempfile::tempdir().unwrap();
    let settings = Settings::bare("/", home.path());
    (home, settings)
}

#[test]
fn opening_touches_nothing_and_the_wish_is_followed() {
    let (home, settings) = world();
    let keychain = open(&settings.with(VARIABLE, "memory"), || panic!("nobody is asked"));
    assert_eq!((keychain.kind(), keychain.place()), (None, Place::Undecided));
    assert!(keychain.get(&Item::identity()).unwrap().is_none());
    assert_eq!((keychain.kind(), keychain.place()), (Some(Kind::Memory), Place::Memory));
    assert_eq!(keychain.says(), "the keychain in memory, because DEVSECRETS_KEYCHAIN says so");
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn a_wish_nobody_knows_is_said_with_the_known_ones() {
    let (_home, settings) = world();
    let keychain = open(&settings.with(VARIABLE, "vault"), nobody);
    let error = keychain.get(&Item::identity()).unwrap_err();
    let says = "the keychain: not available: DEVSECRETS_KEYCHAIN is `vault`, not os, file or memory";
    assert_eq!(error.to_string(), says);
}

#[test]
fn what_was_decided_once_is_followed_until_the_variable_says_otherwise() {
    let (_home, settings) = world();
    open(&settings, nobody).remember(Kind::File).unwrap();
    let keychain = open(&settings, nobody);
    assert!(keychain.get(&Item::identity()).unwrap().is_none());
    assert_eq!(keychain.decided().unwrap().1, Reason::Remembered);
    assert!(
        keychain.says().ends_with("keychain.age, because everything was moved there"),
        "{}",
        keychain.says()
    );
    let other = open(&settings.with(VARIABLE, "memory"), nobody);
    assert_eq!(other.decided().unwrap(), (Kind::Memory, Reason::Variable, "DEVSECRETS_KEYCHAIN says so"));
}

#[test]
fn a_damaged_decision_is_said_and_no_other_keychain_is_taken() {
    let (_home, settings) = world();
    let path = settings.state_folder().unwrap().join("keychain.json");
    crate::private_file::replace(&path, b"{").unwrap();
    let error = open(&settings, nobody).get(&Item::identity()).unwrap_err();
    let says = format!("the keychain: cannot tell which one was chosen: {} is damaged", path.display());
    assert_eq!(error.to_string(), says);
}

#[test]
fn a_file_needs_a_home() {
    let settings = Settings::bare("/", Path::new("")).with(VARIABLE, "file");
    let keychain = open(&settings, nobody);
    assert!(keychain.get(&Item::identity()).unwrap_err().to_string().contains("no home folder"));
}

/// Elsewhere the system's keychain always answers, and a test has no business in it.
#[cfg(all(unix, not(target_os = "macos")))]
mod without_a_session {
    use super::*;

    #[test]
    fn a_missing_keychain_is_not_an_empty_one() {
        let (_home, settings) = world();
        let keychain = open(&settings, nobody);
        let error = keychain.get(&Item::identity()).unwrap_err();
        assert!(matches!(error.problem, Problem::NoBackend(_)), "{error}");
        assert_eq!(error.place, Place::Os);
        assert_eq!(error.remedy().command.as_deref(), Some("export DEVSECRETS_KEYCHAIN=file"));
        assert_eq!(keychain.kind(), None);
    }

    #[test]
    fn the_file_serves_where_a_person_can_be_asked() {
        let (_home, mut settings) = world();
        settings.interactive = true;
        let keychain = open(&settings, nobody);
        assert!(keychain.get(&Item::identity()).unwrap().is_none());
        assert_eq!(keychain.kind(), Some(Kind::File));
        assert!(keychain.says().contains("because the Secret Service keychain is not available"));
        let error = keychain.set(&Item::identity(), &SecretValue::new("x")).unwrap_err();
        assert!(matches!(error.problem, Problem::NeedsPassphrase), "{error}");
        assert!(!key_file(&settings).unwrap().exists());
    }

    #[test]
    fn a_file_that_is_there_is_used_with_the_passphrase_from_a_file() {
        let (home, settings) = world();
        let right = home.path().join("passphrase");
        std::io::Write::write_all(&mut std::fs::File::create(&right).unwrap(), b"correct horse\n").unwrap();
        let path = key_file(&settings).unwrap();
        let known = Passphrase::known(SecretValue::new("correct horse"));
        let made = FileKeychain::new(&path, known).with_work_factor(2);
        made.set(&Item::token("linear"), &SecretValue::new("kept")).unwrap();

        let settings = settings.with(crate::keychain::passphrase::FILE_VARIABLE, right.display().to_string());
        let keychain = open(&settings, || panic!("nobody is asked"));
        let value = keychain.get(&Item::token("linear")).unwrap().unwrap();
        assert!(value.same_as(&SecretValue::new("kept")));
        assert_eq!((keychain.kind(), keychain.place()), (Some(Kind::File), Place::File(path)));
    }
}
