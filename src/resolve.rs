//! From requirement and sources to a value with its origin, and the value-free table of it all.
//!
//! The rule: precedence stands in exactly one place, [`decide()`], which is pure. [`gather()`] is the only part
//! that asks anybody anything, and it asks each source once.

mod copies;
mod decide;
mod environments;
mod files;
mod gather;
mod inherited;
mod loading;
mod matrix;
mod open;
mod origin;
mod readiness;
mod sources;
mod stores;
mod table;
mod unwritten;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::Equivalent;
use time::OffsetDateTime;

pub use copies::{Copies, CopiesFlaw, folder as copies_folder};
pub use decide::{Step, Verdict, View, decide, trace};
pub use environments::{is_development, is_production};
pub use gather::{Access, OnCount, OnWait, Scope, at_hand, gather, reread};
pub use inherited::{GIVEN, Inherited, Start};
pub use loading::{Failed, Loaded, Loading};
pub use matrix::{Cell, MATRIX_VERSION, Matrix, Obstacle, ServiceRow, Status};
pub use origin::{NoValue, NotAsked, Origin, Try};
pub use readiness::{Blocker, Readiness};
pub use sources::{FileSource, FileValue, IdentitySource, Sources, StoreSource};
pub use stores::asks_aws;
pub use unwritten::{Lag, Unwritten};

use crate::profile::Map;
use crate::secret::SecretValue;
pub use crate::stores::Deadline;

/// One variable of one service.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CellId {
    pub service: String,
    pub variable: String,
}

/// The same, borrowed: hashed as its owner is.
#[derive(Hash)]
struct CellName<'a> {
    service: &'a str,
    variable: &'a str,
}

impl Equivalent<CellId> for CellName<'_> {
    fn equivalent(&self, id: &CellId) -> bool {
        self.variable == id.variable && self.service == id.service
    }
}

/// What came of one variable.
#[derive(Debug)]
pub enum Outcome {
    Found {
        value: SecretValue,
        origin: Origin,
        /// The place within the origin, for people.
        at: Option<String>,
        /// Since when this value stands there, as far as that is known without asking more.
        since: Option<OffsetDateTime>,
        /// When the copy was made, where one stands in for a store out of reach.
        cached: Option<OffsetDateTime>,
        /// Sources further down that have another value, which this one hides.
        hides: Vec<Origin>,
        /// A rule of the profile the value breaks.
        broken: Option<String>,
        /// Why its env file does not say it, where that is ours to write.
        unwritten: Option<Unwritten>,
        tried: Vec<Try>,
    },
    /// Exported in bytes that are not UTF-8: whoever is started inherits them as they are, and nobody here knows them.
    Opaque,
    /// No source has it; absence from a source that could not be read is not proof.
    Nowhere { tried: Vec<Try> },
}

impl Outcome {
    pub fn tried(&self) -> &[Try] {
        match self {
            Self::Found { tried, .. } | Self::Nowhere { tried } => tried,
            Self::Opaque => &[],
        }
    }
}

/// Every variable in scope with what came of it. Holds values; its twin to show is [`Matrix`].
#[derive(Debug)]
pub struct Resolutions {
    pub environment: String,
    cells: Map<CellId, Outcome>,
    /// Services whose folder is not there.
    homeless: BTreeSet<String>,
    /// What else keeps a service from starting.
    obstacles: BTreeMap<String, Stop>,
}

/// What keeps a service from starting.
#[derive(Debug)]
struct Stop {
    obstacle: Obstacle,
    /// What a variable says that waits for the same.
    clause: String,
}

impl Resolutions {
    pub fn get(&self, service: &str, variable: &str) -> Option<&Outcome> {
        self.cells.get(&CellName { service, variable })
    }

    /// True when some variable has its value from the identity.
    pub fn derives(&self) -> bool {
        self.cells.values().any(|outcome| matches!(outcome, Outcome::Found { origin: Origin::Generated, .. }))
    }
}
