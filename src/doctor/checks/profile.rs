//! The profile.

pub(super) mod in_vain;
pub(super) mod local_override;
pub(super) mod readable;
pub(super) mod readers;
pub(super) mod secret_default;
