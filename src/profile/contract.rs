//! What a profile answers to the other rooms.
//!
//! The contract of a service is the one list that status, seeding, checks and the matrix are made
//! of. A variable that any environment requires is in the contract of all of them, since code
//! that needs it in production uses it in development when it is there.

use std::collections::HashSet;
use std::fmt;

use serde::Serialize;
use thiserror::Error;

use super::lists::PerEnvironment;
use super::nearest::nearest;
use super::schema::{Map, Policy, Profile, Service, Store, StoreKind, Variable};

/// How much a service wants a variable in one environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// It cannot start without.
    Required,
    /// It uses it when it is there.
    Optional,
    /// It must not have it.
    Denied,
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Required => "required",
            Self::Optional => "optional",
            Self::Denied => "denied",
        })
    }
}

/// One line of a service's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Entry<'p> {
    pub variable: &'p str,
    pub need: Need,
}

/// A service that the profile does not declare.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no service named `{name}`{}", suggestion(.did_you_mean.as_deref()))]
pub struct UnknownService {
    pub name: String,
    pub did_you_mean: Option<String>,
}

fn suggestion(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!(", did you mean `{near}`?"))
}

impl Profile {
    /// Environments, in the order written.
    pub fn environments(&self) -> &[String] {
        &self.environments
    }

    /// The environment meant when none is named.
    pub fn default_environment(&self) -> &str {
        self.environments.first().map_or("development", String::as_str)
    }

    /// # Errors
    /// When the profile declares no such service.
    pub fn service(&self, name: &str) -> Result<&Service, UnknownService> {
        self.services.get(name).ok_or_else(|| UnknownService {
            name: name.to_owned(),
            did_you_mean: nearest(name, self.services.keys().map(String::as_str)).map(str::to_owned),
        })
    }

    pub fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.get(name)
    }

    /// The contract of a service by name; see [`Service::contract`].
    ///
    /// # Errors
    /// When the profile declares no such service.
    pub fn contract(&self, service: &str, environment: &str) -> Result<Vec<Entry<'_>>, UnknownService> {
        Ok(self.service(service)?.contract(environment))
    }
}

impl Service {
    /// Every variable it has a say about in `environment`, once, in the order written: required in any
    /// environment first, then optional, then denied.
    ///
    /// Required elsewhere counts as optional here; denied here outweighs both.
    pub fn contract(&self, environment: &str) -> Vec<Entry<'_>> {
        // A name keeps the place it first had.
        let mut needs: Map<&str, Need> = Map::default();
        for (place, names) in self.required.lists() {
            let here = place.is_none_or(|place| place == environment);
            let need = if here { Need::Required } else { Need::Optional };
            for name in names {
                let known = needs.entry(name).or_insert(need);
                *known = need.min(*known);
            }
        }
        for name in self.optional.of(environment) {
            needs.entry(name).or_insert(Need::Optional);
        }
        let denied = self.denied.of(environment);
        let withheld: HashSet<&str> = denied.iter().map(String::as_str).collect();
        needs.retain(|name, _| !withheld.contains(name));
        needs.extend(denied.iter().map(|name| (name.as_str(), Need::Denied)));
        needs.into_iter().map(|(variable, need)| Entry { variable, need }).collect()
    }
}

impl Service {
    /// Its env file relative to the project, with `/`; `None` when it has none.
    pub fn env_file_path(&self) -> Option<String> {
        self.env_file.as_ref().map(|file| self.below(file))
    }

    /// Env files it reads besides, in the same form, nearest first.
    pub fn fallback_paths(&self, environment: &str) -> Vec<String> {
        let filled = |file: &String| self.below(&file.replace("{environment}", environment));
        self.also_reads.iter().map(filled).collect()
    }

    /// Env files in which a developer keeps values for where no store gives any, in the same form, nearest first. Those that the
    /// service reads in any case are left out.
    pub fn stand_in_paths(&self, environment: &str) -> Vec<String> {
        let read = [self.env_file_path().into_iter().collect(), self.fallback_paths(environment)].concat();
        let files = [self.below(".env.local"), self.below(&format!(".env.{environment}"))];
        files.into_iter().filter(|file| !read.contains(file)).collect()
    }

    fn below(&self, file: &str) -> String {
        let folder = self.path.trim_end_matches('/').trim_start_matches("./");
        if folder.is_empty() || folder == "." { file.to_owned() } else { format!("{folder}/{file}") }
    }
}

/// The longest that copies of store values may hold.
const LONGEST_OFFLINE: time::Duration = time::Duration::days(30);

impl Policy {
    /// How long copies of store values hold; `None` where there are to be none.
    pub fn offline_span(&self) -> Option<time::Duration> {
        span(self.offline_cache.as_deref()?).filter(|span| *span <= LONGEST_OFFLINE)
    }
}

/// Minutes, hours or days, at least one, as in `12h`.
pub(super) fn span(text: &str) -> Option<time::Duration> {
    let unit = text.char_indices().last()?;
    let count: i64 = text[..unit.0].parse::<u32>().ok().filter(|count| *count > 0)?.into();
    match unit.1 {
        'm' => Some(time::Duration::minutes(count)),
        'h' => Some(time::Duration::hours(count)),
        'd' => Some(time::Duration::days(count)),
        _ => None,
    }
}

impl Store {
    /// The ids asked for one service and environment, placeholders filled in.
    pub fn ids_for(&self, service: &str, environment: &str) -> Vec<String> {
        let ids = self.ids.iter().map(|id| fill(id, service, environment));
        let named: Vec<String> = ids.collect();
        match named.is_empty() && self.kind == StoreKind::Command {
            true => vec![fill("{service}/{environment}", service, environment)],
            false => named,
        }
    }
}

impl Variable {
    /// The profile's own value for one service and environment, placeholders filled in.
    pub fn default_for(&self, service: &str, environment: &str) -> Option<String> {
        let default = self.default.as_ref().and_then(|default| PerEnvironment::of(default, environment));
        default.map(|text| fill(text, service, environment))
    }
}

fn fill(text: &str, service: &str, environment: &str) -> String {
    text.replace("{service}", service).replace("{environment}", environment)
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn profile() -> Profile {
        let text = r#"
            schema = 1
            name = "shop"
            title = "Shop"
            [store.aws]
            kind = "aws-secrets-manager"
            ids = ["{service}/{environment}", "shared"]
            [variables]
            JWT_SECRET = {}
            OTP_PEPPER = {}
            PORT = { default = { development = "{service}.local" } }
            DEBUG = {}
            [services.backend]
            path = "backend"
            required = { production = ["JWT_SECRET", "OTP_PEPPER"], staging = ["JWT_SECRET"] }
            optional = ["PORT", "JWT_SECRET"]
            denied = { production = ["DEBUG"], development = ["OTP_PEPPER"] }
        "#;
        parse(text, "t").unwrap()
    }

    fn words(profile: &Profile, environment: &str) -> String {
        let contract = profile.contract("backend", environment).unwrap();
        contract
            .iter()
            .map(|entry| format!("{} {}", entry.variable, entry.need))
            .collect::<Vec<_>>()
            .join(", ")
    }

    #[test]
    fn required_elsewhere_is_optional_here() {
        let profile = profile();
        assert_eq!(
            words(&profile, "production"),
            "JWT_SECRET required, OTP_PEPPER required, PORT optional, DEBUG denied"
        );
        assert_eq!(words(&profile, "staging"), "JWT_SECRET required, OTP_PEPPER optional, PORT optional");
    }

    #[test]
    fn denied_here_outweighs_required_elsewhere() {
        assert_eq!(words(&profile(), "development"), "JWT_SECRET optional, PORT optional, OTP_PEPPER denied");
    }

    #[test]
    fn an_unknown_service_names_the_nearest() {
        let error = profile().service("bakend").unwrap_err();
        assert_eq!(error.to_string(), "no service named `bakend`, did you mean `backend`?");
        assert_eq!(profile().service("mobile").unwrap_err().to_string(), "no service named `mobile`");
    }

    #[test]
    fn placeholders_are_filled_in() {
        let profile = profile();
        assert_eq!(profile.store["aws"].ids_for("backend", "staging"), ["backend/staging", "shared"]);
        let port = profile.variable("PORT").unwrap();
        assert_eq!(port.default_for("backend", "development").as_deref(), Some("backend.local"));
        assert_eq!(port.default_for("backend", "staging"), None);
    }
}
