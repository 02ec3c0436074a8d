//! The file of a token is the token.

use crate::doctor::{Answer, Check, Cure, Group, KeptToken, Look, Patient, Project, Trouble};
use crate::envfile::guard;
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-TOKEN-21",
    group: Group::Tokens,
    severity: Severity::Warning,
    title: "token files are private",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.chmod(".env.linear", 0o644),
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    let open = |kept: &KeptToken| {
        let troubles = kept.guarded(guard::READABLE).map(|(file, finding)| {
            let cure = Cure::Mode { path: file.path.clone(), mode: 0o600 };
            Trouble::from(finding.clone()).cured_by(cure)
        });
        troubles.collect::<Vec<_>>()
    };
    Ok(project.tokens(patient)?.iter().flat_map(open).collect())
}
