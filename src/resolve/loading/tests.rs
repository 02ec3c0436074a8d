//! How the stores fared: what is counted, and what is a failure.

use super::*;
use crate::profile::parse;
use crate::resolve::{View, decide};
use crate::stores::{Payload, Values};

fn sources() -> Sources {
    let value = || SecretValue::new("canary-77");
    let values = Values::from_iter(["OPENAI_API_KEY", "OTHER"].map(|name| (name.to_owned(), value())));
    with(vec![("shared", Ok(Payload::of(values))), absent("absent")])
}

fn with(answers: Vec<(&str, Result<Payload, Miss>)>) -> Sources {
    let answers = answers.into_iter().map(|(id, answer)| (id.to_owned(), answer)).collect();
    asked(Ok(answers))
}

fn asked(answers: Result<Answers, NotAsked>) -> Sources {
    let source = StoreSource {
        name: "aws".to_owned(),
        kind: StoreKind::AwsSecretsManager,
        answers: [("api".to_owned(), answers)].into(),
        conventional: ["api/production".to_owned()].into(),
    };
    Sources { stores: vec![source], ..Sources::default() }
}

fn absent(id: &str) -> (&str, Result<Payload, Miss>) {
    (id, Err(Miss::NotThere { id: id.to_owned(), place: "p".to_owned() }))
}

fn decided(sources: &Sources, environment: &str, variables: &str) -> Resolutions {
    let text = format!(
        "schema = 1\nname = \"n\"\ntitle = \"N\"\n[variables]\nOPENAI_API_KEY = {{}}\nOTHER = {{}}\n\
         PORT = {{ secret = false, default = \"1\" }}\n[services.api]\npath = \".\"\noptional = [{variables}]\n"
    );
    let profile = parse(&text, "t").unwrap();
    decide(&profile, environment, &["api".to_owned()], sources, View::Running)
}

fn loading(sources: &Sources, variables: &str) -> Loading {
    decided(sources, "production", variables).loading(sources, "api")
}

const BOTH: &str = "\"OPENAI_API_KEY\", \"OTHER\"";

/// Seed 000: "Boot logs only confirm that managed secrets were loaded (count + provider) and never echo individual
/// keys."
#[test]
fn seed_000_the_log_says_count_and_provider_only() {
    let loading = loading(&sources(), BOTH);
    assert_eq!(loading.log(), ["2 values from AWS Secrets Manager"]);
    let shown = format!("{loading:?} {}", serde_json::to_string(&loading).unwrap());
    assert!(!shown.contains("OPENAI") && !shown.contains("canary"), "{shown}");
}

#[test]
fn what_nobody_asks_for_and_what_is_blank_is_not_counted() {
    let mut sources = sources();
    let all = "\"OPENAI_API_KEY\", \"PORT\"";
    let counted = |sources: &Sources| loading(sources, all).loaded[0].values;
    assert_eq!(counted(&sources), 1);
    for answers in sources.stores[0].answers.values_mut().flatten() {
        if let Ok(payload) = &mut answers[0].1 {
            payload.values.insert("PORT".to_owned(), SecretValue::new(" "));
        }
    }
    assert_eq!(counted(&sources), 1);
}

/// Seed 000: "Failures in production short-circuit startup; in development a warning is emitted".
#[test]
fn seed_000_a_failure_stops_production_and_warns_in_development() {
    let told = |environment: &str| -> (Vec<_>, bool) {
        let (sources, services) = (sources(), ["api".to_owned()]);
        let decided = decided(&sources, environment, BOTH);
        let findings = decided.loading(&sources, "api").findings(environment, &[], &[]);
        let obstacle = decided.obstacles.contains_key(&services[0]);
        (findings.iter().map(|finding| (finding.severity, finding.code)).collect(), obstacle)
    };
    assert_eq!(told("production"), (vec![(Severity::Error, "DS-STORE-01")], true));
    assert_eq!(told("staging"), (vec![(Severity::Error, "DS-STORE-01")], true));
    assert_eq!(told("development"), (vec![(Severity::Warning, "DS-STORE-01")], false));
}

#[test]
fn what_is_told_already_is_not_warned_of_again() {
    let loading = loading(&sources(), BOTH);
    let says = format!("api requires it: aws: {}", loading.failed[0].says);
    assert!(loading.findings("development", &[], &[&says]).is_empty());
    assert_eq!(loading.findings("production", &[], &[&says]).len(), 1);
}

#[test]
fn a_store_that_is_switched_off_has_not_failed() {
    let off = asked(Err(NotAsked::SwitchedOff { provider: None }));
    assert_eq!(loading(&off, BOTH), Loading::default());
}

/// Whoever starts it asks nobody for what this machine has.
#[test]
fn a_store_that_nobody_needs_has_not_failed() {
    let mut sources = with(vec![absent("listed")]);
    assert_eq!(loading(&sources, "\"OTHER\"").failed.len(), 1);
    sources.environment.insert("OTHER".to_owned(), SecretValue::new("canary-exported"));
    assert_eq!(loading(&sources, "\"OTHER\""), Loading::default());
    assert!(decided(&sources, "production", "\"OTHER\"").obstacles.is_empty());
}

/// A service that needs nothing of its own has no secret of the usual name; one that is listed has to be there.
#[test]
fn who_lacks_nothing_does_without_a_secret_that_nobody_listed() {
    let failed = |id: &'static str, variables: &str| loading(&with(vec![absent(id)]), variables).failed.len();
    assert_eq!(failed("api/production", "\"PORT\""), 0);
    assert_eq!(failed("api/production", "\"PORT\", \"OTHER\""), 1);
    assert_eq!(failed("listed", "\"PORT\""), 1);
}

#[test]
fn an_object_with_a_slip_is_a_failure_unless_it_is_wanted_as_it_is() {
    let text = b"{\"A\": \"canary-1\", oops".to_vec();
    let read = |id| (id, Payload::read(id, text.clone(), crate::profile::JsonObjects::Keys));
    let failed = loading(&with(vec![read("prod/shop")]), BOTH).failed;
    let [slip] = failed.as_slice() else { panic!("{failed:?}") };
    assert_eq!((slip.code, slip.next.as_str()), ("DS-STORE-06", "correct the JSON of prod/shop"));
    assert!(loading(&with(vec![read("prod/other")]), BOTH).failed.is_empty());
}
