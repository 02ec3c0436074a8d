//! What one service is given: values to set, names to withhold.
//!
//! Made from what [`decide`](crate::resolve::decide) decided and from nothing else, so `run` and `status` cannot
//! disagree. No `Debug`, no `Clone`, nothing to serialise: values go into a [`Command`] and nowhere else.

use std::process::Command;

use super::Pass;
use super::pass::unlocks;
use crate::envfile::{Reader, decoded, encoded};
use crate::keychain::WITHHELD;
use crate::profile::{Need, Policy, Profile};
use crate::resolve::{Cell, GIVEN, Inherited, Loading, Origin, Outcome, Resolutions, ServiceRow, Start};
use crate::secret::SecretValue;
use crate::settings::Settings;

/// The environment of one service, values included.
pub struct Environment {
    pub(super) row: ServiceRow,
    pub(super) given: Vec<Given>,
    pub(super) denied: Vec<String>,
    /// Exported and not UTF-8: the child inherits them, whatever is withheld besides.
    pub(super) opaque: Vec<String>,
    pub(super) start: Start,
    pub(super) loading: Loading,
    /// What the project calls secret.
    pub(super) policy: Policy,
    /// Programs that read the service's env file.
    pub(super) readers: Vec<Reader>,
}

/// One variable with its value.
pub(super) struct Given {
    pub name: String,
    pub value: SecretValue,
    /// What the service makes of it, where the two differ.
    pub meant: Option<SecretValue>,
    pub secret: bool,
    /// True for what the child would inherit in any case.
    pub exported: bool,
}

/// Keys that AWS accepts, in whichever profile.
const SIGNS_IN: [&str; 2] = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/// Fitted by the usual shape `AWS_*`, and no secret: a masked region would hide half of what an SDK says.
const OPEN_OF_AWS: [&str; 4] = ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"];

impl Environment {
    /// What `decided` says about `service`, and how its stores fared; `None` for a service it says nothing about.
    pub fn of(profile: &Profile, decided: &Resolutions, service: &str, loading: Loading) -> Option<Self> {
        let row = decided.matrix(profile, &[service.to_owned()]).services.pop()?;
        let (mut given, mut denied, mut opaque) =
            (Vec::with_capacity(row.cells.len()), Vec::new(), Vec::new());
        for Cell { variable, need, .. } in &row.cells {
            match decided.get(service, variable) {
                _ if *need == Need::Denied => denied.push(variable.clone()),
                Some(Outcome::Opaque) => opaque.push(variable.clone()),
                Some(outcome) => given.extend(self::given(profile, variable, outcome)),
                None => {}
            }
        }
        Some(Self {
            given,
            denied,
            opaque,
            row,
            start: Start::of(profile, &decided.environment, service),
            loading,
            policy: profile.policy.clone(),
            readers: Reader::CORE.to_vec(),
        })
    }

    /// With the programs that read the service's env file, where they are known.
    #[must_use]
    pub fn read_by(self, readers: Vec<Reader>) -> Self {
        if readers.is_empty() { self } else { Self { readers, ..self } }
    }

    /// Whether what differs from `other` has changed: all that could be read then was read this time, too.
    pub fn is_as_well_read_as(&self, other: &Self) -> bool {
        self.loading.failed.iter().all(|failed| other.loading.failed.contains(failed))
    }

    /// Whether a service that has `other` would be started with something else now.
    pub fn differs_from(&self, other: &Self) -> bool {
        let value = |given: &Given| other.value(&given.name).is_some_and(|value| value.same_as(&given.value));
        self.given.len() != other.given.len() || !self.given.iter().all(value)
    }

    /// What a log may say of the stores: counts and providers.
    pub fn log(&self) -> Vec<String> {
        self.loading.log()
    }

    /// The service, for people.
    pub fn service(&self) -> &str {
        &self.row.service
    }

    /// Lays the values over what `command` inherits, and takes away what `pass` withholds.
    ///
    /// Inherited variables are never read or copied here, so those that are not UTF-8 reach the child as they are.
    pub fn lay_over(&self, command: &mut Command, settings: &Settings, pass: Pass) {
        for name in settings.names() {
            if !pass.lets(name) && !self.opaque.iter().any(|opaque| opaque.as_str() == name) {
                command.env_remove(name);
            }
        }
        if pass == Pass::Inherited && settings.names().any(unlocks) {
            // Another devsecrets in there could not tell why it has no passphrase.
            command.env(WITHHELD, "1");
        }
        let inherited = Inherited::read(settings);
        let withheld = self.withheld(inherited.as_ref(), settings);
        for name in &withheld {
            command.env_remove(name);
        }
        command.env(GIVEN, self.note(inherited.as_ref(), settings));
        for given in self.given.iter().filter(|given| pass == Pass::Contract || !given.exported) {
            given.value.expose_to(|text| command.env(&given.name, text));
        }
        self.aws_region(command, |name| {
            settings.var(name).filter(|_| pass.lets(name.as_ref()) && !withheld.contains(&name))
        });
        self.aws_keys(command);
    }

    /// What the service must not have, and what an earlier start for another one has left here.
    fn withheld<'a>(&'a self, inherited: Option<&'a Inherited>, settings: &'a Settings) -> Vec<&'a str> {
        let foreign = inherited.filter(|inherited| !inherited.is_for(&self.start));
        let foreign = foreign.into_iter().flat_map(|inherited| inherited.names(settings));
        self.denied.iter().map(String::as_str).chain(foreign).collect()
    }

    /// What the service has of us: by this start, or by an earlier one for the same service around it.
    fn note(&self, inherited: Option<&Inherited>, settings: &Settings) -> String {
        let earlier = inherited.filter(|inherited| inherited.is_for(&self.start));
        let earlier: Vec<&str> =
            earlier.into_iter().flat_map(|inherited| inherited.names(settings)).collect();
        let ours = self.given.iter().filter(|given| !given.exported || earlier.contains(&&*given.name));
        self.start.note(ours.map(|given| (&*given.name, &given.value)))
    }

    /// Python reads `AWS_DEFAULT_REGION` alone, the other SDKs `AWS_REGION` first: whoever has one gets both.
    fn aws_region<'a>(&self, command: &mut Command, inherited: impl Fn(&'static str) -> Option<&'a str>) {
        let names = ["AWS_REGION", "AWS_DEFAULT_REGION"];
        let value = |name: &'static str| match self.value(name) {
            Some(value) => Some(value.expose_to(str::to_owned)),
            None => inherited(name).map(str::to_owned),
        };
        match names.map(value) {
            [Some(region), None] => command.env(names[1], region),
            [None, Some(region)] => command.env(names[0], region),
            _ => command,
        };
    }

    /// JavaScript's SDK prefers a named profile to keys, so keys of the service's own would not be used.
    fn aws_keys(&self, command: &mut Command) {
        let own = |name: &str| self.given.iter().any(|given| given.name == name && !given.exported);
        if own("AWS_ACCESS_KEY_ID") && own("AWS_SECRET_ACCESS_KEY") {
            for name in ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].into_iter().filter(|name| !own(name)) {
                command.env_remove(name);
            }
        }
    }

    /// Everything a service may print of its secrets, by name: as it gets them, and as it reads them.
    pub(super) fn secrets(&self) -> impl Iterator<Item = (&str, &SecretValue)> {
        let secrets = self.given.iter().filter(|given| given.secret);
        secrets.flat_map(|given| {
            [Some(&given.value), given.meant.as_ref()]
                .into_iter()
                .flatten()
                .map(|value| (&*given.name, value))
        })
    }

    /// What the child inherits of secrets that are none of its service: the keys that may have opened the stores, and what
    /// the policy names.
    pub(super) fn inherited<'a>(&self, settings: &'a Settings) -> Vec<(&'a str, SecretValue)> {
        let secret = |name: &str| {
            SIGNS_IN.contains(&name) || (self.policy.names_secret(name) && !OPEN_OF_AWS.contains(&name))
        };
        let declared = |name: &str| self.given.iter().any(|given| given.name == name);
        let found = settings
            .variables()
            .filter(|(name, value)| secret(name) && !declared(name) && !value.trim().is_empty());
        found.map(|(name, value)| (name, SecretValue::new(value))).collect()
    }

    pub(super) fn value(&self, name: &str) -> Option<&SecretValue> {
        self.given.iter().find(|given| given.name == name).map(|given| &given.value)
    }
}

fn given(profile: &Profile, name: &str, outcome: &Outcome) -> Option<Given> {
    let Outcome::Found { value, origin, .. } = outcome else { return None };
    let variable = profile.variable(name)?;
    let exported = *origin == Origin::Environment;
    // The service decodes what stands in its env file, so it gets the same form here.
    let value = if exported { value.clone() } else { encoded(value, variable.encode) };
    let meant = variable.encode.and_then(|encode| decoded(&value, Some(encode)));
    Some(Given { name: name.to_owned(), value, meant, secret: variable.secret, exported })
}
