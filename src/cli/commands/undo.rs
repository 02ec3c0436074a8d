//! `devsecrets undo`: take back what seeding wrote.

use serde::Serialize;
use time::macros::format_description;

use super::Outcome;
use super::status::open;
use crate::cli::Exit;
use crate::cli::args::Undo;
use crate::cli::context::Context;
use crate::cli::output::{self, Tone};
use crate::finding::Finding;
use crate::onboard::Session;
use crate::seed::Undoable;

#[derive(Serialize)]
struct Listed<'a> {
    version: u32,
    undoable: &'a [Undoable],
}

pub(super) async fn run(context: &Context, args: &Undo) -> Outcome {
    let mut session = context.session();
    open(context, &mut session)?;
    if args.list {
        return list(context, &session);
    }
    let id = match &args.id {
        Some(id) => id.clone(),
        None => newest(context, &session)?,
    };
    let report = session.undo(Some(&id)).await?;
    context.out.document(&report);
    context.out.text(|paint| output::report(paint, &report));
    report.files.iter().filter_map(|file| file.finding.as_ref()).for_each(|f| context.out.finding(f));
    Ok(if report.is_clean() { Exit::Good } else { Exit::Findings })
}

/// The one that is meant without an ID; a seed that could not be kept for it is not it, so it is named.
fn newest(context: &Context, session: &Session) -> Result<String, Finding> {
    let last = session.last_write()?;
    context.out.say(|paint| {
        let (at, environment) = (at(&last), &last.environment);
        paint.tone(Tone::Faint, &format!("taking back what was written at {at} for {environment}"))
    });
    Ok(last.id)
}

fn list(context: &Context, session: &Session) -> Outcome {
    let undoable = session.undoable()?;
    context.out.document(&Listed { version: 1, undoable: &undoable });
    context.out.text(|_| undoable.iter().map(line).collect());
    if undoable.is_empty() {
        context.out.say(|_| "there is nothing to undo here".to_owned());
    }
    Ok(Exit::Good)
}

fn line(undoable: &Undoable) -> String {
    format!("{}  {}  {}  {}\n", undoable.id, at(undoable), undoable.environment, undoable.files.join(", "))
}

fn at(undoable: &Undoable) -> String {
    let form = format_description!("[year]-[month]-[day] [hour]:[minute] UTC");
    undoable.at.format(form).unwrap_or_default()
}
