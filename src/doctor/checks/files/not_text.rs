//! A file in UTF-16, as PowerShell's `>` makes it, holds no variable for any program.

use crate::doctor::{Answer, Check, Edit, Group, Look, Patient, Project, Trouble};
use crate::envfile::{as_utf8, review};
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: review::NOT_TEXT,
    group: Group::Files,
    severity: Severity::Error,
    title: "env files are text in UTF-8",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.write_bytes("api/.env", b"\xff\xfeA\0=\x001\0\n\0"),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let mut troubles = Vec::new();
    for file in project.env_files() {
        let convertible = file.document.as_ref().is_some_and(|it| as_utf8(it.bytes()).is_some());
        for flaw in file.flaws(review::NOT_TEXT) {
            let trouble = Trouble::from(flaw.clone());
            let cure = file.edit(project, Edit::Utf8);
            troubles.push(if convertible { trouble.cured_by(cure) } else { trouble });
        }
    }
    Ok(troubles)
}
