//! `audit --open PATH:LINE`: the place in the person's editor.

use super::super::Outcome;
use crate::audit;
use crate::cli::Exit;
use crate::cli::context::Context;
use crate::editor::{Editor, Spot};
use crate::finding::{Finding, Remedy};

pub(super) async fn run(context: &Context, place: &str) -> Outcome {
    let folder = &context.settings.folder;
    let (path, line, column) = audit::place(place).ok_or_else(|| no_place(place))?;
    // Paths are listed from the root of the repository, and typed from where one is.
    let root = audit::root(folder).unwrap_or_else(|| folder.clone());
    let file = match folder.join(path) {
        typed if !root.join(path).exists() && typed.is_file() => typed,
        _ if root.join(path).is_file() => root.join(path),
        _ => {
            let (commit, path) = audit::whence(path);
            audit::on_disk(&root, path, commit)?
        }
    };
    Editor::at(&context.settings, &Spot { file, line, column })?.open().await?;
    Ok(Exit::Good)
}

fn no_place(place: &str) -> Finding {
    let says = "it names no place: a file, a line, and perhaps a column";
    Finding::error(
        "DS-AUDIT-18",
        place,
        says,
        Remedy::run("name a place as the audit lists it", "devsecrets audit"),
    )
}
