//! The lock between two holders of one process, which for the operating system are two.

use super::*;
use crate::sso::fixtures::session;

fn settings(home: &Path) -> Settings {
    let mut settings = Settings::bare("/", home);
    settings.command = "devsecrets login".to_owned();
    settings
}

fn mine(settings: &Settings) -> Lock {
    match Lock::take(settings, &session(), Purpose::SignIn) {
        Try::Mine(lock) => lock,
        Try::Busy(holder) => panic!("held by {holder:?}"),
    }
}

#[test]
fn the_second_hears_who_the_first_is() {
    let home = tempfile::tempdir().unwrap();
    let settings = settings(home.path());
    let first = mine(&settings);
    let Try::Busy(Some(holder)) = Lock::take(&settings, &session(), Purpose::SignIn) else { panic!() };
    assert_eq!((holder.pid, holder.command.as_str()), (std::process::id(), "devsecrets login"));
    assert!(matches!(Lock::take(&settings, &session(), Purpose::Refresh), Try::Mine(_)));
    let other = SessionName { session: "other".to_owned(), ..session() };
    assert!(matches!(Lock::take(&settings, &other, Purpose::SignIn), Try::Mine(_)));
    drop(first);
    drop(mine(&settings));
}

#[test]
fn a_refusal_is_left_for_those_who_waited_and_for_nobody_later() {
    let home = tempfile::tempdir().unwrap();
    let settings = settings(home.path());
    let began = OffsetDateTime::now_utc();
    mine(&settings).ended(&SsoError::Denied);
    let next = mine(&settings);
    let failed = |since| next.before.as_ref().and_then(|note| note.failed_after(since));
    assert_eq!(failed(began), Some(Failed::Denied));
    assert_eq!(failed(OffsetDateTime::now_utc() + time::Duration::seconds(1)), None);
    drop(next);
    mine(&settings).ended(&SsoError::Offline);
    assert!(mine(&settings).before.is_none(), "only what a person decided is passed on");
}

#[test]
fn a_note_of_somebody_else_s_making_is_shown_plain_and_short() {
    let home = tempfile::tempdir().unwrap();
    let settings = settings(home.path());
    let first = mine(&settings);
    let path = first.note.clone().unwrap();
    let text = format!(
        r#"{{"holder":{{"pid":1,"command":"\u001b[2Jx{}","since":"2030-01-01T00:00:00Z"}}}}"#,
        "y".repeat(99)
    );
    private_file::replace(&path, text.as_bytes()).unwrap();
    let Try::Busy(Some(holder)) = Lock::take(&settings, &session(), Purpose::SignIn) else { panic!() };
    assert!(holder.command.starts_with("xyy") && holder.command.chars().count() == 40);
    private_file::replace(&path, b"{").unwrap();
    assert!(matches!(Lock::take(&settings, &session(), Purpose::SignIn), Try::Busy(None)));
}

/// A state folder that is a file: the lock moves to the folder for temporary files and still holds.
#[test]
fn without_a_state_folder_it_still_holds() {
    let home = tempfile::tempdir().unwrap();
    private_file::replace(&home.path().join(".local/state"), b"not a folder").unwrap();
    let settings = settings(home.path());
    let first = mine(&settings);
    assert!(first.note.is_none());
    assert!(matches!(Lock::take(&settings, &session(), Purpose::SignIn), Try::Busy(None)));
}
