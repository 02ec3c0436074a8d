//! The table of precedence, rung by rung, and the status each outcome gives.

use std::collections::BTreeSet;

use super::*;
use crate::identity::Identity;
use crate::profile::{StoreKind, parse};
use crate::resolve::{Matrix, NotAsked, Status, StoreSource};
use crate::stores::{Answer, Miss, Payload, Values};

mod unwritten;

const PROFILE: &str = r#"
schema = 1
name = "shop"
title = "Shop"
environments = ["development", "production"]
[store.aws]
kind = "aws-secrets-manager"
ids = ["api"]
[variables.KEY]
token = "mine"
generate = { format = "hex", bytes = 16 }
default = "from default"
min_length = 4
[variables.OTHER]
[variables.BANNED]
[services.api]
path = "api"
env_file = ".env"
required = ["KEY"]
optional = ["OTHER"]
denied = ["BANNED"]
[tokens.mine]
title = "Mine"
"#;

/// Sources told in sentences.
#[derive(Default)]
struct Given(Sources);

impl Given {
    fn exported(mut self, value: &str) -> Self {
        self.0.environment.insert("KEY".to_owned(), SecretValue::new(value));
        self
    }

    fn in_file(mut self, name: &str, value: &str, ours: bool) -> Self {
        let file = self.0.files.entry("api".to_owned()).or_default();
        file.path = "api/.env".to_owned();
        file.values.insert(name.to_owned(), FileValue { value: SecretValue::new(value), ours });
        self
    }

    fn store(mut self, answer: Result<Payload, Miss>) -> Self {
        let answers = [("api".to_owned(), Ok(vec![("api".to_owned(), answer)]))].into();
        self.0.stores.push(StoreSource {
            name: "aws".to_owned(),
            kind: StoreKind::AwsSecretsManager,
            answers,
            conventional: BTreeSet::new(),
        });
        self
    }

    fn in_store(self, value: &str) -> Self {
        let values = Values::from_iter([("KEY".to_owned(), SecretValue::new(value))]);
        self.store(Ok(Payload::of(values)))
    }

    fn store_not_asked(mut self) -> Self {
        let answers = [("api".to_owned(), Err(NotAsked::Offline))].into();
        self.0.stores.push(StoreSource {
            name: "aws".to_owned(),
            kind: StoreKind::AwsSecretsManager,
            answers,
            conventional: BTreeSet::new(),
        });
        self
    }

    fn token(mut self, value: &str) -> Self {
        self.0.tokens.insert("mine".to_owned(), Ok(SecretValue::new(value)));
        self
    }

    fn identity(mut self) -> Self {
        self.0.identity = IdentitySource::Known(Identity::from_root([7; 32]));
        self
    }

    fn new_identity(mut self) -> Self {
        self.0.identity = IdentitySource::New(Identity::from_root([7; 32]));
        self
    }

    fn matrix(&self, environment: &str, view: View) -> (Option<String>, Matrix) {
        let (profile, services) = (parse(PROFILE, "test").unwrap(), ["api".to_owned()]);
        let found = decide(&profile, environment, &services, &self.0, view);
        let value = match found.get("api", "KEY") {
            Some(Outcome::Found { value, .. }) => Some(value.expose_to(str::to_owned)),
            _ => None,
        };
        (value, found.matrix(&profile, &services))
    }

    /// Where KEY came from, and its value.
    fn key_in(&self, environment: &str, view: View) -> (String, String) {
        let (value, matrix) = self.matrix(environment, view);
        let cell = matrix.services[0].cell("KEY").unwrap().clone();
        (cell.origin.map(|origin| origin.to_string()).unwrap_or_default(), value.unwrap_or_default())
    }

    #[track_caller]
    fn gives(&self, origin: &str, value: &str) {
        assert_eq!(self.key_in("development", View::Running), (origin.to_owned(), value.to_owned()));
    }

    fn cell(&self, name: &str) -> crate::resolve::Cell {
        self.matrix("development", View::Running).1.services[0].cell(name).unwrap().clone()
    }
}

/// Each rung is taken away in turn, and the next one decides.
#[test]
fn the_ladder() {
    let all = || Given::default().identity().token("from token").in_store("from store");
    all().exported("from shell").in_file("KEY", "by hand", false).gives("environment", "from shell");
    all().in_file("KEY", "by hand", false).gives("file", "by hand");
    all().gives("aws", "from store");
    Given::default().identity().token("from token").gives("keychain", "from token");
    let derived = Given::default().identity().key_in("development", View::Running);
    assert_eq!((derived.0.as_str(), derived.1.len()), ("generated", 32));
    Given::default().gives("default", "from default");
}

#[test]
fn seeding_does_not_see_what_is_exported() {
    let given = Given::default().exported("from shell").in_store("from store");
    assert_eq!(given.key_in("development", View::Seeding).1, "from store");
    assert_eq!(given.key_in("development", View::Running).1, "from shell");
}

#[test]
fn blank_counts_as_unset_on_every_rung() {
    Given::default()
        .exported(" ")
        .in_file("KEY", "", false)
        .in_store("\t")
        .token(" ")
        .gives("default", "from default");
}

/// What we wrote ourselves is a copy of its origin, not a decision of anybody's.
#[test]
fn our_own_copy_yields_where_a_hand_edit_wins() {
    Given::default().in_file("KEY", "copied", true).in_store("rotated").gives("aws", "rotated");
    Given::default().in_file("KEY", "edited", false).in_store("rotated").gives("file", "edited");
}

#[test]
fn a_store_out_of_reach_keeps_our_copy() {
    let denied = || Err(Miss::Denied { id: "api".to_owned(), reason: String::new(), permission: "read" });
    Given::default().in_file("KEY", "copied", true).store_not_asked().identity().gives("file", "copied");
    Given::default().in_file("KEY", "copied", true).store(denied()).identity().gives("file", "copied");
}

#[test]
fn a_store_that_surely_lacks_it_does_not() {
    let gone = Err(Miss::NotThere { id: "api".to_owned(), place: "here".to_owned() });
    let found = Given::default().in_file("KEY", "copied", true).store(gone).identity();
    assert_eq!(found.key_in("development", View::Seeding).0, "generated");
}

#[test]
fn a_new_identity_keeps_a_value_in_use() {
    Given::default().in_file("KEY", "in use", true).new_identity().gives("file", "in use");
}

#[test]
fn production_derives_nothing() {
    let given = Given::default().identity();
    assert_eq!(given.key_in("production", View::Running).0, "default");
}

#[test]
fn a_denied_variable_is_forbidden_where_a_process_would_see_it() {
    assert_eq!(Given::default().cell("BANNED").status, Status::Absent);
    let found = Given::default().in_file("BANNED", "x", false).cell("BANNED");
    assert_eq!(found.status, Status::Forbidden);
    assert_eq!(found.next.as_deref(), Some("remove BANNED from api/.env"));
}

#[test]
fn a_rule_that_is_broken_is_told_with_its_place() {
    let cell = Given::default().in_file("KEY", "abc", false).cell("KEY");
    assert_eq!(cell.status, Status::Invalid);
    assert_eq!(cell.problem.as_deref(), Some("shorter than 4 characters"));
    assert_eq!(cell.next.as_deref(), Some("correct KEY in api/.env"));
}

#[test]
fn an_optional_variable_out_of_reach_is_unset_and_says_why() {
    let cell = Given::default().store_not_asked().cell("OTHER");
    assert_eq!((cell.status, cell.next.as_deref()), (Status::Unset, Some("run again without --offline")));
}

/// The first secret that has the key as a text counts, whatever those before it have.
#[test]
fn of_several_secrets_the_first_that_holds_the_key_decides() {
    let denied = Miss::Denied { id: "zero".to_owned(), reason: String::new(), permission: "read" };
    let holding = |value: &str| {
        let values = Values::from_iter([("KEY".to_owned(), SecretValue::new(value))]);
        Payload::of(values)
    };
    let mut list = holding("");
    list.values.clear();
    list.unusable.push("KEY".to_owned());
    let mut given = Given::default().in_store("");
    let answers = [Err(denied), Ok(list), Ok(holding("second")), Ok(holding("third"))];
    let ids = ["zero", "one", "two", "three"].map(str::to_owned);
    given.0.stores[0].answers.insert("api".to_owned(), Ok(ids.into_iter().zip(answers).collect()));
    given.gives("aws", "second");
    assert_eq!(given.cell("KEY").at.as_deref(), Some("two"));
    assert!(!given.cell("OTHER").tried.is_empty(), "a key nobody has is told");
}

/// Of secrets that have no value for it, the one named after it tells most, then one that may have it after all.
#[test]
fn what_keeps_a_value_away_is_told_of_the_secret_that_tells_most() {
    let gone =
        |id: &str| (id.to_owned(), Err(Miss::NotThere { id: id.to_owned(), place: "a store".to_owned() }));
    let denied = |id: &str| {
        let miss = Miss::Denied { id: id.to_owned(), reason: String::new(), permission: "read" };
        (id.to_owned(), Err(miss))
    };
    let told = |answers: Vec<(String, Answer)>| {
        let mut given = Given::default().in_store("");
        given.0.stores[0].answers.insert("api".to_owned(), Ok(answers));
        let tried = given.cell("OTHER").tried;
        tried
            .into_iter()
            .find(|attempt| attempt.origin == Origin::Store("aws".to_owned()))
            .unwrap()
            .why
            .to_string()
    };
    assert!(told(vec![gone("one"), denied("two"), gone("three")]).contains("two"));
    assert!(told(vec![denied("two"), gone("prod/other"), denied("four")]).contains("prod/other"));
}

fn traced(given: &Given) -> Vec<(String, Verdict)> {
    let profile = parse(PROFILE, "test").unwrap();
    let steps = trace(&profile, "development", "api", "KEY", &given.0);
    steps.into_iter().map(|step| (step.origin.to_string(), step.verdict)).collect()
}

#[test]
fn an_explanation_names_the_winner_and_whom_it_hides() {
    let copy = Given::default().in_file("KEY", "written", true);
    let told = traced(&copy.exported("exported"));
    let verdict = |name: &str| told.iter().find(|(origin, _)| origin == name).unwrap().1;
    assert_eq!(verdict("environment"), Verdict::Won);
    assert_eq!(verdict("file"), Verdict::Hidden);
    assert_eq!(verdict("default"), Verdict::Hidden);
    assert_eq!(told.iter().filter(|(_, verdict)| *verdict == Verdict::Won).count(), 1);
}

#[test]
fn an_explanation_tells_unread_from_lacking() {
    let denied = Miss::Denied { id: "api".to_owned(), reason: String::new(), permission: "read" };
    let unread = Given::default().store(Err(denied));
    assert_eq!(traced(&unread).iter().find(|(origin, _)| origin == "aws").unwrap().1, Verdict::Unread);
    assert_eq!(traced(&Given::default()).last().unwrap().1, Verdict::Won, "the default is all there is");
}
