//! Values we wrote into files: lines of env files, and the files of single tokens.

use std::path::Path;

use super::{Kind, Outcome, Target, Thing, World, failed, removed};
use crate::envfile::{self, Document, Snapshot, replace};
use crate::finding::Finding;
use crate::secret::plain;
use crate::tokens::{self, Project};

/// Begins the comment line that opens a file we made.
const OURS: &str = "written by devsecrets.";

fn concerns(world: &World<'_>, file: &Path) -> bool {
    world.only.as_ref().is_none_or(|project| file.starts_with(&project.root))
}

/// Env files we wrote to, as far as they still stand.
pub(super) fn values(world: &World<'_>) -> Vec<Thing> {
    let files: Vec<&Path> = world.journal.files().filter(|file| concerns(world, file)).collect();
    let thing = |file: &Path| {
        let place = plain(&file.display().to_string());
        let (says, finding) = match look(world, file) {
            Ok(None) => return None,
            Ok(Some(found)) => (found.says(), None),
            Err(finding) => ("it cannot be read".to_owned(), Some(finding)),
        };
        Some(Thing { kind: Kind::Values, place, says, finding, target: Target::Values(file.to_owned()) })
    };
    files.into_iter().filter_map(thing).collect()
}

/// What of a file is ours.
struct Found {
    snapshot: Snapshot,
    document: Document,
    ours: Vec<String>,
    edited: usize,
}

impl Found {
    fn says(&self) -> String {
        let noun = |count: usize| if count == 1 { "value" } else { "values" };
        let edited = match self.edited {
            0 => String::new(),
            count => format!("; {count} edited by hand stays"),
        };
        format!("{} {} we wrote{edited}", self.ours.len(), noun(self.ours.len()))
    }
}

/// `None` when the file is gone.
fn look(world: &World<'_>, file: &Path) -> Result<Option<Found>, Finding> {
    let snapshot =
        Snapshot::read(file).map_err(|error| failed(&file.display().to_string(), &error.to_string()))?;
    if !snapshot.exists() {
        return Ok(None);
    }
    let document = Document::parse(snapshot.bytes());
    let (mut ours, mut edited) = (Vec::new(), 0);
    for name in world.journal.known(file) {
        match document.get(name) {
            Some(value) if world.journal.wrote(file, name, &value) => ours.push(name.to_owned()),
            Some(_) => edited += 1,
            None => {}
        }
    }
    Ok(Some(Found { snapshot, document, ours, edited }))
}

/// Takes our lines out. A file that holds nothing else then is removed.
pub(super) fn take_out(world: &mut World<'_>, file: &Path) -> Result<Outcome, Finding> {
    let place = file.display().to_string();
    let Some(found) = look(world, file)? else {
        return drop_record(world, file).map(|()| Outcome::Gone);
    };
    if found.ours.is_empty() {
        return drop_record(world, file).map(|()| Outcome::Left);
    }
    let names: Vec<&str> = found.ours.iter().map(String::as_str).collect();
    let pruned = envfile::remove(&found.document, &names, &[]);
    if let Some(kept) = pruned.kept.first() {
        return Err(failed(&place, &kept.to_string()));
    }
    if is_empty(pruned.document.bytes()) {
        // The same test as replacing makes: nobody wrote to it since it was read.
        if Snapshot::read(file).ok().as_ref() != Some(&found.snapshot) {
            return Err(failed(&place, "it changed just now"));
        }
        removed(std::fs::remove_file(file), &place)?;
    } else {
        let written = replace(file, &found.snapshot, pruned.document.bytes());
        written.map_err(|error| failed(&place, &error.to_string()))?;
    }
    drop_record(world, file)?;
    Ok(Outcome::Removed)
}

fn drop_record(world: &mut World<'_>, file: &Path) -> Result<(), Finding> {
    let record = world.journal.forget(file);
    record.map_err(|error| failed(&file.display().to_string(), &error.to_string()))
}

/// Nothing but blank lines and the line we begin our files with.
fn is_empty(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let ours = |line: &str| line.starts_with('#') && line.contains(OURS);
    text.lines().map(str::trim).all(|line| line.is_empty() || ours(line))
}

/// Files that hold one token each.
pub(super) fn token_files(world: &World<'_>) -> Vec<Thing> {
    let all = world.shelf.files().filter(|(.., file)| concerns(world, file) && file.exists());
    let thing = |(slot, name, project, file): (&str, &str, &Project, &Path)| Thing {
        kind: Kind::TokenFile,
        place: plain(&file.display().to_string()),
        says: "the file of one token, if it still holds it".to_owned(),
        finding: None,
        target: Target::TokenFile {
            slot: slot.to_owned(),
            name: name.to_owned(),
            project: project.clone(),
            file: file.to_owned(),
        },
    };
    all.map(thing).collect()
}

pub(super) fn take_token_file(
    world: &mut World<'_>,
    slot: &str,
    name: &str,
    project: &Project,
    file: &Path,
) -> Result<Outcome, Finding> {
    let place = file.display().to_string();
    let refused = |says: String| failed(&place, &says);
    let value = world.keychain.get(&tokens::item(slot)).map_err(|error| refused(error.to_string()))?;
    let snapshot = Snapshot::read(file).map_err(|error| refused(error.to_string()))?;
    let holds = value.is_some_and(|value| {
        tokens::file_contents(&value).expose_to(|text| snapshot.bytes() == text.as_bytes())
    });
    if snapshot.exists() && !holds {
        return Err(refused("it holds something else by now, and was left: look at it yourself".to_owned()));
    }
    let outcome = removed(std::fs::remove_file(file), &place)?;
    world.shelf.filed(project, name, None).map_err(|error| refused(error.to_string()))?;
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_heading_alone_is_an_empty_file() {
        assert!(is_empty(b"# api \xc2\xb7 development \xc2\xb7 written by devsecrets. Edit freely.\r\n\r\n"));
        assert!(is_empty(b""));
        assert!(!is_empty(b"# my own note\n"));
        assert!(!is_empty(b"A=1\n"));
    }
}
