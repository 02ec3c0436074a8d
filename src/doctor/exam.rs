//! Running checks: which are asked for, and each with its deadline.

use std::time::Duration;

use super::{Answer, Check, Checked, Evidence, Group, Look, Patient, Project, Unable, checks};

/// A call that has not answered by then is "not checked". The clients' own limits are shorter, so this is the last net.
const DEADLINE: Duration = Duration::from_secs(20);

/// Which checks are asked for.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Codes or groups; empty: all.
    pub only: Vec<String>,
    /// Codes or groups to leave out.
    pub skip: Vec<String>,
}

/// A name in a selection that is no check and no group.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is no check and no group of checks")]
pub struct UnknownCheck {
    pub name: String,
}

impl Selection {
    /// # Errors
    /// On the first name that is neither a code nor a group.
    pub fn checks(&self) -> Result<Vec<&'static Check>, UnknownCheck> {
        for name in self.only.iter().chain(&self.skip) {
            if !checks::ALL.iter().any(|check| is(check, name))
                && !Group::ALL.iter().any(|g| g.word() == name)
            {
                return Err(UnknownCheck { name: name.clone() });
            }
        }
        let wanted = |check: &&&Check| {
            let named = |names: &[String]| names.iter().any(|name| is(check, name));
            (self.only.is_empty() || named(&self.only)) && !named(&self.skip)
        };
        Ok(checks::ALL.iter().filter(wanted).copied().collect())
    }
}

fn is(check: &Check, name: &str) -> bool {
    check.code.eq_ignore_ascii_case(name) || check.group.word() == name
}

impl Check {
    /// True when it can look at once, without asking any source.
    pub fn is_quick(&self) -> bool {
        matches!(self.look, Look::Machine(_) | Look::Project(_))
    }

    pub fn is_network(&self) -> bool {
        matches!(self.look, Look::Network(_))
    }

    /// Looks, with whatever of its needs there is.
    pub async fn run(
        &self,
        patient: &Patient<'_>,
        project: Option<&Project<'_>>,
        evidence: Option<&Evidence<'_>>,
    ) -> Checked {
        Checked::of(self, self.answer(patient, project, evidence).await)
    }

    async fn answer(
        &self,
        patient: &Patient<'_>,
        project: Option<&Project<'_>>,
        evidence: Option<&Evidence<'_>>,
    ) -> Answer {
        let no_project = || Unable::Because("there is no profile that can be read".to_owned());
        match self.look {
            Look::Machine(look) => look(patient),
            Look::Project(look) => look(patient, project.ok_or_else(no_project)?),
            Look::Values(look) => {
                let silent = || Unable::Because("the sources could not be asked".to_owned());
                look(patient, project.ok_or_else(no_project)?, evidence.ok_or_else(silent)?)
            }
            Look::Network(_) if patient.settings.offline => Err(Unable::Because("offline".to_owned())),
            Look::Network(look) => {
                let late = |_| Unable::Because("no answer in time".to_owned());
                let answer = look(patient, project.ok_or_else(no_project)?);
                tokio::time::timeout(DEADLINE, answer).await.map_err(late)?
            }
        }
    }
}
