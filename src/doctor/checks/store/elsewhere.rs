//! An ARN says where its secret lives, and the role in use looks elsewhere.

use super::missed;
use crate::doctor::{Answer, Check, Evidence, Group, Look, Patient, Project};
use crate::finding::Severity;
use crate::stores::Miss;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STORE-14",
    group: Group::Store,
    severity: Severity::Error,
    title: "secrets are of this account and region",
    cures: false,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| world.store_ids(&["arn:aws:secretsmanager:eu-west-2:999988887777:secret:api-a1B2c3"]),
};

fn look(_: &Patient<'_>, _: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    missed(evidence, |miss| {
        matches!(miss, Miss::WrongAccount { .. } | Miss::WrongRegion { .. }).then(|| miss.to_string())
    })
}
