//! What is to be known besides the table: what is wrong with the env files as they stand, and with the stores.

use super::session::Session;
use crate::finding::Finding;
use crate::resolve::View;
use crate::seed;

impl Session {
    /// Flaws of the env files in scope: duplicates, odd lines, values that readers take differently.
    ///
    /// # Errors
    /// When no profile is open.
    pub fn flaws(&self) -> Result<Vec<Finding>, Finding> {
        let project = self.project()?;
        Ok(seed::flaws(project.profile(), &project.loaded.root, &project.services))
    }

    /// These, and what the stores could not give, as far as the table does not say it: what a start would warn of.
    ///
    /// # Errors
    /// When no profile is open.
    pub fn remarks(&self) -> Result<Vec<Finding>, Finding> {
        let mut all = self.flaws()?;
        let (project, Some(sources)) = (self.project()?, &self.sources) else { return Ok(all) };
        let decided = self.resolutions(View::Running)?;
        for row in decided.matrix(project.profile(), &project.services).services {
            let loading = decided.loading(sources, &row.service);
            for finding in loading.warnings(&project.environment, &row) {
                if !all.contains(&finding) {
                    all.push(finding);
                }
            }
        }
        Ok(all)
    }
}
