//! A secret that was published with its program, or that is tried out in seconds, protects nothing.

use crate::doctor::weak::{is_placeholder, weakness};
use crate::doctor::{Answer, Check, Evidence, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::resolve::Origin;
use crate::secret::SecretValue;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-VALUE-04",
    group: Group::Values,
    severity: Severity::Warning,
    title: "no secret is a published default or easily guessed",
    cures: true,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| world.assign("api/.env", "PEPPER", "supersecret"),
};

fn look(_: &Patient<'_>, _: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    let found = evidence.secrets().filter_map(|(service, name, value)| {
        // A placeholder in a file is told as what it is.
        let in_file = evidence.value(service, name).is_some_and(|(_, origin)| *origin == Origin::File);
        let weak = |text: &str| match is_placeholder(text) {
            true => Some("it is a placeholder").filter(|_| !in_file),
            false => weakness(name, text),
        };
        let fault = |value: &SecretValue| value.expose_to(weak);
        let says = fault(value)?;
        let remedy =
            Remedy::run("see where it comes from", format!("devsecrets explain {name} -s {service}"));
        let trouble = Trouble::of(service, name, says, remedy);
        Some(Trouble { cure: evidence.take(service, name, |value| fault(value).is_none()), ..trouble })
    });
    Ok(found.collect())
}
