//! The leak scan: what must not be in a repository, and where it stands.
//!
//! Bytes come from many places ([`Source`]: the tracked tree, the index, commits, folders, standard input) and are looked
//! at in one way ([`Scanner`]), which knows nothing of git or files. The rule that must hold: the same bytes under the
//! same name give the same findings wherever they came from, and no finding holds a value, for a [`Leak`] is made of
//! places, lengths and names. What could not be looked at is listed, never silently left out.

mod allow;
mod allowlist;
mod annotations;
mod assignments;
mod baseline;
mod failure;
mod foreign;
mod gate;
mod git;
mod gitleaks;
mod histories;
mod hit;
mod hook;
mod inspection;
mod items;
mod keywords;
mod kind;
mod known;
mod leak;
mod named;
mod own;
mod patterns;
mod placeholder;
mod policy;
mod randomness;
mod rules;
mod sarif;
mod scanner;
mod spelled;
mod stream;
mod survey;
mod telling;
mod told;
mod watch;
mod wide;

pub use annotations::annotations;
pub use baseline::Baseline;
pub use failure::AuditError;
pub use histories::histories;
pub use hook::{Hook, State as HookState};
pub use inspection::{Audited, Heed, Inspection};
pub use items::Source;
pub use known::{Known, Secret, Seen, remember};
pub use leak::{ENV_FILE, GENERIC, Leak, OWN, PATTERN, SECRET_FILE};
pub use own::{Own, OwnName};
pub use policy::Policy;
pub use rules::{Rule, Rules};
pub use sarif::sarif;
pub use scanner::Scanner;
pub use survey::{Audit, NOT_ALL, NOTHING, Passes, Skipped, survey};
pub use told::{on_disk, place, whence};
pub use watch::Watch;

/// The root of the work tree `folder` is in; `None` where there is none.
pub fn root(folder: &std::path::Path) -> Option<std::path::PathBuf> {
    git::Git::at(folder).root().ok()
}

#[cfg(test)]
mod tests;
