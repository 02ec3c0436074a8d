//! Which profiles there are to pick from.

use super::{ProfileChoice, failures};
use crate::profile::{LoadError, Profile, Source, bundled, locate, parse};
use crate::settings::Settings;

/// The project's own profile first, if there is one, then the bundled ones.
pub(super) fn choices(settings: &Settings) -> Vec<ProfileChoice> {
    let own = locate(settings, None).ok().filter(|located| matches!(located.source, Source::File(_)));
    let own = own.map(|located| {
        let from = located.source.to_string();
        match located.load() {
            Ok(loaded) => choice(&loaded.profile, from),
            Err(error) => broken(from, &error),
        }
    });
    let bundled = bundled().iter().map(|bundled| match parse(bundled.text, bundled.name) {
        Ok(profile) => choice(&profile, "bundled".to_owned()),
        Err(problems) => broken(bundled.name.to_owned(), &LoadError::Broken(problems)),
    });
    own.into_iter().chain(bundled).collect()
}

fn choice(profile: &Profile, from: String) -> ProfileChoice {
    ProfileChoice {
        name: if from == "bundled" { profile.name.clone() } else { from.clone() },
        title: profile.title.clone(),
        about: profile.about.clone(),
        from,
        services: profile.services.len(),
        variables: profile.variables.len(),
        problem: None,
    }
}

fn broken(from: String, error: &LoadError) -> ProfileChoice {
    ProfileChoice {
        name: from.clone(),
        title: "a profile that does not open".to_owned(),
        about: None,
        from,
        services: 0,
        variables: 0,
        problem: Some(failures::profile(error)),
    }
}
