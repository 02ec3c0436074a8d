//! The profile.

pub(super) mod readable;
