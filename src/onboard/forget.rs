//! Leaving: what we made on this machine, listed and removed. Works with a broken profile, or with none.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::session::Session;
use crate::finding::{Finding, Remedy};
use crate::forget::{Farewell, Survey, World, forget, survey};
use crate::profile::{FILE, Profile, bundled, find, parse};
use crate::resolve::copies_folder;
use crate::settings::Settings;
use crate::sso::SessionName;

impl Session {
    /// Everything we made here, or what belongs to the open project alone. Asks the keychain, and blocks while it does.
    ///
    /// # Errors
    /// When only this project is meant and no profile is open.
    pub fn forgettable(&mut self, this_project: bool) -> Result<Survey, Finding> {
        self.with_world(this_project, |world| survey(world))
    }

    /// Removes what `seen` showed.
    ///
    /// # Errors
    /// When something else would go by now: nothing is removed then.
    pub fn forget(&mut self, this_project: bool, seen: &Survey) -> Result<Farewell, Finding> {
        self.with_world(this_project, |world| {
            let now = survey(world);
            (now == *seen).then(|| forget(world, now))
        })?
        .ok_or_else(|| {
            let remedy = Remedy::run("look at it again", "devsecrets forget");
            Finding::error("DS-FORGET-03", "forget", "what there is has changed since it was listed", remedy)
        })
    }

    fn with_world<R>(
        &mut self,
        this_project: bool,
        act: impl FnOnce(&mut World<'_>) -> R,
    ) -> Result<R, Finding> {
        let only = if this_project { Some(self.token_project()?) } else { None };
        let copies = only.as_ref().and_then(|project| {
            let root = project.root.canonicalize().unwrap_or_else(|_| project.root.clone());
            copies_folder(&self.settings, &root)
        });
        let profiles = self.profiles(this_project);
        let sessions = profiles.iter().filter_map(|profile| profile.sso.as_ref()).map(SessionName::from);
        let mut known = Vec::new();
        for session in sessions {
            if !known.contains(&session) {
                known.push(session);
            }
        }
        let names: BTreeSet<String> =
            profiles.iter().flat_map(|profile| profile.tokens.keys().cloned()).collect();
        Ok(act(&mut World {
            settings: &self.settings,
            keychain: self.keychain.as_ref(),
            journal: &mut self.journal,
            shelf: &mut self.shelf,
            consents: &mut self.consents,
            copies,
            only,
            sessions: known,
            token_names: names.into_iter().collect(),
        }))
    }

    /// The open profile; for the whole machine also the bundled ones and those of every project we know of.
    fn profiles(&self, this_project: bool) -> Vec<Profile> {
        let open = self.project.iter().map(|project| project.profile().clone());
        if this_project {
            return open.collect();
        }
        let written =
            self.journal.files().filter_map(|file| file.ancestors().find(|place| place.join(FILE).is_file()));
        let roots: BTreeSet<PathBuf> = written
            .chain(self.shelf.projects().map(|project| project.root.as_path()))
            .map(Path::to_owned)
            .collect();
        let elsewhere = roots.into_iter().filter_map(|root| profile_at(&self.settings, root));
        let shipped = bundled().iter().filter_map(|one| parse(one.text, one.name).ok());
        open.chain(elsewhere).chain(shipped).collect()
    }
}

fn profile_at(settings: &Settings, root: PathBuf) -> Option<Profile> {
    let path = root.join(FILE).display().to_string();
    find(settings, Some(&path)).ok().map(|loaded| loaded.profile)
}
