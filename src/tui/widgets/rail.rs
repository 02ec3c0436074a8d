//! The steps of the walk, and where one stands.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::banner;
use super::text::span;
use crate::tui::model::{Model, Standing, Step};
use crate::tui::theme::Theme;

/// Below this only the current step is named.
const ROOM_FOR_NAMES: u16 = 76;

pub fn draw(frame: &mut Frame, area: Rect, theme: &Theme, model: &Model) {
    if let Some(beside) = model.beside {
        let back = match model.home {
            true => "  Esc leads back to the board".to_owned(),
            false => format!("  beside the walk; Esc leads back to {}", model.at.title()),
        };
        let here = span(format!(" {} ", beside.title()), theme.pill);
        return frame.render_widget(Line::from(vec![here, span(back, theme.dim)]), area);
    }
    if model.home && model.at == Step::Board {
        return banner::draw(frame, area, theme, model);
    }
    if model.home {
        let here = span(format!(" {} ", model.at.title()), theme.pill);
        let back = span("  Esc leads back to the board", theme.dim);
        return frame.render_widget(Line::from(vec![here, back]), area);
    }
    let named = area.width >= ROOM_FOR_NAMES;
    let mut spans = Vec::new();
    for step in Step::ALL {
        if !spans.is_empty() {
            spans.push(span(if named { " › " } else { " " }, theme.border));
        }
        spans.push(one(theme, step, model.standing(step), named));
    }
    frame.render_widget(Line::from(spans), area);
    if !named {
        let place = format!("step {} of {}", model.at.number(), Step::ALL.len());
        frame.render_widget(Line::from(span(place, theme.dim)).right_aligned(), area);
    }
}

fn one(theme: &Theme, step: Step, standing: Standing, named: bool) -> Span<'static> {
    let sign = match standing {
        Standing::Done => "✓".to_owned(),
        Standing::Skipped => "–".to_owned(),
        Standing::Here | Standing::Ahead => step.number().to_string(),
    };
    let style = match standing {
        Standing::Here => theme.pill,
        Standing::Done => theme.good,
        Standing::Ahead | Standing::Skipped => theme.dim,
    };
    match standing {
        Standing::Here => span(format!(" {sign} {} ", step.title()), style),
        _ if named => span(format!("{sign} {}", step.title()), style),
        _ => span(sign, style),
    }
}
