//! What we remember in the state folder, which goes last.

use std::path::Path;

use super::{Kind, Target, Thing, World};
use crate::profile::knows_picked;
use crate::secret::plain;
use crate::seed;

pub(super) fn state(world: &World<'_>) -> Vec<Thing> {
    let thing = |place: String, says: &str, target| Thing {
        kind: Kind::State,
        place: plain(&place),
        says: says.to_owned(),
        finding: None,
        target,
    };
    match &world.only {
        Some(project) => {
            let logs = seed::undo_entries(world.settings, &project.root).into_iter();
            let logs = logs.map(|log| {
                thing(log.display().to_string(), "what a seed replaced, sealed", Target::UndoLog(log))
            });
            let uses = world.shelf.is_known(project).then(|| {
                thing(
                    entry("tokens.json", &project.root),
                    "its leave to use kept tokens",
                    Target::Project(project.clone()),
                )
            });
            let root = project.root.canonicalize().unwrap_or_else(|_| project.root.clone());
            let runs = world.consents.knows(&root).then(|| {
                let place = entry("commands.json", &root);
                thing(place, "its leave to run the programs of its stores", Target::Consents(root))
            });
            let copies = world.copies.iter().filter(|folder| folder.exists()).map(|folder| {
                thing(
                    folder.display().to_string(),
                    "copies of store values, sealed",
                    Target::Folder(folder.clone()),
                )
            });
            let picked = knows_picked(world.settings, &project.root).then(|| {
                let place = entry("projects.json", &project.root);
                thing(place, "which profile was picked for it", Target::Picked(project.root.clone()))
            });
            let walks = seed::is_day_one(world.settings, &project.root).then(|| {
                let place = entry("day-one.json", &project.root);
                thing(place, "that its first walk is not over", Target::DayOne(project.root.clone()))
            });
            logs.chain(uses).chain(runs).chain(picked).chain(walks).chain(copies).collect()
        }
        None => {
            let folder = world.settings.state_folder().filter(|folder| folder.exists());
            let says =
                "what we remember: journal, undo log, choices, records, and the key file if there is one";
            folder
                .map(|folder| thing(folder.display().to_string(), says, Target::StateFolder(folder)))
                .into_iter()
                .collect()
        }
    }
}

/// Its line in one of our records, which is not the folder that the line is about.
fn entry(record: &str, root: &Path) -> String {
    format!("{record}: {}", root.display())
}
