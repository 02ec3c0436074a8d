//! What the services get.

pub(super) mod missing;
