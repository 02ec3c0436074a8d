//! The AWS config file as a step of day one: planned, shown, written or declined.

use super::session::Session;
use super::{ConfigWritten, failures};
use crate::finding::Finding;
use crate::sso::config_file::{ConfigPlan, Record, Wanted, draft};

impl Session {
    /// What the AWS config file lacks for the role in use. Nothing is written.
    ///
    /// # Errors
    /// When no role is chosen. What is wrong with the file stands in the plan.
    pub fn plan_config(&mut self) -> Result<ConfigPlan, Finding> {
        let wanted = self.wanted_config()?;
        let drafted = draft(&self.settings, &wanted, &self.record()?);
        let plan = drafted.plan().clone();
        self.config = Some(drafted);
        Ok(plan)
    }

    /// Writes what `seen`, the last plan, showed; the file as it was is kept.
    ///
    /// # Errors
    /// When something else was shown, or the file changed since or cannot be written; then it is as it was.
    pub fn write_config(&mut self, seen: &ConfigPlan) -> Result<ConfigWritten, Finding> {
        let nothing =
            || failures::too_early("there is no such plan for the AWS config file", "devsecrets login");
        let drafted = self.config.take().filter(|drafted| drafted.plan() == seen).ok_or_else(nothing)?;
        let wanted = self.wanted_config()?;
        let mut record = self.record()?;
        let copy = drafted.keep_copy(&self.settings).map(|path| path.display().to_string());
        drafted.write()?;
        record.wrote(&seen.aws_profile, &wanted);
        record.remember(&self.settings, &self.project()?.profile().name);
        Ok(ConfigWritten { file: seen.file.clone(), aws_profile: seen.aws_profile.clone(), copy })
    }

    /// Does not ask again for this project, until it is asked to.
    ///
    /// # Errors
    /// When no profile is open.
    pub fn decline_config(&mut self) -> Result<(), Finding> {
        let record = Record { declined: true, ..self.record()? };
        record.remember(&self.settings, &self.project()?.profile().name);
        Ok(())
    }

    fn record(&self) -> Result<Record, Finding> {
        Ok(Record::recall(&self.settings, &self.project()?.profile().name))
    }

    fn wanted_config(&self) -> Result<Wanted, Finding> {
        let no_role = || failures::too_early("no role is chosen", "devsecrets login");
        let choice = self.choice.as_ref().ok_or_else(no_role)?;
        Ok(Wanted::of(self.session_name()?, self.project()?.profile(), choice))
    }
}
