//! Of two assignments most programs take the last and some the first.

use crate::doctor::{Answer, Check, Edit, Group, Look, Patient, Project, Trouble};
use crate::envfile::{review, without_repeats};
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: review::DUPLICATE,
    group: Group::Files,
    severity: Severity::Warning,
    title: "no variable is assigned twice",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.append("api/.env", "MODE=plain\nMODE=plain\n"),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let mut troubles = Vec::new();
    for file in project.env_files() {
        let Some(document) = &file.document else { continue };
        for (variable, lines) in document.duplicates() {
            let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            let says = format!("{variable} is assigned on lines {}", lines.join(", "));
            let remedy = Remedy::says("keep one; most programs take the last, dotenvy the first");
            let trouble = Trouble::new(&file.path, says, remedy);
            let cure = file.edit(project, Edit::OneAssignment { variable: variable.to_owned() });
            let harmless = without_repeats(document, variable, &[]).is_some();
            troubles.push(if harmless { trouble.cured_by(cure) } else { trouble });
        }
    }
    Ok(troubles)
}
