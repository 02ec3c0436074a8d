//! What is wrong with the env files as they stand.

use super::session::Session;
use crate::finding::Finding;
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
}
