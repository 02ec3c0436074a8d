//! Env files on disk.

pub(super) mod drift;
pub(super) mod not_ignored;
pub(super) mod readable_by_others;
pub(super) mod repeated;
pub(super) mod tracked;
