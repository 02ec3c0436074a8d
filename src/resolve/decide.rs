//! Which source wins: the one place where precedence stands.
//!
//! process environment → hand-edited file → managed stores → keychain → files read besides, or in the place of a store
//! that failed → generated → default. A
//! value in the file that we wrote ourselves is a copy, not a hand edit: it counts only where its own source is silent
//! or out of reach, so that working offline or losing the keychain never replaces a good value by a lesser one.

mod store;
mod trace;
mod turns;
mod unwritten;

use std::collections::BTreeMap;

use time::OffsetDateTime;

pub use trace::{Step, Verdict, trace};
use turns::Turn;

use super::environments::is_development;
use super::sources::{FileSource, FileValue, Guide};
use super::{CellId, IdentitySource, NoValue, Origin, Outcome, Resolutions, Sources, Start, Try};
use crate::identity::Identity;
use crate::profile::{Map, Need, Profile, Variable, broken_rule, has_nul};
use crate::secret::SecretValue;

/// Whose eyes we decide with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// A service started from this shell: exported variables count.
    Running,
    /// Seeding: what happens to be exported is not a value to write down.
    Seeding,
    /// What would come in if nobody had edited the file by hand: one side of a three-way merge.
    Incoming,
}

/// Decides every variable of `services`. Pure.
pub fn decide(
    profile: &Profile,
    environment: &str,
    services: &[String],
    sources: &Sources,
    view: View,
) -> Resolutions {
    let mut cells = Map::default();
    for service in services {
        let Ok(contract) = profile.contract(service, environment) else { continue };
        let (guides, env_file) =
            (sources.guides(service), unwritten::to_write(profile, environment, service, sources));
        let all = Question {
            profile,
            environment,
            service,
            name: "",
            variable: None,
            sources,
            guides: &guides,
            env_file,
            view,
        };
        for entry in contract {
            let variable = profile.variable(entry.variable);
            let question = Question { name: entry.variable, variable, ..all };
            let id = CellId { service: service.clone(), variable: entry.variable.to_owned() };
            cells.insert(id, question.answer(entry.need));
        }
    }
    let homeless = sources.homeless.clone();
    let obstacles = BTreeMap::new();
    let mut decided = Resolutions { environment: environment.to_owned(), cells, homeless, obstacles };
    if view == View::Running {
        let stopped = |name: &String| Some((name.clone(), decided.stop(sources, name)?));
        decided.obstacles = services.iter().filter_map(stopped).collect();
    }
    decided
}

/// True when the process environment or a hand edit decides `name`, so that nobody else need be asked. Pure.
pub(super) fn is_settled(
    profile: &Profile,
    environment: &str,
    service: &str,
    name: &str,
    sources: &Sources,
) -> bool {
    let view = View::Running;
    let (guides, env_file) = (&[], None);
    let variable = profile.variable(name);
    let question =
        Question { profile, environment, service, name, variable, sources, guides, env_file, view };
    let here = [question.environment(), question.hand_edit()];
    here.into_iter().any(|asked| match asked {
        Ok(held) => held.is_some_and(|held| !held.value.is_blank()),
        Err(why) => why == NoValue::Opaque,
    })
}

/// A value, its place within the source, and since when it stands there.
#[derive(Clone)]
struct Held {
    value: SecretValue,
    at: Option<String>,
    since: Option<OffsetDateTime>,
    cached: Option<OffsetDateTime>,
}

impl Held {
    fn new(value: SecretValue, at: Option<String>) -> Self {
        Self { value, at, since: None, cached: None }
    }

    fn in_file(file: &FileSource, value: &SecretValue) -> Self {
        Self { value: value.clone(), at: Some(file.path.clone()), since: file.since, cached: None }
    }
}

/// What a source holds, or why nothing. `Ok(None)`: this source does not apply.
type Asked = Result<Option<Held>, NoValue>;

#[derive(Clone, Copy)]
struct Question<'a> {
    profile: &'a Profile,
    environment: &'a str,
    service: &'a str,
    name: &'a str,
    /// What the profile says of it.
    variable: Option<&'a Variable>,
    sources: &'a Sources,
    /// Of each store, in the order of `sources`.
    guides: &'a [Guide<'a>],
    /// Where what it does not say is ours to write.
    env_file: Option<&'a FileSource>,
    view: View,
}

impl Question<'_> {
    fn answer(&self, need: Need) -> Outcome {
        let mut tried = Vec::new();
        if need == Need::Denied {
            return Question { env_file: None, ..*self }.whether_present(tried);
        }
        let mut turns = self.turns();
        while let Some(turn) = turns.next() {
            let origin = self.origin(turn);
            match self.ask(turn) {
                Ok(None) if turn == Turn::Copy && tried.iter().any(|t| t.why.keeps_copy()) => {
                    if let Some(copy) = self.copy() {
                        return self.found(copy, Origin::File, tried, Vec::new());
                    }
                }
                Ok(None) => {}
                Ok(Some(held)) if held.value.is_blank() => tried.push(Try { origin, why: NoValue::Blank }),
                // A service does without what is optional; what it requires stops it.
                Ok(Some(held)) if need == Need::Optional && has_nul(self.variable, &held.value) => {
                    tried.push(Try { origin, why: NoValue::Nul });
                }
                Ok(Some(held)) => {
                    let hidden = self.hidden_by(&held, turns);
                    return self.found(held, origin, tried, hidden);
                }
                Err(NoValue::Opaque) => return Outcome::Opaque,
                Err(why) => tried.push(Try { origin, why }),
            }
        }
        match self.copy() {
            Some(copy) => self.found(copy, Origin::File, tried, Vec::new()),
            None => Outcome::Nowhere { tried },
        }
    }

    /// For a variable the service must not have, only what a process would see counts.
    fn whether_present(&self, tried: Vec<Try>) -> Outcome {
        let exported = match self.environment() {
            Err(NoValue::Opaque) => return Outcome::Opaque,
            // It is taken away.
            Err(_) => None,
            Ok(held) => held.map(|held| (held, Origin::Environment)),
        };
        let filed = || self.file().map(|(file, found)| (Held::in_file(file, &found.value), Origin::File));
        let besides = || Some((self.beside(&self.sources.fallbacks)?, Origin::Fallback));
        match exported.or_else(filed).or_else(besides) {
            Some((held, origin)) => self.found(held, origin, tried, Vec::new()),
            None => Outcome::Nowhere { tried },
        }
    }

    fn found(&self, held: Held, origin: Origin, tried: Vec<Try>, hides: Vec<Origin>) -> Outcome {
        let Held { value, at, since, cached } = held;
        let broken = self.variable.and_then(|rules| broken_rule(rules, self.environment, &value));
        let unwritten = self.unwritten(&value, &origin);
        Outcome::Found { value, origin, at, since, cached, hides, broken, unwritten, tried }
    }

    fn environment(&self) -> Asked {
        if self.view != View::Running {
            return Ok(None);
        }
        if self.sources.opaque.contains(self.name) {
            return Err(NoValue::Opaque);
        }
        let Some(value) = self.sources.environment.get(self.name) else { return Ok(None) };
        match self.given_to_another(value) {
            Some(Start { service, environment, .. }) => Err(NoValue::GivenTo { service, environment }),
            None => Ok(Some(Held::new(value.clone(), None))),
        }
    }

    fn given_to_another(&self, value: &SecretValue) -> Option<Start> {
        let inherited = self.sources.inherited.as_ref()?;
        let now = Start::of(self.profile, self.environment, self.service);
        inherited.to_another(&now, self.name, value).cloned()
    }

    fn file(&self) -> Option<(&FileSource, &FileValue)> {
        let file = self.sources.files.get(self.service)?;
        Some((file, file.values.get(self.name).filter(|found| !found.value.is_blank())?))
    }

    /// A copy of ours in the service's own file hides what stands in other files.
    fn beside(&self, files: &BTreeMap<String, Vec<FileSource>>) -> Option<Held> {
        let files = files.get(self.service).filter(|_| self.file().is_none())?;
        let mut found = files.iter().filter_map(|file| Some((file, file.values.get(self.name)?)));
        let (file, found) = found.find(|(_, found)| !found.value.is_blank())?;
        Some(Held::in_file(file, &found.value))
    }

    /// What stands in for a store is for a service that is started; nothing is written that came from there.
    fn fallback(&self) -> Option<Held> {
        let stand_in = || self.beside(&self.sources.stand_ins).filter(|_| self.view == View::Running);
        self.beside(&self.sources.fallbacks).or_else(stand_in)
    }

    fn hand_edit(&self) -> Asked {
        if self.view == View::Incoming {
            return Ok(None);
        }
        if let Some(path) = self.sources.shut.get(self.service) {
            return Err(NoValue::Shut { path: path.clone() });
        }
        let edited = self.file().filter(|(_, found)| !found.ours);
        Ok(edited.map(|(file, found)| Held::in_file(file, &found.value)))
    }

    fn copy(&self) -> Option<Held> {
        let ours = self.file().filter(|(_, found)| found.ours);
        ours.map(|(file, found)| Held::in_file(file, &found.value))
    }

    fn keychain(&self) -> Asked {
        let Some(token) = self.variable.and_then(|variable| variable.token.as_ref()) else {
            return Ok(None);
        };
        match self.sources.tokens.get(token) {
            Some(Ok(value)) => Ok(Some(Held::new(value.clone(), Some(format!("token {token}"))))),
            Some(Err(why)) => Err(why.clone()),
            None => Ok(None),
        }
    }

    fn generated(&self) -> Asked {
        let Some(generate) = self.variable.and_then(|variable| variable.generate.as_ref()) else {
            return Ok(None);
        };
        if !is_development(self.environment) {
            return Err(NoValue::NotHere { environment: self.environment.to_owned() });
        }
        match &self.sources.identity {
            IdentitySource::Unavailable { says, next } => {
                return Err(NoValue::Keychain { says: says.clone(), next: next.clone() });
            }
            IdentitySource::New(_) if self.copy().is_some() => return Err(NoValue::NewIdentity),
            _ => {}
        }
        let value =
            |identity: &Identity| identity.value_for(&self.profile.name, self.service, self.name, generate);
        Ok(self.sources.identity.identity().map(|identity| Held::new(value(identity), None)))
    }

    fn default(&self) -> Asked {
        let default = self.variable.and_then(|v| v.default_for(self.service, self.environment));
        Ok(default.map(|text| Held::new(SecretValue::new(text), None)))
    }
}

#[cfg(test)]
mod tests;
