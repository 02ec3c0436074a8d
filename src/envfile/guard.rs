//! What must be so before a file of secrets is written.
//!
//! Looks, and changes nothing: is the place inside the project and the service once every link is
//! resolved, is the file unknown to git and ignored by it, can the folder be written. Git is asked
//! through its own program, because no one else knows every ignore rule. An error means: do not write.

mod git;

use std::fs;
use std::path::{Path, PathBuf};

pub use git::Git;
use git::Standing;

use super::gitignore;
use crate::finding::{Finding, Remedy};

/// The file is, or its links lead, outside the project or the service.
pub const OUTSIDE: &str = "DS-FILE-01";
/// Git already keeps the file.
pub const TRACKED: &str = "DS-FILE-02";
/// Git would take the file along with `git add .`.
pub const NOT_IGNORED: &str = "DS-FILE-03";
/// The folder is missing or cannot be written.
pub const FOLDER: &str = "DS-FILE-04";
/// Git could not be asked.
pub const NO_GIT: &str = "DS-FILE-05";
/// Others on this machine may read the file.
pub const READABLE: &str = "DS-FILE-06";
/// Something that is no regular file stands there.
pub const NOT_A_FILE: &str = "DS-FILE-07";
/// A write was killed half-way.
pub const LEFTOVER: &str = "DS-FILE-08";

/// Everything worth knowing before `file` is written.
///
/// `root` is the project (the profile's folder), `service` the service's folder beneath it, `file`
/// the env file itself. `git` was best asked about all files at once. An empty list means: go ahead.
pub fn inspect(git: &Git, root: &Path, service: &Path, file: &Path) -> Vec<Finding> {
    let subject = shown(root, file);
    let Some(folder) = file.parent().and_then(|folder| fs::canonicalize(folder).ok()).filter(|f| f.is_dir())
    else {
        return vec![missing_folder(root, file)];
    };
    let resolved = match resolve(file, &folder, &subject) {
        Ok(resolved) => resolved,
        Err(finding) => return vec![*finding],
    };
    if let Some(finding) = outside(root, service, &resolved, &subject) {
        return vec![finding];
    }
    let mut findings = Vec::new();
    findings.extend(unwritable(&resolved, root));
    findings.extend(in_git(git, root, &resolved, &subject));
    findings.extend(readable_by_others(&resolved, &subject));
    findings.extend(half_written(root, &resolved));
    findings
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}

/// For the folder of a service, as it is shown, which is not there or is a file.
pub fn no_folder(folder: &str, is_file: bool) -> Finding {
    let says = if is_file { "it is a file, not a folder" } else { "the folder does not exist" };
    let remedy = Remedy::says("check the service's `path` in the profile, or create the folder");
    Finding::error(FOLDER, folder, says, remedy)
}

fn missing_folder(root: &Path, file: &Path) -> Finding {
    let folder = file.parent().unwrap_or(file);
    no_folder(&shown(root, folder), folder.exists())
}

/// The place that would really be written.
fn resolve(file: &Path, folder: &Path, subject: &str) -> Result<PathBuf, Box<Finding>> {
    let not_a_file = |says: &str| {
        let remedy = Remedy::says("move it away, so that an env file can stand there");
        Box::new(Finding::error(NOT_A_FILE, subject, says, remedy))
    };
    let Some(name) = file.file_name() else { return Err(not_a_file("it names no file")) };
    if fs::symlink_metadata(file).is_err() {
        return Ok(folder.join(name));
    }
    let resolved = fs::canonicalize(file).map_err(|_| not_a_file("it is a symbolic link to nowhere"))?;
    if resolved.is_file() { Ok(resolved) } else { Err(not_a_file("it is not a regular file")) }
}

fn outside(root: &Path, service: &Path, resolved: &Path, subject: &str) -> Option<Finding> {
    let within = |folder: &Path| fs::canonicalize(folder).is_ok_and(|folder| resolved.starts_with(folder));
    let says = match (within(root), within(service)) {
        (true, true) => return None,
        (false, _) => "it leads out of the project",
        (true, false) => "it leads out of the service's folder",
    };
    let remedy = Remedy::says("replace the symbolic link, or correct `path` and `env_file` in the profile");
    Some(Finding::error(OUTSIDE, subject, says, remedy))
}

/// Asks the system itself, with a file that has no name and leaves nothing behind.
fn unwritable(resolved: &Path, root: &Path) -> Option<Finding> {
    let folder = resolved.parent()?;
    tempfile::tempfile_in(folder).err()?;
    let remedy = Remedy::says("give yourself the right to write there");
    Some(Finding::error(FOLDER, shown(root, folder), "the folder cannot be written", remedy))
}

fn in_git(git: &Git, root: &Path, resolved: &Path, subject: &str) -> Option<Finding> {
    match git.standing(resolved) {
        Standing::Tracked => Some(Finding::error(
            TRACKED,
            subject,
            "git tracks it, so its secrets would be committed",
            Remedy::run(
                "stop tracking it and keep the file",
                format!("git rm --cached -- {}", quoted(subject)),
            ),
        )),
        Standing::Ignored => None,
        Standing::Exposed => Some(not_ignored(root, resolved, subject)),
        Standing::NoGit => {
            Some(unasked(subject, "git is not installed, so nobody knows whether it is ignored"))
        }
        Standing::NoRepository => Some(unasked(
            subject,
            "git knows no repository here that it trusts, so nobody can tell whether it is ignored",
        )),
    }
}

fn not_ignored(root: &Path, resolved: &Path, subject: &str) -> Finding {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let remedy = match gitignore::pattern(&root, resolved) {
        Some(line) => Remedy::says(format!("add the line `{line}` to .gitignore beside the profile")),
        None => Remedy::says("add a line for it to .gitignore"),
    };
    Finding::error(NOT_IGNORED, subject, "git does not ignore it", remedy)
}

fn unasked(subject: &str, says: &str) -> Finding {
    let remedy = Remedy::says("nothing to do, unless the folder is shared or backed up");
    Finding::note(NO_GIT, subject, says, remedy)
}

/// For a command line: single quotes where they are needed.
fn quoted(path: &str) -> String {
    let plain = path.chars().all(|c| c.is_ascii_alphanumeric() || "_./-".contains(c));
    if plain { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

#[cfg(unix)]
fn readable_by_others(resolved: &Path, subject: &str) -> Option<Finding> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(resolved).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then(|| {
        let says = format!("others on this machine may read it (mode {mode:03o})");
        let remedy =
            Remedy::run("the next write makes it private; or now", format!("chmod 600 {}", quoted(subject)));
        Finding::warning(READABLE, subject, says, remedy)
    })
}

#[cfg(not(unix))]
fn readable_by_others(_: &Path, _: &str) -> Option<Finding> {
    None
}

fn half_written(root: &Path, resolved: &Path) -> Vec<Finding> {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let found = super::leftovers(resolved).into_iter().map(|path| shown(&root, &path));
    found
        .map(|path| {
            let remedy = Remedy::run("remove it, it may hold secrets", format!("rm {}", quoted(&path)));
            Finding::warning(LEFTOVER, path, "it is left from a write that was cut short", remedy)
        })
        .collect()
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
