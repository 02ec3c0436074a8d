//! One variable of one service: its value for a person who asked to see it, and a value a person typed for it.
//!
//! The rule: what is shown is what a service would be started with now, from what the sources said last. What is typed goes
//! through a plan like any other change of a file.

use super::failures;
use super::session::Session;
use crate::finding::{Finding, Remedy};
use crate::profile::Need;
use crate::resolve::{Outcome, View};
use crate::secret::SecretValue;
use crate::seed::{ByHand, Preview, by_hand};

impl Session {
    /// The service meant for `variable`: the one asked for, else the only one that has it.
    ///
    /// # Errors
    /// When no profile is open, none has it, or it could be any of several.
    pub fn service_with(&self, variable: &str) -> Result<String, Finding> {
        let project = self.project()?;
        let has = |name: &&String| self.need(name, variable).is_some_and(|need| need != Need::Denied);
        let all: Vec<String> = project.services.iter().filter(has).cloned().collect();
        match all.as_slice() {
            [only] => Ok(only.clone()),
            [] => Err(failures::neither(variable, None)),
            several => {
                let says = format!("{} have it", several.join(", "));
                let remedy = Remedy::says("name the service meant with --service");
                Err(Finding::error("DS-VALUE-09", variable, says, remedy))
            }
        }
    }

    /// The personal token that is the value of `variable`, if one is.
    pub fn token_of(&self, variable: &str) -> Option<String> {
        self.project.as_ref()?.profile().variable(variable)?.token.clone()
    }

    fn need(&self, service: &str, variable: &str) -> Option<Need> {
        let project = self.project.as_ref()?;
        let contract = project.profile().contract(service, &project.environment).ok()?;
        contract.into_iter().find(|entry| entry.variable == variable).map(|entry| entry.need)
    }

    /// The value of `variable` that `service` would get, for a person who asked to see or copy it. Asks the sources unless
    /// that has been done.
    ///
    /// # Errors
    /// When no profile is open, or no source has a value.
    pub async fn value_to_show(&mut self, service: &str, variable: &str) -> Result<SecretValue, Finding> {
        if self.sources.is_none() {
            self.gather().await?;
        }
        match self.resolutions(View::Running)?.get(service, variable) {
            Some(Outcome::Found { value, .. }) => Ok(value.clone()),
            _ => {
                let says = format!("{service} has no value for it");
                let command = format!("devsecrets explain {variable}");
                Err(Finding::error("DS-VALUE-10", variable, says, Remedy::run("see what was tried", command)))
            }
        }
    }

    /// Plans `value`, as it was typed, for `variable` in the env file of `service`.
    ///
    /// # Errors
    /// When no profile is open, the service must not have the variable or has no env file, or nothing was typed.
    pub fn plan_by_hand(
        &mut self,
        service: &str,
        variable: &str,
        value: &SecretValue,
    ) -> Result<Preview, Finding> {
        if value.is_blank() {
            let remedy =
                Remedy::run("hand it over on standard input", format!("devsecrets set {variable} < file"));
            return Err(Finding::error("DS-VALUE-11", variable, "no value was given", remedy));
        }
        let project = self.project()?;
        let profile = project.profile();
        let declared = profile.service(service).ok();
        match self.need(service, variable) {
            None => return Err(failures::neither(variable, None)),
            Some(Need::Denied) => {
                let remedy = Remedy::run("see who has it", format!("devsecrets explain {variable}"));
                let says = format!("the profile denies it to {service}");
                return Err(Finding::error("DS-VALUE-12", variable, says, remedy));
            }
            Some(_) if declared.is_none_or(|service| service.env_file.is_none()) => {
                let remedy = Remedy::says("put it into a store of the profile, or export it");
                let says = format!("{service} has no env file to keep it in");
                return Err(Finding::error("DS-VALUE-13", variable, says, remedy));
            }
            Some(_) => {}
        }
        let plan = by_hand(&ByHand {
            profile,
            root: &project.loaded.root,
            environment: &project.environment,
            services: &project.services,
            service,
            variable,
            value,
            accounts: &self.accounts_in_use(),
            journal: &self.journal,
        });
        let preview = plan.preview().clone();
        self.plan = Some(plan);
        Ok(preview)
    }
}
