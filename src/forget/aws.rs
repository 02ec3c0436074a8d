//! What sign-in left beside its caches: profiles in the AWS config file, and the account and role that were chosen.

use super::{ByHand, Kind, Outcome, Target, Thing, World, failed};
use crate::finding::Finding;
use crate::secret::plain;
use crate::sso::config_file::{OurProfile, our_profiles, take_out};
use crate::sso::{forget_choice, recall_choice};

pub(super) fn profiles(world: &World<'_>) -> Vec<Thing> {
    let thing = |profile: OurProfile| Thing {
        kind: Kind::AwsProfile,
        place: plain(&format!("profile {} in {}", profile.aws_profile, profile.file)),
        says: "as we wrote it for the AWS CLI and SDKs".to_owned(),
        finding: None,
        target: Target::AwsProfile(profile.aws_profile),
    };
    ours(world).into_iter().filter(|profile| profile.unchanged).map(thing).collect()
}

/// Profiles that somebody edited, and sign-ins, whose other users are not known to us.
pub(super) fn by_hand(world: &World<'_>) -> Vec<ByHand> {
    let mut list: Vec<ByHand> = Vec::new();
    for profile in ours(world) {
        let edited = format!("look at profile {}, which was edited since we wrote it", profile.aws_profile);
        let shared = format!("remove [sso-session {}], if nothing else uses it", profile.session);
        for what in [(!profile.unchanged).then_some(edited), Some(shared)].into_iter().flatten() {
            let one = ByHand { what: plain(&what), page: plain(&profile.file) };
            if !list.contains(&one) {
                list.push(one);
            }
        }
    }
    list
}

fn ours(world: &World<'_>) -> Vec<OurProfile> {
    our_profiles(world.settings, world.only.as_ref().map(|project| project.profile.as_str()))
}

pub(super) fn forget_profile(world: &World<'_>, aws_profile: &str) -> Result<Outcome, Finding> {
    take_out(world.settings, aws_profile).map(|taken| if taken { Outcome::Removed } else { Outcome::Left })
}

/// Another clone of the same project goes on with it.
pub(super) fn choice(world: &World<'_>) -> Option<Thing> {
    let project = world.only.as_ref()?;
    let elsewhere = world.shelf.projects().any(|known| known.profile == project.profile && known != project);
    recall_choice(world.settings, &project.profile).filter(|_| !elsewhere)?;
    Some(Thing {
        kind: Kind::State,
        place: plain(&project.profile),
        says: "which account and role was chosen for it".to_owned(),
        finding: None,
        target: Target::Choice(project.profile.clone()),
    })
}

pub(super) fn forget_chosen(world: &World<'_>, profile: &str) -> Result<Outcome, Finding> {
    match forget_choice(world.settings, profile) {
        Ok(true) => Ok(Outcome::Removed),
        Ok(false) => Ok(Outcome::Gone),
        Err(error) => Err(failed(profile, &error.to_string())),
    }
}
