//! A token's file that git takes along is a token for everybody who clones.

use crate::doctor::{Answer, Check, Cure, Edit, Group, KeptToken, Look, Patient, Project, Trouble};
use crate::envfile::{guard, pattern};
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-TOKEN-22",
    group: Group::Tokens,
    severity: Severity::Error,
    title: "git ignores token files",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.write(".gitignore", "/api/.env\n"),
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    let kept = project.tokens(patient)?;
    let tracked = kept.iter().flat_map(|kept| tracked(kept, project));
    let exposed = kept.iter().flat_map(|kept| exposed(kept, project));
    Ok(tracked.chain(exposed).collect())
}

fn tracked(kept: &KeptToken, project: &Project<'_>) -> Vec<Trouble> {
    let troubles = kept.guarded(guard::TRACKED).map(|(file, finding)| {
        let cure = Cure::Untrack { root: project.root().to_owned(), path: file.path.clone() };
        Trouble::from(finding.clone()).cured_by(cure)
    });
    troubles.collect()
}

fn exposed(kept: &KeptToken, project: &Project<'_>) -> Vec<Trouble> {
    let troubles = kept.guarded(guard::NOT_IGNORED).map(|(file, finding)| {
        let trouble = Trouble::from(finding.clone());
        let path = project.root().join(".gitignore");
        let line = pattern(project.root(), &file.path);
        let cure = line.map(|line| Cure::Edit { path, edit: Edit::Ignore { line } });
        Trouble { cure, ..trouble }
    });
    troubles.collect()
}
