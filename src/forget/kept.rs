//! What the keychain keeps for us: tokens and the identity.

use super::{ByHand, Kind, Outcome, Target, Thing, World, failed};
use crate::finding::Finding;
use crate::identity::Identity;
use crate::keychain::Item;
use crate::secret::plain;
use crate::tokens::{self, Project, Record};

/// Slots that go: all of them, or those of the project that nobody else uses.
fn slots<'a>(world: &'a World<'_>) -> Vec<(&'a str, &'a Record)> {
    world.shelf.records().filter(|(slot, record)| goes(world, slot, record)).collect()
}

fn goes(world: &World<'_>, slot: &str, record: &Record) -> bool {
    let Some(project) = &world.only else { return true };
    let others = |other: &&Project| *other != project;
    record.kept_for == *project && world.shelf.users(slot).filter(others).count() == 0
}

pub(super) fn tokens(world: &World<'_>) -> Vec<Thing> {
    let known = slots(world).into_iter().map(|(slot, record)| {
        let whose =
            record.account.as_ref().map(|account| format!(", of {}", account.name)).unwrap_or_default();
        (slot.to_owned(), format!("{}{whose}", record.title))
    });
    let mut things: Vec<Thing> = known.filter_map(|(slot, says)| token(world, &slot, &says)).collect();
    if world.only.is_none() {
        let unknown = world.token_names.iter().filter(|name| world.shelf.record(name).is_none());
        things.extend(unknown.filter_map(|name| token(world, name, "a token kept without a record")));
    }
    things
}

fn token(world: &World<'_>, slot: &str, says: &str) -> Option<Thing> {
    let target = Target::Token { slot: slot.to_owned() };
    item(world, &tokens::item(slot), says, target)
}

pub(super) fn identity(world: &World<'_>) -> Option<Thing> {
    if world.only.is_some() {
        return None;
    }
    let says =
        "your identity: development values derived from it can be made again only with its recovery phrase";
    item(world, &Item::identity(), says, Target::Identity)
}

/// `None` when the keychain says that there is no such item.
fn item(world: &World<'_>, item: &Item, says: &str, target: Target) -> Option<Thing> {
    let finding = match world.keychain.get(item) {
        Ok(kept) => return kept.map(|_| thing(world, item, says, None, target)),
        Err(error) => failed(item.as_str(), &error.to_string()),
    };
    Some(thing(world, item, says, Some(finding), target))
}

fn thing(world: &World<'_>, item: &Item, says: &str, finding: Option<Finding>, target: Target) -> Thing {
    let place = format!("{item} in {}", world.keychain.place());
    Thing { kind: Kind::KeychainItem, place, says: plain(says), finding, target }
}

pub(super) fn forget_token(world: &mut World<'_>, slot: &str) -> Result<Outcome, Finding> {
    let outcome = remove(world, &tokens::item(slot))?;
    world.shelf.forget(slot).map_err(|error| failed(slot, &error.to_string()))?;
    Ok(outcome)
}

/// The identity with those it took the place of.
pub(super) fn forget_identity(world: &World<'_>) -> Result<Outcome, Finding> {
    match Identity::forget(world.keychain) {
        Ok(true) => Ok(Outcome::Removed),
        Ok(false) => Ok(Outcome::Gone),
        // A damaged one names no others, and goes all the same.
        Err(_) => remove(world, &Item::identity()),
    }
}

fn remove(world: &World<'_>, item: &Item) -> Result<Outcome, Finding> {
    let removed = world.keychain.remove(item).map_err(|error| failed(item.as_str(), &error.to_string()))?;
    Ok(if removed { Outcome::Removed } else { Outcome::Gone })
}

/// Where each token is revoked.
pub(super) fn pages(world: &World<'_>) -> Vec<ByHand> {
    let page = |(_, record): (&str, &Record)| {
        let whose =
            record.account.as_ref().map(|account| format!(" of {}", account.name)).unwrap_or_default();
        Some(ByHand {
            what: plain(&format!("revoke the {}{whose}", record.title)),
            page: plain(record.page.as_ref()?),
        })
    };
    slots(world).into_iter().filter_map(page).collect()
}
