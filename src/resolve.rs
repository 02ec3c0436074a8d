//! From requirement and sources to a value with its origin, and the value-free table of it all.
//!
//! The rule: precedence stands in exactly one place, [`decide()`], which is pure. [`gather()`] is the only part
//! that asks anybody anything, and it asks each source once.

mod decide;
mod gather;
mod matrix;
mod origin;
mod rules;
mod sources;
mod table;

use indexmap::IndexMap;

pub use decide::{View, decide};
pub use gather::{Access, Scope, at_hand, gather, leaves_open, reread};
pub use matrix::{Cell, MATRIX_VERSION, Matrix, ServiceRow, Status};
pub use origin::{NoValue, NotAsked, Origin, Try};
pub use rules::broken_rule;
pub use sources::{FileSource, FileValue, IdentitySource, Sources, StoreSource};

use crate::secret::SecretValue;

/// One variable of one service.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CellId {
    pub service: String,
    pub variable: String,
}

/// What came of one variable.
#[derive(Debug)]
pub enum Outcome {
    Found {
        value: SecretValue,
        origin: Origin,
        /// The place within the origin, for people.
        at: Option<String>,
        /// A rule of the profile the value breaks.
        broken: Option<String>,
        tried: Vec<Try>,
    },
    /// No source has it; absence from a source that could not be read is not proof.
    Nowhere { tried: Vec<Try> },
}

impl Outcome {
    pub fn tried(&self) -> &[Try] {
        match self {
            Self::Found { tried, .. } | Self::Nowhere { tried } => tried,
        }
    }
}

/// Every variable in scope with what came of it. Holds values; its twin to show is [`Matrix`].
#[derive(Debug)]
pub struct Resolutions {
    pub environment: String,
    cells: IndexMap<CellId, Outcome>,
}

impl Resolutions {
    pub fn get(&self, service: &str, variable: &str) -> Option<&Outcome> {
        self.cells.get(&CellId { service: service.to_owned(), variable: variable.to_owned() })
    }

    /// True when some variable has its value from the identity.
    pub fn derives(&self) -> bool {
        self.cells.values().any(|outcome| matches!(outcome, Outcome::Found { origin: Origin::Generated, .. }))
    }
}
