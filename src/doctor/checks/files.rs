//! Env files on disk.

pub(super) mod drift;
pub(super) mod dropped;
pub(super) mod folder;
pub(super) mod forbidden;
pub(super) mod leftover;
pub(super) mod line_ends;
pub(super) mod not_a_file;
pub(super) mod not_ignored;
pub(super) mod not_text;
pub(super) mod odd_lines;
pub(super) mod outside;
pub(super) mod overridden;
pub(super) mod placeholder;
pub(super) mod policy_ignored;
pub(super) mod read_differently;
pub(super) mod readable_by_others;
pub(super) mod refused;
pub(super) mod repeated;
pub(super) mod tracked;
pub(super) mod unreadable;
