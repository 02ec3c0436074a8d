//! The move of everything we keep from one keychain to another.
//!
//! The rule: at every instant one keychain that is in use holds everything. All items are copied and read back; then the
//! choice is noted down, which is the one step that counts; only then the originals go, each if it still is what was
//! copied. A run that was killed is done again: what is there already is not copied twice. Two different secrets under
//! one name are never settled here, because one of them would be lost.

mod names;
mod status;

use std::collections::BTreeMap;

use serde::Serialize;

pub use names::Names;
pub use status::{Count, Status, status};

use crate::finding::{Finding, Remedy};
use crate::identity::Identity;
use crate::keychain::{Chosen, Error, Item, Keychain, Kind, Reason, Sort};
use crate::secret::{SecretValue, plain};

/// Version of the JSON form.
pub const MIGRATE_VERSION: u32 = 1;

/// What a move would come to. Names and places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Move {
    pub version: u32,
    pub to: Kind,
    /// Where the items are, and where they go, in words.
    pub from_place: String,
    pub to_place: String,
    /// Names of what goes.
    pub items: Vec<String>,
}

/// What a move came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    pub version: u32,
    pub to: Kind,
    pub from_place: String,
    pub to_place: String,
    /// Names of what is there now.
    pub items: Vec<String>,
    /// Originals that were left, because they had changed meanwhile or could not be removed.
    pub left: Vec<String>,
    pub findings: Vec<Finding>,
}

type Values = BTreeMap<Item, SecretValue>;

/// Both ends, and what is there.
struct Ends<'a> {
    from: &'a dyn Keychain,
    to: &'a dyn Keychain,
    /// What goes, as it is to stand at the other end.
    values: Values,
    /// The same, as it stands now.
    originals: Values,
}

/// Looks and changes nothing.
///
/// # Errors
/// When a keychain cannot be asked, or both keep something different under one name.
pub fn look(chosen: &Chosen, to: Kind, names: &Names) -> Result<Move, Finding> {
    let ends = Ends::of(chosen, to, names)?;
    Ok(Move {
        version: MIGRATE_VERSION,
        to,
        from_place: ends.from.place().to_string(),
        to_place: ends.to.place().to_string(),
        items: listed(ends.values.keys()),
    })
}

/// Moves everything. Safe to be killed, and to be done again.
///
/// # Errors
/// As [`look`], and when something cannot be kept, read back or noted down: what was in use then still is.
pub fn migrate(chosen: &Chosen, to: Kind, names: &Names) -> Result<Moved, Finding> {
    let ends = Ends::of(chosen, to, names)?;
    let left = ends.carry_out(|| chosen.remember(to))?;
    let findings = left.as_ref().map(|left| left.finding(&ends)).into_iter().chain(outvoted(chosen, to));
    Ok(Moved {
        version: MIGRATE_VERSION,
        to,
        from_place: ends.from.place().to_string(),
        to_place: ends.to.place().to_string(),
        items: listed(ends.values.keys()),
        findings: findings.collect(),
        left: left.map(|left| listed(&left.items)).unwrap_or_default(),
    })
}

impl<'a> Ends<'a> {
    fn of(chosen: &'a Chosen, to: Kind, names: &Names) -> Result<Self, Finding> {
        let from = if to == Kind::Os { Kind::File } else { Kind::Os };
        let home = |kind| chosen.home(kind).map_err(|error| refused(&error));
        let (ends, different) =
            Self::between(home(from)?, home(to)?, names).map_err(|error| refused(&error))?;
        match different.first() {
            Some(first) => Err(in_both(first, &different, unused(chosen, to))),
            None => Ok(ends),
        }
    }

    /// Both ends, and the items that neither of them may lose.
    fn between(
        from: &'a dyn Keychain,
        to: &'a dyn Keychain,
        names: &Names,
    ) -> Result<(Self, Vec<Item>), Error> {
        let originals = match names.values(from) {
            // Nothing can be in a keychain that does not exist.
            Err(error) if error.is_missing() => Values::new(),
            values => values?,
        };
        let items: Vec<Item> = originals.keys().cloned().collect();
        let (mut values, mut different) = (originals.clone(), Vec::new());
        for (item, stands) in to.get_many(&items)? {
            let stands = stands?;
            match values.get(&item).and_then(|value| agreed(&item, value, &stands)) {
                Some(both) => _ = values.insert(item, both),
                None => different.push(item),
            }
        }
        Ok((Self { from, to, values, originals }, different))
    }

    /// Copies, has `decide` note down that the other end is used from now on, and removes the originals.
    fn carry_out(&self, decide: impl FnOnce() -> Result<(), Error>) -> Result<Option<Left>, Finding> {
        self.copy()?;
        decide().map_err(|error| refused(&error))?;
        Ok(match self.from.remove_same(&self.originals) {
            Ok(items) if items.is_empty() => None,
            Ok(items) => Some(Left { items, why: "it was changed meanwhile".to_owned() }),
            // Nothing was there, and nothing is.
            Err(error) if error.is_missing() && self.originals.is_empty() => None,
            Err(error) => {
                Some(Left { items: self.originals.keys().cloned().collect(), why: error.problem.to_string() })
            }
        })
    }

    /// Everything is at the other end afterwards, and was read back from there.
    fn copy(&self) -> Result<(), Finding> {
        self.to.set_many(&self.values).map_err(|error| refused(&error))?;
        self.to.read_anew();
        let items: Vec<Item> = self.values.keys().cloned().collect();
        let mut back = self.to.get_many(&items).map_err(|error| refused(&error))?;
        let same = |(item, value): (&Item, &SecretValue)| matches!(back.remove(item), Some(Ok(stands)) if stands.same_as(value));
        match self.values.iter().all(same) {
            true => Ok(()),
            false => Err(not_the_same(self.to)),
        }
    }
}

/// What is to stand where both ends have something; `None` when one of them would be lost.
fn agreed(item: &Item, here: &SecretValue, there: &SecretValue) -> Option<SecretValue> {
    if here.same_as(there) {
        return Some(here.clone());
    }
    match item.sort() {
        Some(Sort::Identity | Sort::FormerIdentity) => Identity::merged(here, there),
        _ => None,
    }
}

fn listed<'a>(items: impl IntoIterator<Item = &'a Item>) -> Vec<String> {
    items.into_iter().map(|item| plain(item.as_str())).collect()
}

/// A keychain did not do its part.
fn refused(error: &Error) -> Finding {
    Finding::error("DS-KEY-01", "keychain", plain(&error.to_string()), error.remedy())
}

/// Of two keychains the one that is not in use; the one things go to, where neither is known to be.
fn unused(chosen: &Chosen, to: Kind) -> &'static str {
    match chosen.decided() {
        Ok((Kind::Os, ..)) => "file",
        Ok((Kind::File, ..)) => "os",
        _ if to == Kind::Os => "os",
        _ => "file",
    }
}

fn in_both(first: &Item, different: &[Item], unused: &str) -> Finding {
    let says = format!(
        "both keychains keep something different as {}, and one of them would be lost; nothing was changed",
        listed(different).join(", ")
    );
    let what = match first.as_str().strip_prefix("token/") {
        Some(name) => format!("token remove {}", plain(name)),
        None => "identity forget".to_owned(),
    };
    let command = format!("DEVSECRETS_KEYCHAIN={unused} devsecrets {what}");
    Finding::error("DS-KEY-10", "keychain", says, Remedy::run("remove the one that is not in use", command))
}

fn not_the_same(to: &dyn Keychain) -> Finding {
    let says = format!("{} did not give back what it was given; nothing was removed", to.place());
    let remedy = Remedy::run("see how things stand", "devsecrets keychain status");
    Finding::error("DS-KEY-04", "keychain", plain(&says), remedy)
}

/// Originals that are still there.
struct Left {
    items: Vec<Item>,
    why: String,
}

impl Left {
    fn finding(&self, ends: &Ends<'_>) -> Finding {
        let says =
            format!("{} stays in {}, too: {}", listed(&self.items).join(", "), ends.from.place(), self.why);
        let remedy = Remedy::run("see how things stand", "devsecrets keychain status");
        Finding::warning("DS-KEY-05", "keychain", plain(&says), remedy)
    }
}

/// The variable wins over what was noted down.
fn outvoted(chosen: &Chosen, to: Kind) -> Option<Finding> {
    let (kind, reason, _) = chosen.decided().ok()?;
    (reason == Reason::Variable && kind != to).then(|| {
        let says = "DEVSECRETS_KEYCHAIN is set to another one and wins over what was chosen now";
        let remedy = Remedy::run("unset it, here and where it is set", "unset DEVSECRETS_KEYCHAIN");
        Finding::warning("DS-KEY-06", "keychain", says, remedy)
    })
}

#[cfg(test)]
mod tests;
