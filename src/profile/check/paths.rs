//! Paths a profile may name: those below its own folder, and never git's.
//!
//! A profile arrives with a clone. Were it free to name any path, seeding would write wherever its
//! author pleased; `.git` is below the folder but holds hooks that git runs.

use super::{Node, Sink};
use crate::profile::schema::EnvFiles;

/// Notes a path that leaves the profile's folder.
pub(in crate::profile) fn check(path: &str, node: Node<'_>, sink: &mut Sink<'_>) {
    if let Some((message, hint)) = fault(path) {
        sink.note(node.place(), message, hint.to_owned());
    }
}

/// Notes an env file that leaves its folder or that the policy forbids.
pub(in crate::profile) fn env_file(path: &str, policy: EnvFiles, node: Node<'_>, sink: &mut Sink<'_>) {
    if policy == EnvFiles::Forbidden {
        let hint = "remove this line: with `policy.env_files = \"forbidden\"` services get their secrets from `devsecrets run`";
        sink.note(node.place(), "the policy forbids env files", hint.to_owned());
    }
    check(path, node, sink);
}

fn fault(path: &str) -> Option<(&'static str, &'static str)> {
    let mut parts = path.split('/');
    if path.is_empty() {
        Some(("this path is empty", "`.` is the folder of the profile"))
    } else if path.contains('\\') {
        Some(("this path holds a backslash", "write `/` between folders, on every system"))
    } else if path.starts_with(['/', '~']) || path.as_bytes().get(1) == Some(&b':') {
        Some(("this path is not relative", "paths start at the folder of the profile"))
    } else if parts.clone().any(|part| part == "..") {
        Some((
            "this path leaves the folder of the profile",
            "`..` is refused, so that a cloned profile writes nowhere else",
        ))
    } else if parts.any(|part| part.eq_ignore_ascii_case(".git")) {
        Some(("this path is inside git's own folder", "git runs what it finds there"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_below_the_folder_pass() {
        for good in [".", ".env", "services/media", "a/./b", "...", "a..b"] {
            assert_eq!(fault(good), None, "{good}");
        }
        let bad = [
            "",
            "/etc",
            "~/x",
            "..",
            "a/../../b",
            "C:/x",
            "c:x",
            "a\\b",
            "\\\\host\\x",
            ".git/hooks/x",
            "a/.GIT",
        ];
        for bad in bad {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}
