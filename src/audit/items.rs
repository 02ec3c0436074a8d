//! Where bytes come from: each source becomes a list of items, and nothing has been read yet.
//!
//! What will not be read is listed here with its reason. Symbolic links are never followed, but the name they hold is
//! looked at, which is what git keeps of them.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::AuditError;
use super::git::{Git, Kept};
use super::survey::Skipped;

/// What is to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Every file git keeps, as it is on disk; as the index has it where it is not.
    Tracked,
    /// What the next commit would bring, as the index has it; the tracked files when that is nothing.
    Staged,
    /// What the commit brings that is being made: what a hook looks at. An amended message brings nothing.
    Commit,
    /// What the commits of a range brought.
    Commits(String),
    /// What every commit brought.
    History,
    /// Files and whole folders, whether git keeps them or not.
    Paths(Vec<PathBuf>),
    /// Files of shells and their like.
    Histories(Vec<PathBuf>),
    /// Standard input, under a name.
    Input(String),
}

impl Source {
    /// Git keeps what it lists, or is about to.
    pub(super) fn is_of_git(&self) -> bool {
        matches!(self, Self::Tracked | Self::Staged | Self::Commit | Self::Commits(_) | Self::History)
    }
}

/// Where an item's bytes are.
#[derive(Clone, Debug)]
pub(super) enum Content {
    File(PathBuf),
    Link(PathBuf),
    /// The file, or the blob where there is no file.
    Tracked {
        file: PathBuf,
        link: bool,
        blob: String,
    },
    Blob(String),
    Input,
}

/// One thing to be looked at.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// As it is shown, with `/`.
    pub path: String,
    pub content: Content,
    /// Git keeps it, or is about to.
    pub kept: bool,
    pub commit: Option<String>,
}

/// Everything to be looked at, and what will not be.
#[derive(Debug)]
pub(super) struct Listing {
    pub git: Git,
    pub items: Vec<Item>,
    pub skipped: Vec<Skipped>,
    /// In a few words.
    pub what: &'static str,
}

impl Listing {
    /// # Errors
    /// Where there is no repository, and one is needed; when git fails; when a path that was named is not there.
    pub fn of(source: &Source, folder: &Path) -> Result<Self, AuditError> {
        let git = Git::at(folder);
        let mut listing = Self { git, items: Vec::new(), skipped: Vec::new(), what: "" };
        match source {
            Source::Tracked => listing.tracked("tracked files")?,
            Source::Staged => {
                listing.staged()?;
                if listing.items.is_empty() && listing.skipped.is_empty() {
                    listing.tracked("tracked files, for nothing is staged")?;
                }
            }
            Source::Commit => listing.staged()?,
            Source::Commits(range) => listing.commits("commits", Some(range))?,
            Source::History => listing.commits("the whole history", None)?,
            Source::Paths(paths) => listing.paths("files", folder, paths)?,
            Source::Histories(paths) => listing.paths("shell history", folder, paths)?,
            Source::Input(name) => {
                listing.what = "standard input";
                listing.items.push(Item {
                    path: name.clone(),
                    content: Content::Input,
                    kept: false,
                    commit: None,
                });
            }
        }
        Ok(listing)
    }

    fn tracked(&mut self, what: &'static str) -> Result<(), AuditError> {
        self.what = what;
        let root = self.git.root()?;
        for kept in self.git.tracked()? {
            let content =
                Content::Tracked { file: root.join(&kept.path), link: kept.link, blob: kept.blob.clone() };
            self.add(&kept, content);
        }
        Ok(())
    }

    fn staged(&mut self) -> Result<(), AuditError> {
        self.what = "staged files";
        for kept in self.git.staged()? {
            self.add(&kept, Content::Blob(kept.blob.clone()));
        }
        Ok(())
    }

    /// A blob that many commits have is looked at once under each of its names.
    fn commits(&mut self, what: &'static str, range: Option<&str>) -> Result<(), AuditError> {
        self.what = what;
        let mut seen = HashSet::new();
        for kept in self.git.commits(range)? {
            if seen.insert((kept.blob.clone(), kept.path.clone())) {
                self.add(&kept, Content::Blob(kept.blob.clone()));
            }
        }
        Ok(())
    }

    fn add(&mut self, kept: &Kept, content: Content) {
        let path = shown(&kept.path);
        if kept.submodule {
            self.skipped.push(Skipped::on_purpose(path, "a submodule: audit it from within"));
        } else {
            self.items.push(Item { path, content, kept: true, commit: kept.commit.clone() });
        }
    }

    fn paths(&mut self, what: &'static str, folder: &Path, paths: &[PathBuf]) -> Result<(), AuditError> {
        self.what = what;
        for path in paths {
            let place = folder.join(path);
            let unreadable = |error: std::io::Error| {
                let path = path.display().to_string();
                AuditError::Unreadable { path, says: error.kind().to_string() }
            };
            // What was named is followed; what is found is not.
            let facts = fs::metadata(&place).map_err(unreadable)?;
            match facts.is_dir() {
                true => self.walk(&place, path.strip_prefix(".").unwrap_or(path)),
                false => self.file(&place, path, facts.file_type()),
            }
        }
        Ok(())
    }

    fn walk(&mut self, folder: &Path, name: &Path) {
        let mut entries: Vec<fs::DirEntry> = match fs::read_dir(folder) {
            Ok(entries) => entries.flatten().collect(),
            Err(error) => return self.skipped.push(Skipped::failed(shown(name), &error)),
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let (place, name) = (entry.path(), name.join(entry.file_name()));
            match entry.file_type() {
                Err(error) => self.skipped.push(Skipped::failed(shown(&name), &error)),
                Ok(_) if entry.file_name() == ".git" => {
                    self.skipped.push(Skipped::on_purpose(shown(&name), "git's own: see --history"));
                }
                Ok(kind) if kind.is_dir() => self.walk(&place, &name),
                Ok(kind) => self.file(&place, &name, kind),
            }
        }
    }

    fn file(&mut self, place: &Path, name: &Path, kind: fs::FileType) {
        let path = shown(name);
        let content = match (kind.is_file(), kind.is_symlink()) {
            (true, _) => Content::File(place.to_owned()),
            (_, true) => Content::Link(place.to_owned()),
            _ => return self.skipped.push(Skipped::on_purpose(path, "not a regular file")),
        };
        self.items.push(Item { path, content, kept: false, commit: None });
    }
}

/// With `/`, as git and code hosts have it.
fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
}
