//! Writing what was agreed to, and letting others wait meanwhile.

use super::failures;
use super::session::Session;
use crate::envfile::Journal;
use crate::finding::Finding;
use crate::resolve::View;
use crate::seed::{Approved, Lock, Preview, Report, apply};

impl Session {
    /// Writes what `seen`, the preview of the last plan, showed, and keeps what was there for [`Session::undo`].
    ///
    /// # Errors
    /// When nothing was planned, or something else was shown.
    pub async fn apply(&mut self, seen: &Preview) -> Result<Report, Finding> {
        self.apply_step_by_step(seen, &mut |_, _| {}).await
    }

    /// As [`Session::apply`], telling `step` after each file how many of how many are done.
    ///
    /// # Errors
    /// As for [`Session::apply`].
    pub async fn apply_step_by_step(
        &mut self,
        seen: &Preview,
        step: &mut dyn FnMut(usize, usize),
    ) -> Result<Report, Finding> {
        let nothing = || failures::too_early("there is no plan to apply", "devsecrets seed --dry-run");
        let plan = self.plan.take().ok_or_else(nothing)?;
        let approved: Approved = plan.approve(seen).map_err(|_| nothing())?;
        let root = self.project()?.loaded.root.clone();
        self.take_turns(|| {})?;
        let (identity, made) = self.identity_for(seen, &approved).await?;
        let remembered = approved.remember(&self.settings, &root, &self.journal, identity.as_ref());
        let mut report = self.write(approved, step).await?;
        self.lock = None;
        self.remember_own(&self.resolutions(View::Running)?);
        report.findings.extend(made);
        if let Err(error) = remembered {
            report.findings.push(failures::no_undo(&error));
        }
        Ok(report)
    }

    /// Writes on a thread of its own, so that a face can draw meanwhile.
    async fn write(
        &mut self,
        approved: Approved,
        step: &mut dyn FnMut(usize, usize),
    ) -> Result<Report, Finding> {
        let mut journal = std::mem::replace(&mut self.journal, Journal::open(&self.settings));
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
        let writing = tokio::task::spawn_blocking(move || {
            let report = apply(approved, &mut journal, &mut |done, all| {
                // Nobody listens any more when the face has gone.
                let _ = tell.send((done, all));
            });
            (report, journal)
        });
        while let Some((done, all)) = told.recv().await {
            step(done, all);
        }
        let (report, journal) = writing.await.map_err(|_| failures::broke_off())?;
        self.journal = journal;
        Ok(report)
    }

    /// Waits until no other run seeds this project, and keeps others waiting until the next apply is done.
    ///
    /// # Errors
    /// When no profile is open. A file system without locks is no error: changed files are refused anyway.
    pub fn take_turns(&mut self, on_wait: impl FnOnce()) -> Result<(), Finding> {
        let root = self.project()?.loaded.root.clone();
        if self.lock.is_none() {
            self.lock = Lock::take(&self.settings, &root, on_wait).ok();
        }
        Ok(())
    }
}
