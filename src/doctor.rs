//! Finding out why something does not work, showing what would mend it, and mending it.
//!
//! Owns the list of [`checks`]: one file each, data first. A check looks and never changes anything; what would help it
//! says as a [`Cure`], which is data too, so that it can be shown before it is done. All look at once, each until a deadline
//! ([`Visit`]). A check that cannot look says why, and never stops another: a broken profile, no network and no keychain are
//! this room's daily bread.

mod bundle;
mod check;
pub mod checks;
mod cure;
mod diagnosis;
mod document;
mod env_files;
mod exam;
mod folder;
mod patient;
mod visit;
mod weak;

pub use bundle::{About, HEADING, bundle};
pub use check::{Answer, Check, Group, Look, Pending, Trouble, Unable};
pub use cure::{Cure, CureError, Edit, seeding};
pub use diagnosis::{Checked, DIAGNOSIS_VERSION, Diagnosis, Outcome, Problem, Tally, Unseen, seen_from};
pub use document::{Document, JSON_SCHEMA, json_schema};
pub use env_files::EnvFile;
pub use exam::{Selection, UnknownCheck};
pub use patient::{Evidence, KeptToken, Patient, Project};
pub use visit::{Ground, Limits, Said, Visit, look};

#[cfg(test)]
pub mod fixtures;
#[cfg(test)]
mod tests;
