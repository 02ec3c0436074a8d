//! The key file: the contract, and what must happen when file or passphrase are wrong.

use std::fs;
use std::path::{Path, PathBuf};

use devsecrets::keychain::{Error, FileKeychain, Item, Keychain, Passphrase, Place, Problem};
use devsecrets::secret::SecretValue;
use devsecrets::settings::Settings;
use tempfile::TempDir;

/// scrypt's N is 4: quick, and as good for these tests.
const FAST: u8 = 2;

fn opened(path: &Path, passphrase: &str) -> FileKeychain {
    let known = Passphrase::known(SecretValue::new(passphrase));
    FileKeychain::new(path, known).with_work_factor(FAST)
}

/// A key file that holds one token.
fn with_a_token() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state/devsecrets/keychain.age");
    opened(&path, "right").set(&Item::token("linear"), &SecretValue::new("canary-e2")).unwrap();
    (folder, path)
}

fn every_call(keychain: &FileKeychain) -> [Error; 4] {
    let (item, value) = (Item::token("linear"), SecretValue::new("canary-new"));
    [
        keychain.get(&item).unwrap_err(),
        keychain.set(&item, &value).unwrap_err(),
        keychain.remove(&item).unwrap_err(),
        keychain.create(&item, &value).unwrap_err(),
    ]
}

#[test]
fn a_file_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    contract_file(&folder.path().join("keychain.age"));
}

fn contract_file(path: &Path) {
    super::contract::holds(&opened(path, "correct horse"));
}

#[test]
fn another_process_reads_what_one_wrote() {
    let (_folder, path) = with_a_token();
    let (first, second) = (opened(&path, "right"), opened(&path, "right"));
    let read = |keychain: &FileKeychain| keychain.get(&Item::token("linear")).unwrap().unwrap().chars();
    assert_eq!((read(&first), read(&second)), (9, 9));
    second.set(&Item::token("linear"), &SecretValue::new("newer than that")).unwrap();
    assert_eq!(read(&first), 15, "the first sees the change");
}

#[test]
fn nothing_is_asked_for_while_there_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings::bare("/", folder.path());
    let passphrase = Passphrase::from_settings(&settings, || panic!("nobody is asked"));
    let keychain = FileKeychain::new(folder.path().join("keychain.age"), passphrase);
    assert!(keychain.get(&Item::identity()).unwrap().is_none());
}

#[test]
fn a_wrong_passphrase_destroys_nothing() {
    let (_folder, path) = with_a_token();
    let before = fs::read(&path).unwrap();
    for error in every_call(&opened(&path, "canary-wrong")) {
        assert!(matches!(error.problem, Problem::WrongPassphrase), "{error}");
        assert_eq!(error.place, Place::File(path.clone()));
        assert!(!format!("{error} {error:?} {}", error.remedy()).contains("canary"));
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_missing_passphrase_is_said() {
    let (folder, path) = with_a_token();
    let silent = Passphrase::from_settings(&Settings::bare("/", folder.path()), || None);
    for error in every_call(&FileKeychain::new(&path, silent)) {
        assert!(matches!(error.problem, Problem::NeedsPassphrase), "{error}");
    }
}

#[test]
fn a_damaged_file_destroys_nothing() {
    let (_folder, path) = with_a_token();
    let whole = fs::read(&path).unwrap();
    let mut last_line_changed = whole.clone();
    let end = whole.len() - "\n-----END AGE ENCRYPTED FILE-----\n".len() - 6;
    last_line_changed[end] ^= 0x02;
    let damaged =
        [b"".to_vec(), b"not an age file".to_vec(), whole[..whole.len() / 2].to_vec(), last_line_changed];
    for bytes in damaged {
        fs::write(&path, &bytes).unwrap();
        for error in every_call(&opened(&path, "right")) {
            assert!(matches!(error.problem, Problem::Corrupted(_)), "{error}");
            assert!(error.remedy().command.unwrap().starts_with("mv '"));
        }
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn no_value_stands_in_the_file_and_no_draft_is_left_beside_it() {
    let (_folder, path) = with_a_token();
    assert!(!fs::read_to_string(&path).unwrap().contains("canary"));
    let mut names: Vec<_> =
        fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["keychain.age", "keychain.lock"]);
}

#[test]
fn keeping_the_same_value_again_changes_no_byte() {
    let (_folder, path) = with_a_token();
    let before = fs::read(&path).unwrap();
    opened(&path, "right").set(&Item::token("linear"), &SecretValue::new("canary-e2")).unwrap();
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn file_and_folder_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = with_a_token();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    fs::set_permissions(path.parent().unwrap(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    opened(&path, "right").set(&Item::token("github"), &SecretValue::new("x")).unwrap();
    assert_eq!((mode(path.parent().unwrap()), mode(&path)), (0o700, 0o600));
}

#[test]
fn a_place_that_cannot_be_written_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("blocked");
    fs::write(&blocked, "a file where a folder is needed").unwrap();
    let error = opened(&blocked.join("keychain.age"), "right")
        .set(&Item::identity(), &SecretValue::new("x"))
        .unwrap_err();
    assert!(matches!(error.problem, Problem::Io { .. }), "{error}");
}
