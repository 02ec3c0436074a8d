//! Step 5: every file that would be written, masked; then consent, then what happened.

mod view;

pub use view::view;

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::seed::{self, Change, FileReport, FileState, Report};
use crate::tui::effect::{Effect, Job, Part, TaskId};
use crate::tui::keymap::{Context, Intent, Place};
use crate::tui::model::{Load, Model, Step};
use crate::tui::msg::Answer;
use crate::tui::overlays::{Overlay, Question};
use crate::tui::walk;
use crate::tui::widgets::list::moved;
use crate::tui::widgets::text::count;

#[derive(Debug, Default)]
pub struct Preview {
    pub cursor: usize,
    /// Indices of files shown by their heading alone.
    pub folded: BTreeSet<usize>,
    /// Variables whose hand edit gives way to its source's value.
    pub taken: BTreeSet<String>,
    /// What it is about.
    pub part: Part,
    /// What was written is being taken back.
    pub undoing: Load<()>,
}

/// One row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A finding of the whole plan: what is so, and the next step.
    Note(usize),
    NoteNext(usize),
    File(usize),
    Finding(usize, usize),
    FindingNext(usize, usize),
    Line(usize, usize),
    /// Beneath a file.
    Gap,
}

impl Row {
    /// The file it belongs to.
    pub fn file(self) -> Option<usize> {
        match self {
            Self::File(file) | Self::Finding(file, _) | Self::FindingNext(file, _) | Self::Line(file, _) => {
                Some(file)
            }
            _ => None,
        }
    }
}

/// All rows in sight when nothing is scrolled away.
pub fn rows(preview: &seed::Preview, state: &Preview) -> Vec<Row> {
    let mut all = Vec::new();
    for note in 0..preview.findings.len() {
        all.extend([Row::Note(note), Row::NoteNext(note)]);
    }
    if !all.is_empty() {
        all.push(Row::Gap);
    }
    for (at, file) in preview.files.iter().enumerate() {
        all.push(Row::File(at));
        if !state.folded.contains(&at) {
            let findings =
                (0..file.findings.len()).flat_map(|one| [Row::Finding(at, one), Row::FindingNext(at, one)]);
            all.extend(findings);
            all.extend((0..file.lines.len()).map(|line| Row::Line(at, line)));
            all.push(Row::Gap);
        }
    }
    if all.last() == Some(&Row::Gap) {
        all.pop();
    }
    all
}

/// The finding a row shows.
pub fn finding(preview: &seed::Preview, row: Row) -> Option<&Finding> {
    match row {
        Row::Note(note) | Row::NoteNext(note) => preview.findings.get(note),
        Row::Finding(file, one) | Row::FindingNext(file, one) => preview.files.get(file)?.findings.get(one),
        _ => None,
    }
}

pub fn context(model: &Model) -> Context {
    match (&model.facts.preview, &model.facts.report) {
        (_, Load::Busy(_)) | (Load::Idle | Load::Busy(_), _) => Context::Busy,
        _ if model.screens.preview.undoing.is_busy() => Context::Busy,
        (_, Load::Ready(report)) if wrote(report) => Context::Undoable,
        (_, Load::Ready(_)) => Context::Written,
        (Load::Broken(_), _) | (_, Load::Broken(_)) => Context::Broken,
        (Load::Ready(preview), _) if preview.to_write() == 0 => Context::Written,
        (Load::Ready(_), _) => Context::Preview,
    }
}

/// The line under the cursor.
pub fn place(model: &Model, place: Place) -> Place {
    let part = &model.screens.preview.part;
    let one = part.spot().map(|(service, variable)| format!("{service}/{variable}"));
    let names = one.or_else(|| part.services.first().filter(|_| part.services.len() == 1).cloned());
    Place { variable: settleable(model), part: names, ..place }
}

pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    match (context(model), intent) {
        // What is being written is awaited here.
        (Context::Busy, Intent::Back) if model.is_writing() => Vec::new(),
        (_, Intent::Back) => walk::back(model),
        (Context::Broken | Context::Preview, Intent::Retry) => look_again(model),
        (Context::Preview, Intent::Take) => take(model),
        (Context::Preview, Intent::Skip) | (Context::Written | Context::Undoable, Intent::Enter) => {
            walk::forward(model)
        }
        (Context::Undoable, Intent::Undo) => take_back(model),
        (Context::Preview, Intent::Enter) => {
            model.overlay = Some(Overlay::Confirm(Question::Write));
            Vec::new()
        }
        (Context::Preview | Context::Written | Context::Undoable, _) => {
            step(model, intent);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// The answer to a write. It can be taken back from wherever one is by then.
pub fn applied(model: &mut Model, id: TaskId, answer: Answer<Report>) -> Vec<Effect> {
    if !model.facts.report.answer(id, answer) {
        return Vec::new();
    }
    if model.home {
        model.facts.void_table();
    }
    if let (Load::Ready(preview), Load::Ready(report)) = (&mut model.facts.preview, &model.facts.report) {
        preview.settle(report);
    }
    let files = model.facts.report.ready().map_or(0, |report| written(report).count());
    if files > 0 {
        model.window.toasts.offer_undo(format!("{} written", count(files, "file")));
    }
    Vec::new()
}

/// Takes back what was written last.
pub fn take_back(model: &mut Model) -> Vec<Effect> {
    model.window.toasts.no_undo();
    if model.is_writing() {
        return Vec::new();
    }
    vec![walk::start(&mut model.screens.preview.undoing, &mut model.tasks, Job::Undo)]
}

/// Whether there is anything to take back.
fn wrote(report: &Report) -> bool {
    written(report).next().is_some()
}

fn written(report: &Report) -> impl Iterator<Item = &FileReport> {
    report.files.iter().filter(|file| file.written > 0)
}

/// The files are as they were: what was read and planned since no longer holds.
pub fn undone(model: &mut Model, id: TaskId, answer: Answer<Report>) -> Vec<Effect> {
    if !model.screens.preview.undoing.answer(id, answer.map(|_| ())) {
        return Vec::new();
    }
    if let Some(finding) = model.screens.preview.undoing.broken() {
        let says = format!("{}: {} → {}", finding.subject, finding.says, finding.remedy.says);
        model.window.toasts.failed(says);
        return Vec::new();
    }
    model.window.toasts.no_undo();
    model.window.toasts.done("taken back: the files are as they were before");
    model.screens.preview.undoing = Load::Idle;
    walk::reread(&mut model.facts);
    match (model.beside, model.at) {
        (None, Step::Preview | Step::Board) => walk::enter(model, model.at),
        (None, Step::Summary) => vec![walk::read(&mut model.facts, &mut model.tasks)],
        _ => Vec::new(),
    }
}

/// A new preview: files without a change are folded.
pub fn arrived(model: &mut Model) {
    let files = model.facts.preview.ready().map(|preview| preview.files.as_slice()).unwrap_or_default();
    let unchanged = files.iter().enumerate().filter(|(_, file)| file.state == FileState::Unchanged);
    let state = &mut model.screens.preview;
    state.folded = unchanged.map(|(at, _)| at).collect();
    let last = model.facts.preview.ready().map_or(0, |preview| rows(preview, state).len().saturating_sub(1));
    state.cursor = state.cursor.min(last);
}

/// Settles the variable under the cursor: its source's value instead of the hand edit, or the other way round.
fn take(model: &mut Model) -> Vec<Effect> {
    let Some(name) = settleable(model) else {
        model.window.toasts.note("only a line that was edited by hand can be settled");
        return Vec::new();
    };
    let taken = &mut model.screens.preview.taken;
    let take = !taken.remove(&name);
    if take {
        taken.insert(name.clone());
    }
    model.facts.report = Load::Idle;
    let job = Job::Settle { variable: name, take, part: model.screens.preview.part.clone() };
    vec![walk::start(&mut model.facts.preview, &mut model.tasks, job)]
}

fn settleable(model: &Model) -> Option<String> {
    let preview = model.facts.preview.ready()?;
    let state = &model.screens.preview;
    let Row::Line(file, line) = *rows(preview, state).get(state.cursor)? else { return None };
    let line = preview.files.get(file)?.lines.get(line)?;
    let by_hand = matches!(line.change, Change::Keep | Change::Conflict) || state.taken.contains(&line.name);
    by_hand.then(|| line.name.clone())
}

/// The person has consented to what is shown.
pub fn write(model: &mut Model) -> Vec<Effect> {
    let walk = !model.home;
    let Model { facts, tasks, .. } = model;
    match facts.preview.ready() {
        Some(seen) if facts.report.is_wanting() => {
            model.screens.preview.undoing = Load::Idle;
            let seen = Box::new(seen.clone());
            vec![walk::start(&mut facts.report, tasks, Job::Apply { seen, walk })]
        }
        _ => Vec::new(),
    }
}

fn look_again(model: &mut Model) -> Vec<Effect> {
    model.facts.report = Load::Idle;
    let job = Job::Plan(model.screens.preview.part.clone());
    vec![walk::start(&mut model.facts.preview, &mut model.tasks, job)]
}

fn step(model: &mut Model, intent: Intent) {
    let Some(preview) = model.facts.preview.ready() else { return };
    let state = &mut model.screens.preview;
    let before = rows(preview, state);
    match intent {
        Intent::Fold => {
            let Some(file) = before.get(state.cursor).and_then(|row| row.file()) else { return };
            if !state.folded.remove(&file) {
                state.folded.insert(file);
            }
            let after = rows(preview, state);
            state.cursor = after.iter().position(|row| *row == Row::File(file)).unwrap_or(0);
        }
        Intent::FoldAll => {
            let all = 0..preview.files.len();
            state.folded = if state.folded.len() < all.len() { all.collect() } else { BTreeSet::new() };
            state.cursor = 0;
        }
        _ => {
            state.cursor = moved(state.cursor, before.len(), intent);
            // The gap between files is no place to stop.
            if before.get(state.cursor) == Some(&Row::Gap) && matches!(intent, Intent::Up | Intent::Down) {
                state.cursor = moved(state.cursor, before.len(), intent);
            }
        }
    }
}
