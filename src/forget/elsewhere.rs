//! What is ours in the keychain that is not in use, such as what was there before everything moved.
//!
//! The rule: nobody is asked for a passphrase or a prompt on behalf of a keychain that nothing reads. What cannot be looked
//! into without is named instead, and the key file goes unopened with everything else.

use super::{ByHand, Kind, Outcome, Target, Thing, World, failed, kept};
use crate::finding::Finding;
use crate::keychain::{self, Chosen, Item, Keychain, Sort};
use crate::secret::plain;

/// What goes there, and what a person has to look into.
pub(super) fn look(world: &World<'_>) -> (Vec<Thing>, Option<ByHand>) {
    let Some(chosen) = world.keychain.chosen() else { return Default::default() };
    let Some((kind, home)) = unused(chosen) else { return Default::default() };
    if kind == keychain::Kind::File && !chosen.file_opens_unasked() {
        return (unopened(world, chosen, home), None);
    }
    match home.items() {
        Ok(Some(items)) => (items.iter().rev().filter_map(|item| thing(world, home, item)).collect(), None),
        // What does not exist keeps nothing.
        Err(error) if error.is_missing() => Default::default(),
        Ok(None) | Err(_) => (Vec::new(), Some(by_hand(home, kind))),
    }
}

fn unused(chosen: &Chosen) -> Option<(keychain::Kind, &dyn Keychain)> {
    let kind = chosen.unused().ok()??;
    Some((kind, chosen.home(kind).ok()?))
}

fn thing(world: &World<'_>, home: &dyn Keychain, item: &Item) -> Option<Thing> {
    let says = match item.sort()? {
        _ if world.only.is_some() && !kept::is_going(world, item) => return None,
        Sort::Token => "a token, in the keychain that is not in use",
        Sort::Identity => "an identity, in the keychain that is not in use; only its phrase brings it back",
        Sort::FormerIdentity => "an identity that was replaced, in the keychain that is not in use",
    };
    Some(kept::thing(home, item, says, None, Target::Elsewhere(item.clone())))
}

fn unopened(world: &World<'_>, chosen: &Chosen, home: &dyn Keychain) -> Vec<Thing> {
    let keychain::Place::File(path) = home.place() else { return Vec::new() };
    if world.only.is_some() || !chosen.has_file() {
        return Vec::new();
    }
    let says = "not in use, and not opened, for nobody gave its passphrase: all that it keeps goes with it";
    vec![Thing {
        kind: Kind::KeychainItem,
        place: plain(&home.place().to_string()),
        says: says.to_owned(),
        finding: None,
        target: Target::KeyFile(path),
    }]
}

fn by_hand(home: &dyn Keychain, kind: keychain::Kind) -> ByHand {
    let name = if kind == keychain::Kind::Os { "os" } else { "file" };
    ByHand {
        what: plain(&format!("look into {}, which is not in use and could not be listed", home.place())),
        page: format!("DEVSECRETS_KEYCHAIN={name} devsecrets forget"),
    }
}

pub(super) fn forget(world: &World<'_>, item: &Item) -> Result<Outcome, Finding> {
    match world.keychain.chosen().and_then(unused) {
        Some((_, home)) => kept::removed_from(home, item),
        None => Err(failed(item.as_str(), "the keychain it was found in is gone")),
    }
}
