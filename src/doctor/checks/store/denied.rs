//! A secret that may not be read, by its policy or by the key it is encrypted with.

use super::missed;
use crate::doctor::{Answer, Check, Evidence, Group, Look, Patient, Project};
use crate::finding::Severity;
use crate::stores::Miss;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STORE-02",
    group: Group::Store,
    severity: Severity::Error,
    title: "you may read every secret",
    cures: false,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| world.store_ids(&["api/denied"]),
};

fn look(_: &Patient<'_>, _: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    missed(evidence, |miss| {
        matches!(miss, Miss::Denied { .. } | Miss::Undecryptable { .. }).then(|| miss.to_string())
    })
}
