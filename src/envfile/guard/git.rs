//! What git says of files: does it keep them, does it ignore them.
//!
//! Asked once for each repository however many files there are, because starting git costs more than anything else
//! before a write. Which repository a file belongs to is still git's own finding: files are put together by the
//! nearest folder with a `.git`, be it a folder (a repository) or a file (a submodule, a worktree), and git starts
//! looking from there. Where one answer for all cannot be had, each file is asked about by itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a file stands with git.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is in the index.
    Tracked,
    Ignored,
    /// `git add .` would take it along.
    Exposed,
    /// There is no repository here that git trusts.
    NoRepository,
    /// Git is not installed.
    NoGit,
}

/// The answers about some files.
#[derive(Debug, Default)]
pub struct Git(HashMap<PathBuf, Standing>);

impl Git {
    /// Asks about `files`, which need not exist. Links are resolved.
    pub fn ask<'a>(files: impl IntoIterator<Item = &'a Path>) -> Self {
        let mut together: BTreeMap<Option<PathBuf>, BTreeSet<PathBuf>> = BTreeMap::new();
        for file in files.into_iter().filter_map(resolved) {
            together.entry(start(&file)).or_default().insert(file);
        }
        let answers = together.iter().flat_map(|(folder, files)| match folder {
            Some(folder) => of_repository(folder, files).unwrap_or_else(|| one_by_one(files)),
            None => of_none(files),
        });
        Self(answers.collect())
    }

    /// True when git would take `file` along with `git add .`.
    pub fn exposes(&self, file: &Path) -> bool {
        resolved(file).is_some_and(|file| self.standing(&file) == Standing::Exposed)
    }

    /// About `file` as it is once links are resolved; asked now, if it was not before.
    pub(super) fn standing(&self, file: &Path) -> Standing {
        self.0.get(file).copied().unwrap_or_else(|| alone(file))
    }
}

/// The place behind all links; `None` without a folder for it.
fn resolved(file: &Path) -> Option<PathBuf> {
    let there = fs::canonicalize(file).ok();
    there.or_else(|| Some(fs::canonicalize(file.parent()?).ok()?.join(file.file_name()?)))
}

/// Where git would find the repository of `file`.
fn start(file: &Path) -> Option<PathBuf> {
    let mut folders = file.ancestors().skip(1);
    folders.find(|folder| fs::symlink_metadata(folder.join(".git")).is_ok()).map(Path::to_owned)
}

type Answers = Vec<(PathBuf, Standing)>;

/// Two questions about all `files` beneath `folder`; `None` where git would not answer one of them.
fn of_repository(folder: &Path, files: &BTreeSet<PathBuf>) -> Option<Answers> {
    let within = |file: &PathBuf| file.strip_prefix(folder).ok().map(|path| path.as_os_str().to_owned());
    let paths: Vec<OsString> = files.iter().map(within).collect::<Option<_>>()?;
    let tracked = tracked(folder, &paths)?;
    let ignored = ignored(folder, &paths)?;
    let standing = |path: &OsString| match (tracked.contains(path), ignored.contains(path)) {
        (true, _) => Standing::Tracked,
        (false, true) => Standing::Ignored,
        (false, false) => Standing::Exposed,
    };
    Some(files.iter().cloned().zip(paths.iter().map(standing)).collect())
}

fn tracked(folder: &Path, paths: &[OsString]) -> Option<BTreeSet<OsString>> {
    let mut git = git(folder, &["--literal-pathspecs", "ls-files", "-z", "--"]);
    let output = git.args(paths).output().ok().filter(|output| output.status.success())?;
    Some(names(&output.stdout))
}

/// Exit code 1 means none.
fn ignored(folder: &Path, paths: &[OsString]) -> Option<BTreeSet<OsString>> {
    let mut git = git(folder, &["check-ignore", "--stdin", "-z"]);
    let mut child = git.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut input = child.stdin.take()?;
    let listed: Vec<u8> = paths.iter().flat_map(|path| [path.as_encoded_bytes(), b"\0"].concat()).collect();
    // It answers while it reads, so somebody else has to write.
    let writer = std::thread::spawn(move || input.write_all(&listed));
    let output = child.wait_with_output().ok()?;
    let written = writer.join().ok()?.is_ok();
    (written && matches!(output.status.code(), Some(0 | 1))).then(|| names(&output.stdout))
}

#[cfg(unix)]
fn names(output: &[u8]) -> BTreeSet<OsString> {
    use std::os::unix::ffi::OsStrExt as _;
    output.split(|byte| *byte == 0).map(|name| OsStr::from_bytes(name).to_owned()).collect()
}

#[cfg(not(unix))]
fn names(output: &[u8]) -> BTreeSet<OsString> {
    output.split(|byte| *byte == 0).map(|name| String::from_utf8_lossy(name).into_owned().into()).collect()
}

/// What holds for one file without a repository holds for all.
fn of_none(files: &BTreeSet<PathBuf>) -> Answers {
    let standing = files.first().map_or(Standing::NoRepository, |file| alone(file));
    files.iter().map(|file| (file.clone(), standing)).collect()
}

fn one_by_one(files: &BTreeSet<PathBuf>) -> Answers {
    files.iter().map(|file| (file.clone(), alone(file))).collect()
}

fn alone(file: &Path) -> Standing {
    let code = |arguments: &[&str]| {
        let mut git = git(file.parent()?, arguments);
        git.arg("--").arg(file.file_name()?).stdout(Stdio::null());
        git.status().ok().map(|status| status.code().unwrap_or(128))
    };
    match (code(&["--literal-pathspecs", "ls-files", "--error-unmatch"]), code(&["check-ignore", "--quiet"]))
    {
        (Some(0), _) => Standing::Tracked,
        (Some(1), Some(0)) => Standing::Ignored,
        (Some(1), Some(1)) => Standing::Exposed,
        (None, _) => Standing::NoGit,
        _ => Standing::NoRepository,
    }
}

/// Variables that point git at another repository, and the file-system monitor a repository may configure, are left
/// out.
fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "core.fsmonitor=false"]).args(arguments);
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(variable);
    }
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

#[cfg(test)]
mod tests;
