//! A secret without content, or with more than a store keeps, gives no variable.

use super::missed;
use crate::doctor::{Answer, Check, Evidence, Group, Look, Patient, Project};
use crate::finding::Severity;
use crate::stores::Miss;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STORE-06",
    group: Group::Store,
    severity: Severity::Error,
    title: "every secret can be used as it is",
    cures: false,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| world.store_ids(&["api/empty"]),
};

fn look(_: &Patient<'_>, _: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    missed(evidence, |miss| {
        matches!(miss, Miss::Malformed { .. } | Miss::TooLarge { .. }).then(|| miss.to_string())
    })
}
