//! A shell takes the CR of a Windows line end for the last character of every value.

use crate::doctor::{Answer, Check, Edit, Group, Look, Patient, Project, Trouble};
use crate::envfile::review;
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: review::LINE_ENDS,
    group: Group::Files,
    severity: Severity::Warning,
    title: "files that a shell reads end their lines in LF",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.with_crlf("api/.env"),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let mut troubles = Vec::new();
    for file in project.env_files() {
        let cure = file.edit(project, Edit::LineEnds);
        let flaws = file.flaws(review::LINE_ENDS).cloned();
        troubles.extend(flaws.map(|flaw| Trouble::from(flaw).cured_by(cure.clone())));
    }
    Ok(troubles)
}
