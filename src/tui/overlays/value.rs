//! A variable's value, typed or pasted unseen, on its way to the preview of what it would change.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Overlay;
use super::confirm::answers;
use crate::secret::{MaskedInput, SecretValue};
use crate::tui::effect::{Effect, Job, Part};
use crate::tui::keymap::Intent;
use crate::tui::model::{Load, Model, Step};
use crate::tui::screens::board::Spot;
use crate::tui::theme::Theme;
use crate::tui::walk;
use crate::tui::widgets::panel::{centred, popup};
use crate::tui::widgets::text::{count, span, wrap};

const WIDE: u16 = 60;

/// What is being typed, hidden, and what for.
#[derive(Debug)]
pub struct ValueTyped {
    spot: Spot,
    input: MaskedInput,
}

impl ValueTyped {
    pub fn new(spot: Spot) -> Self {
        Self { spot, input: MaskedInput::default() }
    }

    pub fn paste(&mut self, text: &SecretValue) {
        self.input.paste(text);
    }
}

pub(super) fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let Some(Overlay::Value(typed)) = &mut model.overlay else { return Vec::new() };
    match intent {
        Intent::Insert(letter) => typed.input.insert(letter.0),
        Intent::Erase => typed.input.erase(),
        Intent::EraseAll => typed.input.clear(),
        Intent::Back => model.overlay = None,
        Intent::Enter if !typed.input.is_blank() => {
            let (spot, value) = (typed.spot.clone(), typed.input.take());
            model.overlay = None;
            return plan(model, spot, value);
        }
        _ => {}
    }
    Vec::new()
}

/// Moves the text out of the model, to where it is planned.
fn plan(model: &mut Model, spot: Spot, value: SecretValue) -> Vec<Effect> {
    let Model { facts, screens, tasks, .. } = model;
    facts.report = Load::Idle;
    screens.preview.part =
        Part { services: vec![spot.service.clone()], variable: Some(spot.variable.clone()) };
    let job = Job::PlanByHand { service: spot.service, variable: spot.variable, value };
    let planning = walk::start(&mut facts.preview, tasks, job);
    model.at = Step::Preview;
    vec![planning]
}

pub(super) fn view(typed: &ValueTyped, theme: &Theme, frame: &mut Frame, area: Rect) {
    let columns = usize::from(WIDE.min(area.width)).saturating_sub(4);
    let says = format!(
        "For {}, in its env file. You see what would change before anything is written.",
        typed.spot.service
    );
    let mut lines: Vec<Line> =
        wrap(&says, columns).into_iter().map(|line| Line::from(span(line, theme.dim))).collect();
    let chars = typed.input.chars();
    let dots = "•".repeat(chars.min(columns.saturating_sub(20)));
    let tail = if chars > 0 { format!("  {}", count(chars, "character")) } else { String::new() };
    lines.extend([
        Line::default(),
        Line::from(vec![span(dots, theme.strong), span("▏", theme.accent), span(tail, theme.dim)]),
        Line::default(),
        answers(theme, ("preview", "forget it")),
    ]);
    let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let inner = popup(frame, centred(area, WIDE, height), theme, &typed.spot.variable);
    for (row, line) in inner.rows().zip(lines) {
        frame.render_widget(line, row);
    }
}
