//! Every action that is possible at this moment, with its key and its command: search, and press Enter.
//!
//! Made from the same rows as the keys, so what is learned here can be typed in a shell tomorrow. It keeps the context
//! it was called in; when that is no longer so, nothing is done by mistake.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::tui::effect::Effect;
use crate::tui::keymap::{Context, Intent, Place, Row};
use crate::tui::model::Model;
use crate::tui::screens;
use crate::tui::theme::Theme;
use crate::tui::update;
use crate::tui::widgets::filter::Filter;
use crate::tui::widgets::fuzzy;
use crate::tui::widgets::list::{self, moved};
use crate::tui::widgets::panel::{centred, popup};
use crate::tui::widgets::text::{fit, pad, span, width};

const WIDE: u16 = 100;
/// From this width on commands stand beside the words.
const ROOM_FOR_COMMANDS: u16 = 80;

#[derive(Debug)]
pub struct Palette {
    of: Context,
    actions: Vec<&'static Row>,
    filter: Filter,
    cursor: usize,
}

impl Palette {
    /// `rows` are those of the context `of` that do something now.
    pub fn new(of: Context, rows: Vec<&'static Row>) -> Self {
        let is_action = |row: &&Row| !row.intent.moves() && row.intent != Intent::Palette;
        let actions = rows.into_iter().filter(is_action).collect();
        Self { of, actions, filter: Filter { text: String::new(), open: true }, cursor: 0 }
    }

    /// What fits the filter, best first; without one in the order of the help.
    pub fn rows(&self, place: &Place) -> Vec<&'static Row> {
        let scored = self.actions.iter().copied().filter_map(|row| {
            let command = row.twin.command(place).unwrap_or_default();
            Some((fuzzy::score(&self.filter.text, &format!("{} {command}", row.help))?, row))
        });
        let mut all: Vec<(usize, &Row)> = scored.collect();
        if !self.filter.text.trim().is_empty() {
            all.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
        }
        all.into_iter().map(|(_, row)| row).collect()
    }

    fn here(&self, place: &Place) -> Option<&'static Row> {
        self.rows(place).get(self.cursor).copied()
    }

    fn step(&mut self, intent: Intent, rows: usize) {
        self.cursor = moved(self.cursor, rows, intent);
        if self.filter.update(intent) {
            self.cursor = 0;
        }
    }
}

/// The effects, and the palette again if it stays.
pub fn update(model: &mut Model, mut palette: Palette, intent: Intent) -> (Vec<Effect>, Option<Palette>) {
    let place = screens::place(model);
    let row = palette.here(&place);
    match intent {
        Intent::Back => (Vec::new(), None),
        Intent::At(at) => {
            let row = palette.rows(&place).get(at).copied();
            (row.map_or_else(Vec::new, |row| perform(model, palette.of, row)), None)
        }
        Intent::Enter => (row.map_or_else(Vec::new, |row| perform(model, palette.of, row)), None),
        Intent::Copy => (copied(model, row.and_then(|row| row.twin.command(&place))), Some(palette)),
        _ => {
            let rows = palette.rows(&place).len();
            palette.step(intent, rows);
            (Vec::new(), Some(palette))
        }
    }
}

fn copied(model: &mut Model, command: Option<String>) -> Vec<Effect> {
    if command.is_none() {
        model.window.toasts.note("this is about the screen alone; no command does it");
    }
    command.map(|command| Effect::Copy(model.facts.for_a_shell(command))).into_iter().collect()
}

/// As if its key had been pressed, if it still means the same.
fn perform(model: &mut Model, of: Context, row: &Row) -> Vec<Effect> {
    let holds = screens::context(model).rows().any(|one| one.intent == row.intent && one.help == row.help);
    if holds {
        return update::press(model, row.intent);
    }
    model.window.toasts.note(if of == screens::context(model) {
        "that is not possible here".to_owned()
    } else {
        "the screen has changed meanwhile; look again with :".to_owned()
    });
    Vec::new()
}

pub fn view(model: &Model, palette: &Palette, theme: &Theme, frame: &mut Frame, area: Rect) {
    let place = screens::place(model);
    let rows = palette.rows(&place);
    let keys = rows.iter().map(|row| width(&row.keys())).max().unwrap_or(0);
    let beside = area.width >= ROOM_FOR_COMMANDS;
    let tall = u16::try_from(rows.len() + 6).unwrap_or(u16::MAX);
    let inner = popup(frame, centred(area, WIDE, tall), theme, "What next?");
    let columns = usize::from(inner.width);
    let words = if beside { columns * 2 / 5 } else { columns.saturating_sub(keys + 3) };
    let line = |row: &&Row| {
        let mut spans = vec![
            span(pad(row.help, words), theme.text),
            span(pad(&format!(" {}", row.keys()), keys + 2), theme.accent.patch(theme.strong)),
        ];
        if beside {
            let room = columns.saturating_sub(words + keys + 4);
            let command = row.twin.command(&place).unwrap_or_default();
            spans.push(span(fit(&command, room), theme.dim));
        }
        Line::from(spans)
    };
    if let Some(row) = inner.rows().next() {
        frame.render_widget(palette.filter.line(theme, rows.len(), columns).unwrap_or_default(), row);
    }
    let body = Rect { y: inner.y + 2, height: inner.height.saturating_sub(4), ..inner };
    list::draw(frame, body.intersection(inner), theme, rows.iter().map(line).collect(), Some(palette.cursor));
    said(frame, inner, theme, rows.get(palette.cursor).copied(), &place);
    if let (Some(shell), Some(row)) =
        (&model.facts.shell, inner.rows().nth_back(1).filter(|_| inner.height > 6))
    {
        let hint = format!("in another shell of this demo, first:  {shell}");
        frame.render_widget(Line::from(span(fit(&hint, columns), theme.dim)), row);
    }
}

/// The whole command of the row under the cursor, which may be cut off beside its words.
fn said(frame: &mut Frame, inner: Rect, theme: &Theme, row: Option<&Row>, place: &Place) {
    let (Some(last), Some(row)) = (inner.rows().next_back().filter(|_| inner.height > 3), row) else {
        return;
    };
    let line = match row.twin.command(place) {
        Some(command) => {
            let room = usize::from(last.width).saturating_sub(2);
            Line::from(vec![span("$ ", theme.dim), span(fit(&command, room), theme.strong)])
        }
        None => Line::from(span("about the screen alone", theme.dim)),
    };
    frame.render_widget(line, last);
}
