//! Files that deploy the project.

pub(super) mod literal;
pub(super) mod readable;
