//! What an earlier `run` or `env` gave this process: it is that start's, and not what somebody exported.
//!
//! Without it, a shell that holds development's values would start production with them. A start leaves a note of whom it
//! was for and of what it gave, with 16 bits of each value's SHA-256: enough to see whether a variable still holds what
//! was given, and nothing to guess a value from.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::profile::Profile;
use crate::secret::SecretValue;
use crate::settings::Settings;

/// The note: `PROFILE ENVIRONMENT SERVICE NAME:PRINT …`.
pub const GIVEN: &str = "DEVSECRETS_GIVEN";

/// Whom values are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The profile's name.
    pub profile: String,
    pub environment: String,
    pub service: String,
}

impl Start {
    pub fn of(profile: &Profile, environment: &str, service: &str) -> Self {
        let [profile, environment, service] = [&*profile.name, environment, service].map(str::to_owned);
        Self { profile, environment, service }
    }

    /// The note for a start with `values`. It names no value.
    pub fn note<'a>(&self, values: impl Iterator<Item = (&'a str, &'a SecretValue)>) -> String {
        let Self { profile, environment, service } = self;
        let mut note = format!("{profile} {environment} {service}");
        for (name, value) in values {
            note.extend([" ", name, ":", &print(value)]);
        }
        note
    }
}

/// What this process was given.
#[derive(Clone, Debug)]
pub struct Inherited {
    to: Start,
    prints: BTreeMap<String, String>,
}

impl Inherited {
    /// What the note in `settings` says; nothing where there is none, or it is not ours.
    pub fn read(settings: &Settings) -> Option<Self> {
        let mut words = settings.var(GIVEN)?.split(' ').map(str::to_owned);
        let to = Start { profile: words.next()?, environment: words.next()?, service: words.next()? };
        let print =
            |word: String| word.split_once(':').map(|(name, print)| (name.to_owned(), print.to_owned()));
        Some(Self { to, prints: words.filter_map(print).collect() })
    }

    /// Whether `now` is the start that it was given to.
    pub fn is_for(&self, now: &Start) -> bool {
        self.to == *now
    }

    /// Names of what still is as it was given.
    pub fn names<'a>(&'a self, settings: &'a Settings) -> impl Iterator<Item = &'a str> {
        let still = |name: &&str| {
            settings.var(name).is_some_and(|value| self.is_still(name, &SecretValue::new(value)))
        };
        self.prints.keys().map(String::as_str).filter(still)
    }

    /// Whom `value` was given to under this name, if that was another start than `now`.
    pub fn to_another(&self, now: &Start, name: &str, value: &SecretValue) -> Option<&Start> {
        (self.to != *now && self.is_still(name, value)).then_some(&self.to)
    }

    fn is_still(&self, name: &str, value: &SecretValue) -> bool {
        self.prints.get(name).is_some_and(|known| *known == print(value))
    }
}

fn print(value: &SecretValue) -> String {
    let hash: [u8; 32] = value.expose_to(|text| Sha256::digest(text).into());
    format!("{:04x}", u16::from_be_bytes([hash[0], hash[1]]))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn start(environment: &str, service: &str) -> Start {
        let [profile, environment, service] = ["shop", environment, service].map(str::to_owned);
        Start { profile, environment, service }
    }

    #[test]
    fn what_was_given_to_another_start_is_known_as_long_as_it_is_the_same() {
        let (value, other) = (SecretValue::new("canary-1"), SecretValue::new("canary-2"));
        let note = start("development", "api").note([("KEY", &value)].into_iter());
        assert!(!note.contains("canary"), "{note}");
        let settings = Settings::bare("/", Path::new("/nowhere")).with(GIVEN, note);
        let inherited = Inherited::read(&settings).unwrap();
        let to = |now: &Start, name: &str, value| {
            inherited.to_another(now, name, value).map(|to| to.service.clone())
        };
        for now in [start("production", "api"), start("development", "worker")] {
            assert_eq!(to(&now, "KEY", &value).as_deref(), Some("api"));
            assert_eq!(to(&now, "KEY", &other), None, "somebody exported another one since");
            assert_eq!(to(&now, "OTHER", &value), None);
        }
        assert_eq!(to(&start("development", "api"), "KEY", &value), None);
    }

    #[test]
    fn a_note_that_is_not_ours_says_nothing() {
        for note in ["", "yes", "one two"] {
            let settings = Settings::bare("/", Path::new("/nowhere")).with(GIVEN, note);
            assert!(Inherited::read(&settings).is_none(), "{note:?}");
        }
    }
}
