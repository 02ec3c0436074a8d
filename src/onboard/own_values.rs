//! What the leak scan is to recognise from now on: the secrets this session has seen, and those in the project's files.
//!
//! Only secret variables, and no default of the profile, which stands in the repository. A state folder that cannot be
//! written is no reason to fail: the scan then knows less, and everything else is as it was.

use std::sync::Arc;

use super::session::Session;
use crate::audit::{Secret, Seen, remember};
use crate::envfile::Journal;
use crate::profile::{Loaded, Profile};
use crate::resolve::{Deadline, Origin, Outcome, Resolutions, Scope, View, at_hand, decide};
use crate::settings::Settings;
use crate::stores::Consents;
use crate::tokens::Shelf;

impl Session {
    /// Remembers prints of the secrets `found`; of values nothing else is kept.
    pub(super) fn remember_own(&self, found: &Resolutions) {
        let Some(project) = &self.project else { return };
        note(&self.settings, project.profile(), &project.services, found, false);
    }

    /// The same of what stands in the env files now, without asking anybody.
    pub(super) fn remember_files(&self) {
        let (Some(project), Ok(scope)) = (&self.project, self.scope()) else { return };
        let found = in_files(scope, &self.journal);
        note(&self.settings, project.profile(), &project.services, &found, true);
    }
}

/// The same for a project that is not open.
pub(super) fn remember_files(settings: &Settings, loaded: &Loaded) {
    let profile = &loaded.profile;
    let named =
        settings.var("DEVSECRETS_ENV").filter(|name| profile.environments().iter().any(|one| one == name));
    let services: Vec<String> = profile.services.keys().cloned().collect();
    let scope = Scope {
        settings,
        profile,
        root: &loaded.root,
        environment: named.unwrap_or_else(|| profile.default_environment()),
        services: &services,
        shelf: &Shelf::open(settings),
        consents: &Consents::open(settings),
        only_open: true,
        deadline: Deadline::begin(settings),
        on_wait: &|_, _| {},
        on_count: &(Arc::new(|_, _| {}) as _),
    };
    note(settings, profile, &services, &in_files(scope, &Journal::open(settings)), true);
}

fn in_files(scope: Scope<'_>, journal: &Journal) -> Resolutions {
    decide(scope.profile, scope.environment, scope.services, &at_hand(scope, journal), View::Running)
}

fn note(settings: &Settings, profile: &Profile, services: &[String], found: &Resolutions, in_files: bool) {
    let Some(state) = settings.state_folder() else { return };
    let (secret, open): (Vec<_>, Vec<_>) =
        profile.variables.iter().partition(|(_, variable)| variable.secret);
    let cells = secret.iter().flat_map(|(name, _)| services.iter().map(move |service| (service, *name)));
    let seen: Vec<Secret<'_>> = cells
        .filter_map(|(service, variable)| match found.get(service, variable)? {
            Outcome::Found { value, origin, .. } if *origin != Origin::Default => {
                Some(Secret { variable, service, origin: origin.word(), value })
            }
            _ => None,
        })
        .collect();
    let open: Vec<&str> = open.iter().map(|(name, _)| name.as_str()).collect();
    let _ = remember(&state, &Seen { project: &profile.name, secrets: &seen, open: &open, in_files });
}
