//! Waiting until a file changes.
//!
//! A look twice a second instead of the kernel's notices: it works on every file system, and is not misled by editors
//! that put a new file in the old one's place. What managed stores hold is for the caller to ask, far less often.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Between two looks. A change counts once a second look finds it unchanged, so that a half-written file is left alone.
const LOOK: Duration = Duration::from_millis(500);

/// The state of some files at one moment.
pub struct Watch {
    files: Vec<PathBuf>,
    seen: Vec<Option<Mark>>,
    last: Option<Vec<Option<Mark>>>,
}

/// What tells one state of a file from another; a missing file has none.
type Mark = (u64, u64, i64, i64);

impl Watch {
    /// Remembers how `files` stand now.
    pub fn new(files: Vec<PathBuf>) -> Self {
        let seen = marks(&files);
        Self { files, seen, last: None }
    }

    /// From now on `files`, if these are others.
    pub fn follow(&mut self, files: Vec<PathBuf>) {
        if files != self.files {
            *self = Self::new(files);
        }
    }

    /// Whether they stand as they were seen. What is read otherwise may be half written, and is for [`Watch::changed`] to tell.
    pub fn stands(&self) -> bool {
        marks(&self.files) == self.seen
    }

    /// Waits until one of them has changed, appeared or gone, and has settled.
    pub async fn changed(&mut self) {
        while !self.look() {
            tokio::time::sleep(LOOK).await;
        }
    }

    /// True when they differ from what was seen, and stand as they stood at the last look.
    fn look(&mut self) -> bool {
        let now = marks(&self.files);
        let settled = self.last.as_ref() == Some(&now);
        let changed = settled && now != self.seen;
        if changed {
            self.seen.clone_from(&now);
        }
        self.last = Some(now);
        changed
    }
}

fn marks(files: &[PathBuf]) -> Vec<Option<Mark>> {
    files.iter().map(|file| mark(file)).collect()
}

fn mark(file: &Path) -> Option<Mark> {
    let about = std::fs::metadata(file).ok()?;
    Some((about.ino(), about.size(), about.mtime(), about.mtime_nsec()))
}

/// How long to wait before the next start, when starts fail again and again: doubled from one second to half a minute.
#[derive(Debug, Default)]
pub struct Patience(u32);

impl Patience {
    /// The child has lived for `life`; `None` when there is no reason to wait.
    pub fn after(&mut self, life: Duration) -> Option<Duration> {
        self.0 = if life < Duration::from_secs(2) { (self.0 + 1).min(7) } else { 0 };
        let wait = |doubled: u32| Duration::from_secs(1 << doubled).min(Duration::from_secs(30));
        self.0.checked_sub(2).map(wait)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn patience_grows_with_failures_and_is_forgotten_after_a_good_run() {
        let mut patience = Patience::default();
        let short = Duration::from_millis(10);
        let waits: Vec<Option<u64>> = (0..8).map(|_| Some(patience.after(short)?.as_secs())).collect();
        assert_eq!(waits, [None, Some(1), Some(2), Some(4), Some(8), Some(16), Some(30), Some(30)]);
        assert_eq!(patience.after(Duration::from_secs(60)), None);
        assert_eq!(patience.after(short), None);
    }

    #[test]
    fn a_change_is_told_once_and_only_when_it_has_settled() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(".env");
        let mut watch = Watch::new(vec![file.clone()]);
        assert!(!watch.look() && !watch.look(), "nothing has changed");
        for text in [&b"A=1\n"[..], b"A=2 and more\n"] {
            std::fs::File::create(&file).unwrap().write_all(text).unwrap();
            assert!(!watch.look() && !watch.stands(), "it may be half written");
            assert!(watch.look() && watch.stands() && !watch.look());
        }
        std::fs::remove_file(&file).unwrap();
        assert!(!watch.look() && watch.look(), "gone is a change too");
    }
}
