//! The doctor's visit: looking at everything. What is done about it stands in `heal`.
//!
//! Quick checks look while the sources are still being asked, so that a face has something to show.

use std::sync::Arc;

use time::OffsetDateTime;

use super::session::Session;
use crate::doctor::{Checked, Diagnosis, Ground, Limits, Said, Selection, Visit, look};
use crate::envfile::Journal;
use crate::finding::{Finding, Remedy};
use crate::profile::LoadError;
use crate::resolve::{Sources, View};

impl Session {
    /// Runs the checks of `selection`, all at once; `on` hears each as it ends. Never fails because something is broken.
    ///
    /// # Errors
    /// When a check, service or environment that was asked for does not exist.
    pub async fn examine(
        &mut self,
        selection: &Selection,
        on: &mut dyn FnMut(&Checked),
    ) -> Result<Diagnosis, Finding> {
        let wanted = selection.checks().map_err(|error| unknown_check(&error))?;
        let no_project = self.open_for_examination()?.map(Arc::new);
        if let Some(project) = self.project.as_ref().filter(|_| no_project.is_none()) {
            selection.spots().iter().try_for_each(|spot| project.spot(&spot.to_string()).map(drop))?;
        }
        let mut narrowed = |checked: &Checked| on(&selection.narrowed(checked.clone()));
        let on: &mut dyn FnMut(&Checked) = &mut narrowed;
        let (quick, slow): (Vec<_>, Vec<_>) = wanted.iter().copied().partition(|check| check.is_quick());
        let ground = self
            .project
            .as_ref()
            .filter(|_| no_project.is_none())
            .map(|project| Ground::new(project.loaded.clone(), &project.environment, &project.services));
        let first = Arc::new(self.visit(no_project.clone(), ground.clone(), Err(String::new())));
        // Quick checks alone ask no source.
        let (mut checks, said) = if slow.is_empty() {
            (look(&quick, &first, on).await, Err(String::new()))
        } else {
            tokio::join!(look(&quick, &first, on), self.ask(ground.is_some()))
        };
        let readiness = said.as_ref().ok().map(|said| said.matrix.readiness());
        let second = Arc::new(self.visit(no_project, ground, said));
        checks.extend(look(&slow, &second, on).await);
        self.sources = kept(second);
        let mut checks: Vec<Checked> = checks.into_iter().map(|one| selection.narrowed(one)).collect();
        let place = |code: &str| wanted.iter().position(|check| check.code == code);
        checks.sort_by_key(|checked| (checked.group, place(checked.code)));
        Ok(Diagnosis { readiness, checks, ..Diagnosis::empty() })
    }

    /// Opens the profile that is meant, or looks at the open one once more; says why there is none.
    ///
    /// # Errors
    /// When it lacks the service or environment asked for.
    fn open_for_examination(&mut self) -> Result<Option<LoadError>, Finding> {
        let open = self.project.as_ref().map(|project| &project.loaded);
        let found = match open {
            Some(loaded) => loaded.again(),
            None => self.located(),
        };
        match found {
            Ok(loaded) if open == Some(&loaded) => Ok(None),
            Ok(loaded) => self.adopt(loaded).map(|_| None),
            Err(error) => Ok(Some(error)),
        }
    }

    /// What every source says; why not, where they cannot be asked.
    async fn ask(&mut self, is_open: bool) -> Result<Said, String> {
        if !is_open {
            return Err("there is no profile that can be read".to_owned());
        }
        self.said().await.map_err(|finding| format!("the sources could not be asked: {}", finding.says))
    }

    async fn said(&mut self) -> Result<Said, Finding> {
        let matrix = self.looked_at().await?;
        let preview = self.plan(true).await?;
        let found = self.resolutions(View::Running)?;
        let incoming = self.resolutions(View::Incoming)?;
        let sources = Arc::new(self.sources.take().unwrap_or_default());
        Ok(Said { sources, found, incoming, matrix, preview })
    }

    fn visit(
        &self,
        no_project: Option<Arc<LoadError>>,
        ground: Option<Ground>,
        said: Result<Said, String>,
    ) -> Visit {
        Visit {
            settings: self.settings.clone(),
            keychain: self.keychain.clone(),
            journal: Journal::open(&self.settings),
            shelf: self.shelf.clone(),
            now: OffsetDateTime::now_utc(),
            no_project,
            token: self.token.clone(),
            choice: self.choice.clone(),
            ground,
            said,
            limits: Limits::default(),
        }
    }
}

/// What the sources said, for the next step; nothing when a check that hangs still looks at it.
fn kept(visit: Arc<Visit>) -> Option<Sources> {
    let said = Arc::try_unwrap(visit).ok()?.said.ok()?;
    Arc::try_unwrap(said.sources).ok()
}

fn unknown_check(error: &crate::doctor::UnknownCheck) -> Finding {
    let remedy = Remedy::run("see what there is", "devsecrets doctor --list");
    let known = crate::doctor::checks::ALL.iter().map(|check| check.code);
    let near = crate::profile::nearest(&error.name, known);
    let says = match near {
        Some(near) => format!("{error}, did you mean {near}?"),
        None => error.to_string(),
    };
    Finding::error("DS-DOCTOR-01", error.name.clone(), says, remedy)
}
