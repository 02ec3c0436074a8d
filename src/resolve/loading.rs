//! How the managed stores fared: what a boot log may say, and whether a start may go on.
//!
//! The rule is the platform's own loader's: a log says how many values came from which provider and never which. A
//! store that fails stops every environment that is not for development; there it warns, and says what stands in.

use std::collections::{BTreeSet, HashSet};

use serde::Serialize;
use time::OffsetDateTime;

use super::environments::is_development;
use super::{Cell, CopiesFlaw, NotAsked, Origin, Sources, Try};
use crate::finding::{Finding, Remedy};
use crate::profile::StoreKind;
use crate::secret::SecretValue;

/// How the stores of the services in scope fared. Value-free.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Loading {
    pub loaded: Vec<Loaded>,
    pub failed: Vec<Failed>,
    /// What is wrong with the offline copies.
    #[serde(skip)]
    pub copies_flaw: Option<CopiesFlaw>,
    /// What is wrong with the env files, so that nobody knows what they say.
    pub flaws: Vec<Finding>,
}

/// What one store gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Loaded {
    /// Its name in the profile.
    pub store: String,
    /// What kind it is.
    pub kind: StoreKind,
    /// Values that are of use, each counted once however many services read it: none that is blank, and none that no service
    /// asks for.
    pub values: usize,
    /// When the oldest of the copies among them was made.
    #[serde(with = "time::serde::rfc3339::option")]
    pub cached: Option<OffsetDateTime>,
}

/// What one store, or one secret in it, could not give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failed {
    pub store: String,
    pub code: &'static str,
    pub says: String,
    pub next: String,
}

impl Sources {
    /// Each failure once, however many services met it. `wanted` says whether some service asks for a variable.
    pub fn loading(&self, wanted: impl Fn(&str) -> bool) -> Loading {
        let (copies_flaw, flaws) = (self.copies_flaw.clone(), self.flaws.clone());
        let mut loading = Loading { copies_flaw, flaws, ..Loading::default() };
        for source in &self.stores {
            let (mut values, mut cached) = (HashSet::new(), None);
            for answer in source.answers.values() {
                match answer {
                    Err(NotAsked::SwitchedOff { .. }) => {}
                    Err(why) => loading.fail(&source.name, why.code(), why.to_string(), why.next_step()),
                    Ok(answers) => {
                        for (id, answer) in answers {
                            match answer {
                                Ok(payload) => {
                                    cached = oldest(cached, payload.cached);
                                    let of_use = |(key, value): &(&String, &SecretValue)| {
                                        wanted(key) && !value.is_blank() && !payload.spoils(key)
                                    };
                                    let found = payload.values.iter().filter(of_use);
                                    values.extend(found.map(|(key, _)| (id, key)));
                                }
                                Err(miss) => {
                                    let (says, next) = (miss.to_string(), miss.next_step());
                                    loading.fail(&source.name, miss.code(), says, next);
                                }
                            }
                        }
                    }
                }
            }
            if !values.is_empty() {
                let (store, kind) = (source.name.clone(), source.kind);
                loading.loaded.push(Loaded { store, kind, values: values.len(), cached });
            }
        }
        loading
    }
}

fn oldest(one: Option<OffsetDateTime>, other: Option<OffsetDateTime>) -> Option<OffsetDateTime> {
    [one, other].into_iter().flatten().min()
}

fn minute(moment: OffsetDateTime) -> String {
    let moment = moment.to_offset(time::UtcOffset::UTC);
    format!("{} {:02}:{:02}", moment.date(), moment.hour(), moment.minute())
}

impl Loading {
    fn fail(&mut self, store: &str, code: &'static str, says: String, next: String) {
        let failed = Failed { store: store.to_owned(), code, says, next };
        if !self.failed.contains(&failed) {
            self.failed.push(failed);
        }
    }

    fn of_copies(&self) -> Option<Finding> {
        let (code, says, next) = match self.copies_flaw.as_ref()? {
            CopiesFlaw::Damaged => (
                "DS-STORE-29",
                "they could not be read, so they are ignored and made anew".to_owned(),
                "nothing to do, unless it happens again and again",
            ),
            CopiesFlaw::NotKept { says, next } => ("DS-STORE-33", format!("none are kept: {says}"), &**next),
        };
        Some(Finding::note(code, "offline copies", says, Remedy::says(next)))
    }

    /// "12 values from AWS Secrets Manager", a line for each store.
    pub fn log(&self) -> Vec<String> {
        let line = |loaded: &Loaded| {
            let noun = if loaded.values == 1 { "value" } else { "values" };
            let copy = loaded.cached.map(|made| format!(", copies of {} UTC", minute(made)));
            let provider = match loaded.kind {
                StoreKind::Command => format!("the command store {}", loaded.store),
                kind => kind.title().to_owned(),
            };
            format!("{} {noun} from {provider}{}", loaded.values, copy.unwrap_or_default())
        };
        self.loaded.iter().map(line).collect()
    }

    /// One finding for each failure: an error, which stops the start, or in development a warning, which says what stands in
    /// among `cells`. What a finding of `others` says already is not warned of again.
    pub fn findings(&self, environment: &str, cells: &[Cell], others: &[Finding]) -> Vec<Finding> {
        let mild = is_development(environment);
        let finding = |failed: &Failed| {
            let remedy = Remedy::says(failed.next.clone());
            let Failed { store, code, says, .. } = failed;
            if mild {
                let says = match in_its_place(failed, cells) {
                    Some(sources) => format!("{says}; in its place: {sources}"),
                    None => says.clone(),
                };
                Finding::warning(code, store.clone(), says, remedy)
            } else {
                let says = format!("{says}; {environment} does not start without its stores");
                Finding::error(code, store.clone(), says, remedy)
            }
        };
        // In development `--offline` is a wish, not a failure.
        let wished = |failed: &&Failed| mild && failed.code == NotAsked::Offline.code();
        let told = |failed: &&Failed| mild && others.iter().any(|other| other.says.contains(&failed.says));
        self.failed
            .iter()
            .filter(|failed| !wished(failed) && !told(failed))
            .map(finding)
            .chain(self.of_copies())
            .collect()
    }
}

/// "api/.env.local and derived values": what gave the values that the store could not give.
fn in_its_place(failed: &Failed, cells: &[Cell]) -> Option<String> {
    let concerned = |attempt: &Try| {
        attempt.origin == Origin::Store(failed.store.clone())
            && attempt.why.to_string().ends_with(&failed.says)
    };
    let source = |cell: &Cell| match cell.origin.as_ref()? {
        Origin::File | Origin::Fallback => cell.at.clone(),
        Origin::Generated => Some("derived values".to_owned()),
        Origin::Default => Some("defaults of the profile".to_owned()),
        origin => Some(origin.to_string()),
    };
    let saved = cells.iter().filter(|cell| cell.tried.iter().any(concerned));
    let sources: Vec<String> = saved.filter_map(source).collect::<BTreeSet<_>>().into_iter().collect();
    (!sources.is_empty()).then(|| sources.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::resolve::StoreSource;
    use crate::stores::{Miss, Payload};

    fn sources() -> Sources {
        let value = || SecretValue::new("canary-77");
        let values = [("OPENAI_API_KEY".to_owned(), value()), ("OTHER".to_owned(), value())].into();
        let payload = Payload::of(values);
        let good = ("shared".to_owned(), Ok(payload));
        let bad =
            ("absent".to_owned(), Err(Miss::NotThere { id: "absent".to_owned(), place: "p".to_owned() }));
        let answers =
            ["api", "worker"].map(|service| (service.to_owned(), Ok(vec![good.clone(), bad.clone()])));
        let kind = StoreKind::AwsSecretsManager;
        let stores = vec![StoreSource { name: "aws".to_owned(), kind, answers: answers.into() }];
        Sources { stores, ..Sources::default() }
    }

    /// Seed 000: "Boot logs only confirm that managed secrets were loaded (count + provider) and never echo individual
    /// keys."
    #[test]
    fn seed_000_the_log_says_count_and_provider_only() {
        let loading = sources().loading(|_| true);
        assert_eq!(loading.log(), ["2 values from AWS Secrets Manager"]);
        let shown = format!("{loading:?} {}", serde_json::to_string(&loading).unwrap());
        assert!(!shown.contains("OPENAI") && !shown.contains("canary"), "{shown}");
    }

    #[test]
    fn what_nobody_asks_for_and_what_is_blank_is_not_counted() {
        let mut sources = sources();
        let counted = |sources: &Sources| sources.loading(|name| name != "OTHER").loaded[0].values;
        assert_eq!(counted(&sources), 1);
        for answers in sources.stores[0].answers.values_mut().flatten() {
            if let Ok(payload) = &mut answers[0].1 {
                payload.values.insert("BLANK".to_owned(), SecretValue::new(" "));
                payload.values.insert("SPOILT".to_owned(), SecretValue::new("x"));
                payload.unusable.push("SPOILT".to_owned());
            }
        }
        assert_eq!(counted(&sources), 1);
    }

    /// Seed 000: "Failures in production short-circuit startup; in development a warning is emitted".
    #[test]
    fn seed_000_a_failure_stops_production_and_warns_in_development() {
        let severities = |environment: &str| -> Vec<_> {
            sources()
                .loading(|_| true)
                .findings(environment, &[], &[])
                .iter()
                .map(|f| (f.severity, f.code))
                .collect()
        };
        assert_eq!(severities("production"), [(Severity::Error, "DS-STORE-01")]);
        assert_eq!(severities("staging"), [(Severity::Error, "DS-STORE-01")]);
        assert_eq!(severities("development"), [(Severity::Warning, "DS-STORE-01")]);
    }

    #[test]
    fn what_is_told_already_is_not_warned_of_again() {
        let loading = sources().loading(|_| true);
        let says = format!("api requires it: aws: {}", loading.failed[0].says);
        let other = Finding::error("DS-RUN-02", "API_KEY", says, Remedy::says("x"));
        assert!(loading.findings("development", &[], std::slice::from_ref(&other)).is_empty());
        assert_eq!(loading.findings("production", &[], &[other]).len(), 1);
    }

    #[test]
    fn a_store_that_is_switched_off_has_not_failed() {
        let off = [("api".to_owned(), Err(NotAsked::SwitchedOff { provider: None }))].into();
        let source = StoreSource { name: "aws".to_owned(), kind: StoreKind::AwsSecretsManager, answers: off };
        let loading = Sources { stores: vec![source], ..Sources::default() }.loading(|_| true);
        assert_eq!(loading, Loading::default());
    }
}
