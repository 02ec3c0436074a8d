//! The store against the sandbox: each id answered once, whatever becomes of the others.

use super::*;
use crate::sandbox::{Fault, Operation, Sandbox, World};
use crate::secret::SecretValue;
use crate::sso::{Portal, SessionName, Wish, sign_in};

const ACCOUNT: &str = "111122223333";

fn world() -> World {
    World::new()
        .start_url("https://acme.awsapps.com/start")
        .region("eu-west-2")
        .account(ACCOUNT, "Acme", "", &["Developer"])
        .auto_approve()
}

/// The store as a signed-in developer opens it.
async fn open(sandbox: &Sandbox, home: &tempfile::TempDir) -> AwsSecretsManager {
    let bare = Settings::bare("/", home.path());
    let settings = sandbox.environment().into_iter().fold(bare, |all, (name, url)| all.with(&name, url));
    let start_url = "https://acme.awsapps.com/start".to_owned();
    let session = SessionName { session: "acme".to_owned(), start_url, region: "eu-west-2".to_owned() };
    let (_, commands) = tokio::sync::mpsc::unbounded_channel();
    let granted = sign_in(&settings, &session, Wish::default(), commands, drop).await.unwrap();
    let keys =
        Portal::open(&settings, &session, &granted.token).unwrap().keys(ACCOUNT, "Developer").await.unwrap();
    AwsSecretsManager::with_keys(&settings, "eu-west-2", ACCOUNT, &keys).unwrap()
}

async fn fetched(world: World, ids: &[String], faults: &[(Operation, Fault)]) -> (Answers, [usize; 2]) {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(world).await.unwrap();
    let store = open(&sandbox, &home).await;
    for (operation, fault) in faults {
        sandbox.script(*operation, [*fault]);
    }
    let answers = store.fetch(ids).await;
    let reads = [Operation::BatchGetSecretValue, Operation::GetSecretValue];
    (answers, reads.map(|operation| sandbox.count(operation)))
}

fn ids(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A word for each answer, in order.
fn words(answers: &Answers) -> Vec<&'static str> {
    answers.iter().map(|(_, answer)| answer.as_ref().map_or_else(Miss::code, |_| "good")).collect()
}

fn troubled() -> World {
    world()
        .secret("good", r#"{"KEY":"v"}"#)
        .denied_secret("denied")
        .deleted_secret("deleted")
        .undecryptable_secret("sealed")
        .binary_secret("binary", [0, 159])
}

const TROUBLES: [&str; 6] = ["good", "denied", "deleted", "sealed", "binary", "absent"];
const CODES: [&str; 6] = ["good", "DS-STORE-02", "DS-STORE-03", "DS-STORE-04", "DS-STORE-06", "DS-STORE-01"];

#[tokio::test]
async fn one_bad_secret_hides_no_other() {
    let (answers, reads) = fetched(troubled(), &ids(&TROUBLES), &[]).await;
    assert_eq!(words(&answers), CODES);
    assert_eq!(reads, [1, 0]);
}

#[tokio::test]
async fn read_alone_each_answers_the_same() {
    let (answers, reads) = fetched(troubled().without_batch_permission(), &ids(&TROUBLES), &[]).await;
    assert_eq!(words(&answers), CODES);
    assert_eq!(reads, [1, 6]);
}

#[tokio::test]
async fn a_batch_holds_twenty() {
    let names: Vec<String> = (0..41).map(|number| format!("many/{number}")).collect();
    let world = names.iter().fold(world(), |world, name| world.secret(name, format!(r#"{{"ID":"{name}"}}"#)));
    let (answers, reads) = fetched(world, &names, &[]).await;
    assert_eq!(reads, [3, 0]);
    for (id, answer) in &answers {
        assert!(answer.as_ref().unwrap().values["ID"].same_as(&SecretValue::new(id.as_str())), "{id}");
    }
    assert_eq!(answers.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>(), names);
}

#[tokio::test]
async fn one_id_needs_no_batch_and_none_needs_no_call() {
    let (answers, reads) = fetched(troubled(), &ids(&["good"]), &[]).await;
    assert_eq!((words(&answers), reads), (vec!["good"], [0, 1]));
    let (answers, reads) = fetched(troubled(), &[], &[]).await;
    assert_eq!((answers.len(), reads), (0, [0, 0]));
}

#[tokio::test]
async fn trouble_of_the_whole_call_is_told_for_each_id() {
    for (fault, code) in [(Fault::Expired, "DS-STORE-07"), (Fault::Malformed, "DS-STORE-09")] {
        let faults = [(Operation::BatchGetSecretValue, fault); 3];
        let (answers, _) = fetched(troubled(), &ids(&["good", "absent"]), &faults).await;
        assert_eq!(words(&answers), [code, code], "{fault:?}");
    }
}

/// An answer that speaks of nobody proves nothing: our own copies must not yield to it.
#[tokio::test]
async fn an_empty_answer_leaves_nobody_out() {
    let faults = [(Operation::BatchGetSecretValue, Fault::Empty)];
    let (answers, _) = fetched(troubled(), &ids(&["good", "absent"]), &faults).await;
    assert_eq!(words(&answers), ["DS-STORE-10", "DS-STORE-10"]);
}

#[tokio::test]
async fn an_error_never_shows_a_value() {
    let world = world().secret("good", r#"{"KEY":"canary-5d"}"#);
    let faults = [(Operation::GetSecretValue, Fault::Malformed); 3];
    let (answers, _) = fetched(world, &ids(&["good"]), &faults).await;
    let (_, answer) = &answers[0];
    let miss = answer.as_ref().unwrap_err();
    assert!(!format!("{miss} {miss:?} {answers:?}").contains("canary"));
}
