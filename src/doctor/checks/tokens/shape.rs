//! A token that was kept before the profile said what it looks like may be another one.

use crate::doctor::{Answer, Check, Group, KeptToken, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::secret::plain;
use crate::tokens::{self, Found};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-TOKEN-02",
    group: Group::Tokens,
    severity: Severity::Error,
    title: "kept tokens have their shape",
    cures: false,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.keep_token_unchecked("canary-of-another-shape"),
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    Ok(project.tokens(patient)?.iter().filter_map(misshapen).collect())
}

fn misshapen(kept: &KeptToken) -> Option<Trouble> {
    let Ok(Found::Ours { value, .. }) = &kept.found else { return None };
    let error = tokens::check(&kept.name, &kept.declared, value).err()?;
    let remedy = Remedy::run("keep the right one", format!("devsecrets token set {}", kept.name));
    Some(Trouble::new(kept.name.as_str(), plain(&error.to_string()), remedy))
}
