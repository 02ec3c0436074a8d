//! The whole way, from a repository to findings: the same bytes, by every way they can come.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use super::*;
use crate::secret::FingerprintKey;

mod keys;
mod known;
mod labelled;
mod places;
mod same;
mod told;

/// A token that is put together here, so that this file holds none.
fn token() -> String {
    ["gh", "p_", "A1b2C3d4E5f6G7h8I9", "j0K1l2M3n4O5p6Q7r8"].concat()
}

/// A repository in a folder of its own.
pub(super) struct Repository(tempfile::TempDir);

impl Repository {
    pub(in crate::audit) fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository
    }

    pub(in crate::audit) fn root(&self) -> &Path {
        self.0.path()
    }

    pub(in crate::audit) fn git(&self, arguments: &[&str]) {
        git(self.root(), arguments);
    }

    pub(in crate::audit) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let place = self.root().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        put(&place, bytes.as_ref());
        self
    }

    pub(in crate::audit) fn commit(&self) -> &Self {
        self.git(&["add", "--all", "--force"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "x"]);
        self
    }

    fn audit(&self, source: Source) -> Audit {
        audit_from(self.root(), &source).unwrap()
    }

    /// `path:line:column length` of each finding.
    fn found(&self, source: Source) -> Vec<String> {
        let told = |leak: &Leak| format!("{}:{}:{} {}", leak.path, leak.line, leak.column, leak.length);
        self.audit(source).leaks.iter().map(told).collect()
    }
}

fn audit_from(folder: &Path, source: &Source) -> Result<Audit, AuditError> {
    static SCANNER: LazyLock<Scanner> =
        LazyLock::new(|| Scanner::new(Rules::own().unwrap(), Some(FingerprintKey::new([7; 32]))));
    survey(&SCANNER, source, folder, &Passes::default(), &Watch::default())
}

pub(super) fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=A", "-c", "user.email=a@acme.io", "-c", "protocol.file.allow=always"]);
    git.args(["-c", "commit.gpgsign=false", "-c", "core.hooksPath=/nowhere"]).args(arguments);
    git.current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    assert!(git.status().unwrap().success(), "git {arguments:?}");
}

#[expect(clippy::disallowed_methods, reason = "tests make files as they like")]
fn put(place: &Path, bytes: &[u8]) {
    fs::write(place, bytes).unwrap();
}
