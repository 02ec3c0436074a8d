//! The plan of one env file: which variables, in which form, and what stands in the way.

use super::plan::{FilePlan, Kind};
use super::{Change, Draft, FilePreview, FileState, Line, Shown};
use crate::envfile::{self, Applied, Document, Effect, Reader, Refusal, Snapshot, guard, readers};
use crate::finding::{Finding, Remedy, Severity};
use crate::profile::Need;
use crate::resolve::{Origin, Outcome};
use crate::secret::{SecretValue, plain};

/// Plans `path` (relative to the project) for the services that share it.
pub(super) fn plan(draft: &Draft<'_>, path: &str, services: &[&str]) -> FilePlan {
    let full = draft.root.join(path);
    let folder = full.parent().unwrap_or(draft.root).to_owned();
    let mut findings = guard::inspect(draft.root, &folder, &full);
    let unignored = findings.iter().position(|finding| finding.code == guard::NOT_IGNORED);
    if let Some(index) = unignored {
        findings.remove(index);
    }
    let snapshot = match Snapshot::read(&full) {
        Ok(snapshot) => Some(snapshot),
        Err(error) => {
            // What the guard found says it better.
            if !findings.iter().any(|finding| finding.severity == Severity::Error) {
                findings.push(unreadable(path, &error));
            }
            None
        }
    };
    let blocked = findings.iter().any(|finding| finding.severity == Severity::Error);
    let document = document(snapshot.as_ref(), services, draft);
    let wanted = wanted(draft, services);
    let edited = envfile::edit(&document, &wanted.changes(), &readers_of(draft, services, &folder));
    let lines = wanted.lines(&edited.applied, &edited.refused);
    findings.extend(refusals(path, &lines));
    let state = state(blocked, snapshot.as_ref(), &edited.document, &lines);
    let write = snapshot.filter(|_| state.writes()).map(|snapshot| (snapshot, edited.document.render()));
    FilePlan {
        path: full,
        shown: FilePreview {
            path: path.to_owned(),
            service: Some(services.join(", ")),
            state,
            lines,
            findings,
        },
        write,
        kind: Kind::EnvFile { ignored_by_plan: unignored.is_some() },
    }
}

impl FilePlan {
    /// For a file that must be ignored by git and cannot be: it is not written.
    pub(super) fn without_ignore(mut self) -> Self {
        if self.kind == (Kind::EnvFile { ignored_by_plan: true }) {
            let remedy = Remedy::says("make .gitignore writable, or add the line yourself");
            let says = "git does not ignore it, and .gitignore cannot be changed";
            self.shown.findings.push(Finding::error(
                guard::NOT_IGNORED,
                self.shown.path.clone(),
                says,
                remedy,
            ));
            self.shown.state = FileState::Refused;
            self.write = None;
        }
        self
    }
}

fn unreadable(path: &str, error: &envfile::ReplaceError) -> Finding {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
    Finding::error(
        "DS-FILE-09",
        path,
        plain(&format!("{error}{cause}")),
        Remedy::says("make it a file that you may read"),
    )
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

/// A new file opens with a line that says whose it is.
fn document(snapshot: Option<&Snapshot>, services: &[&str], draft: &Draft<'_>) -> Document {
    match snapshot {
        Some(snapshot) if snapshot.exists() => Document::parse(snapshot.bytes()),
        _ => Document::with_header(&format!(
            "{} · {} · written by devsecrets. Edit freely: your edits are kept.",
            services.join(", "),
            draft.found.environment
        )),
    }
}

/// Readers the services declare, else those their folder speaks of.
fn readers_of(draft: &Draft<'_>, services: &[&str], folder: &std::path::Path) -> Vec<Reader> {
    let declared = services.iter().filter_map(|name| draft.profile.service(name).ok());
    let declared: Vec<Reader> =
        declared.flat_map(|service| &service.readers).filter_map(|name| name.parse().ok()).collect();
    if declared.is_empty() { readers::detect(folder) } else { declared }
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

/// What should stand in the file, in the order of the contract.
struct Wanted<'a>(Vec<Item<'a>>);

struct Item<'a> {
    name: &'a str,
    secret: bool,
    part: Part<'a>,
}

enum Part<'a> {
    /// A value to write, and a rule it breaks.
    Value {
        value: &'a SecretValue,
        origin: &'a Origin,
        broken: Option<&'a str>,
    },
    /// What stands in the file stays.
    Kept {
        value: &'a SecretValue,
        note: &'static str,
    },
    Lacking {
        note: Option<String>,
    },
}

fn wanted<'a>(draft: &Draft<'a>, services: &[&str]) -> Wanted<'a> {
    let mut items: Vec<Item<'a>> = Vec::new();
    for service in services {
        let Ok(service_declared) = draft.profile.service(service) else { continue };
        for entry in service_declared.contract(&draft.found.environment) {
            let repeated = items.iter().any(|item| item.name == entry.variable);
            if repeated || entry.need == Need::Denied {
                continue;
            }
            if let Some(part) = part(draft, service, entry.variable, entry.need) {
                let secret = draft.profile.variable(entry.variable).is_none_or(|variable| variable.secret);
                items.push(Item { name: entry.variable, secret, part });
            }
        }
    }
    Wanted(items)
}

fn part<'a>(draft: &Draft<'a>, service: &str, name: &str, need: Need) -> Option<Part<'a>> {
    match draft.found.get(service, name)? {
        // A hand edit is asked before any other source, so nothing was tried.
        Outcome::Found { value, origin: Origin::File, tried, .. } => {
            let note = if tried.is_empty() { "edited by hand" } else { "its source cannot be read now" };
            Some(Part::Kept { value, note })
        }
        Outcome::Found { value, origin, broken, .. } => {
            Some(Part::Value { value, origin, broken: broken.as_deref() })
        }
        Outcome::Nowhere { .. } => {
            let exported = matches!(draft.exported.get(service, name), Some(Outcome::Found { .. }));
            if exported {
                let note = "only exported in your shell; --from-env writes it down".to_owned();
                return Some(Part::Lacking { note: Some(note) });
            }
            (need == Need::Required).then(|| Part::Lacking { note: next(draft, service, name) })
        }
    }
}

fn next(draft: &Draft<'_>, service: &str, name: &str) -> Option<String> {
    let row = draft.matrix.services.iter().find(|row| row.service == service)?;
    row.cell(name)?.next.clone()
}

impl Wanted<'_> {
    fn changes(&self) -> Vec<envfile::Change> {
        let change = |item: &Item<'_>| match item.part {
            Part::Value { value, .. } => {
                Some(envfile::Change { key: item.name.to_owned(), value: value.clone() })
            }
            _ => None,
        };
        self.0.iter().filter_map(change).collect()
    }

    fn lines(&self, applied: &[Applied], refused: &[Refusal]) -> Vec<Line> {
        self.0.iter().map(|item| item.line(applied, refused)).collect()
    }
}

impl Item<'_> {
    fn line(&self, applied: &[Applied], refused: &[Refusal]) -> Line {
        let name = self.name.to_owned();
        match &self.part {
            Part::Lacking { note } => {
                Line { name, change: Change::Lack, value: None, origin: None, note: note.clone() }
            }
            Part::Kept { value, note } => Line {
                name,
                change: Change::Keep,
                value: Some(self.shown(value)),
                origin: Some(Origin::File),
                note: Some((*note).to_owned()),
            },
            Part::Value { value, origin, broken } => {
                let refusal = refused.iter().find(|refusal| refusal.key == self.name);
                let effect = applied.iter().find(|applied| applied.key == self.name).map(|a| a.effect);
                let change = match (refusal, effect) {
                    (Some(_), _) | (None, None) => Change::Refuse,
                    (None, Some(Effect::Unchanged)) => Change::Same,
                    (None, Some(Effect::Added(_))) => Change::Add,
                    (None, Some(Effect::Changed(_))) => Change::Replace,
                };
                let note = refusal.map(|refusal| refusal.reason.to_string());
                let note = note.or_else(|| broken.map(str::to_owned));
                let value = Some(self.shown(value));
                Line { name, change, value, origin: Some((*origin).clone()), note }
            }
        }
    }

    /// Only what the profile calls plain configuration is shown as it is.
    fn shown(&self, value: &SecretValue) -> Shown {
        if self.secret { Shown::Masked(value.mask()) } else { Shown::Plain(value.expose_to(plain)) }
    }
}
