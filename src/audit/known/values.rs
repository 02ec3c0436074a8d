//! Which values are known: the one that each variable has, and those it had.
//!
//! A value that gave way to another still opens what it opened, in every file and commit it stands in, until somebody
//! revokes it. So it is looked for some time longer, also where a placeholder took its place.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::audit::own::{OwnName, Print};

/// So long a former value is looked for, in days.
pub(in crate::audit) const DAYS: u32 = 90;

/// So many former values of one variable of one service.
pub(in crate::audit) const MOST: usize = 8;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Remembered {
    #[serde(flatten)]
    pub name: OwnName,
    pub prints: Vec<Print>,
    /// The day it gave way, counted from 1970-01-01; absent while it is the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<u32>,
}

impl Remembered {
    pub fn is_looked_for(&self, today: u32) -> bool {
        self.former.is_none_or(|day| today.saturating_sub(day) <= DAYS)
    }

    pub fn place(&self) -> Place<'_> {
        place(&self.name)
    }
}

/// Project, variable and service.
pub(super) type Place<'a> = (&'a str, &'a str, &'a str);

/// Whose value it is, wherever it came from.
pub(super) fn place(name: &OwnName) -> Place<'_> {
    (&name.project, &name.variable, &name.service)
}

/// What is known once `fresh`, of which some may have nothing to be looked for, stands in place of what did.
pub(super) fn replaced(all: &[Remembered], fresh: Vec<Remembered>, today: u32) -> Vec<Remembered> {
    let places: HashMap<Place<'_>, HashSet<Print>> =
        fresh.iter().map(|one| (one.place(), one.prints.iter().copied().collect())).collect();
    let mut kept: Vec<Remembered> = Vec::new();
    for known in all {
        let mut known = known.clone();
        if let Some(now) = places.get(&place(&known.name)) {
            known.prints.retain(|print| !now.contains(print));
            known.former = known.former.or(Some(today));
        }
        kept.push(known);
    }
    kept.extend(fresh);
    kept.retain(|one| !one.prints.is_empty());
    in_order(kept, today)
}

/// Of each place the newest former values first, its value last; without those that are too old, or too many.
pub(super) fn in_order(mut all: Vec<Remembered>, today: u32) -> Vec<Remembered> {
    all.sort_by(|one, other| {
        let order = |one: &Remembered| (Reverse(one.former), one.name.origin.clone());
        one.place().cmp(&other.place()).then_with(|| order(one).cmp(&order(other)))
    });
    let of_one_place = |group: &[Remembered]| {
        let (former, now): (Vec<_>, Vec<_>) = group.iter().partition(|one| one.former.is_some());
        let former = former.into_iter().filter(|one| one.is_looked_for(today)).take(MOST);
        former.chain(now).cloned().collect::<Vec<_>>()
    };
    all.chunk_by(|one, other| one.place() == other.place()).flat_map(of_one_place).collect()
}
