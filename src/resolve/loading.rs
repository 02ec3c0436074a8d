//! How the managed stores fared: what a boot log may say, and whether a start may go on.
//!
//! The rule is the platform's own loader's: a log says how many values came from which provider and never which. A
//! store that fails stops every environment that is not for development; there it warns, and says what stands in.

use std::collections::BTreeSet;

use serde::Serialize;
use time::OffsetDateTime;

use super::environments::is_development;
use super::{
    Cell, CopiesFlaw, NoValue, NotAsked, Obstacle, Origin, Outcome, Resolutions, ServiceRow, Sources, Stop,
    StoreSource, Try,
};
use crate::finding::{Finding, Remedy, Severity};
use crate::profile::StoreKind;
use crate::secret::SecretValue;
use crate::stores::{Answers, Miss};

/// How the stores of a service fared. Value-free.
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
    /// Values that are of use to the service: none that is blank, and none that it does not ask for.
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

impl Resolutions {
    /// How the stores fared for `service`: what it has of them, and each failure that matters to it once. One of a store that
    /// nobody asks when the service starts, since this machine has all of its values, does not.
    pub fn loading(&self, sources: &Sources, service: &str) -> Loading {
        let (copies_flaw, flaws) = (sources.copies_flaw.clone(), sources.flaws.clone());
        let mut loading = Loading { copies_flaw, flaws, ..Loading::default() };
        let asked = |source: &&StoreSource| self.asked_of(source, service).next().is_some();
        for source in sources.stores.iter().filter(asked) {
            match source.answers.get(service) {
                None | Some(Err(NotAsked::SwitchedOff { .. })) => {}
                Some(Err(why)) => loading.fail(&source.name, why.code(), why.to_string(), why.next_step()),
                Some(Ok(answers)) => self.weigh(source, service, answers, &mut loading),
            }
        }
        loading
    }

    fn weigh(&self, source: &StoreSource, service: &str, answers: &Answers, loading: &mut Loading) {
        let (mut values, mut cached) = (0, None);
        for (id, answer) in answers {
            if let Ok(payload) = answer {
                let of_use = |(key, value): &(&String, &SecretValue)| {
                    self.get(service, key).is_some() && !value.is_blank() && !payload.spoils(key)
                };
                let found = payload.values.iter().filter(of_use).count();
                (values, cached) = (values + found, oldest(cached, payload.cached));
                if payload.broken_object && found == 0 {
                    let says = NoValue::BrokenObject { id: id.clone() }.to_string();
                    loading.fail(&source.name, "DS-STORE-06", says, format!("correct the JSON of {id}"));
                }
            }
            if let Err(miss) = answer
                && !self.does_without(source, service, id, miss)
            {
                loading.fail(&source.name, miss.code(), miss.to_string(), miss.next_step());
            }
        }
        if values > 0 {
            let (store, kind) = (source.name.clone(), source.kind);
            loading.loaded.push(Loaded { store, kind, values, cached });
        }
    }

    /// Not every service has a secret of the usual name, and one that lacks nothing needs none.
    fn does_without(&self, source: &StoreSource, service: &str, id: &str, miss: &Miss) -> bool {
        let absent = matches!(miss, Miss::NotThere { .. }) && source.conventional.contains(id);
        let lacks = |outcome: &Outcome| matches!(outcome, Outcome::Nowhere { .. });
        absent && !self.asked_of(source, service).any(lacks)
    }

    /// What came of the variables of `service` that `source` was asked for.
    fn asked_of<'a>(
        &'a self,
        source: &'a StoreSource,
        service: &'a str,
    ) -> impl Iterator<Item = &'a Outcome> {
        let is_it = |origin: &Origin| matches!(origin, Origin::Store(name) if *name == source.name);
        let has = move |outcome: &&Outcome| match outcome {
            Outcome::Found { origin, .. } if is_it(origin) => true,
            outcome => outcome.tried().iter().any(|one| is_it(&one.origin)),
        };
        let own = self.cells.iter().filter(move |(cell, _)| cell.service == service);
        own.map(|(_, outcome)| outcome).filter(has)
    }

    /// What keeps `service` from starting, whatever its variables are: its env file cannot be read, or, outside development, a
    /// store failed.
    pub(super) fn stop(&self, sources: &Sources, service: &str) -> Option<Stop> {
        let stop = |kind: &str, finding: &Finding, clause: String| Stop {
            obstacle: Obstacle::unusable(kind, finding),
            clause,
        };
        let flaw = |path: &String| {
            let flaw = sources.flaws.iter().find(|flaw| flaw.subject == *path)?;
            Some(stop("file", flaw, NoValue::Shut { path: path.clone() }.to_string()))
        };
        sources.shut.get(service).and_then(flaw).or_else(|| {
            let mild = is_development(&self.environment);
            let failed = self.loading(sources, service).failed.into_iter().find(|_| !mild)?;
            Some(stop("store", &failed.stops(&self.environment), failed.says))
        })
    }
}

impl Failed {
    /// What is said of it where nothing starts without its stores.
    fn stops(&self, environment: &str) -> Finding {
        let says = format!("{}; {environment} does not start without its stores", self.says);
        Finding::error(self.code, self.store.clone(), says, Remedy::says(self.next.clone()))
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
    /// among `cells`. What is `told` already is not warned of again.
    pub fn findings(&self, environment: &str, cells: &[Cell], told: &[&str]) -> Vec<Finding> {
        let mild = is_development(environment);
        let finding = |failed: &Failed| {
            if !mild {
                return failed.stops(environment);
            }
            let Failed { store, code, says, next } = failed;
            let says = match in_its_place(failed, cells) {
                Some(sources) => format!("{says}; in its place: {sources}"),
                None => says.clone(),
            };
            Finding::warning(code, store.clone(), says, Remedy::says(next.clone()))
        };
        // In development `--offline` is a wish, not a failure.
        let wished = |failed: &&Failed| mild && failed.code == NotAsked::Offline.code();
        let told = |failed: &&Failed| mild && told.iter().any(|says| says.contains(&failed.says));
        self.failed
            .iter()
            .filter(|failed| !wished(failed) && !told(failed))
            .map(finding)
            .chain(self.of_copies())
            .collect()
    }
}

impl Loading {
    /// What is to be known beside a table with `row`, which tells itself what stops the service, and where values are from.
    pub fn warnings(&self, environment: &str, row: &ServiceRow) -> Vec<Finding> {
        let told: Vec<&str> = row.cells.iter().filter_map(|cell| cell.problem.as_deref()).collect();
        let all = self.findings(environment, &[], &told);
        all.into_iter().filter(|finding| finding.severity < Severity::Error).collect()
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
mod tests;
