//! Profiles: text in, a checked [`Profile`] out.

mod contract;
mod lists;
mod schema;

pub use contract::Need;
pub use lists::{Names, PerEnvironment};
pub use schema::*;
