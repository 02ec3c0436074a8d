//! The same services in other environments: read to be shown beside one's own, or gone over to.
//!
//! The rule: of another environment only value-free rows are kept. What this machine says, its shell and its env files,
//! belongs to the environment one works in and to the profile's first; elsewhere it proves nothing, so it is left out
//! there. A secret that is not to be found with a role outside the production accounts is not called missing.

use super::session::{Session, opened};
use super::{Opened, failures};
use crate::finding::Finding;
use crate::resolve::{Deadline, Matrix, Scope, View, decide, gather, is_production};

impl Session {
    /// The profile's environments, its default first.
    ///
    /// # Errors
    /// When no profile is open.
    pub fn environments(&self) -> Result<Vec<String>, Finding> {
        Ok(self.project()?.profile().environments().to_vec())
    }

    /// How the services in scope stand in `environment`. Nothing is written, and no value is kept.
    ///
    /// # Errors
    /// When no profile is open, or it has no such environment.
    pub async fn matrix_of(&mut self, environment: &str) -> Result<Matrix, Finding> {
        self.has_environment(environment)?;
        let deadline = Deadline::begin(&self.settings);
        let access = self.access_in(environment, deadline, false).await?;
        let scope = Scope { deadline, environment, ..self.scope()? };
        let gathering = Box::pin(gather(scope, &access, self.keychain.clone(), &self.journal));
        let mut sources = gathering.await;
        let project = self.project()?;
        let (profile, services) = (project.profile(), &project.services);
        if environment != project.environment && environment != profile.default_environment() {
            sources.leave_this_machine_out();
        }
        let accounts = &profile.policy.production_accounts;
        let account = self.choice.as_ref().map(|choice| &choice.account_id);
        if let Some(own) = accounts.first().filter(|_| is_production(environment))
            && account.is_some_and(|account| !accounts.contains(account))
        {
            sources.look_in_account(own);
        }
        Ok(decide(profile, environment, services, &sources, View::Running).matrix(profile, services))
    }

    /// From now on everything is about `environment`. The sign-in and the role stay.
    ///
    /// # Errors
    /// When no profile is open, or it has no such environment.
    pub fn work_in(&mut self, environment: &str) -> Result<Opened, Finding> {
        self.has_environment(environment)?;
        self.start_over();
        self.request.environment = Some(environment.to_owned());
        let recent = self.used_last();
        let project = self.project.as_mut().ok_or_else(failures::no_profile_open)?;
        project.environment = environment.to_owned();
        Ok(Opened { recent, ..opened(project) })
    }

    fn has_environment(&self, environment: &str) -> Result<(), Finding> {
        let known = self.environments()?;
        match known.iter().any(|name| name == environment) {
            true => Ok(()),
            false => Err(failures::environment(environment, &known)),
        }
    }
}
