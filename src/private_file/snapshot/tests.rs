//! A replaced file is private, whole, and the one that was looked at.

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use super::*;

fn write(path: &Path, text: &str) {
    File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn mode_of(path: &Path) -> u32 {
    mode(&fs::metadata(path).unwrap())
}

fn names(folder: &Path) -> Vec<OsString> {
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names
}

#[test]
fn a_new_file_is_private_and_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(".env");
    let absent = Snapshot::read(&path).unwrap();
    assert!(!absent.exists());
    assert_eq!(replace_private(&path, &absent, b"A=1\n").unwrap(), Written::Created);
    assert_eq!((fs::read(&path).unwrap(), mode_of(&path)), (b"A=1\n".to_vec(), 0o600));
    assert_eq!(names(folder.path()), [".env"]);
}

#[test]
fn modes_are_kept_or_tightened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(".env");
    for (before, after) in [(0o644, 0o600), (0o600, 0o600), (0o400, 0o400), (0o750, 0o700)] {
        write(&path, "A=1\n");
        chmod(&path, before);
        let snapshot = Snapshot::read(&path).unwrap();
        assert_eq!(replace_private(&path, &snapshot, b"A=2\n").unwrap(), Written::Replaced);
        assert_eq!(mode_of(&path), after, "{before:o}");
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn the_same_bytes_are_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(".env");
    write(&path, "A=1\n");
    let inode = fs::metadata(&path).unwrap().ino();
    let snapshot = Snapshot::read(&path).unwrap();
    assert_eq!(replace_private(&path, &snapshot, b"A=1\n").unwrap(), Written::Unchanged);
    assert_eq!(fs::metadata(&path).unwrap().ino(), inode);
}

#[test]
fn what_changed_meanwhile_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(".env");
    let absent = Snapshot::read(&path).unwrap();
    write(&path, "A=theirs\n");
    assert!(matches!(replace_private(&path, &absent, b"A=ours\n"), Err(ReplaceError::Changed(_))));
    let snapshot = Snapshot::read(&path).unwrap();
    write(&path, "A=again!\n");
    assert!(matches!(replace_private(&path, &snapshot, b"A=ours\n"), Err(ReplaceError::Changed(_))));
    fs::remove_file(&path).unwrap();
    assert!(matches!(replace_private(&path, &snapshot, b"A=ours\n"), Err(ReplaceError::Changed(_))));
    assert_eq!(names(folder.path()), Vec::<OsString>::new());
}

#[test]
fn a_link_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("shared.env"), folder.path().join(".env"));
    write(&file, "A=1\n");
    symlink("shared.env", &link).unwrap();
    let snapshot = Snapshot::read(&link).unwrap();
    replace_private(&link, &snapshot, b"A=2\n").unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read(&file).unwrap(), b"A=2\n");
    fs::remove_file(&file).unwrap();
    assert!(matches!(Snapshot::read(&link), Err(ReplaceError::NotAFile(_))));
}

#[test]
fn folders_are_refused_and_missing_ones_told() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Snapshot::read(folder.path()), Err(ReplaceError::NotAFile(_))));
    let path = folder.path().join("gone/.env");
    let error = replace_private(&path, &Snapshot::read(&path).unwrap(), b"A=canary-8\n").unwrap_err();
    assert!(error.to_string().starts_with("could not write"), "{error}");
    assert!(!format!("{error:?}").contains("canary-8"));
}

#[test]
fn half_written_files_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(".env");
    let half = folder.path().join(".env.devsecrets-x1");
    write(&half, "A=");
    write(&folder.path().join(".env.local"), "");
    assert_eq!(leftovers(&path), [half]);
}

#[test]
fn another_program_s_file_keeps_its_mode_and_a_new_one_is_private() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config");
    replace_keeping_mode(&path, &Snapshot::read(&path).unwrap(), b"a\n").unwrap();
    assert_eq!(mode_of(&path), 0o600);
    chmod(&path, 0o644);
    replace_keeping_mode(&path, &Snapshot::read(&path).unwrap(), b"b\n").unwrap();
    assert_eq!((fs::read(&path).unwrap(), mode_of(&path)), (b"b\n".to_vec(), 0o644));
}
