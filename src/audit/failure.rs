//! Why an audit could not be done, and what to do about each.

use crate::finding::{Finding, Remedy};

/// An audit that did not happen.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    #[error("there is no git repository here")]
    NoRepository,
    #[error("git is not installed, or cannot be started")]
    NoGit,
    #[error("git {asked} failed: {says}")]
    Git { asked: String, says: String },
    #[error("git knows no such commits: {says}")]
    Range { range: String, says: String },
    #[error("it cannot be read: {says}")]
    Unreadable { path: String, says: String },
    #[error("{says}")]
    Rules { file: String, says: String },
    #[error("line {line} is no line of a baseline")]
    Baseline { file: String, line: usize },
    #[error("its key is another one than when it was read, so nobody can tell what it accepts of this")]
    OtherBaseline { file: String },
    #[error("a value of your own is never accepted, wherever it stands")]
    Own,
    #[error("the audit finds nothing there")]
    NotFound { place: String },
    #[error("it cannot be written: {says}")]
    Unwritable { path: String, says: String },
}

impl AuditError {
    pub fn finding(&self) -> Finding {
        let (code, subject, remedy) = match self {
            Self::NoRepository => {
                ("DS-AUDIT-07", "git", Remedy::run("name the folder to look at", "devsecrets audit ."))
            }
            Self::NoGit => {
                let remedy = Remedy::run("install git, or name the folder to look at", "devsecrets audit .");
                ("DS-AUDIT-07", "git", remedy)
            }
            Self::Git { .. } => {
                ("DS-AUDIT-08", "git", Remedy::run("see whether the repository is whole", "git fsck"))
            }
            Self::Range { range, .. } => {
                let remedy =
                    Remedy::run("name commits that are here, such as main..HEAD", "git log --oneline --all");
                ("DS-AUDIT-08", range.as_str(), remedy)
            }
            Self::Unreadable { path, .. } => {
                ("DS-AUDIT-09", path.as_str(), Remedy::says("check the name and the rights of the file"))
            }
            Self::Rules { file, .. } => {
                ("DS-AUDIT-10", file.as_str(), Remedy::says("correct the rule, or leave the file out"))
            }
            Self::Baseline { file, .. } => {
                let remedy = Remedy::run("write it anew", "devsecrets audit --update-baseline");
                ("DS-AUDIT-11", file.as_str(), remedy)
            }
            Self::OtherBaseline { file } => {
                ("DS-AUDIT-11", file.as_str(), Remedy::run("look again, then accept it", "devsecrets audit"))
            }
            Self::Own => {
                let remedy =
                    Remedy::run("make it worthless: rotate it where it comes from", "devsecrets audit");
                ("DS-AUDIT-17", "own value", remedy)
            }
            Self::NotFound { place } => {
                let remedy = Remedy::run("name a place as the audit lists it", "devsecrets audit");
                ("DS-AUDIT-18", place.as_str(), remedy)
            }
            Self::Unwritable { path, .. } => {
                ("DS-AUDIT-12", path.as_str(), Remedy::says("give yourself the right to write there"))
            }
        };
        Finding::error(code, subject, self.to_string(), remedy)
    }
}
