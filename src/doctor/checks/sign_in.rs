//! Signing in to AWS.

pub(super) mod aws_config;
pub(super) mod aws_profile;
pub(super) mod cache_folder;
pub(super) mod cache_mode;
pub(super) mod credentials_mode;
pub(super) mod legacy_profile;
pub(super) mod production_role;
pub(super) mod reachable;
pub(super) mod role_assigned;
pub(super) mod session_elsewhere;
pub(super) mod session_ended;
pub(super) mod session_form;
pub(super) mod session_unusable;
pub(super) mod shadowed;
