//! A secret inside its recovery window can be brought back, and only until that ends.

use super::missed;
use crate::doctor::{Answer, Check, Evidence, Group, Look, Patient, Project};
use crate::finding::Severity;
use crate::stores::Miss;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STORE-03",
    group: Group::Store,
    severity: Severity::Error,
    title: "no secret is marked for deletion",
    cures: false,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| world.store_ids(&["api/deleted"]),
};

fn look(_: &Patient<'_>, _: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    missed(evidence, |miss| matches!(miss, Miss::Deleted { .. }).then(|| miss.to_string()))
}
