//! What the profile's policy says before any file is looked at.

use crate::finding::{Finding, Remedy};
use crate::profile::{EnvFiles, Profile};

/// Reasons why this profile's files may not be seeded at all.
pub(super) fn obstacles(profile: &Profile, accounts: &[&str]) -> Vec<Finding> {
    forbidden(profile).into_iter().chain(production(profile, accounts)).collect()
}

fn forbidden(profile: &Profile) -> Option<Finding> {
    (profile.policy.env_files == EnvFiles::Forbidden).then(|| {
        Finding::error(
            "DS-SEED-01",
            profile.name.clone(),
            "its policy forbids env files, so nothing is written",
            Remedy::run(
                "start a service with its variables instead, written nowhere",
                "devsecrets run -s SERVICE -- COMMAND",
            ),
        )
    })
}

/// Developer files are never made from a production account.
fn production(profile: &Profile, accounts: &[&str]) -> Option<Finding> {
    let is_production = |id: &&&str| profile.policy.production_accounts.iter().any(|known| known == **id);
    let account = accounts.iter().find(is_production)?;
    Some(Finding::error(
        "DS-SEED-02",
        *account,
        "this is a production account, and developer files are not seeded from one",
        match profile.sso {
            Some(_) => Remedy::run("choose a development account", "devsecrets login --choose"),
            None => Remedy::says("use AWS credentials of a development account: AWS_PROFILE"),
        },
    ))
}
