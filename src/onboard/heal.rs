//! Doing what the doctor proposed: as data first, then what was agreed to.
//!
//! The rule: nothing is done that was not shown. Changes to files are a plan with a preview, the AWS config file has its
//! own, and each is done only as the one that was seen.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::session::Session;
use crate::doctor::{Cure, CureError, Edit, seeding, seen_from};
use crate::envfile::{Document, Snapshot};
use crate::finding::{Finding, Remedy};
use crate::secret::plain;
use crate::seed::{self, Mending, Plan, Preview, Report, Spot, mend};
use crate::sso::config_file::{ConfigPlan, ConfigState};
use crate::sso::{Cache, SsoError, forget_choice};

/// What would be done about what was found. Value-free.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Remedies {
    /// Done at once: permissions, git, leftovers, the session's form, a token's file.
    pub cures: Vec<Cure>,
    /// Lines for the AWS config file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config: Option<ConfigPlan>,
    /// Changes to files, which can be undone.
    pub files: Preview,
    /// Services seeded after that.
    pub seeds: Vec<String>,
    /// Hand edits that give way to their source in that.
    pub takes: Vec<Spot>,
    /// The variables seeding is limited to; empty: all of these services.
    #[serde(skip)]
    pub just: Vec<Spot>,
    /// Paths inside it are shown as they are known in the project.
    #[serde(skip)]
    pub root: Option<PathBuf>,
}

/// One line of it, as every face shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemedyRow {
    pub what: String,
    /// Whether `undo` takes it back.
    pub undo: bool,
}

impl Remedies {
    pub fn rows(&self) -> Vec<RemedyRow> {
        let row = |what, undo| RemedyRow { what, undo };
        let near = |cure: &Cure| match &self.root {
            Some(root) => seen_from(root, &cure.to_string()),
            None => cure.to_string(),
        };
        let cures = self.cures.iter().map(|cure| row(near(cure), false));
        let config = self.config.iter().flat_map(|plan| {
            let lines = plan.lines.iter().map(|line| format!("  {} {}", line.sign, line.text));
            std::iter::once(plan.file.clone()).chain(lines)
        });
        let config = config.map(|what| row(what, false));
        let files = self.files.files.iter().flat_map(|file| file.lines.iter().map(move |line| (file, line)));
        let files = files.map(|(file, line)| row(format!("{}: {}", file.path, line.name), true));
        let seeds = (!self.seeds.is_empty()).then(|| row(self.seeding(), true));
        cures.chain(config).chain(files).chain(seeds).collect()
    }

    /// The command that seeds what is seeded.
    fn seeding(&self) -> String {
        let just: Vec<String> = self.just.iter().map(ToString::to_string).collect();
        seeding(if just.is_empty() { &self.seeds } else { &just }, &self.takes)
    }

    /// Nothing but seeding, which has a preview of its own.
    pub fn only_seeds(&self) -> bool {
        let nothing = self.cures.is_empty() && self.config.is_none() && self.files.files.is_empty();
        nothing && !self.seeds.is_empty()
    }
}

impl Session {
    /// The same sitting from its beginning, with the keychain as it was unlocked: a passphrase comes through a pipe but
    /// once.
    #[must_use]
    pub fn afresh(&self) -> Self {
        Self::new(self.settings.clone(), self.keychain.clone(), self.request.clone())
    }

    /// What the cures of these problems would do, file changes as a preview.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn remedies(&mut self, cures: &[Cure]) -> Result<Remedies, Finding> {
        let mut edits: BTreeMap<PathBuf, Vec<&Edit>> = BTreeMap::new();
        let (mut seeds, mut takes, mut at_once, mut config) = (Vec::new(), Vec::new(), Vec::new(), None);
        // Lines for a role that is about to be forgotten help nobody.
        let forgets = cures.iter().any(|cure| matches!(cure, Cure::ForgetRole { .. }));
        for cure in cures {
            match cure {
                Cure::Edit { path, edit } => edits.entry(path.clone()).or_default().push(edit),
                Cure::Seed { services } => seeds.extend(services.iter().cloned()),
                Cure::Take { service, variable } => {
                    seeds.push(service.clone());
                    takes.push(Spot::of(service, variable));
                }
                Cure::Replant { services, .. } => {
                    seeds.extend(services.iter().cloned());
                    at_once.push(cure.clone());
                }
                Cure::WriteConfig if config.is_none() && !forgets => config = Some(self.plan_config()?),
                Cure::WriteConfig => {}
                direct if at_once.contains(direct) => {}
                direct => at_once.push(direct.clone()),
            }
        }
        seeds.sort_unstable();
        seeds.dedup();
        takes.sort_unstable();
        takes.dedup();
        // A file that is written anew is private then, and must still be as it was seen.
        at_once.retain(|cure| !matches!(cure, Cure::Mode { path, .. } if edits.contains_key(path)));
        let plan = self.mending(&edits)?;
        let files = plan.preview().clone();
        self.plan = Some(plan);
        let root = self.root().map(std::path::Path::to_owned);
        let whole = |cure: &Cure| matches!(cure, Cure::Seed { .. } | Cure::Replant { .. });
        let just = if cures.iter().any(whole) { Vec::new() } else { takes.clone() };
        Ok(Remedies { cures: at_once, config, files, seeds, takes, just, root })
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

    /// Plans the seeding that `remedies` ask for, once the rest of them is done.
    ///
    /// # Errors
    /// When no profile is open.
    pub async fn plan_seeds(&mut self, remedies: &Remedies) -> Result<Preview, Finding> {
        // They hold for this plan alone: whoever says no to it keeps the edits.
        let before = self.request.take.clone();
        remedies.takes.iter().for_each(|edit| self.settle(edit, true));
        let planned = self.plan_part(&remedies.seeds, &remedies.just).await;
        self.request.take = before;
        planned
    }

    /// Does what `remedies`, the last ones shown, said. Seeding is left to the caller, who shows
    /// [`Session::plan_seeds`] first.
    ///
    /// # Errors
    /// When something else was shown. What could not be done stands in the report.
    pub async fn heal(&mut self, remedies: &Remedies) -> Result<Report, Finding> {
        // Files first: other permissions would look like somebody's edit. Without files no project is needed, which a
        // broken profile does not give.
        let mut report = match remedies.files.files.as_slice() {
            [] => Report::of_nothing(&remedies.files),
            _ => self.apply(&remedies.files).await?,
        };
        let mut failed = Vec::new();
        for cure in &remedies.cures {
            failed.extend(self.cure(cure).await.err());
        }
        if let Some(config) = remedies.config.as_ref().filter(|plan| plan.state == ConfigState::Ready) {
            failed.extend(self.write_config(config).err());
        }
        report.findings.extend(failed);
        Ok(report)
    }

    async fn cure(&mut self, cure: &Cure) -> Result<(), Finding> {
        match cure {
            Cure::RewriteSession { .. } => self.rewrite_session(),
            Cure::ForgetRole { .. } => self.forget_role(),
            Cure::TokenFile { token, .. } => self.rewrite_token_file(token).await,
            Cure::Settle { path } => self.finish(path).map_err(|error| not_done(&error)),
            direct => direct.apply().map_err(|error| not_done(&error)),
        }
    }

    /// What of a cut-short write stands in `path` counts as written.
    fn finish(&mut self, path: &Path) -> Result<(), CureError> {
        let failed = |source| CureError::File { path: path.to_owned(), source };
        let snapshot = Snapshot::read(path).map_err(|error| failed(std::io::Error::other(error)))?;
        self.journal.finish(path, &Document::parse(snapshot.bytes())).map_err(failed)
    }

    fn rewrite_session(&self) -> Result<(), Finding> {
        let (session, cache) = (self.session_name()?, Cache::of(&self.settings));
        let Some(token) = cache.token(&session) else { return Ok(()) };
        cache.store_token(&session, &token).map_err(|error| error.finding())
    }

    fn forget_role(&mut self) -> Result<(), Finding> {
        let profile = self.project()?.profile().name.clone();
        let forgotten = forget_choice(&self.settings, &profile);
        forgotten.map_err(|error: SsoError| error.finding())?;
        (self.choice, self.keys) = (None, None);
        Ok(())
    }
}

fn not_done(error: &CureError) -> Finding {
    let remedy = Remedy::says("do it yourself, then look again");
    Finding::error("DS-DOCTOR-02", "doctor", plain(&error.to_string()), remedy)
}
