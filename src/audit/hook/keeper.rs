//! Who else keeps the hooks of a repository, and what has to be added there.

use std::path::{Path, PathBuf};

/// Where lefthook looks for its settings.
const LEFTHOOK: &[&str] = &[
    "lefthook.yml",
    "lefthook.yaml",
    "lefthook.toml",
    "lefthook.json",
    ".lefthook.yml",
    ".lefthook.yaml",
    ".lefthook.toml",
    ".lefthook.json",
    ".config/lefthook.yml",
    ".config/lefthook.yaml",
];

const PRE_COMMIT: &str = ".pre-commit-config.yaml";

/// Somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keeper {
    /// A folder of hooks for all repositories of this machine.
    Everywhere,
    Husky(PathBuf),
    Lefthook(PathBuf),
    PreCommit(PathBuf),
    /// A script.
    Script,
}

impl Keeper {
    /// Who keeps `hooks`, the folder; `there`: a hook is in it.
    pub(super) fn of(root: &Path, hooks: &Path, there: bool, for_all: bool) -> Option<Self> {
        let husky = root.join(".husky");
        let lefthook = || LEFTHOOK.iter().map(|name| root.join(name)).find(|path| path.is_file());
        let pre_commit = || Some(root.join(PRE_COMMIT)).filter(|path| path.is_file());
        match () {
            () if hooks.starts_with(&husky) => Some(Self::Husky(husky.join("pre-commit"))),
            () if for_all => Some(Self::Everywhere),
            () => lefthook()
                .map(Self::Lefthook)
                .or_else(|| pre_commit().map(Self::PreCommit))
                .or_else(|| there.then_some(Self::Script)),
        }
    }

    /// The file to add to.
    pub(super) fn place(&self, hook: &Path) -> PathBuf {
        match self {
            Self::Husky(path) | Self::Lefthook(path) | Self::PreCommit(path) => path.clone(),
            Self::Everywhere | Self::Script => hook.to_owned(),
        }
    }

    /// Whether we are run already; `hook` is what is in the hook itself.
    pub(super) fn calls_us(&self, root: &Path, hook: &[u8]) -> bool {
        let settings = match self {
            Self::Husky(path) | Self::Lefthook(path) | Self::PreCommit(path) => {
                std::fs::read(root.join(path)).unwrap_or_default()
            }
            Self::Everywhere | Self::Script => hook.to_vec(),
        };
        let uncommented = |line: &&[u8]| !line.trim_ascii().starts_with(b"#");
        let calls = |line: &[u8]| {
            let text = String::from_utf8_lossy(line);
            text.contains("audit --staged")
                || text.contains("devsecrets audit")
                || text.contains("devsecrets scan")
                || text.contains("id: devsecrets")
        };
        settings.split(|byte| *byte == b'\n').filter(uncommented).any(calls)
    }

    /// As a clause.
    pub(super) fn says(&self) -> &'static str {
        match self {
            Self::Everywhere => "the hooks of all your repositories are there (core.hooksPath)",
            Self::Husky(_) => "husky runs the hooks here",
            Self::Lefthook(_) => "lefthook runs the hooks here",
            Self::PreCommit(_) => "pre-commit runs the hooks here",
            Self::Script => "a hook is there already",
        }
    }

    /// What to add.
    pub(super) fn lines(&self) -> &'static str {
        match self {
            Self::Husky(_) => "devsecrets audit --staged",
            Self::Everywhere | Self::Script => "devsecrets audit --staged || exit 1",
            Self::Lefthook(_) => {
                "pre-commit:\n  commands:\n    devsecrets:\n      run: devsecrets audit --staged"
            }
            Self::PreCommit(_) => {
                "- repo: local\n  hooks:\n    - id: devsecrets\n      name: devsecrets audit\n      \
                 entry: devsecrets audit --staged\n      language: system\n      pass_filenames: false\n      \
                 always_run: true"
            }
        }
    }
}
