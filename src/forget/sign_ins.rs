//! Sign-ins: our registrations, and the session tokens issued to them. A token of the AWS CLI's own is not ours.

use super::{ByHand, Kind, Target, Thing, World};
use crate::secret::plain;
use crate::sso::Cache;

pub(super) fn ours(world: &World<'_>) -> Vec<Thing> {
    let cache = Cache::of(world.settings);
    let found = world.sessions.iter().flat_map(|session| {
        let files = cache.made_by_us(session).into_iter();
        files.map(|file| Thing {
            kind: Kind::SignIn,
            place: plain(&file.display().to_string()),
            says: plain(&format!("the sign-in `{}`", session.session)),
            finding: None,
            target: Target::SignIn(file),
        })
    });
    found.collect()
}

/// Where sessions are ended for good.
pub(super) fn portals(world: &World<'_>, things: &[Thing]) -> Vec<ByHand> {
    let live =
        |session: &str| things.iter().any(|thing| thing.kind == Kind::SignIn && thing.says.contains(session));
    let sessions = world.sessions.iter().filter(|session| live(&format!("`{}`", session.session)));
    sessions
        .map(|session| ByHand {
            what: plain(&format!("sign out of AWS ({}), so that its sessions end", session.session)),
            page: plain(&session.start_url),
        })
        .collect()
}
