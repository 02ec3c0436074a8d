//! The doctor's visit: looking at everything, and doing what was agreed to.
//!
//! Quick checks come first, so that a face has something to show while the sources are still being asked.

use std::collections::BTreeMap;
use std::path::PathBuf;

use time::OffsetDateTime;

use super::session::Session;
use crate::doctor::{
    Check, Checked, Cure, CureError, DIAGNOSIS_VERSION, Diagnosis, Edit, Evidence, Patient, Project,
    Selection,
};
use crate::finding::{Finding, Remedy};
use crate::profile::LoadError;
use crate::resolve::{Matrix, Resolutions, View};
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

/// The matrix and the preview with what they were made from.
struct Facts {
    found: Resolutions,
    matrix: Matrix,
    preview: Preview,
}

impl Session {
    /// Runs the checks of `selection`; `on` hears each as it ends. Never fails because something is broken.
    ///
    /// # Errors
    /// When a check, service or environment that was asked for does not exist.
    pub async fn examine(
        &mut self,
        selection: &Selection,
        on: &mut dyn FnMut(&Checked),
    ) -> Result<Diagnosis, Finding> {
        let wanted = selection.checks().map_err(|error| unknown_check(&error))?;
        let no_project = self.open_for_examination()?;
        let (quick, slow): (Vec<&Check>, Vec<&Check>) = wanted.iter().partition(|check| check.is_quick());
        let mut checks = self.look(&quick, no_project.as_ref(), None, on).await;
        // Quick checks alone ask no source.
        let facts = if slow.is_empty() { None } else { self.facts().await.ok() };
        checks.extend(self.look(&slow, no_project.as_ref(), facts.as_ref(), on).await);
        let place = |code: &str| wanted.iter().position(|check| check.code == code);
        checks.sort_by_key(|checked| (checked.group, place(checked.code)));
        let readiness = facts.map(|facts| facts.matrix.verdict());
        Ok(Diagnosis { version: DIAGNOSIS_VERSION, readiness, checks })
    }

    /// Opens the profile that is meant, unless one is open; says why there is none.
    ///
    /// # Errors
    /// When it lacks the service or environment asked for.
    fn open_for_examination(&mut self) -> Result<Option<LoadError>, Finding> {
        if self.project.is_some() {
            return Ok(None);
        }
        match self.located() {
            Ok(loaded) => self.adopt(loaded).map(|_| None),
            Err(error) => Ok(Some(error)),
        }
    }

    async fn facts(&mut self) -> Result<Facts, Finding> {
        let matrix = self.matrix().await?;
        let preview = self.plan(true).await?;
        let found = self.resolutions(View::Running)?;
        Ok(Facts { found, matrix, preview })
    }

    async fn look(
        &self,
        checks: &[&Check],
        no_project: Option<&LoadError>,
        facts: Option<&Facts>,
        on: &mut dyn FnMut(&Checked),
    ) -> Vec<Checked> {
        let patient = Patient {
            settings: &self.settings,
            keychain: &self.keychain,
            journal: &self.journal,
            now: OffsetDateTime::now_utc(),
            no_project,
            token: self.token.as_ref(),
            choice: self.choice.as_ref(),
        };
        let project = self.project.as_ref();
        let project =
            project.map(|project| Project::new(&project.loaded, &project.environment, &project.services));
        let evidence = facts.zip(self.sources.as_ref()).map(|(facts, sources)| Evidence {
            sources,
            found: &facts.found,
            matrix: &facts.matrix,
            preview: &facts.preview,
        });
        let mut running: futures_util::stream::FuturesUnordered<_> =
            checks.iter().map(|check| check.run(&patient, project.as_ref(), evidence.as_ref())).collect();
        let mut done = Vec::new();
        while let Some(checked) = futures_util::StreamExt::next(&mut running).await {
            on(&checked);
            done.push(checked);
        }
        done
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
