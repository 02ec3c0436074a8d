//! A token that is kept for another project waits for a yes or a no.

use crate::doctor::{Answer, Check, Group, KeptToken, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::secret::plain;
use crate::tokens::Found;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-TOKEN-12",
    group: Group::Tokens,
    severity: Severity::Note,
    title: "tokens of other projects are decided on",
    cures: false,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.forget_who_keeps_tokens(),
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    let undecided = |kept: &KeptToken| {
        let Ok(Found::Offered(offer)) = &kept.found else { return None };
        let says = format!("it is kept for {}, and this project may not use it yet", plain(&offer.from()));
        let remedy = Remedy::run("use it here too", format!("devsecrets token share {}", kept.name));
        (!offer.declined).then(|| Trouble::new(kept.name.as_str(), says, remedy))
    };
    Ok(project.tokens(patient)?.iter().filter_map(undecided).collect())
}
