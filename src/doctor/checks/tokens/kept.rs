//! What only you can have, nobody else can give: a token that is not kept has to be made once.

use crate::doctor::{Answer, Check, Group, KeptToken, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::tokens::Found;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-TOKEN-05",
    group: Group::Tokens,
    severity: Severity::Warning,
    title: "personal tokens are kept",
    cures: false,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.keychain = std::sync::Arc::new(crate::keychain::MemoryKeychain::default()),
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    let missing = |kept: &&KeptToken| matches!(kept.found, Ok(Found::Nothing));
    let found = project.tokens(patient)?.iter().filter(missing).map(|kept| {
        let page = kept.declared.page.as_ref().map(|page| format!(" at {page}")).unwrap_or_default();
        let remedy =
            Remedy::run(format!("make one{page}, then"), format!("devsecrets token set {}", kept.name));
        Trouble::new(kept.name.as_str(), format!("no {} is kept", kept.declared.title), remedy)
    });
    Ok(found.collect())
}
