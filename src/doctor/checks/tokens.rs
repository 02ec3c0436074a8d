//! Personal tokens.

pub(super) mod ending;
pub(super) mod exposed;
pub(super) mod file_mode;
pub(super) mod file_text;
pub(super) mod kept;
pub(super) mod shape;
pub(super) mod shared;
