//! What we wrote and the profile no longer names: it is read by nobody, and is a secret all the same.

use crate::doctor::{Answer, Check, Cure, Edit, Evidence, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::seed::Change;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-FILE-23",
    group: Group::Files,
    severity: Severity::Note,
    title: "no variable is left over that the profile dropped",
    cures: true,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| {
        world.edit_profile(r#"required = ["JWT_SECRET", "PEPPER", "#, r#"required = ["JWT_SECRET", "#)
    },
};

fn look(_: &Patient<'_>, project: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    let mut troubles = Vec::new();
    for file in &evidence.preview.files {
        for line in file.lines.iter().filter(|line| line.change == Change::Stale) {
            let edit = Edit::Without { variable: line.name.clone() };
            let cure = Cure::Edit { path: project.root().join(&file.path), edit };
            let says = format!("devsecrets wrote {}, and the profile no longer names it", line.name);
            let remedy = Remedy::run("take it out", "devsecrets seed --prune");
            troubles.push(Trouble::new(&file.path, says, remedy).cured_by(cure));
        }
    }
    Ok(troubles)
}
