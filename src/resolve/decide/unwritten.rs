//! Whether the env file says what was decided, where that is ours to write.

use super::{Question, View};
use crate::profile::{EnvFiles, Need, Profile};
use crate::resolve::is_production;
use crate::resolve::{FileSource, Origin, Outcome, Sources, Unwritten};
use crate::secret::SecretValue;

/// The env file of `service`, where what it does not say is ours to write.
pub(super) fn to_write<'a>(
    profile: &Profile,
    environment: &str,
    service: &str,
    sources: &'a Sources,
) -> Option<&'a FileSource> {
    let written = profile.policy.env_files == EnvFiles::Allowed && !is_production(environment);
    sources.files.get(service).filter(|file| written && !file.foreign)
}

impl Question<'_> {
    /// Why the env file does not say `value`, which comes from `origin`.
    pub(super) fn unwritten(&self, value: &SecretValue, origin: &Origin) -> Option<Unwritten> {
        let file = self.env_file?;
        match origin {
            Origin::File | Origin::Fallback => None,
            // What is exported is not written down; what it hides may be.
            Origin::Environment => match (Question { view: View::Seeding, ..*self }).answer(Need::Optional) {
                Outcome::Found { unwritten, .. } => unwritten,
                Outcome::Opaque | Outcome::Nowhere { .. } => None,
            },
            _ => match file.values.get(self.name) {
                None => Some(Unwritten::Absent),
                Some(there) => (!there.value.same_as(value)).then_some(Unwritten::Outdated),
            },
        }
    }
}
