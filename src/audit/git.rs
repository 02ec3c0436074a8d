//! What git is asked: which files it keeps, what is about to be committed, what commits brought, and the bytes of a blob.
//!
//! Everything goes through git's own program and its plumbing, whose output no setting changes. The environment is git's
//! own, because within a hook it says which index is meant. Names are bytes; nothing is fetched.

use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead as _, BufReader, Read as _, Take, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::AuditError;
use crate::secret::plain;

/// Modes of entries (git-fast-import(1)): a symbolic link, and another repository.
const LINK: &str = "120000";
const SUBMODULE: &str = "160000";

/// One file as git keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kept {
    /// Relative to the root.
    pub path: PathBuf,
    /// Name of the blob.
    pub blob: String,
    pub link: bool,
    pub submodule: bool,
    pub commit: Option<String>,
}

impl Kept {
    fn new(mode: &str, blob: &str, path: &[u8], commit: Option<&String>) -> Self {
        Self {
            path: path_of(path),
            blob: blob.to_owned(),
            link: mode == LINK,
            submodule: mode == SUBMODULE,
            commit: commit.cloned(),
        }
    }
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    OsStr::from_bytes(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// Git, asked from one folder.
#[derive(Clone, Debug)]
pub(super) struct Git {
    folder: PathBuf,
}

impl Git {
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The root of the work tree.
    ///
    /// # Errors
    /// Where there is no work tree, or no git.
    pub fn root(&self) -> Result<PathBuf, AuditError> {
        let output =
            self.command(&["rev-parse", "--show-toplevel"]).output().map_err(|_| AuditError::NoGit)?;
        let name = output.stdout.strip_suffix(b"\n").unwrap_or(&output.stdout);
        if output.status.success() && !name.is_empty() {
            Ok(path_of(name))
        } else {
            Err(AuditError::NoRepository)
        }
    }

    /// The folder of hooks, as git says it: relative to the root it was asked from.
    ///
    /// # Errors
    /// When git fails.
    pub fn hooks(&self) -> Result<PathBuf, AuditError> {
        let output = self.asked(&["rev-parse", "--git-path", "hooks"])?;
        Ok(path_of(output.strip_suffix(b"\n").unwrap_or(&output)))
    }

    /// Whether hooks are kept in one folder for all repositories.
    pub fn hooks_are_for_all(&self) -> bool {
        let scope = self.asked(&["config", "--show-scope", "--get", "core.hooksPath"]);
        scope.is_ok_and(|scope| scope.starts_with(b"global\t") || scope.starts_with(b"system\t"))
    }

    /// Every file of the index, ignored ones that are kept all the same included.
    ///
    /// # Errors
    /// When git fails.
    pub fn tracked(&self) -> Result<Vec<Kept>, AuditError> {
        let output = self.asked(&["ls-files", "-z", "--stage", "--full-name", "--", ":/"])?;
        let entry = |line: &[u8]| {
            let tab = line.iter().position(|byte| *byte == b'\t')?;
            let facts = str::from_utf8(&line[..tab]).ok()?;
            let mut facts = facts.split(' ');
            Some(Kept::new(facts.next()?, facts.next()?, &line[tab + 1..], None))
        };
        let mut all: Vec<Kept> = output.split(|byte| *byte == 0).filter_map(entry).collect();
        // While a merge is open, a file is listed once for each side.
        all.dedup_by(|next, one| next.path == one.path && next.blob == one.blob);
        Ok(all)
    }

    /// What the next commit would bring.
    ///
    /// # Errors
    /// When git fails.
    pub fn staged(&self) -> Result<Vec<Kept>, AuditError> {
        let asked = [
            "diff-index",
            "--cached",
            "--raw",
            "-r",
            "-z",
            "--no-renames",
            "--no-abbrev",
            "--diff-filter=AMT",
        ];
        let base = if self.asked(&["rev-parse", "--verify", "--quiet", "HEAD"]).is_ok() {
            "HEAD".to_owned()
        } else {
            self.empty_tree()?
        };
        Ok(brought(&self.asked(&[&asked[..], &[&base, "--"]].concat())?))
    }

    /// Before the first commit there is nothing to compare with.
    fn empty_tree(&self) -> Result<String, AuditError> {
        let name = self.asked(&["hash-object", "-t", "tree", "--stdin"])?;
        Ok(String::from_utf8_lossy(name.trim_ascii()).into_owned())
    }

    /// What the commits brought that `range` names, the oldest first; every commit there is without one.
    ///
    /// # Errors
    /// When git fails, or the range is none.
    pub fn commits(&self, range: Option<&str>) -> Result<Vec<Kept>, AuditError> {
        let range = range.unwrap_or("--all");
        if range.starts_with('-') && range != "--all" {
            let says = "a range of commits does not begin with `-`".to_owned();
            return Err(AuditError::Range { range: plain(range), says });
        }
        let unknown = |error| match error {
            AuditError::Git { says, .. } if range != "--all" => {
                AuditError::Range { range: plain(range), says }
            }
            error => error,
        };
        let commits = self.asked(&["rev-list", "--reverse", range, "--"]).map_err(unknown)?;
        let diff = [
            "diff-tree",
            "--stdin",
            "-r",
            "-m",
            "--root",
            "-z",
            "--no-renames",
            "--no-abbrev",
            "--diff-filter=AMT",
        ];
        Ok(brought(&self.fed(&diff, commits)?))
    }

    fn asked(&self, arguments: &[&str]) -> Result<Vec<u8>, AuditError> {
        self.fed(arguments, Vec::new())
    }

    fn fed(&self, arguments: &[&str], input: Vec<u8>) -> Result<Vec<u8>, AuditError> {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|_| AuditError::NoGit)?;
        // It answers while it reads, so somebody else has to write. One that fails early need not read it.
        let writer =
            child.stdin.take().map(|mut pipe| std::thread::spawn(move || _ = pipe.write_all(&input)));
        let output = child.wait_with_output().map_err(|_| AuditError::NoGit)?;
        _ = writer.map(std::thread::JoinHandle::join);
        if output.status.success() {
            return Ok(output.stdout);
        }
        let told = String::from_utf8_lossy(&output.stderr);
        let says = crate::secret::plain(told.lines().next().unwrap_or("it says nothing"));
        match says.contains("not a git repository") {
            true => Err(AuditError::NoRepository),
            false => Err(AuditError::Git {
                asked: arguments.first().copied().unwrap_or_default().to_owned(),
                says,
            }),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        // A monitor that a repository configures would be started by us; objects of a partial clone would be fetched.
        command
            .args(["--no-optional-locks", "-c", "core.fsmonitor=false"])
            .args(arguments.iter().map(OsString::from));
        command.current_dir(&self.folder).env("GIT_NO_LAZY_FETCH", "1").env("LC_ALL", "C");
        command.stdin(Stdio::null());
        command
    }

    /// One process that hands out blobs.
    ///
    /// # Errors
    /// When git cannot be started.
    pub fn blobs(&self) -> io::Result<Blobs> {
        let mut command = self.command(&["cat-file", "--batch"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (asking, answers) = (child.stdin.take(), child.stdout.take());
        let (Some(asking), Some(answers)) = (asking, answers) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        Ok(Blobs { child, asking, answers: BufReader::with_capacity(1 << 16, answers) })
    }
}

/// Reads what `diff-index` and `diff-tree` say with `-z`: a commit, or an entry and then its path.
fn brought(output: &[u8]) -> Vec<Kept> {
    let mut all = Vec::new();
    let mut commit: Option<String> = None;
    let mut words = output.split(|byte| *byte == 0);
    while let Some(word) = words.next() {
        let Ok(word) = str::from_utf8(word) else { continue };
        match word.strip_prefix(':') {
            None if !word.trim().is_empty() => commit = Some(word.trim().to_owned()),
            None => {}
            Some(entry) => {
                let facts: Vec<&str> = entry.split(' ').collect();
                let Some(path) = words.next() else { break };
                if let [_, mode, _, blob, ..] = facts[..] {
                    all.push(Kept::new(mode, blob, path, commit.as_ref()));
                }
            }
        }
    }
    all
}

/// A running `git cat-file --batch`.
#[derive(Debug)]
pub(super) struct Blobs {
    child: Child,
    asking: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Blobs {
    /// Hands the bytes of a blob to `read`; `None` when the repository does not have it.
    ///
    /// # Errors
    /// When git went away, and whatever `read` says.
    pub fn read<T>(
        &mut self,
        blob: &str,
        read: impl FnOnce(&mut Take<&mut BufReader<ChildStdout>>) -> io::Result<T>,
    ) -> io::Result<Option<T>> {
        writeln!(self.asking, "{blob}")?;
        self.asking.flush()?;
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let Some(length) = line.trim_end().rsplit_once("blob ").and_then(|(_, length)| length.parse().ok())
        else {
            return Ok(None);
        };
        let mut bytes = self.answers.by_ref().take(length);
        let result = read(&mut bytes);
        // What was not read, and the line end after it.
        let rest = bytes.limit();
        io::copy(&mut self.answers.by_ref().take(rest + 1), &mut io::sink())?;
        result.map(Some)
    }
}

impl Drop for Blobs {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
