//! The programs that read env files, each as a model of what it really reads.
//!
//! A model is a pure function from a file's bytes to the variables the program would set, in an
//! otherwise empty process environment. It refuses a file the program refuses, and a file whose
//! meaning it does not know; it never guesses. One reader may have several dialects, because two
//! versions of it in use read the same file differently; a file is right when all of them agree.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use indexmap::IndexMap;
use zeroize::Zeroizing;

mod bun;
mod compose;
mod deno;
mod detect;
mod direnv;
mod docker_env_file;
mod dotenvx;
mod dotenvy;
mod expanders;
mod kubectl;
mod node_dotenv;
mod node_env_file;
mod python_dotenv;
mod shell;
mod shell_word;
mod systemd;
mod template;
mod text;

/// A program that reads env files, by the name a profile uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reader {
    /// npm `dotenv`.
    NodeDotenv,
    /// `node --env-file` and `util.parseEnv`.
    NodeEnvFile,
    /// PyPI `python-dotenv`, also inside pydantic-settings and environs.
    PythonDotenv,
    /// `env_file:` of Docker Compose v2.
    Compose,
    /// `set -a; . file` in bash, dash and their kin.
    Shell,
    /// The Rust crate `dotenvy`.
    Dotenvy,
    /// `docker run --env-file`: takes every line as it stands.
    DockerEnvFile,
    /// Next.js, through `@next/env`.
    Next,
    /// Vite.
    Vite,
    /// npm `dotenv` with `dotenv-expand` behind it.
    DotenvExpand,
    /// `@dotenvx/dotenvx`.
    Dotenvx,
    /// `dotenv` in an `.envrc`.
    Direnv,
    /// `EnvironmentFile=` of a systemd unit.
    Systemd,
    /// `kubectl create secret --from-env-file`: takes every line as it stands.
    Kubectl,
    /// Bun, which reads `.env` by itself, and its `--env-file`.
    Bun,
    /// `deno --env-file`.
    Deno,
}

impl Reader {
    /// Every reader there is a model of.
    pub const ALL: [Self; 16] = [
        Self::NodeDotenv,
        Self::NodeEnvFile,
        Self::PythonDotenv,
        Self::Compose,
        Self::Shell,
        Self::Dotenvy,
        Self::DockerEnvFile,
        Self::Next,
        Self::Vite,
        Self::DotenvExpand,
        Self::Dotenvx,
        Self::Direnv,
        Self::Systemd,
        Self::Kubectl,
        Self::Bun,
        Self::Deno,
    ];

    /// What a file is written for when nothing says who reads it.
    pub const CORE: [Self; 6] =
        [Self::NodeDotenv, Self::NodeEnvFile, Self::PythonDotenv, Self::Compose, Self::Shell, Self::Dotenvy];

    /// The name in profiles and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::NodeDotenv => "node-dotenv",
            Self::NodeEnvFile => "node-env-file",
            Self::PythonDotenv => "python-dotenv",
            Self::Compose => "compose",
            Self::Shell => "shell",
            Self::Dotenvy => "dotenvy",
            Self::DockerEnvFile => "docker-env-file",
            Self::Next => "next",
            Self::Vite => "vite",
            Self::DotenvExpand => "dotenv-expand",
            Self::Dotenvx => "dotenvx",
            Self::Direnv => "direnv",
            Self::Systemd => "systemd",
            Self::Kubectl => "kubectl",
            Self::Bun => "bun",
            Self::Deno => "deno",
        }
    }

    /// What the newest version of this reader takes from `file`.
    ///
    /// # Errors
    /// [`Refused`] when the program would refuse the file, or the model does not know its meaning.
    pub fn read(self, file: &[u8]) -> Result<Readings, Refused> {
        self.dialects().last().map_or_else(|| Ok(Readings::default()), |dialect| dialect.read(file))
    }

    /// The ways the versions in use read a file, oldest first.
    pub fn dialects(self) -> &'static [Dialect] {
        match self {
            Self::NodeDotenv => &node_dotenv::DIALECTS,
            Self::NodeEnvFile => &node_env_file::DIALECTS,
            Self::PythonDotenv => &python_dotenv::DIALECTS,
            Self::Compose => &compose::DIALECTS,
            Self::Shell => &shell::DIALECTS,
            Self::Dotenvy => &dotenvy::DIALECTS,
            Self::DockerEnvFile => &docker_env_file::DIALECTS,
            Self::Next => &expanders::NEXT,
            Self::Vite => &expanders::VITE,
            Self::DotenvExpand => &expanders::DOTENV_EXPAND,
            Self::Dotenvx => &dotenvx::DIALECTS,
            Self::Direnv => &direnv::DIALECTS,
            Self::Systemd => &systemd::DIALECTS,
            Self::Kubectl => &kubectl::DIALECTS,
            Self::Bun => &bun::DIALECTS,
            Self::Deno => &deno::DIALECTS,
        }
    }
}

impl fmt::Display for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Reader {
    type Err = UnknownReader;

    fn from_str(name: &str) -> Result<Self, UnknownReader> {
        Self::ALL.into_iter().find(|reader| reader.name() == name).ok_or_else(|| UnknownReader::new(name))
    }
}

/// A profile names a reader there is no model of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no reader is called `{name}`{}", .near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
pub struct UnknownReader {
    pub name: String,
    /// The nearest name there is, if one is near.
    pub near: Option<Reader>,
}

impl UnknownReader {
    fn new(name: &str) -> Self {
        let score = |reader: &Reader| strsim::jaro_winkler(name, reader.name());
        let near = Reader::ALL.into_iter().max_by(|a, b| score(a).total_cmp(&score(b)));
        Self { name: name.to_owned(), near: near.filter(|reader| score(reader) > 0.75) }
    }
}

/// One way to read a file, shared by a range of a program's versions.
#[derive(Clone, Copy)]
pub struct Dialect {
    /// For messages: the reader's name, with the versions where it has several dialects.
    pub name: &'static str,
    read: fn(&[u8]) -> Result<Readings, Refused>,
    /// True for a written text whose meaning hangs on what later lines hold.
    fragile: fn(&str) -> bool,
}

impl Dialect {
    /// What this dialect takes from `file`.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn read(&self, file: &[u8]) -> Result<Readings, Refused> {
        (self.read)(file)
    }

    /// True for a written text that is read rightly today and wrongly after an innocent edit elsewhere.
    pub(super) fn fragile(&self, text: &str) -> bool {
        (self.fragile)(text)
    }
}

impl fmt::Debug for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dialect({})", self.name)
    }
}

/// The default for dialects whose texts mean the same whatever follows them.
fn never(_: &str) -> bool {
    false
}

/// The program does not take the file; nothing, or only a part, would be set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct Refused {
    /// From 1.
    pub line: usize,
    /// A clause that holds no part of the file.
    pub why: &'static str,
}

impl Refused {
    /// `at` is a byte offset in `file`.
    fn at(file: &[u8], at: usize, why: &'static str) -> Self {
        let before = file.get(..at).unwrap_or(file);
        Self { line: 1 + before.iter().filter(|byte| **byte == b'\n').count(), why }
    }
}

/// The variables a program sets, each once with the value that wins, in the order first seen.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Readings(IndexMap<String, Zeroizing<Vec<u8>>>);

impl Readings {
    /// The value of `key` in bytes: shells keep what is not UTF-8.
    pub fn get(&self, key: &str) -> Option<&[u8]> {
        self.0.get(key).map(|value| value.as_slice())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_slice()))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A key that one of the two has and the other has not, or has with another value.
    pub(super) fn difference<'a>(&'a self, other: &'a Self, except: &str) -> Option<&'a str> {
        let keys = self.0.keys().chain(other.0.keys()).map(String::as_str);
        keys.filter(|key| *key != except).find(|key| self.get(key) != other.get(key))
    }

    fn set(&mut self, key: &str, value: impl AsRef<[u8]>) {
        self.0.insert(key.to_owned(), Zeroizing::new(value.as_ref().to_vec()));
    }

    fn set_first(&mut self, key: &str, value: impl AsRef<[u8]>) {
        if !self.0.contains_key(key) {
            self.set(key, value);
        }
    }
}

/// Names only: the values are secrets.
impl fmt::Debug for Readings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// The readers a service's own files speak of; see [`Reader::CORE`] for a folder that says nothing.
pub fn detect(folder: &Path) -> Vec<Reader> {
    detect::readers_of(folder)
}

#[cfg(test)]
mod tests;
