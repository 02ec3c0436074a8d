//! Profiles: text in, a checked [`Profile`] out.

mod lists;
mod schema;

pub use lists::{Names, PerEnvironment};
pub use schema::*;
