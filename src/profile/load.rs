//! Which profile applies, and reading it.
//!
//! Owns the search: `--profile`, then `DEVSECRETS_PROFILE`, then the nearest `devsecrets.toml` from
//! the working folder up to the git root, then the bundled one somebody picked here before. [`locate`] answers "which one?" without reading it, so
//! that a broken profile never stops a command that only needs to know where it is.

mod local;

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::bundled::{Bundled, bundled};
use super::nearest::nearest;
use super::parse::{self, LARGEST};
use super::problem::{Problems, Sink};
use super::remembered::recall;
pub use local::Idle;
pub(super) use local::Local;

use super::schema::Profile;
use crate::finding::Remedy;
use crate::settings::Settings;

/// Name of a repository's own profile.
pub const FILE: &str = "devsecrets.toml";

/// Name of the file beside it that holds what differs on one machine.
pub const LOCAL_FILE: &str = "devsecrets.local.toml";

/// Names a profile, by bundled name or path, where no option does.
const VARIABLE: &str = "DEVSECRETS_PROFILE";

/// A profile and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    pub profile: Profile,
    pub source: Source,
    /// The folder its paths start at.
    pub root: PathBuf,
    /// Keys of the local file that say what the profile says anyway.
    pub idle: Vec<Idle>,
}

impl Loaded {
    /// Reads it once more from where it came from.
    ///
    /// # Errors
    /// As for [`Located::load`].
    pub fn again(&self) -> Result<Self, LoadError> {
        Located { source: self.source.clone(), root: self.root.clone() }.load()
    }
}

/// Where a profile's text comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Bundled(&'static str),
    /// A bundled one that was picked here before.
    Remembered(&'static str),
    File(PathBuf),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bundled(name) => write!(f, "bundled profile `{name}`"),
            Self::Remembered(name) => write!(f, "bundled profile `{name}`, remembered for this project"),
            Self::File(path) => write!(f, "{}", path.display()),
        }
    }
}

/// The profile that applies, not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    pub source: Source,
    pub root: PathBuf,
}

/// Why there is no profile to work with.
#[derive(Debug, Error)]
pub enum LoadError {
    #[error("no {FILE} in this folder or above it in its repository, and no profile named")]
    None,
    #[error("no bundled profile named `{name}`")]
    UnknownName { name: String, did_you_mean: Option<&'static str> },
    #[error("no profile at {path}", path = .path.display())]
    NoSuchFile { path: PathBuf },
    #[error("profile {path} cannot be read", path = .path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{0}")]
    Broken(Problems),
}

impl LoadError {
    pub fn next_step(&self) -> Remedy {
        let names: Vec<&str> = bundled().iter().map(|profile| profile.name).collect();
        match self {
            Self::None => Remedy::run(
                format!("name one with --profile ({}), or write your own", names.join(", ")),
                "devsecrets profile init",
            ),
            Self::UnknownName { did_you_mean: Some(near), .. } => {
                Remedy::run("did you mean this one", format!("devsecrets --profile {near}"))
            }
            Self::UnknownName { .. } => {
                Remedy::says(format!("bundled: {}; a path ends in .toml", names.join(", ")))
            }
            Self::NoSuchFile { .. } => {
                Remedy::run("write one there, or see the bundled ones", "devsecrets profile list")
            }
            Self::Unreadable { .. } => Remedy::says("check that it is a file and that you may read it"),
            Self::Broken(_) => Remedy::run("mend the file, then check it again", "devsecrets profile lint"),
        }
    }
}

/// Finds the profile that applies and reads it. `explicit` is what `--profile` says.
///
/// # Errors
/// When there is none, or when it cannot be read; see [`LoadError::next_step`].
pub fn find(settings: &Settings, explicit: Option<&str>) -> Result<Loaded, LoadError> {
    locate(settings, explicit)?.load()
}

/// Finds the profile that applies, without reading it.
///
/// # Errors
/// All but [`LoadError::Broken`] and [`LoadError::Unreadable`].
pub fn locate(settings: &Settings, explicit: Option<&str>) -> Result<Located, LoadError> {
    match explicit.or_else(|| settings.var(VARIABLE)) {
        Some(wanted) => named(settings, wanted),
        None => nearest_file(&settings.folder)
            .map(Located::file)
            .or_else(|| picked_before(settings))
            .ok_or(LoadError::None),
    }
}

fn picked_before(settings: &Settings) -> Option<Located> {
    let name = recall(settings)?;
    Some(Located { source: Source::Remembered(name), root: project_folder(settings) })
}

/// Where a bundled profile's paths start: the repository, or the folder one is in.
pub(super) fn project_folder(settings: &Settings) -> PathBuf {
    git_root(&settings.folder).unwrap_or(&settings.folder).to_owned()
}

/// A path holds a separator, ends in `.toml` or names a file that exists; anything else is a bundled
/// name, even where a folder of that name stands beside it. A folder means the profile in it.
fn named(settings: &Settings, wanted: &str) -> Result<Located, LoadError> {
    let path = settings.folder.join(wanted);
    let means_path = wanted.contains(std::path::is_separator) || wanted.ends_with(".toml");
    if path.is_file() {
        return Ok(Located::file(path));
    }
    if means_path || [".", ".."].contains(&wanted) {
        let within = path.join(FILE);
        return if within.is_file() {
            Ok(Located::file(within))
        } else {
            Err(LoadError::NoSuchFile { path })
        };
    }
    let names = bundled().iter().map(|profile| profile.name);
    let Some(name) = names.clone().find(|name| *name == wanted) else {
        return Err(LoadError::UnknownName { name: wanted.to_owned(), did_you_mean: nearest(wanted, names) });
    };
    Ok(Located { source: Source::Bundled(name), root: project_folder(settings) })
}

/// Outside a repository only the folder itself counts: a file that somebody planted in a shared
/// folder above is not picked up.
fn nearest_file(folder: &Path) -> Option<PathBuf> {
    let top = git_root(folder).unwrap_or(folder);
    let below = folder.ancestors().take_while(|place| place.starts_with(top));
    below.map(|place| place.join(FILE)).find(|path| path.is_file())
}

/// The nearest folder with a `.git` in it, which is a file in worktrees and submodules.
fn git_root(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|place| place.join(".git").exists())
}

impl Located {
    fn file(path: PathBuf) -> Self {
        let root = path.parent().map(Path::to_owned).unwrap_or_default();
        Self { source: Source::File(path), root }
    }

    /// Reads it, and for a file the local override beside it.
    ///
    /// # Errors
    /// [`LoadError::Unreadable`] and [`LoadError::Broken`].
    pub fn load(self) -> Result<Loaded, LoadError> {
        let (text, origin) = self.text()?;
        let mut profile = parse::parse(&text, &origin).map_err(LoadError::Broken)?;
        let idle = match &self.source {
            Source::File(path) => local::apply(&mut profile, &path.with_file_name(LOCAL_FILE))?,
            Source::Bundled(_) | Source::Remembered(_) => Vec::new(),
        };
        Ok(Loaded { profile, source: self.source, root: self.root, idle })
    }

    /// What it says and most likely does not mean, once it can be loaded.
    ///
    /// # Errors
    /// As for [`Located::load`].
    pub fn lint(&self) -> Result<Problems, LoadError> {
        self.clone().load()?;
        let (text, origin) = self.text()?;
        parse::advice(&text, &origin).map_err(LoadError::Broken)
    }

    /// The text and what to call it in messages.
    fn text(&self) -> Result<(String, String), LoadError> {
        match &self.source {
            Source::File(path) => read(path),
            Source::Bundled(name) | Source::Remembered(name) => {
                let found = bundled().iter().find(|profile| profile.name == *name);
                let text = found.map_or("", |Bundled { text, .. }| text);
                Ok((text.to_owned(), format!("profiles/{name}.toml")))
            }
        }
    }
}

/// Reads a file, one byte more than the largest at most, so that a wrong path to a huge file or an
/// endless device costs nothing.
fn read(path: &Path) -> Result<(String, String), LoadError> {
    let unreadable = |source| LoadError::Unreadable { path: path.to_owned(), source };
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let origin = path.display().to_string();
    Ok((decode(bytes, &origin)?, origin))
}

fn decode(bytes: Vec<u8>, origin: &str) -> Result<String, LoadError> {
    let too_large = bytes.len() > LARGEST;
    String::from_utf8(bytes).or_else(|error| {
        let text = String::from_utf8_lossy(error.as_bytes());
        if too_large {
            return Ok(text.into_owned());
        }
        let mut sink = Sink::new(&text);
        let first = error.utf8_error().valid_up_to();
        let hint = "save the file as UTF-8".to_owned();
        sink.note(Some(first..first + char::REPLACEMENT_CHARACTER.len_utf8()), "this is not UTF-8", hint);
        sink.into_result(None, origin).map(|(text, _)| text).map_err(LoadError::Broken)
    })
}

#[cfg(test)]
mod tests;
