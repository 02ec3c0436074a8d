//! Which keychain is used, why, and how much of ours is in it.

use serde::Serialize;

use super::{MIGRATE_VERSION, Names, refused};
use crate::finding::{Finding, Remedy};
use crate::keychain::{Chosen, Item, Kind, Reason, Sort};
use crate::secret::plain;

/// How things stand. Names and numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    pub version: u32,
    pub keychain: Kind,
    /// Where it is, in words.
    pub place: String,
    /// Who chose it, and why, as a clause.
    pub chosen_by: Reason,
    pub because: String,
    /// What of ours is in it; absent when it could not be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<Count>,
    /// The other keychain, where it is there and has something of ours, or cannot be looked into without a passphrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Elsewhere>,
    pub findings: Vec<Finding>,
}

/// The keychain that is not in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Elsewhere {
    pub keychain: Kind,
    pub place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<Count>,
}

/// How many items of which kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    pub identity: bool,
    /// Identities that it took the place of.
    pub former_identities: usize,
    pub tokens: usize,
}

impl Count {
    fn of(items: &[Item]) -> Self {
        let count = |sort: Sort| items.iter().filter(|item| item.sort() == Some(sort)).count();
        Self {
            identity: count(Sort::Identity) > 0,
            former_identities: count(Sort::FormerIdentity),
            tokens: count(Sort::Token),
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Asks the keychain in use how much is in it, and the other one as far as nobody has to be asked for a passphrase.
///
/// # Errors
/// When no keychain can be chosen. One that was chosen and cannot be asked is told in the findings.
pub fn status(chosen: &Chosen, names: &Names) -> Result<Status, Finding> {
    let (kind, reason, why) = chosen.decided().map_err(|error| refused(&error))?;
    let home = chosen.home(kind).map_err(|error| refused(&error))?;
    let mut findings = Vec::new();
    let kept = match names.items(home) {
        Ok(items) => Some(Count::of(&items)),
        Err(error) => {
            findings.push(refused(&error));
            None
        }
    };
    let elsewhere = elsewhere(chosen, names);
    findings.extend(elsewhere.as_ref().map(|other| in_two_places(other, kind)));
    Ok(Status {
        version: MIGRATE_VERSION,
        keychain: kind,
        place: plain(&home.place().to_string()),
        chosen_by: reason,
        because: plain(why),
        kept,
        elsewhere,
        findings,
    })
}

fn elsewhere(chosen: &Chosen, names: &Names) -> Option<Elsewhere> {
    let other = chosen.unused().ok()??;
    let home = chosen.home(other).ok()?;
    let kept = match other {
        // Nobody is asked for a passphrase to have it counted.
        Kind::File if chosen.has_file() => None,
        Kind::File => return None,
        // A platform that cannot list without reading might ask, too.
        _ => Some(Count::of(&listed(names, home)?)),
    };
    let empty = kept.as_ref().is_some_and(Count::is_empty);
    (!empty).then(|| Elsewhere { keychain: other, place: plain(&home.place().to_string()), kept })
}

fn listed(names: &Names, home: &dyn crate::keychain::Keychain) -> Option<Vec<Item>> {
    home.items().ok()??;
    names.items(home).ok()
}

fn in_two_places(other: &Elsewhere, used: Kind) -> Finding {
    let says = format!("{} has items of ours as well, which are not used", other.place);
    let word = if used == Kind::Os { "os" } else { "file" };
    let command = format!("devsecrets keychain migrate --to {word}");
    Finding::note("DS-KEY-07", "keychain", plain(&says), Remedy::run("bring everything together", command))
}
