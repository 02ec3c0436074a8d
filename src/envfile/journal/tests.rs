//! What the journal knows after edits, kills and other runs.

use super::*;

fn one(file: &str, value: &str) -> [Record; 1] {
    let written = vec![("KEY".to_owned(), SecretValue::new(value))];
    [Record { file: file.into(), environment: None, standing: Vec::new(), written, removed: Vec::new() }]
}

fn wrote(settings: &Settings, file: &str, value: &str) -> bool {
    Journal::open(settings).wrote(Path::new(file), "KEY", &SecretValue::new(value))
}

#[test]
fn our_own_value_is_known_again_and_a_hand_edit_is_not() {
    let home = tempfile::tempdir().unwrap();
    let settings = Settings::bare("/", home.path());
    Journal::open(&settings).record(&one("/p/.env", "canary-one")).unwrap();
    assert!(wrote(&settings, "/p/.env", "canary-one"));
    assert!(!wrote(&settings, "/p/.env", "edited"));
    assert!(!wrote(&settings, "/q/.env", "canary-one"));
    let text = std::fs::read_to_string(home.path().join(".local/state/devsecrets/journal.json")).unwrap();
    assert!(!text.contains("canary"));
}

#[test]
fn killed_between_intent_and_record_both_values_are_ours() {
    let home = tempfile::tempdir().unwrap();
    let settings = Settings::bare("/", home.path());
    let mut journal = Journal::open(&settings);
    journal.record(&one("/p/.env", "old")).unwrap();
    journal.intend(&one("/p/.env", "new")).unwrap();
    assert!(wrote(&settings, "/p/.env", "old") && wrote(&settings, "/p/.env", "new"));
    journal.record(&one("/p/.env", "new")).unwrap();
    assert!(!wrote(&settings, "/p/.env", "old") && wrote(&settings, "/p/.env", "new"));
}

#[test]
fn after_a_kill_what_stands_stays_ours_while_something_else_is_intended() {
    let home = tempfile::tempdir().unwrap();
    let settings = Settings::bare("/", home.path());
    let mut journal = Journal::open(&settings);
    journal.intend(&one("/p/.env", "killed after this was written")).unwrap();
    let [mut next] = one("/p/.env", "next");
    next.standing = one("/p/.env", "killed after this was written")[0].written.clone();
    journal.intend(&[next]).unwrap();
    assert!(wrote(&settings, "/p/.env", "killed after this was written"));
    assert!(wrote(&settings, "/p/.env", "next"));
}

#[test]
fn two_runs_do_not_lose_each_other_s_entries() {
    let home = tempfile::tempdir().unwrap();
    let settings = Settings::bare("/", home.path());
    let (mut first, mut second) = (Journal::open(&settings), Journal::open(&settings));
    first.record(&one("/a", "1")).unwrap();
    second.record(&one("/b", "2")).unwrap();
    assert!(wrote(&settings, "/a", "1") && wrote(&settings, "/b", "2"));
}

#[test]
fn a_broken_journal_forgets_and_recovers() {
    let home = tempfile::tempdir().unwrap();
    let settings = Settings::bare("/", home.path());
    let path = home.path().join(".local/state/devsecrets/journal.json");
    private_file::replace(&path, b"{ torn").unwrap();
    assert!(!wrote(&settings, "/a", "1"));
    Journal::open(&settings).record(&one("/a", "1")).unwrap();
    assert!(wrote(&settings, "/a", "1"));
}

#[test]
fn what_a_killed_seed_wrote_can_be_noted_later() {
    let home = tempfile::tempdir().unwrap();
    let settings = Settings::bare("/", home.path());
    let mut journal = Journal::open(&settings);
    journal.intend(&one("/p/.env", "new")).unwrap();
    assert_eq!(Journal::open(&settings).unfinished().collect::<Vec<_>>(), [Path::new("/p/.env")]);
    journal.finish(Path::new("/p/.env"), &Document::parse(b"KEY=new\nOTHER=x\n")).unwrap();
    assert!(wrote(&settings, "/p/.env", "new"));
    assert_eq!(Journal::open(&settings).unfinished().count(), 0);
}

#[test]
fn a_fault_of_the_file_is_told() {
    let home = tempfile::tempdir().unwrap();
    let settings = Settings::bare("/", home.path());
    assert_eq!(Journal::fault(&settings), None);
    Journal::open(&settings).record(&one("/a", "1")).unwrap();
    assert_eq!(Journal::fault(&settings), None);
    let path = home.path().join(".local/state/devsecrets/journal.json");
    for (text, says) in [("{", "torn"), (r#"{"version":9,"key":"","files":{}}"#, "version")] {
        private_file::replace(&path, text.as_bytes()).unwrap();
        assert!(Journal::fault(&settings).unwrap().1.contains(says), "{text}");
    }
}
