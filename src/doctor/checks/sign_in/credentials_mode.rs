//! Keys in the AWS credentials file do not expire, so they are for their owner alone.

use crate::doctor::{Answer, Check, Group, Look, Patient, Unable, checks};
use crate::finding::Severity;
use crate::sso::config_file::{Document, credentials_path};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-CONFIG-16",
    group: Group::SignIn,
    severity: Severity::Warning,
    title: "the AWS credentials file is private",
    cures: true,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| {
        world.write_home(".aws/credentials", "[default]\naws_secret_access_key = canary-key\n");
        world.chmod_home(".aws/credentials", 0o644);
    },
};

fn look(patient: &Patient<'_>) -> Answer {
    let path = credentials_path(patient.settings).ok_or(Unable::NotHere)?;
    let bytes = zeroize::Zeroizing::new(std::fs::read(&path).map_err(|_| Unable::NotHere)?);
    let document = Document::parse(&bytes);
    let keys = document.sections().iter().any(|section| section.has("aws_secret_access_key"));
    Ok(checks::open_to_others(&path).filter(|_| keys).into_iter().collect())
}
