//! Signing in to AWS.

pub(super) mod cache_mode;
pub(super) mod shadowed;
