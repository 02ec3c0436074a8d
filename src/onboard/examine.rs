//! The doctor's visit: looking at everything, and doing what was agreed to.
//!
//! Quick checks look while the sources are still being asked, so that a face has something to show.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use time::OffsetDateTime;

use super::session::Session;
use crate::doctor::{
    Checked, Cure, CureError, DIAGNOSIS_VERSION, Diagnosis, Edit, Ground, Limits, Said, Selection, Visit,
    look,
};
use crate::envfile::Journal;
use crate::finding::{Finding, Remedy};
use crate::profile::LoadError;
use crate::resolve::{Sources, View};
use crate::secret::plain;
use crate::seed::{self, Mending, Plan, Preview, Report, mend};

/// What would be done about what was found. Value-free.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Remedies {
    /// Done at once: permissions, git, leftovers.
    pub cures: Vec<Cure>,
    /// Changes to files, which can be undone.
    pub files: Preview,
    /// Services seeded after that.
    pub seeds: Vec<String>,
}

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
        let readiness = said.as_ref().ok().map(|said| said.matrix.verdict());
        let second = Arc::new(self.visit(no_project, ground, said));
        checks.extend(look(&slow, &second, on).await);
        self.sources = kept(second);
        let place = |code: &str| wanted.iter().position(|check| check.code == code);
        checks.sort_by_key(|checked| (checked.group, place(checked.code)));
        Ok(Diagnosis { version: DIAGNOSIS_VERSION, readiness, checks })
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
        let matrix = self.matrix().await?;
        let preview = self.plan(true).await?;
        let found = self.resolutions(View::Running)?;
        let sources = Arc::new(self.sources.take().unwrap_or_default());
        Ok(Said { sources, found, matrix, preview })
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
            now: OffsetDateTime::now_utc(),
            no_project,
            token: self.token.clone(),
            choice: self.choice.clone(),
            ground,
            said,
            limits: Limits::default(),
        }
    }

    /// What the cures of these problems would do, file changes as a preview.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn remedies(&mut self, cures: &[Cure]) -> Result<Remedies, Finding> {
        let mut edits: BTreeMap<PathBuf, Vec<&Edit>> = BTreeMap::new();
        let (mut seeds, mut at_once) = (Vec::new(), Vec::new());
        for cure in cures {
            match cure {
                Cure::Edit { path, edit } => edits.entry(path.clone()).or_default().push(edit),
                Cure::Seed { services } => seeds.extend(services.iter().cloned()),
                direct => at_once.push(direct.clone()),
            }
        }
        at_once.dedup();
        seeds.sort_unstable();
        seeds.dedup();
        let plan = self.mending(&edits)?;
        let files = plan.preview().clone();
        self.plan = Some(plan);
        Ok(Remedies { cures: at_once, files, seeds })
    }

    fn mending(&self, edits: &BTreeMap<PathBuf, Vec<&Edit>>) -> Result<Plan, Finding> {
        let named = |edit: &'_ Edit| -> seed::Edit<'_> {
            let edit = edit.clone();
            (edit.to_string(), Box::new(move |before| edit.of(before)))
        };
        let mendings: Vec<Mending<'_>> = edits
            .iter()
            .map(|(path, edits)| Mending {
                path: path.clone(),
                edits: edits.iter().map(|edit| named(edit)).collect(),
            })
            .collect();
        let (profile, environment, root) = match &self.project {
            Some(project) => {
                (project.profile().name.as_str(), project.environment.as_str(), project.loaded.root.as_path())
            }
            None => ("", "", self.settings.folder.as_path()),
        };
        mend(profile, environment, root, &mendings).map_err(|error| {
            let remedy = Remedy::says("make it a file that you may read and write");
            Finding::error("DS-FILE-09", "doctor", plain(&error.to_string()), remedy)
        })
    }

    /// Does what `remedies`, the last ones shown, said. Seeding is left to the caller, who shows its own preview.
    ///
    /// # Errors
    /// When something else was shown. What could not be done stands in the report.
    pub async fn heal(&mut self, remedies: &Remedies) -> Result<Report, Finding> {
        let failed: Vec<Finding> = remedies
            .cures
            .iter()
            .filter_map(|cure| cure.apply().err())
            .map(|error| not_done(&error))
            .collect();
        let mut report = self.apply(&remedies.files).await?;
        report.findings.extend(failed);
        Ok(report)
    }
}

/// What the sources said, for the next step; nothing when a check that hangs still looks at it.
fn kept(visit: Arc<Visit>) -> Option<Sources> {
    let said = Arc::try_unwrap(visit).ok()?.said.ok()?;
    Arc::try_unwrap(said.sources).ok()
}

fn not_done(error: &CureError) -> Finding {
    let remedy = Remedy::says("do it yourself, then look again");
    Finding::error("DS-DOCTOR-02", "doctor", plain(&error.to_string()), remedy)
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
