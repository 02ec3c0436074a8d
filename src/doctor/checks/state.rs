//! What devsecrets keeps for itself.

pub(super) mod journal;
pub(super) mod leftover;
pub(super) mod phrase;
pub(super) mod private;
pub(super) mod remembered;
pub(super) mod two_keychains;
pub(super) mod undo_log;
pub(super) mod unfinished;
