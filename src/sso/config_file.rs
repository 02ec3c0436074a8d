//! The AWS config file: one `[sso-session]` and one `[profile]`, so that the AWS CLI and every SDK know the sign-in too.
//!
//! The rules: what would be written is shown first, line by line; a second run changes zero bytes; a section that
//! somebody else made is explained and never changed, a profile of another name is offered instead; a file that the
//! AWS CLI itself could not read is left alone. [`draft`] decides and writes nothing, [`Draft::write`] writes what it
//! showed or nothing.

mod decide;
mod document;
mod edit;
mod findings;
mod leave;
mod name;
mod occupied;
mod place;
mod plan;
mod record;

pub use document::{Document, Key, Problem, Section};
pub use edit::{DiffLine, set};
pub use leave::{OurProfile, our_profiles, take_out};
pub use name::{Name, is_safe, proposed};
pub use place::{config_path, credentials_path};
pub use plan::{ConfigPlan, ConfigState, Draft, Wanted, Written, draft};
pub use record::Record;

#[cfg(test)]
mod tests;
