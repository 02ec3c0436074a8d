//! Profiles: text in, a checked [`Profile`] out.
//!
//! Owns the file format, its bundled examples and the search for the one that applies. A profile
//! is data: reading one runs nothing, reaches no network and names no place outside its own
//! folder. [`parse()`] reports every problem at once, each with its place, so that an author fixes a
//! file in one sitting. What comes out holds concrete names only: families and `*` are already
//! spelled out, and every reference points at something that exists.

mod bundled;
mod check;
mod contract;
mod document;
mod expand;
mod glob;
mod json_schema;
mod lists;
mod load;
mod nearest;
mod parse;
mod preset;
mod problem;
mod remembered;
mod rules;
mod schema;
mod secret_names;
mod shape;
mod store_preset;
mod syntax;

pub use bundled::{Bundled, bundled, example, starter};
pub use check::{is_plain, is_region, is_start_url};
pub use contract::{Entry, Need, UnknownService};
pub use glob::expression as path_expression;
pub use json_schema::{JSON_SCHEMA, LOCAL_JSON_SCHEMA, json_schema, local_json_schema};
pub use lists::{Names, PerEnvironment};
pub use load::{FILE, Idle, LOCAL_FILE, LoadError, Loaded, Located, Source, find, locate};
pub use nearest::nearest;
pub use parse::parse;
pub use problem::{Problem, Problems};
pub use remembered::{forget as forget_picked, knows as knows_picked, remember as remember_picked};
pub use rules::{NUL, broken_rule, has_nul, rules};
pub use schema::*;
