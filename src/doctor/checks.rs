//! Every check there is, in the order of the report. One file each; this is their only list.

mod files;
mod machine;
mod profile;
mod sign_in;
mod values;

use std::path::Path;

use super::Check;

/// All of them.
pub static ALL: &[&Check] = &[
    &machine::git::CHECK,
    &machine::keychain::CHECK,
    &sign_in::cache_mode::CHECK,
    &sign_in::shadowed::CHECK,
    &profile::readable::CHECK,
    &files::tracked::CHECK,
    &files::not_ignored::CHECK,
    &files::readable_by_others::CHECK,
    &files::repeated::CHECK,
    &files::drift::CHECK,
    &values::missing::CHECK,
];

/// Permission bits; `None` where there is no such file or no such bits.
fn mode_of(path: &Path) -> Option<u32> {
    #[cfg(unix)]
    return std::fs::metadata(path)
        .ok()
        .map(|about| std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o777);
    #[cfg(not(unix))]
    return std::fs::metadata(path).ok().and(None);
}
