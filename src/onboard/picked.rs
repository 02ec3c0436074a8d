//! The bundled profile somebody picked for a project that has none of its own: remembered, so that it is asked once.
//!
//! It stands in for the picker alone. An option, `DEVSECRETS_PROFILE` and a `devsecrets.toml` come first, as ever.

use super::session::Session;
use super::{Opened, failures};
use crate::finding::{Finding, Remedy};
use crate::profile::{LoadError, Source, bundled, forget_picked, locate, remember_picked};

impl Session {
    /// Opens a profile a person picked from a list, and remembers it for the next time where nothing else says which.
    ///
    /// # Errors
    /// As for [`Session::open`].
    pub fn pick(&mut self, profile: &str) -> Result<Opened, Finding> {
        let opened = self.open(profile)?;
        let bundled = self.project().is_ok_and(|project| matches!(project.loaded.source, Source::Bundled(_)));
        if !bundled || !self.is_free_to_pick() {
            return Ok(opened);
        }
        // A state folder that cannot be written costs the same pick the next time.
        let remembered = remember_picked(&self.settings, profile).is_ok();
        Ok(Opened { remembered, ..opened })
    }

    /// Remembers `profile` for this project without opening it.
    ///
    /// # Errors
    /// When there is no bundled profile of that name, the project has one of its own, or nothing can be kept.
    pub fn use_profile(&self, profile: &str) -> Result<(), Finding> {
        if !bundled().iter().any(|known| known.name == profile) {
            let error = locate(&self.settings, Some(profile)).err();
            let named = LoadError::UnknownName { name: profile.to_owned(), did_you_mean: None };
            return Err(failures::profile(&error.unwrap_or(named)));
        }
        if let Ok(Source::File(path)) = locate(&self.settings, None).map(|located| located.source) {
            let says = format!("{} comes first, so it would not be used", path.display());
            let remedy =
                Remedy::run("use it for one command", format!("devsecrets --profile {profile} status"));
            return Err(Finding::error("DS-PROFILE-12", profile, says, remedy));
        }
        remember_picked(&self.settings, profile).map_err(|error| unkept(&error))
    }

    /// Forgets which one was picked; true when one was.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn forget_picked(&self) -> Result<bool, Finding> {
        let root = self.project.as_ref().map(|project| project.loaded.root.clone());
        let folder = root.or_else(|| locate(&self.settings, None).ok().map(|located| located.root));
        let folder = folder.unwrap_or_else(|| self.settings.folder.clone());
        forget_picked(&self.settings, &folder).map_err(|error| unkept(&error))
    }

    fn is_free_to_pick(&self) -> bool {
        let found = locate(&self.settings, self.request.profile.as_deref()).map(|located| located.source);
        matches!(found, Err(LoadError::None) | Ok(Source::Remembered(_)))
    }
}

fn unkept(error: &std::io::Error) -> Finding {
    let remedy = Remedy::says("make the state folder writable, or name the profile with --profile");
    Finding::error("DS-PROFILE-13", "state folder", format!("the choice cannot be kept: {error}"), remedy)
}
