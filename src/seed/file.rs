//! The plan of one env file: what is written, in which form, and what stands in the way.

use std::path::Path;

use zeroize::Zeroizing;

use super::lines::{Wanted, dropped, left_over};
use super::plan::{FilePlan, Kind};
use super::{Change, Draft, FilePreview, FileState, Line, declared, flaws};
use crate::envfile::guard::Git;
use crate::envfile::{self, Document, Journal, Reader, Snapshot, guard};
use crate::finding::{Finding, Remedy, Severity};
use crate::profile::Profile;

/// Plans `path` (relative to the project) for the services that share it.
pub(super) fn plan(draft: &Draft<'_>, git: &Git, path: &str, services: &[&str]) -> FilePlan {
    let full = draft.root.join(path);
    let (profile, environment) = (draft.profile, &draft.found.environment);
    let whole = draft.variables.is_empty();
    let of = Of { profile, root: draft.root, environment, journal: draft.journal, whole };
    of.plan(git, path, services, true, |before, readers| edited(draft, &full, services, before, readers))
}

/// Whose files they are.
pub(super) struct Of<'a> {
    pub profile: &'a Profile,
    pub root: &'a Path,
    pub environment: &'a str,
    /// What we wrote last.
    pub journal: &'a Journal,
    /// Whether all of a file is planned, so that nothing of another environment is left in it.
    pub whole: bool,
}

impl Of<'_> {
    /// The plan of one file that is changed by `edit`, which tells a line about each variable. `ours`: what is written is noted
    /// down as ours, else it counts as edited by hand.
    pub fn plan(
        &self,
        git: &Git,
        path: &str,
        services: &[&str],
        ours: bool,
        edit: impl FnOnce(&Document, &[Reader]) -> (Document, Vec<Line>),
    ) -> FilePlan {
        let full = self.root.join(path);
        let folder = declared::folder(self.profile, self.root, services);
        let mut findings = guard::inspect(git, self.root, &folder, &full);
        let unignored = findings.iter().position(|finding| finding.code == guard::NOT_IGNORED);
        if let Some(index) = unignored {
            findings.remove(index);
        }
        let snapshot = match Snapshot::read(&full) {
            Ok(snapshot) => Some(snapshot),
            Err(error) => {
                // What the guard found says it better.
                if !findings.iter().any(|finding| finding.severity == Severity::Error) {
                    findings.push(envfile::shut(path, &error));
                }
                None
            }
        };
        let (readers, unknown) = declared::readers_of(self.profile, services, &folder);
        findings.extend(unknown);
        let blocked = findings.iter().any(|finding| finding.severity == Severity::Error);
        let other = self.journal.other_environment(&full, self.environment);
        let taken = other.filter(|_| self.whole);
        let before = document(snapshot.as_ref(), services, self.environment, taken);
        let (after, lines) = edit(&before, &readers);
        findings.extend(refusals(path, &lines));
        if snapshot.as_ref().is_some_and(Snapshot::exists) {
            findings.extend(flaws::left(&before, &after, path, &readers));
        }
        let state = state(blocked, snapshot.as_ref(), &after, &lines);
        findings
            .extend(other.filter(|_| state == FileState::Update).map(|other| self.two_in_one(path, other)));
        let write = snapshot.filter(|_| state.writes()).map(|snapshot| (snapshot, after.render()));
        let service = Some(services.join(", "));
        FilePlan {
            path: full,
            shown: FilePreview { path: path.to_owned(), service, state, lines, findings },
            write,
            kind: Kind::EnvFile { ignored_by_plan: unignored.is_some(), ours },
        }
    }

    /// Of values of two environments in one file nobody can tell afterwards which is whose.
    fn two_in_one(&self, path: &str, other: &str) -> Finding {
        let own = self.environment;
        let says = match self.whole {
            true => format!("it was written for {other}, whose values {own} takes the place of"),
            false => format!("it was written for {other}, and values for {own} would stand in it"),
        };
        let command = format!("devsecrets run -e {own} -s SERVICE -- COMMAND");
        Finding::warning(
            "DS-SEED-11",
            path,
            says,
            Remedy::run(format!("start {own} without a file"), command),
        )
    }
}

/// The file with everything that should stand in it, and a line about each variable.
fn edited(
    draft: &Draft<'_>,
    file: &Path,
    services: &[&str],
    before: &Document,
    readers: &[Reader],
) -> (Document, Vec<Line>) {
    let wanted = Wanted::of(draft, file, services);
    let edited = envfile::edit(before, &wanted.changes(draft), readers);
    let mut lines = wanted.lines(&edited.applied, &edited.refused);
    let other = draft.journal.other_environment(file, &draft.found.environment);
    let mut dropped = match other {
        _ if !draft.variables.is_empty() => Vec::new(),
        Some(other) => left_over(draft, file, &wanted, before, other),
        None => dropped(draft, file, services, before),
    };
    let doomed: Vec<String> =
        dropped.iter().filter(|line| line.change == Change::Remove).map(|line| line.name.clone()).collect();
    let doomed: Vec<&str> = doomed.iter().map(String::as_str).collect();
    let pruned = envfile::remove(&edited.document, &doomed, readers);
    for kept in &pruned.kept {
        for line in dropped.iter_mut().filter(|line| line.name == kept.key) {
            (line.change, line.note) = (Change::Stale, Some(kept.reason.to_string()));
        }
    }
    lines.retain(|line| !dropped.iter().any(|other| other.name == line.name));
    lines.extend(dropped);
    (pruned.document, lines)
}

impl FilePlan {
    /// For a file that must be ignored by git and cannot be: it is not written.
    pub(super) fn without_ignore(mut self) -> Self {
        if self.kind.waits() {
            let remedy = Remedy::says("make .gitignore writable, or add the line yourself");
            let says = "git does not ignore it, and .gitignore cannot be changed";
            let finding = Finding::error(guard::NOT_IGNORED, self.shown.path.clone(), says, remedy);
            self.shown.findings.push(finding);
            self.shown.state = FileState::Refused;
            self.write = None;
        }
        self
    }
}

/// A value that cannot be written is worth an exit code; each line says why.
fn refusals(path: &str, lines: &[Line]) -> Option<Finding> {
    let refused = lines.iter().filter(|line| line.change == Change::Refuse);
    let names: Vec<&str> = refused.map(|line| line.name.as_str()).collect();
    let remedy =
        "mend what each line names, or set `readers` of the service to the programs that read the file";
    let says = format!("cannot hold {}", names.join(", "));
    (!names.is_empty()).then(|| Finding::error("DS-SEED-07", path, says, Remedy::says(remedy)))
}

/// A new file opens with a line that says whose it is; one that is taken from another environment, with the new one's.
fn document(
    snapshot: Option<&Snapshot>,
    services: &[&str],
    environment: &str,
    taken: Option<&str>,
) -> Document {
    let header = |environment: &str| {
        Document::with_header(&format!(
            "{} · {environment} · written by devsecrets. Edit freely: your edits are kept.",
            services.join(", ")
        ))
    };
    let Some(snapshot) = snapshot.filter(|snapshot| snapshot.exists()) else { return header(environment) };
    let rest = taken.and_then(|other| snapshot.bytes().strip_prefix(header(other).bytes()));
    match rest {
        Some(rest) => Document::parse(&Zeroizing::new([header(environment).bytes(), rest].concat())),
        None => Document::parse(snapshot.bytes()),
    }
}

fn state(blocked: bool, snapshot: Option<&Snapshot>, after: &Document, lines: &[Line]) -> FileState {
    match snapshot {
        _ if blocked => FileState::Refused,
        None => FileState::Refused,
        Some(_) if !lines.iter().any(|line| line.change.writes()) => {
            let refused = lines.iter().any(|line| line.change == Change::Refuse);
            if refused { FileState::Refused } else { FileState::Unchanged }
        }
        Some(snapshot) if !snapshot.exists() => FileState::Create,
        Some(snapshot) if snapshot.bytes() == after.bytes() => FileState::Unchanged,
        Some(_) => FileState::Update,
    }
}
