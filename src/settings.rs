//! Everything the process environment says, read once.
//!
//! Owns the snapshot of environment variables, the working folder and the places derived from
//! them. No other room may ask the operating system for a variable, so a test or the demo can
//! hand any room a world of its own without touching the real one.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::{fmt, io};

/// The world as one run sees it.
#[derive(Clone)]
pub struct Settings {
    variables: BTreeMap<String, String>,
    /// Names of those that are not UTF-8, or whose value is not.
    others: Vec<OsString>,
    /// The folder the command was started in.
    pub folder: PathBuf,
    /// False for `--no-input`, in CI, and without a terminal on standard input.
    pub interactive: bool,
    /// `--offline`: no network call is made.
    pub offline: bool,
    /// What is being done, for whoever waits for it: the program's name and its command, no argument.
    pub command: String,
}

impl Settings {
    /// Reads the real environment. Of variables that are not UTF-8 only the names are kept.
    ///
    /// # Errors
    /// When the working folder no longer exists, or may not be looked for.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn from_process() -> io::Result<Self> {
        let mut variables = BTreeMap::new();
        let mut others = Vec::new();
        for (name, value) in std::env::vars_os() {
            match (name.into_string(), value.into_string()) {
                (Ok(name), Ok(value)) => _ = variables.insert(name, value),
                (name, _) => others.push(name.map_or_else(|name| name, OsString::from)),
            }
        }
        let (folder, command) = (std::env::current_dir()?, "devsecrets".to_owned());
        Ok(Self { variables, others, folder, interactive: true, offline: false, command })
    }

    /// A world with `home` as its home folder and nothing else in it.
    pub fn bare(folder: impl Into<PathBuf>, home: &Path) -> Self {
        let variables = BTreeMap::from([("HOME".to_owned(), home.display().to_string())]);
        let (folder, command) = (folder.into(), "devsecrets".to_owned());
        Self { variables, others: Vec::new(), folder, interactive: false, offline: false, command }
    }

    /// The same world with one more variable.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.insert(name.to_owned(), value.into());
        self
    }

    /// The same world with only the variables `keep` wants.
    #[must_use]
    pub fn keeping(mut self, keep: impl Fn(&str) -> bool) -> Self {
        self.variables.retain(|name, _| keep(name));
        self
    }

    /// All variables by name. Their values may be secrets.
    pub fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The names of all variables, also of those that are not UTF-8.
    pub fn names(&self) -> impl Iterator<Item = &OsStr> {
        self.variables.keys().map(OsStr::new).chain(self.others.iter().map(OsString::as_os_str))
    }

    /// Whether it is set to something that is not UTF-8, so that [`Settings::var`] does not know it.
    pub fn is_opaque(&self, name: &str) -> bool {
        self.others.iter().any(|other| other == name)
    }

    /// A variable's value; blank counts as unset.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.trim().is_empty())
    }

    /// `~`, from `HOME` (`USERPROFILE` on Windows).
    pub fn home(&self) -> Option<PathBuf> {
        self.var("HOME").or_else(|| self.var("USERPROFILE")).map(PathBuf::from)
    }

    /// `~/.aws`: token caches hang off the home folder alone, no variable moves them.
    pub fn aws_folder(&self) -> Option<PathBuf> {
        Some(self.home()?.join(".aws"))
    }

    /// Where what we remember lives: `$XDG_STATE_HOME/devsecrets`, by default `~/.local/state/devsecrets`.
    pub fn state_folder(&self) -> Option<PathBuf> {
        self.xdg("XDG_STATE_HOME", ".local/state")
    }

    /// XDG Base Directory Specification 0.8: a relative path in the variable is ignored.
    fn xdg(&self, variable: &str, fallback: &str) -> Option<PathBuf> {
        let named = self.var(variable).map(PathBuf::from).filter(|path| path.is_absolute());
        Some(named.or_else(|| Some(self.home()?.join(fallback)))?.join("devsecrets"))
    }
}

/// Values of variables may be secrets; only names are shown.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("variables", &self.variables.keys())
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_counts_as_unset() {
        let settings = Settings::bare("/", Path::new("/h")).with("A", " ").with("B", "x");
        assert_eq!((settings.var("A"), settings.var("B")), (None, Some("x")));
    }

    #[test]
    fn state_follows_xdg_but_not_a_relative_one() {
        let settings = Settings::bare("/", Path::new("/h"));
        assert_eq!(settings.state_folder(), Some("/h/.local/state/devsecrets".into()));
        let moved = settings.clone().with("XDG_STATE_HOME", "/s");
        assert_eq!(moved.state_folder(), Some("/s/devsecrets".into()));
        let relative = settings.with("XDG_STATE_HOME", "s");
        assert_eq!(relative.state_folder(), Some("/h/.local/state/devsecrets".into()));
    }

    #[test]
    fn debug_shows_names_only() {
        let settings = Settings::bare("/", Path::new("/h")).with("API_KEY", "canary-91");
        assert!(!format!("{settings:?}").contains("canary-91"));
    }
}
