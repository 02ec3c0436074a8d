//! What the leak scan is to recognise from now on: the secrets this session has seen.
//!
//! Only secret variables, and no default of the profile, which stands in the repository. A state folder that cannot be
//! written is no reason to fail: the scan then knows less, and everything else is as it was.

use super::session::Session;
use crate::audit::{OwnName, remember};
use crate::resolve::{Origin, Outcome, Resolutions};
use crate::secret::SecretValue;

impl Session {
    /// Remembers prints of the secrets `found`; of values nothing else is kept.
    pub(super) fn remember_own(&self, found: &Resolutions) {
        let Some((project, state)) = self.project.as_ref().zip(self.settings.state_folder()) else { return };
        let profile = project.profile();
        let secrets = profile.variables.iter().filter(|(_, variable)| variable.secret).map(|(name, _)| name);
        let cells = secrets.flat_map(|name| project.services.iter().map(move |service| (service, name)));
        let seen: Vec<(OwnName, &SecretValue)> = cells
            .filter_map(|(service, variable)| match found.get(service, variable)? {
                Outcome::Found { value, origin, .. } if *origin != Origin::Default => {
                    let name = OwnName {
                        project: profile.name.clone(),
                        variable: variable.clone(),
                        service: service.clone(),
                        origin: origin.to_string(),
                    };
                    Some((name, value))
                }
                _ => None,
            })
            .collect();
        if !seen.is_empty() {
            let _ = remember(&state, &seen);
        }
    }
}
