//! Why a variable has the value it has: every source, in order, and how each fared.

use serde::Serialize;

use super::failures;
use super::session::Session;
use crate::finding::Finding;
use crate::profile::rules;
use crate::resolve::{Cell, Sources, Step, View, trace};

/// One variable, for every service that has to do with it. Value-free.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    pub version: u32,
    pub variable: String,
    pub about: Option<String>,
    pub environment: String,
    /// Who gives access to it.
    pub owner: Option<String>,
    /// Where to ask for it.
    pub request: Option<String>,
    pub docs: Option<String>,
    /// What its value must be like in this environment.
    pub rules: Vec<String>,
    pub services: Vec<Explained>,
}

/// The variable as one service sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explained {
    pub service: String,
    #[serde(flatten)]
    pub cell: Cell,
    /// Every source in order of precedence.
    pub sources: Vec<Step>,
}

impl Session {
    /// Whether the open profile declares `variable`.
    pub fn declares(&self, variable: &str) -> bool {
        self.project.as_ref().is_some_and(|project| project.profile().variable(variable).is_some())
    }

    /// Every variable the open profile declares.
    pub fn variables(&self) -> Vec<&str> {
        let declared = self.project.as_ref().map(|project| project.profile().variables.keys());
        declared.into_iter().flatten().map(String::as_str).collect()
    }

    /// Asks every source, and tells how each fared for `variable`.
    ///
    /// # Errors
    /// When no profile is open, or it declares no such variable.
    pub async fn explain(&mut self, variable: &str) -> Result<Explanation, Finding> {
        self.matrix().await?;
        self.explained(variable)
    }

    /// The same from what the sources said last.
    ///
    /// # Errors
    /// As for [`Session::explain`].
    pub fn explained(&self, variable: &str) -> Result<Explanation, Finding> {
        let matrix = self.decided(View::Running)?;
        let project = self.project()?;
        let profile = project.profile();
        let Some(declared) = profile.variable(variable) else {
            return Err(failures::neither(variable, None));
        };
        let empty = Sources::default();
        let sources = self.sources.as_ref().unwrap_or(&empty);
        let told = matrix.services.iter().filter_map(|row| {
            let steps = trace(profile, &project.environment, &row.service, variable, sources);
            Some(Explained {
                service: row.service.clone(),
                cell: row.cell(variable)?.clone(),
                sources: steps,
            })
        });
        Ok(Explanation {
            version: 1,
            variable: variable.to_owned(),
            about: declared.about.clone(),
            environment: project.environment.clone(),
            owner: declared.owner.clone(),
            request: declared.request.clone(),
            docs: declared.docs.clone(),
            rules: rules(declared, &project.environment),
            services: told.collect(),
        })
    }
}
