//! Looking at everything a source lists, on all cores, and telling it in one order.
//!
//! Each worker has a buffer and, when it needs one, a git process of its own. What cannot be read is listed beside what
//! was left out on purpose, and counts as not scanned.

use std::collections::HashSet;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;

use super::git::{Blobs, Git};
use super::gitleaks::Ignored;
use super::items::{Content, Item, Listing};
use super::scanner::{Looked, Subject};
use super::{AuditError, Baseline, Leak, Scanner, Source, Watch, policy};
use crate::finding::{Finding, Remedy};
use crate::secret::plain;

/// Nothing at all was read.
pub const NOTHING: &str = "DS-AUDIT-06";
/// Something could not be read.
pub const NOT_ALL: &str = "DS-AUDIT-13";

/// Fewer items than this are done before another thread has begun.
const FEW: usize = 64;

/// More threads than this wait for the disk.
const THREADS: usize = 8;

/// Something that was not looked at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Skipped {
    pub path: String,
    pub why: String,
    /// It should have been.
    pub failed: bool,
}

impl Skipped {
    pub(super) fn on_purpose(path: String, why: &str) -> Self {
        Self { path: plain(&path), why: why.to_owned(), failed: false }
    }

    pub(super) fn failed(path: String, error: &io::Error) -> Self {
        Self { path: plain(&path), why: error.kind().to_string(), failed: true }
    }
}

/// What an audit saw and found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Audit {
    pub version: u32,
    /// What was looked at, in a few words.
    pub scanned: String,
    pub files: usize,
    pub bytes: u64,
    #[serde(rename = "findings")]
    pub leaks: Vec<Leak>,
    /// Findings that the baseline accepts.
    pub accepted: usize,
    /// Findings that a comment beside them lets pass, or that `.gitleaksignore` names.
    pub ignored: usize,
    pub skipped: Vec<Skipped>,
}

impl Audit {
    /// What there is to say about the audit itself: that it saw nothing, or not all.
    pub fn flaws(&self) -> Vec<Finding> {
        let mut flaws = Vec::new();
        let failed: Vec<&Skipped> = self.skipped.iter().filter(|skipped| skipped.failed).collect();
        if let Some(first) = failed.first() {
            let more = match failed.len() {
                1 => String::new(),
                count => format!(", and {} more", count - 1),
            };
            let says = format!("it could not be read ({}){more}, so this is no whole audit", first.why);
            let remedy = Remedy::says("give yourself the right to read it, or have git fetch it");
            flaws.push(Finding::error(NOT_ALL, first.path.clone(), says, remedy));
        }
        if self.files == 0 {
            let remedy = Remedy::run("name what is to be looked at", "devsecrets audit .");
            flaws.push(Finding::warning(NOTHING, self.scanned.clone(), "nothing was read", remedy));
        }
        flaws
    }
}

/// What a repository has agreed to; own values never.
#[derive(Debug, Default)]
pub struct Passes<'a> {
    pub(super) baseline: Option<&'a Baseline>,
    pub(super) ignored: Ignored,
}

/// Looks at everything `source` lists, from `folder`, until `watch` is told to stop.
///
/// # Errors
/// When it cannot be listed. What cannot be read is part of the answer.
pub fn survey(
    scanner: &Scanner,
    source: &Source,
    folder: &Path,
    passes: &Passes<'_>,
    watch: &Watch,
) -> Result<Audit, AuditError> {
    let Listing { git, items, skipped, what } = Listing::of(source, folder)?;
    watch.begins(items.len());
    let next = AtomicUsize::new(0);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if items.len() < FEW { 1 } else { cores.min(THREADS) };
    let work = || {
        let mut worker = Worker::new(scanner, &git);
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)).filter(|_| watch.goes_on()) {
            worker.look(item);
            watch.looked();
        }
        worker.audit
    };
    let mut audit = Audit { version: 1, scanned: what.to_owned(), skipped, ..Audit::default() };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        audit.add(work());
        others.into_iter().filter_map(|other| other.join().ok()).for_each(|other| audit.add(other));
    });
    audit.settle(passes);
    Ok(audit)
}

impl Audit {
    fn add(&mut self, other: Self) {
        self.files += other.files;
        self.bytes += other.bytes;
        self.ignored += other.ignored;
        self.leaks.extend(other.leaks);
        self.skipped.extend(other.skipped);
    }

    /// In one order, whoever found what first, a file once; without what the repository has agreed to.
    fn settle(&mut self, passes: &Passes<'_>) {
        self.skipped.sort();
        let place =
            |leak: &Leak| (leak.path.clone(), leak.line, leak.column, leak.rule.clone(), leak.commit.clone());
        self.leaks.sort_by_cached_key(place);
        self.once();
        let all = self.leaks.len();
        self.leaks.retain(|leak| !passes.ignored.names(leak));
        let named = all - self.leaks.len();
        self.leaks.retain(|leak| !passes.baseline.is_some_and(|baseline| baseline.accepts(leak)));
        self.accepted = all - named - self.leaks.len();
        self.ignored += named;
    }
}

impl Audit {
    /// A file that we tell of by its name need not be told of again because the profile names it.
    fn once(&mut self) {
        let file = |leak: &Leak| (leak.path.clone(), leak.commit.clone());
        let ours = self.leaks.iter().filter(|leak| leak.length == 0 && leak.rule != policy::FILE);
        let ours: HashSet<_> = ours.map(file).collect();
        let mut last = None;
        self.leaks.retain(|leak| {
            // Two patterns may name it.
            leak.rule != policy::FILE
                || !ours.contains(&file(leak)) && last.replace(file(leak)) != Some(file(leak))
        });
    }
}

struct Worker<'a> {
    scanner: &'a Scanner,
    git: &'a Git,
    blobs: Option<Blobs>,
    buffer: Vec<u8>,
    audit: Audit,
}

impl<'a> Worker<'a> {
    fn new(scanner: &'a Scanner, git: &'a Git) -> Self {
        Self { scanner, git, blobs: None, buffer: Vec::new(), audit: Audit::default() }
    }

    fn look(&mut self, item: &Item) {
        match self.read(item) {
            Ok(Some(looked)) => {
                self.audit.files += 1;
                self.audit.bytes += looked.bytes;
                self.audit.ignored += looked.marked;
            }
            Ok(None) => {
                let missing = io::Error::from(io::ErrorKind::NotFound);
                self.audit.skipped.push(Skipped::failed(item.path.clone(), &missing));
            }
            Err(error) => self.audit.skipped.push(Skipped::failed(item.path.clone(), &error)),
        }
    }

    /// `None` when it is not there.
    fn read(&mut self, item: &Item) -> io::Result<Option<Looked>> {
        match &item.content {
            Content::File(path) => self.scan(item, std::fs::File::open(path)?).map(Some),
            Content::Link(path) => self.link(item, path).map(Some),
            Content::Input => self.scan(item, io::stdin().lock()).map(Some),
            Content::Blob(blob) => self.blob(item, blob),
            Content::Tracked { file, link, blob } => match self.on_disk(item, file, *link) {
                Err(error) if is_gone(&error) => self.blob(item, blob),
                done => done.map(Some),
            },
        }
    }

    /// The file as it stands there now; what became something else is read from the index.
    fn on_disk(&mut self, item: &Item, file: &Path, link: bool) -> io::Result<Looked> {
        let facts = std::fs::symlink_metadata(file)?;
        if facts.is_symlink() != link || facts.is_dir() {
            return Err(io::ErrorKind::NotFound.into());
        }
        if link { self.link(item, file) } else { self.scan(item, std::fs::File::open(file)?) }
    }

    /// A link is looked at as git keeps it: by the name it holds.
    fn link(&mut self, item: &Item, path: &Path) -> io::Result<Looked> {
        let target = std::fs::read_link(path)?;
        self.scan(item, target.as_os_str().as_encoded_bytes())
    }

    fn blob(&mut self, item: &Item, blob: &str) -> io::Result<Option<Looked>> {
        let mut blobs = match self.blobs.take() {
            Some(blobs) => blobs,
            None => self.git.blobs()?,
        };
        let read = blobs.read(blob, |bytes| self.scan(item, bytes.by_ref()));
        // A process that failed is not asked again.
        self.blobs = read.is_ok().then_some(blobs);
        read
    }

    fn scan(&mut self, item: &Item, source: impl io::Read) -> io::Result<Looked> {
        let subject = Subject { path: &item.path, kept: item.kept, commit: item.commit.as_deref() };
        self.scanner.scan(subject, source, &mut self.buffer, &mut self.audit.leaks)
    }
}

fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
