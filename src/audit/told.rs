//! What both faces say of an audit, in the same words.

use std::path::{Path, PathBuf};

use super::{Audit, Leak};
use crate::finding::{Finding, Remedy};
use crate::secret::plain;

/// Path, line and column of `path:line` or `path:line:column`, as findings are listed; without a column it is the first.
pub fn place(text: &str) -> Option<(&str, usize, usize)> {
    let (rest, last) = text.rsplit_once(':')?;
    let last: usize = last.parse().ok()?;
    let whole = rest.rsplit_once(':').and_then(|(path, line)| Some((path, line.parse().ok()?)));
    let (path, line, column) = whole.map_or((rest, last, 1), |(path, line)| (path, line, last));
    (!path.is_empty() && line > 0 && column > 0).then_some((path, line, column))
}

/// Commit and path of `commit:path`, as a finding in history is listed; a path alone has no commit.
pub fn whence(path: &str) -> (Option<&str>, &str) {
    let is_commit = |text: &str| {
        (SHORTEST..=LONGEST).contains(&text.len())
            && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    match path.split_once(':') {
        Some((commit, path)) if is_commit(commit) && !path.is_empty() => (Some(commit), path),
        _ => (None, path),
    }
}

/// Digits of a commit: as short as git ever makes one by itself, and as long as a SHA-256.
const SHORTEST: usize = 7;
const LONGEST: usize = 64;

/// The file at `path` of a finding, to be opened.
///
/// # Errors
/// When it stands in a commit, in the index alone, or nowhere any more: a finding that says where it can be seen.
pub fn on_disk(root: &Path, path: &str, commit: Option<&str>) -> Result<PathBuf, Finding> {
    let file = root.join(path);
    let (says, whence) = match commit {
        Some(commit) => ("it stands in a commit; the file of today may be another", commit),
        None if file.is_file() => return Ok(file),
        None => ("there is no such file on disk; the index may have it", ""),
    };
    let remedy =
        Remedy::run("see it as git has it", format!("git show {}", quoted(&format!("{whence}:{path}"))));
    Err(Finding::warning("DS-AUDIT-20", path, says, remedy))
}

/// As one word of a POSIX shell.
fn quoted(text: &str) -> String {
    shell_words::quote(text).into_owned()
}

impl Audit {
    /// `2 findings; 120 files read, 3 MiB (tracked files)`
    pub fn in_short(&self) -> String {
        format!(
            "{}; {} read, {} ({})",
            counted(self.leaks.len(), "finding"),
            counted(self.files, "file"),
            size(self.bytes),
            plain(&self.scanned)
        )
    }

    /// What was found and is not listed; empty when there is no such thing.
    pub fn passed(&self) -> String {
        let baseline = (self.accepted, "accepted by the baseline");
        let ignored = (self.ignored, "ignored, by a comment or .gitleaksignore");
        let told = [baseline, ignored].into_iter().filter(|(count, _)| *count > 0);
        told.map(|(count, words)| format!("{count} {words}")).collect::<Vec<_>>().join("; ")
    }
}

impl Leak {
    /// Whether this is what `place` names, as [`Leak::place`] has it or without the column.
    pub fn is_at(&self, place: &str) -> bool {
        let whole = self.place();
        whole == place || whole.rsplit_once(':').is_some_and(|(without, _)| without == place)
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        ..1024 => counted(usize::try_from(bytes).unwrap_or(0), "byte"),
        1024..0x10_0000 => format!("{} KiB", bytes / 1024),
        _ => format!("{} MiB", bytes / 0x10_0000),
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_from_its_end() {
        assert_eq!(place("a.md:3"), Some(("a.md", 3, 1)));
        assert_eq!(place("a:b.md:3:14"), Some(("a:b.md", 3, 14)));
        for none in ["a.md", "a.md:", ":3", "a.md:x", "a.md:0", "a.md:3:0", ""] {
            assert_eq!(place(none), None, "{none}");
        }
    }

    #[test]
    fn a_commit_stands_before_the_path() {
        assert_eq!(whence("0123abcdef:docs/a.md"), (Some("0123abcdef"), "docs/a.md"));
        for path in ["docs/a.md", "a:b.md", "0123abc", "0123abcdef:", "0123ABCDEF:a.md", "012:a.md"] {
            assert_eq!(whence(path), (None, path));
        }
    }

    #[test]
    fn what_is_not_on_disk_says_where_it_can_be_seen() {
        let folder = tempfile::tempdir().unwrap();
        let command = |commit| on_disk(folder.path(), "it's.md", commit).unwrap_err().remedy.command.unwrap();
        assert_eq!(command(None), r"git show ':it'\''s.md'");
        assert_eq!(command(Some("abc")), r"git show 'abc:it'\''s.md'");
        crate::private_file::replace(&folder.path().join("it's.md"), b"").unwrap();
        assert!(on_disk(folder.path(), "it's.md", None).is_ok());
    }
}
