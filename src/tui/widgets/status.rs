//! How a variable stands, as a sign, a word and a style.

use ratatui::style::Style;
use ratatui::text::Line;

use super::text::{span, width};
use crate::resolve::{Cell, Status};
use crate::seed::{Change, FileOutcome, FileState};
use crate::tui::theme::Theme;

pub fn look(theme: &Theme, status: Status) -> (&'static str, Style) {
    match status {
        Status::Ready => ("✓", theme.good),
        Status::Missing => ("✗", theme.bad),
        Status::Blocked => ("⊘", theme.warn),
        Status::Invalid => ("!", theme.bad),
        Status::Forbidden => ("▲", theme.bad),
        Status::Unset => ("·", theme.dim),
        Status::Absent => ("–", theme.dim),
    }
}

/// What a cell says in one word: where the value came from, or what is the matter.
pub fn word(cell: &Cell) -> String {
    match (&cell.origin, cell.status) {
        (Some(origin), Status::Ready) => origin.to_string(),
        // Nobody could be asked: that it has no value is not known.
        (_, Status::Unset) => cell.in_short(),
        (_, status) => status.to_string(),
    }
}

/// One line that explains the signs, as many as fit.
pub fn legend(theme: &Theme, columns: usize) -> Line<'static> {
    let all = [
        (Status::Ready, "ready"),
        (Status::Missing, "missing"),
        (Status::Blocked, "blocked"),
        (Status::Invalid, "invalid"),
        (Status::Unset, "unset, optional"),
        (Status::Forbidden, "forbidden"),
        (Status::Absent, "absent, as it must be"),
    ];
    let mut used = 0;
    let fitting = all.into_iter().take_while(|(_, word)| {
        used += width(word) + 2;
        let fits = used <= columns;
        used += 2;
        fits
    });
    let entry = |(status, word)| {
        let (sign, style) = look(theme, status);
        [span(sign, style), span(format!(" {word}  "), theme.dim)]
    };
    Line::from(fitting.flat_map(entry).collect::<Vec<_>>())
}

pub fn change(theme: &Theme, change: Change) -> Style {
    match change {
        Change::Add => theme.good,
        Change::Replace | Change::Remove => theme.accent,
        Change::Same | Change::Keep => theme.dim,
        Change::Lack | Change::Conflict | Change::Stale => theme.warn,
        Change::Refuse => theme.bad,
    }
}

pub fn file(theme: &Theme, state: FileState) -> Style {
    match state {
        FileState::Create => theme.good,
        FileState::Update => theme.accent,
        FileState::Unchanged => theme.dim,
        FileState::Refused => theme.bad,
    }
}

pub fn outcome(theme: &Theme, outcome: FileOutcome) -> (&'static str, Style) {
    match outcome {
        FileOutcome::Created | FileOutcome::Updated | FileOutcome::Restored | FileOutcome::Removed => {
            ("✓", theme.good)
        }
        FileOutcome::Unchanged => ("=", theme.dim),
        FileOutcome::Refused => ("⊘", theme.warn),
        FileOutcome::Failed => ("✗", theme.bad),
    }
}
