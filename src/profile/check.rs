//! Meaning: what no type can say about a profile.
//!
//! Owns the rules that span several tables (a name used here is declared there) and those that keep
//! a cloned profile harmless (no path leaves its folder, no name can break out of a file we write).
//! Each check walks the typed profile and the written text side by side, so that a problem is
//! reported at the very word that causes it.

mod advice;
mod names;
mod paths;
mod project;
mod services;
mod stores;
mod text;
mod tokens;
mod variables;
mod written;

use super::document::Node;
use super::problem::Sink;
use super::schema::Profile;

pub use names::{is_plain, is_region, is_start_url};
pub(super) use paths::{check as path, env_file};
pub(super) use text::check as text;
pub(super) use written::env_file as written_file;

/// Everything, in the order of the file format.
pub(super) fn check(profile: &Profile, at: Node<'_>, sink: &mut Sink<'_>) {
    text::check(at, false, sink);
    project::check(profile, at, sink);
    stores::check(profile, at.get("store"), sink);
    tokens::check(profile, at.get("tokens"), sink);
    variables::check(profile, at.get("variables"), sink);
    services::check(profile, at, sink);
    written::check(profile, at, sink);
}

/// The same, and what is allowed and most likely not meant. Where there is an error, many a warning would only follow from it.
pub(super) fn advice(profile: &Profile, at: Node<'_>, sink: &mut Sink<'_>) {
    check(profile, at, sink);
    if sink.is_empty() {
        advice::check(profile, at, sink);
    }
}
