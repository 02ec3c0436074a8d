//! The leak scan, as this sitting or a single command asks for it.
//!
//! What it is told is data: it looks on its own, and keeps neither the session nor anybody else waiting. A profile adds to
//! what is looked for, as do the values in the project's env files, and is not needed; one that cannot be read is told, for its patterns would be missed in silence.

use super::session::Session;
use super::{failures, own_values};
use crate::audit::{Heed, Inspection, Policy, Source};
use crate::profile::{LoadError, Loaded, Source as Origin, find, path_expression};
use crate::settings::Settings;

/// A scan of `source`, with what the profile says that is meant: the one `named`, or that of this folder.
pub fn inspection(settings: &Settings, named: Option<&str>, source: Source) -> Inspection {
    let whole = Inspection::of(source, &settings.folder, settings.state_folder());
    match find(settings, named) {
        Ok(loaded) => {
            own_values::remember_files(settings, &loaded);
            Inspection { policy: policy(&loaded), ..whole }
        }
        Err(LoadError::None) => whole,
        Err(error) => Inspection { flaws: vec![failures::profile(&error)], ..whole },
    }
}

impl Session {
    /// The same for the profile that is open, of which findings may be accepted.
    pub fn inspection(&self, source: Source) -> Inspection {
        let settings = &self.settings;
        self.remember_files();
        let whole = match &self.project {
            None => inspection(settings, self.request.profile.as_deref(), source),
            Some(project) => Inspection {
                policy: policy(&project.loaded),
                ..Inspection::of(source, &settings.folder, settings.state_folder())
            },
        };
        Inspection { heed: Heed::MayAccept, ..whole }
    }
}

/// Its `[audit]` table. Patterns of paths were checked when it was read.
fn policy(loaded: &Loaded) -> Policy {
    let Some(audit) = &loaded.profile.audit else { return Policy::default() };
    let paths = |globs: &[String]| globs.iter().filter_map(|glob| path_expression(glob).ok()).collect();
    let name = match &loaded.source {
        Origin::File(path) => path.file_name().map(|name| name.to_string_lossy().into_owned()),
        Origin::Bundled(_) | Origin::Remembered(_) => None,
    };
    Policy {
        tracked: paths(&audit.tracked),
        except: paths(&audit.except),
        patterns: audit.patterns.clone(),
        declared_in: name,
    }
}
