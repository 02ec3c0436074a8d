//! The store against the sandbox: each id answered once, whatever becomes of the others.

use super::*;
use crate::aws::Service;
use crate::sandbox::{Fault, Operation, Sandbox, World};
use crate::secret::SecretValue;
use crate::settings::Settings;
use crate::stores::fixtures::{ACCOUNT, line, words, world};

/// The store as a signed-in developer opens it.
async fn open(sandbox: &Sandbox, home: &tempfile::TempDir) -> AwsSecretsManager {
    AwsSecretsManager::over(line(sandbox, home, Service::SecretsManager).await, None)
}

async fn fetched(world: World, ids: &[String], faults: &[(Operation, Fault)]) -> (Answers, [usize; 2]) {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(world).await.unwrap();
    let store = open(&sandbox, &home).await;
    for (operation, fault) in faults {
        sandbox.script(*operation, [*fault]);
    }
    let answers = store.fetch(ids, Deadline::begin(&Settings::bare("/", home.path()))).await;
    let reads = [Operation::BatchGetSecretValue, Operation::GetSecretValue];
    (answers, reads.map(|operation| sandbox.count(operation)))
}

fn ids(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
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
const CODES: [&str; 6] = ["good", "DS-STORE-02", "DS-STORE-03", "DS-STORE-04", "good", "DS-STORE-01"];

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
    for (fault, code) in [
        (Fault::Expired, "DS-STORE-07"),
        (Fault::Throttled, "DS-STORE-08"),
        (Fault::Malformed, "DS-STORE-09"),
    ] {
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

fn arn(region: &str, account: &str, name: &str) -> String {
    format!("arn:aws:secretsmanager:{region}:{account}:secret:{name}-AbCdEf")
}

#[tokio::test]
async fn another_region_is_told_without_asking() {
    let (answers, reads) =
        fetched(troubled(), &[arn("us-east-1", ACCOUNT, "x"), "good".to_owned()], &[]).await;
    assert_eq!((words(&answers), reads), (vec!["DS-STORE-13", "good"], [0, 1]));
    let miss = answers[0].1.as_ref().unwrap_err();
    assert!(miss.next_step().starts_with("set AWS_REGION=us-east-1"), "{miss}");
}

#[tokio::test]
async fn another_account_is_told_by_its_number() {
    let asked = [arn("eu-west-2", "999988887777", "x"), "good".to_owned()];
    let (answers, _) = fetched(troubled(), &asked, &[]).await;
    assert_eq!(words(&answers), ["DS-STORE-14", "good"]);
    assert!(answers[0].1.as_ref().unwrap_err().to_string().contains("999988887777"));
}

/// One batch of three never answers: what the others brought counts.
#[tokio::test]
async fn what_does_not_answer_in_time_hides_nothing() {
    let names: Vec<String> = (0..41).map(|number| format!("many/{number}")).collect();
    let world = names.iter().fold(world(), |world, name| world.secret(name, "v"));
    let (home, sandbox) = (tempfile::tempdir().unwrap(), Sandbox::start(world).await.unwrap());
    let store = open(&sandbox, &home).await;
    sandbox.script(Operation::BatchGetSecretValue, [Fault::Hang]);
    let settings = Settings::bare("/", home.path()).with("DEVSECRETS_TIMEOUT", "2");
    let answers = store.fetch(&names, Deadline::begin(&settings)).await;
    let count = |word: &str| words(&answers).into_iter().filter(|found| *found == word).count();
    assert_eq!(count("good") + count("DS-STORE-12"), 41);
    assert!(count("good") >= 21 && count("DS-STORE-12") >= 1, "{:?}", words(&answers));
}

/// Two hundred singles, where the batch is not permitted: each once, and ten refused batches before them.
#[tokio::test]
async fn many_singles_are_each_read_once() {
    let names: Vec<String> = (0..200).map(|number| format!("many/{number}")).collect();
    let world = names.iter().fold(world(), |world, name| world.secret(name, "v")).without_batch_permission();
    let (answers, reads) = fetched(world, &names, &[]).await;
    assert!(answers.iter().all(|(_, answer)| answer.is_ok()));
    assert_eq!(reads, [10, 200]);
}

/// A member of a batch that is throttled is asked for again, the others are not.
#[tokio::test]
async fn a_throttled_member_is_asked_for_again() {
    let world = world().secret("good", "v").busy_secret("busy", "v", 2);
    let (answers, reads) = fetched(world, &ids(&["good", "busy", "absent"]), &[]).await;
    assert_eq!((words(&answers), reads), (vec!["good", "good", "DS-STORE-01"], [3, 0]));
    let world = crate::stores::fixtures::world().secret("good", "v").busy_secret("busy", "v", 9);
    let (answers, reads) = fetched(world, &ids(&["good", "busy"]), &[]).await;
    assert_eq!((words(&answers), reads), (vec!["good", "DS-STORE-08"], [3, 0]));
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
