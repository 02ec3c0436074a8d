//! From merged variables to changes of the file and to what people see of them.

use std::path::Path;

use super::merge::{Merge, merge};
use super::{Change, Draft, Line, Shown};
use crate::envfile::{self, Applied, Document, Effect, Refusal};
use crate::profile::Need;
use crate::resolve::Origin;
use crate::secret::{Fingerprint, SecretValue, plain};

/// What should stand in one file, in the order of the contracts.
pub(super) struct Wanted<'a>(Vec<Item<'a>>);

struct Item<'a> {
    name: &'a str,
    secret: bool,
    merge: Merge<'a>,
    /// For conflicts: yours and theirs, to be told apart.
    prints: Option<(Fingerprint, Fingerprint)>,
}

impl<'a> Wanted<'a> {
    /// Merges every variable that the services sharing `file` name; the first of them decides.
    pub fn of(draft: &Draft<'a>, file: &Path, services: &[&str]) -> Self {
        let mut items: Vec<Item<'a>> = Vec::new();
        for service in services {
            let Ok(declared) = draft.profile.service(service) else { continue };
            for entry in declared.contract(&draft.found.environment) {
                let known = items.iter().any(|item| item.name == entry.variable);
                if !known && entry.need != Need::Denied && draft.wants(service, entry.variable) {
                    let merged = merge(draft, file, service, entry.variable, entry.need);
                    items.extend(merged.map(|merge| Item::new(draft, entry.variable, merge)));
                }
            }
        }
        Self(items)
    }

    /// The values to write, in the form they are written.
    pub fn changes(&self, draft: &Draft<'_>) -> Vec<envfile::Change> {
        let change = |item: &Item<'_>| match item.merge {
            Merge::Write { value, .. } => {
                let value = draft.as_written(item.name, value);
                Some(envfile::Change { key: item.name.to_owned(), value })
            }
            _ => None,
        };
        self.0.iter().filter_map(change).collect()
    }

    /// Whether it gets a value, or keeps one of the developer's own.
    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|item| item.name == name && !matches!(item.merge, Merge::Lack { .. }))
    }

    /// One line for each variable, with what the writer made of it.
    pub fn lines(&self, applied: &[Applied], refused: &[Refusal]) -> Vec<Line> {
        self.0.iter().map(|item| item.line(applied, refused)).collect()
    }
}

impl<'a> Item<'a> {
    fn new(draft: &Draft<'a>, name: &'a str, merge: Merge<'a>) -> Self {
        let prints = match &merge {
            Merge::Conflict { value, incoming, .. } => {
                draft.journal.fingerprint(value).zip(draft.journal.fingerprint(incoming))
            }
            _ => None,
        };
        let secret = draft.profile.variable(name).is_none_or(|variable| variable.secret);
        Self { name, secret, merge, prints }
    }

    fn line(&self, applied: &[Applied], refused: &[Refusal]) -> Line {
        match &self.merge {
            Merge::Lack { note } => self.shown_as(Change::Lack, None, None, note.clone()),
            Merge::Keep { value, note } => {
                self.shown_as(Change::Keep, Some(value), Some(&Origin::File), Some(note.clone()))
            }
            Merge::Conflict { value, incoming, origin } => {
                let note = Some(self.conflict(value, incoming, origin));
                self.shown_as(Change::Conflict, Some(value), Some(origin), note)
            }
            Merge::Write { value, origin, broken } => {
                let refusal = refused.iter().find(|refusal| refusal.key == self.name);
                let effect = applied.iter().find(|applied| applied.key == self.name).map(|a| a.effect);
                let note = refusal.map(why);
                let note = note.or_else(|| broken.map(str::to_owned));
                self.shown_as(change(refusal, effect), Some(value), Some(origin), note)
            }
        }
    }

    fn shown_as(
        &self,
        change: Change,
        value: Option<&SecretValue>,
        origin: Option<&Origin>,
        note: Option<String>,
    ) -> Line {
        let value = value.map(|value| self.shown(value));
        Line { name: self.name.to_owned(), change, value, origin: origin.cloned(), note }
    }

    /// Yours and theirs, without either: lengths and fingerprints.
    fn conflict(&self, mine: &SecretValue, theirs: &SecretValue, origin: &Origin) -> String {
        let print = |print: Option<Fingerprint>| print.map(|p| format!(" #{p:.8}")).unwrap_or_default();
        let (yours, other) = (self.prints.map(|p| p.0), self.prints.map(|p| p.1));
        format!(
            "both changed: yours has {} characters{}, {origin}'s {}{}; --take {} takes {origin}'s",
            mine.chars(),
            print(yours),
            theirs.chars(),
            print(other),
            self.name
        )
    }

    /// Only what the profile calls plain configuration is shown as it is.
    fn shown(&self, value: &SecretValue) -> Shown {
        if self.secret { Shown::Masked(value.mask()) } else { Shown::Plain(value.expose_to(plain)) }
    }
}

/// What stands in the way, and the way around it where there is one.
fn why(refusal: &Refusal) -> String {
    match refusal.alternative() {
        Some(alternative) => format!("{}; {alternative}", refusal.reason),
        None => refusal.reason.to_string(),
    }
}

fn change(refusal: Option<&Refusal>, effect: Option<Effect>) -> Change {
    match (refusal, effect) {
        (Some(_), _) | (None, None) => Change::Refuse,
        (None, Some(Effect::Unchanged)) => Change::Same,
        (None, Some(Effect::Added(_))) => Change::Add,
        (None, Some(Effect::Changed(_))) => Change::Replace,
    }
}

/// What we wrote for another environment and nothing of this one takes the place of: it goes, for nobody could tell afterwards
/// whose it is.
pub(super) fn left_over(
    draft: &Draft<'_>,
    file: &Path,
    wanted: &Wanted<'_>,
    document: &Document,
    other: &str,
) -> Vec<Line> {
    let rest = draft.journal.written_to(file).filter(|name| !wanted.has(name));
    let ours = rest.filter_map(|name| {
        let value = document.get(name).filter(|value| draft.journal.wrote(file, name, value))?;
        Some((name, value))
    });
    ours.map(|(name, value)| Line {
        name: name.to_owned(),
        change: Change::Remove,
        value: Some(Shown::Masked(value.mask())),
        origin: Some(Origin::File),
        note: Some(format!("written for {other}")),
    })
    .collect()
}

/// Variables we wrote once and no service of the file names any more.
pub(super) fn dropped(draft: &Draft<'_>, file: &Path, services: &[&str], document: &Document) -> Vec<Line> {
    let named: Vec<&str> = services
        .iter()
        .filter_map(|name| draft.profile.service(name).ok())
        .flat_map(|service| service.contract(&draft.found.environment))
        .map(|entry| entry.variable)
        .collect();
    let gone = draft.journal.written_to(file).filter(|name| !named.contains(name));
    gone.filter_map(|name| {
        let value = document.get(name)?;
        let ours = draft.journal.wrote(file, name, &value);
        let (change, note) = match (ours, draft.prune) {
            (true, true) => (Change::Remove, "no longer in the profile"),
            (true, false) => (Change::Stale, "no longer in the profile; --prune removes it"),
            (false, _) => (Change::Keep, "no longer in the profile, but edited by hand"),
        };
        let value = Some(Shown::Masked(value.mask()));
        Some(Line {
            name: name.to_owned(),
            change,
            value,
            origin: Some(Origin::File),
            note: Some(note.to_owned()),
        })
    })
    .collect()
}
