//! The store against the sandbox: each id answered once, whatever becomes of the others.

use super::*;
use crate::sandbox::{Fault, Operation, Sandbox, World};
use crate::stores::fixtures::{ACCOUNT, line, words, world};

use crate::aws::Service;
use crate::settings::Settings;

async fn fetched(world: World, ids: &[&str], faults: &[(Operation, Fault)]) -> (Answers, [usize; 3]) {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(world).await.unwrap();
    let store = AwsParameterStore::over(line(&sandbox, &home, Service::Ssm).await, None);
    for (operation, fault) in faults {
        sandbox.script(*operation, [*fault]);
    }
    let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    let answers = store.fetch(&ids, Deadline::begin(&Settings::bare("/", home.path()))).await;
    let reads = [Operation::GetParameters, Operation::GetParameter, Operation::GetParametersByPath];
    (answers, reads.map(|operation| sandbox.count(operation)))
}

fn troubled() -> World {
    world()
        .parameter("/shop/good", r#"{"KEY":"v"}"#)
        .parameter("plain", "v")
        .denied_parameter("/shop/denied")
        .undecryptable_parameter("/shop/sealed")
}

fn names(answers: &Answers) -> Vec<String> {
    let payloads = answers.iter().flat_map(|(_, answer)| answer.as_ref().ok());
    payloads.flat_map(|payload| payload.values.keys().cloned()).collect()
}

#[tokio::test]
async fn names_that_are_not_there_hide_no_other() {
    let (answers, reads) = fetched(troubled(), &["/shop/good", "plain", "/shop/absent"], &[]).await;
    assert_eq!((words(&answers), reads), (vec!["good", "good", "DS-STORE-01"], [1, 0, 0]));
    assert_eq!(names(&answers), ["KEY", "PLAIN"]);
}

/// The service refuses the whole batch for one of its members; the others are read all the same.
#[tokio::test]
async fn one_bad_parameter_hides_no_other() {
    let asked = ["/shop/good", "/shop/denied", "/shop/sealed", "/shop/absent", "no/slash"];
    let codes = ["good", "DS-STORE-02", "DS-STORE-04", "DS-STORE-01", "DS-STORE-34"];
    let (answers, reads) = fetched(troubled(), &asked, &[]).await;
    assert_eq!((words(&answers), reads), (codes.to_vec(), [1, 5, 0]));
    let (answers, reads) = fetched(troubled().without_batch_permission(), &asked, &[]).await;
    assert_eq!((words(&answers), reads), (codes.to_vec(), [1, 5, 0]));
}

#[tokio::test]
async fn a_denial_names_the_permission() {
    let (answers, _) = fetched(troubled(), &["/shop/denied"], &[]).await;
    let miss = answers[0].1.as_ref().unwrap_err();
    assert_eq!(miss.next_step(), "ask for ssm:GetParameter on /shop/denied");
}

#[tokio::test]
async fn a_batch_holds_ten_and_one_needs_none() {
    let many: Vec<String> = (0..21).map(|number| format!("/many/k{number}")).collect();
    let world = many.iter().fold(world(), |world, name| world.parameter(name, "v"));
    let asked: Vec<&str> = many.iter().map(String::as_str).collect();
    let (answers, reads) = fetched(world.clone(), &asked, &[]).await;
    assert_eq!((names(&answers).len(), reads), (21, [3, 0, 0]));
    let (_, reads) = fetched(world, &["/many/k1"], &[]).await;
    assert_eq!(reads, [0, 1, 0]);
}

#[tokio::test]
async fn below_a_path_each_parameter_is_one_variable() {
    let many: Vec<String> = (0..21).map(|number| format!("/app/dev/deep/k{number}")).collect();
    let world = many.iter().fold(world(), |world, name| world.parameter(name, "v"));
    let world = world.parameter("/app/dev/json-key", r#"{"A":1}"#).parameter("/app/prod/other", "v");
    let (answers, reads) = fetched(world, &["/app/dev/", "/empty/"], &[]).await;
    assert_eq!((words(&answers), reads), (vec!["good", "DS-STORE-01"], [0, 0, 4]));
    let payload = answers[0].1.as_ref().unwrap();
    assert_eq!(payload.values.len(), 22);
    assert_eq!(payload.values["JSON_KEY"].expose_to(str::to_owned), r#"{"A":1}"#);
    assert!(payload.since.is_some());
}

/// Two parameters that would be the same variable: neither is, and the others stand.
#[tokio::test]
async fn a_name_that_stands_twice_below_a_path_is_neither() {
    let world = world().parameter("/p/a/key", "1").parameter("/p/b/key", "2").parameter("/p/c", "3");
    let (answers, _) = fetched(world, &["/p/"], &[]).await;
    let payload = answers[0].1.as_ref().unwrap();
    assert_eq!((names(&answers), &*payload.twice), (vec!["C".to_owned()], &["KEY".to_owned()][..]));
}

#[tokio::test]
async fn a_denied_path_names_the_permission() {
    let (answers, _) = fetched(troubled(), &["/shop/"], &[]).await;
    let miss = answers[0].1.as_ref().unwrap_err();
    assert_eq!(miss.next_step(), "ask for ssm:GetParametersByPath on /shop/");
}

#[tokio::test]
async fn arns_tell_region_account_and_name() {
    let arn =
        |region: &str, account: &str, name: &str| format!("arn:aws:ssm:{region}:{account}:parameter{name}");
    let asked = [
        arn("us-east-1", ACCOUNT, "/x"),
        arn("eu-west-2", "999988887777", "/x"),
        arn("eu-west-2", ACCOUNT, "/shop/api-secret"),
    ];
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    let (answers, _) = fetched(troubled().parameter("/shop/api-secret", "v"), &asked, &[]).await;
    assert_eq!(words(&answers), ["DS-STORE-13", "DS-STORE-14", "good"]);
    assert_eq!(names(&answers), ["API_SECRET"]);
}

#[tokio::test]
async fn trouble_of_the_whole_call_is_told_for_each_id() {
    for (fault, code) in [
        (Fault::Expired, "DS-STORE-07"),
        (Fault::Throttled, "DS-STORE-08"),
        (Fault::Malformed, "DS-STORE-09"),
        (Fault::Empty, "DS-STORE-10"),
    ] {
        let faults = [(Operation::GetParameters, fault); 3];
        let (answers, _) = fetched(troubled(), &["/shop/good", "plain"], &faults).await;
        assert_eq!(words(&answers), [code, code], "{fault:?}");
    }
}

/// A key of the customer's that may not be used is told as a denial that names the action.
#[tokio::test]
async fn a_denied_key_is_no_denied_parameter() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(world()).await.unwrap();
    let store = AwsParameterStore::over(line(&sandbox, &home, Service::Ssm).await, None);
    let says = "not authorized to perform: kms:Decrypt on the resource (Service: AWSKMS)";
    let miss = store.miss("/x", "AccessDeniedException", says, ONE);
    assert_eq!(miss.code(), "DS-STORE-04");
    let too_large =
        store.payload("/x", &Parameter::builder().value("x".repeat(70_000)).build(), JsonObjects::Text);
    assert_eq!(too_large.unwrap_err().code(), "DS-STORE-05");
}

#[tokio::test]
async fn what_does_not_answer_in_time_is_told() {
    let home = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(troubled()).await.unwrap();
    let store = AwsParameterStore::over(line(&sandbox, &home, Service::Ssm).await, None);
    sandbox.script(Operation::GetParametersByPath, [Fault::Hang; 3]);
    let settings = Settings::bare("/", home.path()).with("DEVSECRETS_TIMEOUT", "1");
    let ids = ["/shop/".to_owned(), "plain".to_owned()];
    let answers = store.fetch(&ids, Deadline::begin(&settings)).await;
    assert_eq!(words(&answers), ["DS-STORE-12", "good"]);
}

#[tokio::test]
async fn an_error_never_shows_a_value() {
    let faults = [(Operation::GetParameter, Fault::Malformed); 3];
    let (answers, _) = fetched(world().parameter("good", "canary-5d"), &["good"], &faults).await;
    let miss = answers[0].1.as_ref().unwrap_err();
    assert!(!format!("{miss} {miss:?} {answers:?}").contains("canary"));
}
