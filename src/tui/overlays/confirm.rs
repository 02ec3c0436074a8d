//! A question before something is done that one may regret.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Question;
use crate::seed::{FilePreview, Preview};
use crate::tui::keymap::Intent;
use crate::tui::model::Model;
use crate::tui::screens::{audit, board, identity, token};
use crate::tui::theme::Theme;
use crate::tui::widgets::panel::{centred, popup};
use crate::tui::widgets::status;
use crate::tui::widgets::text::{count, fit, pad, span, width, wrap};

/// More files than this are only counted.
const LISTED: usize = 6;
const WIDE: u16 = 64;

pub fn view(model: &Model, question: Question, theme: &Theme, frame: &mut Frame, area: Rect) {
    let columns = usize::from(WIDE.min(area.width)).saturating_sub(4);
    let (title, mut lines, words) = match question {
        Question::Write => write(model, theme, columns),
        // Have views of their own.
        Question::Config { .. } | Question::Fix { .. } => return,
        Question::Undo => asked(theme, board::undo::question(model), columns),
        Question::Program => asked(theme, board::question(model), columns),
        Question::Accept => asked(theme, audit::question(model), columns),
        Question::Token(ask) => asked(theme, token::question(model, ask), columns),
        Question::Identity(ask) => asked(theme, identity::question(model, ask), columns),
    };
    lines.push(Line::default());
    let by_itself = question.comes_by_itself();
    lines.push(if by_itself { consent(theme, words) } else { answers(theme, words) });
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let inner = popup(frame, centred(area, WIDE, height), theme, &title);
    let last = lines.len() - 1;
    for (at, (row, line)) in inner.rows().zip(lines).enumerate() {
        frame.render_widget(line, row);
        if at == last {
            can_be_clicked(theme, row, if by_itself { " y " } else { " Enter " }, words);
        }
    }
}

/// The two words of [`answers`], which means their keys.
fn can_be_clicked(theme: &Theme, row: Rect, key: &str, (yes, no): (&str, &str)) {
    let columns = |text: &str| u16::try_from(width(text)).unwrap_or(u16::MAX);
    let yes = columns(key) + 1 + columns(yes);
    theme.touch.note(Rect { width: yes, ..row }.intersection(row), Intent::Enter);
    let no = Rect { x: row.x + yes + GAP, width: columns("Esc ") + columns(no), ..row };
    theme.touch.note(no.intersection(row), Intent::Back);
}

/// Columns between yes and no.
const GAP: u16 = 4;

/// How a screen asks: each sentence is a paragraph.
pub struct Asked {
    pub title: String,
    pub says: Vec<String>,
    /// What yes and no come to.
    pub answers: (&'static str, &'static str),
}

/// Title, lines, and the words of yes and no.
type Drawn = (String, Vec<Line<'static>>, (&'static str, &'static str));

fn asked(theme: &Theme, asked: Option<Asked>, columns: usize) -> Drawn {
    let Some(Asked { title, says, answers }) = asked else {
        // What it was about is gone.
        return (String::new(), Vec::new(), ("go on", "back"));
    };
    let mut lines: Vec<Line> = Vec::new();
    for (index, text) in says.iter().enumerate() {
        let style = if index == 0 { theme.text } else { theme.dim };
        lines.extend(wrap(text, columns).into_iter().map(|line| Line::from(span(line, style))));
    }
    (title, lines, answers)
}

fn write(model: &Model, theme: &Theme, columns: usize) -> Drawn {
    let all = model.facts.preview.ready().map(|preview| preview.files.as_slice()).unwrap_or_default();
    let files: Vec<&FilePreview> = all.iter().filter(|file| file.state.writes()).collect();
    let root = model.facts.opened.ready().map(|opened| opened.root.as_str()).unwrap_or_default();
    let mut lines: Vec<Line> = wrap(&format!("in {root}"), columns)
        .into_iter()
        .map(|line| Line::from(span(line, theme.dim)))
        .collect();
    lines.push(Line::default());
    lines.extend(files.iter().take(LISTED).map(|file| file_line(theme, file, columns)));
    if files.len() > LISTED {
        lines.push(Line::from(span(format!("and {} more", files.len() - LISTED), theme.dim)));
    }
    lines.push(Line::default());
    lines.extend(wrap(&promise(model), columns).into_iter().map(|line| Line::from(span(line, theme.dim))));
    let title = model.facts.preview.ready().map(Preview::question).unwrap_or_default();
    (title, lines, ("write", "not yet"))
}

/// What becomes of what a person wrote, and that it can be taken back.
fn promise(model: &Model) -> String {
    let by_hand = model.facts.preview.ready().is_some_and(Preview::is_by_hand);
    let edits = match model.screens.preview.taken.is_empty() {
        _ if by_hand => "What you typed counts as edited by hand, so seeding keeps it.",
        true => "Hand edits stay.",
        false => "Other hand edits stay.",
    };
    format!("{edits} Each env file is readable by you alone; devsecrets undo takes all of it back.")
}

fn file_line(theme: &Theme, file: &FilePreview, columns: usize) -> Line<'static> {
    let changes = file.lines.iter().filter(|line| line.change.writes()).count();
    let tail = count(changes, "line");
    let path = columns.saturating_sub(8 + tail.len() + 1);
    Line::from(vec![
        span(pad(&file.state.to_string(), 8), status::file(theme, file.state)),
        span(pad(&fit(&file.path, path), path), theme.text),
        span(format!(" {tail}"), theme.dim),
    ])
}

pub(super) fn answers(theme: &Theme, words: (&str, &str)) -> Line<'static> {
    line(theme, " Enter ", words)
}

/// To a question that comes up by itself.
pub(super) fn consent(theme: &Theme, words: (&str, &str)) -> Line<'static> {
    line(theme, " y ", words)
}

fn line(theme: &Theme, key: &'static str, (yes, no): (&str, &str)) -> Line<'static> {
    Line::from(vec![
        span(key, theme.pill),
        span(format!(" {yes}    "), theme.text),
        span("Esc", theme.accent.patch(theme.strong)),
        span(format!(" {no}"), theme.text),
    ])
}
