//! What the keychain keeps for us: tokens and the identity. It is asked once for all of them.

use super::{ByHand, Kind, Outcome, Target, Thing, World, failed};
use crate::finding::Finding;
use crate::identity::{self, Identity};
use crate::keychain::{self, Ahead, Item, Keychain};
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

/// All that may be there, read in one call.
pub(super) fn read<'a>(world: &World<'a>) -> Ahead<'a> {
    let known = slots(world).into_iter().map(|(slot, _)| tokens::item(slot));
    let others = unknown(world).map(tokens::item);
    let identity = world.only.is_none().then(Item::identity);
    Ahead::of(world.keychain, known.chain(others).chain(identity))
}

/// Names that may have been kept before records were.
fn unknown<'a>(world: &'a World<'_>) -> impl Iterator<Item = &'a str> {
    let names = if world.only.is_none() { world.token_names.as_slice() } else { &[] };
    names.iter().map(String::as_str).filter(|name| world.shelf.record(name).is_none())
}

/// Whether an item is that of a token which goes.
pub(super) fn is_going(world: &World<'_>, item: &Item) -> bool {
    slots(world).iter().any(|(slot, _)| tokens::item(slot) == *item)
}

pub(super) fn tokens(world: &World<'_>, kept: &dyn Keychain) -> Vec<Thing> {
    let known = slots(world).into_iter().map(|(slot, record)| {
        let whose =
            record.account.as_ref().map(|account| format!(", of {}", account.name)).unwrap_or_default();
        (slot.to_owned(), format!("{}{whose}", record.title))
    });
    // Nobody knows of these, and a keychain that does not answer is no reason to believe in them.
    let unknown = unknown(world).filter(|name| kept.get(&tokens::item(name)).is_ok());
    let unknown = unknown.map(|name| (name.to_owned(), "a token kept without a record".to_owned()));
    let all = known.chain(unknown);
    all.filter_map(|(slot, says)| token(kept, slot, &says)).collect()
}

fn token(kept: &dyn Keychain, slot: String, says: &str) -> Option<Thing> {
    item(kept, &tokens::item(&slot), says, Target::Token { slot })
}

pub(super) fn identity(world: &World<'_>, kept: &dyn Keychain) -> Option<Thing> {
    if world.only.is_some() {
        return None;
    }
    let says =
        "your identity: development values derived from it can be made again only with its recovery phrase";
    item(kept, &Item::identity(), says, Target::Identity)
}

/// `None` when the keychain says that there is no such item.
fn item(kept: &dyn Keychain, item: &Item, says: &str, target: Target) -> Option<Thing> {
    let finding = match kept.get(item) {
        Ok(value) => return value.map(|_| thing(kept, item, says, None, target)),
        Err(error) => refused(&error),
    };
    Some(thing(kept, item, says, Some(finding), target))
}

/// The keychain itself, which says the same of every item: so it is told once.
fn refused(error: &keychain::Error) -> Finding {
    Finding::error("DS-FORGET-01", "keychain", plain(&error.to_string()), error.remedy())
}

pub(super) fn thing(
    kept: &dyn Keychain,
    item: &Item,
    says: &str,
    finding: Option<Finding>,
    target: Target,
) -> Thing {
    let place = format!("{item} in {}", kept.place());
    Thing { kind: Kind::KeychainItem, place, says: plain(says), finding, target }
}

pub(super) fn forget_token(world: &mut World<'_>, slot: &str) -> Result<Outcome, Finding> {
    let outcome = remove(world, &tokens::item(slot))?;
    world.shelf.forget(slot).map_err(|error| failed(slot, &error.to_string()))?;
    Ok(outcome)
}

/// The identity with those it took the place of. What is no root key, another application may have put there.
pub(super) fn forget_identity(world: &World<'_>) -> Result<Outcome, Finding> {
    match Identity::forget(world.keychain) {
        Ok(true) => Ok(Outcome::Removed),
        Ok(false) => Ok(Outcome::Gone),
        Err(identity::Error::Keychain(error)) => Err(refused(&error)),
        Err(error) => Err(failed(Item::identity().as_str(), &error.to_string())),
    }
}

fn remove(world: &World<'_>, item: &Item) -> Result<Outcome, Finding> {
    removed_from(world.keychain, item)
}

pub(super) fn removed_from(keychain: &dyn Keychain, item: &Item) -> Result<Outcome, Finding> {
    let removed = keychain.remove(item).map_err(|error| refused(&error))?;
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
