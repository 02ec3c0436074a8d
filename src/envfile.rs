//! Env files: read without loss, written so that every program that reads them agrees.
//!
//! Owns the lossless [`Document`], a model of each [`Reader`], the writer ([`edit`], [`remove()`]), what
//! is wrong with a file that is there ([`review()`]), the checks
//! before a write ([`guard`]). The rule that must hold: only
//! the bytes of a changed value change, and a value is written only in a form that every declared
//! reader, reading the whole new file, takes for exactly that value. There is no common standard
//! for these files, so the rule is checked rather than argued: the models in `readers/` are proved
//! against the real programs by `tests/envfile_readers.rs`.

mod blame;
mod document;
mod encode;
mod forms;
mod gitignore;
pub mod guard;
mod journal;
mod mended;
pub mod readers;
mod refusal;
mod remove;
mod repeats;
pub mod review;
mod scan;
mod writer;

pub use document::{Document, Entry};
pub use encode::{decoded, encoded};
pub use gitignore::{add_line, pattern};
pub use journal::{Journal, Prints, Record};
pub use mended::{as_utf8, with_odd_lines_as_comments, with_one_reading};
pub use readers::{Reader, Readings, Refused, UnknownReader};
pub use refusal::{Alternative, Reason, Refusal};
pub use remove::{Kept, Pruned, Removed, remove};
pub use repeats::without_repeats;
pub use review::{not_utf8, review, shut};
pub use writer::{Applied, Change, Edited, Effect, edit};

pub use crate::private_file::{
    ReplaceError, Snapshot, Written, leftovers, replace_private as replace, replace_shared,
};

#[cfg(test)]
mod tests;
