//! What git does not ignore goes along with `git add .`.

use crate::doctor::{Answer, Check, Cure, Edit, Group, Look, Patient, Project, Trouble};
use crate::envfile::{guard, pattern};
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: guard::NOT_IGNORED,
    group: Group::Files,
    severity: Severity::Error,
    title: "git ignores every env file",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.write(".gitignore", "node_modules\n"),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let found = project.guarded(guard::NOT_IGNORED).map(|(file, finding)| {
        let trouble = Trouble::from(finding.clone());
        match pattern(project.root(), &project.root().join(&file.path)) {
            Some(line) => trouble.cured_by(Cure::Edit {
                path: project.root().join(".gitignore"),
                edit: Edit::Ignore { line },
            }),
            None => trouble,
        }
    });
    Ok(found.collect())
}
