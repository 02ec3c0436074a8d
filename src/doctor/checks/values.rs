//! What the sources say.

pub(super) mod denied;
pub(super) mod exported;
pub(super) mod generated;
pub(super) mod missing;
pub(super) mod one_for_two;
pub(super) mod rules;
pub(super) mod two_environments;
pub(super) mod weak;
