//! The three-way merge of one variable: what we wrote last, what stands in the file, what comes in.
//!
//! | file is | incoming is | then |
//! | --- | --- | --- |
//! | as we wrote it | anything | written |
//! | edited by hand | as it was, or never ours | kept |
//! | edited by hand | changed too | a conflict, kept until the person settles it |
//!
//! A person's edit is never lost by default; taking the incoming value is a choice per variable.

use std::path::Path;

use super::Draft;
use crate::profile::Need;
use crate::resolve::{Origin, Outcome};
use crate::secret::SecretValue;

/// What becomes of one variable in one file.
pub(super) enum Merge<'a> {
    /// Written, if it is not there already; `broken`: a rule the value breaks.
    Write { value: &'a SecretValue, origin: &'a Origin, broken: Option<&'a str> },
    /// What stands in the file stays.
    Keep { value: &'a SecretValue, note: String },
    /// Both sides changed. The file's value stays until it is settled.
    Conflict { value: &'a SecretValue, incoming: &'a SecretValue, origin: &'a Origin },
    /// There is nothing to write.
    Lack { note: Option<String> },
}

/// Decides one variable of `service`; `None` when it is neither there nor needed.
pub(super) fn merge<'a>(
    draft: &Draft<'a>,
    file: &Path,
    service: &str,
    name: &str,
    need: Need,
) -> Option<Merge<'a>> {
    match draft.found.get(service, name)? {
        // A hand edit is asked before any other source, so nothing was tried.
        Outcome::Found { value, origin: Origin::File, tried, .. } if tried.is_empty() => {
            Some(hand_edited(draft, file, service, name, value))
        }
        Outcome::Found { origin: Origin::Fallback, at, .. } => {
            let note = at.as_ref().map(|file| format!("stands in {file}, which the service reads too"));
            Some(Merge::Lack { note })
        }
        Outcome::Found { value, origin: Origin::File, .. } => {
            Some(Merge::Keep { value, note: "its source cannot be read now".to_owned() })
        }
        Outcome::Found { value, origin, broken, .. } => {
            Some(Merge::Write { value, origin, broken: broken.as_deref() })
        }
        Outcome::Opaque => {
            Some(Merge::Lack { note: Some("exported in your shell, and not UTF-8".to_owned()) })
        }
        Outcome::Nowhere { .. } => lacking(draft, service, name, need),
    }
}

fn hand_edited<'a>(
    draft: &Draft<'a>,
    file: &Path,
    service: &str,
    name: &str,
    value: &'a SecretValue,
) -> Merge<'a> {
    let keep = |note: &str| Merge::Keep { value, note: note.to_owned() };
    let (incoming, origin, broken) = match draft.incoming.get(service, name) {
        Some(Outcome::Found { value, origin, broken, .. })
            if !matches!(origin, Origin::File | Origin::Fallback) =>
        {
            (value, origin, broken)
        }
        _ => return keep("edited by hand"),
    };
    if incoming.same_as(value) {
        return Merge::Write { value: incoming, origin, broken: broken.as_deref() };
    }
    if draft.takes(service, name) {
        return Merge::Write { value: incoming, origin, broken: broken.as_deref() };
    }
    match draft.journal.last(file, name) {
        Some(last) if draft.journal.fingerprint(&draft.as_written(name, incoming)) != Some(last) => {
            Merge::Conflict { value, incoming, origin }
        }
        Some(_) => keep("edited by hand"),
        None => Merge::Keep { value, note: format!("edited by hand; {origin} has another value") },
    }
}

fn lacking<'a>(draft: &Draft<'a>, service: &str, name: &str, need: Need) -> Option<Merge<'a>> {
    if matches!(draft.exported.get(service, name), Some(Outcome::Found { .. })) {
        let note = "only exported in your shell; --from-env writes it down".to_owned();
        return Some(Merge::Lack { note: Some(note) });
    }
    let row = draft.matrix.services.iter().find(|row| row.service == service);
    let next = row.and_then(|row| row.cell(name)?.next.clone());
    (need == Need::Required).then_some(Merge::Lack { note: next })
}
