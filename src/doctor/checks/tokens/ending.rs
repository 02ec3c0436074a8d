//! A token that ends takes whatever uses it down with it; its service told when.

use crate::doctor::{Answer, Check, Group, KeptToken, Look, Patient, Project, Trouble};
use crate::finding::Severity;
use crate::tokens::{self, Found};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-TOKEN-13",
    group: Group::Tokens,
    severity: Severity::Warning,
    title: "no kept token ends soon",
    cures: false,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.verify_token_until(time::Duration::days(3)),
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    let ending = |kept: &KeptToken| {
        let Ok(Found::Ours { slot, .. }) = &kept.found else { return None };
        let account = patient.shelf.record(slot)?.account.as_ref()?;
        tokens::ending(&kept.name, account.expires_at, patient.now).map(Trouble::from)
    };
    Ok(project.tokens(patient)?.iter().filter_map(ending).collect())
}
