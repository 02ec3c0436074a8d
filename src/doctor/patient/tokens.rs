//! The personal tokens of a profile, as the keychain and the disk have them.

use std::path::{Path, PathBuf};

use super::Patient;
use crate::envfile::guard::{self, Git};
use crate::finding::Finding;
use crate::profile::{Loaded, Token};
use crate::tokens::{self, Error, Found, Project};

/// One token the profile declares. Holds its value; what a check says about it does not.
pub struct KeptToken {
    pub name: String,
    pub declared: Token,
    pub found: Result<Found, Error>,
    /// Its own file, if it has one and the file is there.
    pub file: Option<TokenFile>,
}

/// A file that holds one token.
pub struct TokenFile {
    pub path: PathBuf,
    /// What git and the file system say of it.
    pub findings: Vec<Finding>,
}

impl KeptToken {
    pub(super) fn all(patient: &Patient<'_>, loaded: &Loaded) -> Vec<Self> {
        let (declared, root) = (&loaded.profile.tokens, loaded.root.as_path());
        let project = Project { profile: loaded.profile.name.clone(), root: root.to_owned() };
        let paths: Vec<PathBuf> =
            declared.values().filter_map(|token| Some(root.join(token.file.as_ref()?))).collect();
        let git = Git::ask(paths.iter().map(PathBuf::as_path));
        let find = |name| tokens::find(patient.shelf, patient.keychain.as_ref(), &project, name);
        let kept = declared.iter().map(|(name, token)| Self {
            name: name.clone(),
            declared: token.clone(),
            found: find(name),
            file: token.file.as_deref().and_then(|path| file(&git, root, path)),
        });
        kept.collect()
    }

    /// What the guard found of its file under `code`.
    pub fn guarded(&self, code: &str) -> impl Iterator<Item = (&TokenFile, &Finding)> {
        let findings =
            self.file.iter().flat_map(|file| file.findings.iter().map(move |finding| (file, finding)));
        findings.filter(move |(_, finding)| finding.code == code)
    }
}

fn file(git: &Git, root: &Path, path: &str) -> Option<TokenFile> {
    let path = root.join(path);
    let there = path.is_file();
    there.then(|| TokenFile { findings: guard::inspect(git, root, root, &path), path })
}
