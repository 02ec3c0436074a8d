//! Which inherited variables reach the child.
//!
//! Our own passphrase descriptors never do. With `--pure` only the base below does, beside the service's contract:
//! bootstrap credentials (`AWS_*`, `SECRET_MANAGER_*`) are not part of it, nor is anything else a shell gathers.

use std::ffi::OsStr;

/// What a program needs to find its way about, and nothing that opens a door.
const BASE: &[&str] = &[
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLORTERM",
    "FORCE_COLOR",
    "HOME",
    "LANG",
    "LANGUAGE",
    "LOGNAME",
    "NO_COLOR",
    "PATH",
    "PWD",
    "SHELL",
    "TEMP",
    "TERM",
    "TERMINFO",
    "TERMINFO_DIRS",
    "TMP",
    "TMPDIR",
    "TZ",
    "USER",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "XDG_STATE_HOME",
];

/// How the names begin that say where the passphrase of our keychain is.
const UNLOCKS: [&str; 2] = ["DEVSECRETS_KEYCHAIN_PASSPHRASE", "DEVSECRETS_PASSPHRASE"];

/// How much of our own environment is handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// All but what unlocks our own keychain.
    Inherited,
    /// `--pure`: the base alone.
    Contract,
}

impl Pass {
    pub(super) fn lets(self, name: &OsStr) -> bool {
        // A name that is not UTF-8 is none of ours and none of the base.
        let name = name.to_str().unwrap_or_default();
        match self {
            Self::Inherited => !unlocks(OsStr::new(name)),
            Self::Contract => BASE.contains(&name) || name.starts_with("LC_"),
        }
    }
}

/// True for a variable that says where the passphrase of our keychain is.
pub(super) fn unlocks(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| UNLOCKS.iter().any(|prefix| name.starts_with(prefix)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_descriptor_of_ours_never_passes() {
        for pass in [Pass::Inherited, Pass::Contract] {
            assert!(!pass.lets("DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE".as_ref()));
            assert!(!pass.lets("DEVSECRETS_PASSPHRASE_FD".as_ref()));
            assert!(pass.lets("PATH".as_ref()));
        }
    }

    #[test]
    fn pure_withholds_what_opens_doors() {
        for name in
            ["AWS_ACCESS_KEY_ID", "AWS_REGION", "SECRET_MANAGER_PROVIDER", "DEVSECRETS_ENV", "GITHUB_TOKEN"]
        {
            assert!(!Pass::Contract.lets(name.as_ref()), "{name}");
            assert!(Pass::Inherited.lets(name.as_ref()), "{name}");
        }
        assert!(Pass::Contract.lets("LC_ALL".as_ref()));
    }
}
