//! The whole frame: title, rail, screen, footer, and an overlay over them.
//!
//! ```text
//!  ◆ devsecrets  Commerce services · development                      demo
//!  ✓ Profile › ✓ Sign in › ✓ Role › [4 Services] › 5 Preview › 6 Tokens › 7 Done
//!
//!  ╭ the screen ──────────────────────────────────────────────────────────╮
//!
//!  ↑↓ move   Enter go on                                   ? help   q quit
//! ```

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use super::model::Model;
use super::theme::{Theme, in_ascii};
use super::widgets::text::{fit, span, width, wrap};
use super::widgets::{footer, rail, title, toasts};
use super::{overlays, screens};

/// Below this nothing can be read.
const LEAST: (u16, u16) = (40, 10);
/// Lines longer than this are hard to follow; the rest of a wider window stays empty.
const WIDEST: u16 = 140;
/// From this height on there is air between the parts.
const AIRY: u16 = 22;
/// From this height on there is air above the rail, too.
const ROOMY: u16 = 30;

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame) {
    let area = frame.area();
    frame.buffer_mut().set_style(area, theme.base);
    theme.touch.clear();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        too_small(theme, frame, area);
    } else {
        whole(model, theme, frame, area);
    }
    if theme.ascii {
        in_ascii(frame.buffer_mut());
    }
}

fn whole(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let page = Page::of(area);
    title::draw(frame, page.title, theme, &model.facts);
    rail::draw(frame, page.rail, theme, model);
    screens::view(model, theme, frame, page.body);
    if model.overlay.is_some() {
        // It takes all keys, and so all clicks.
        theme.touch.clear();
    }
    let keys = (model.context(), model.rows());
    overlays::view(model, theme, frame, page.body);
    let all = toasts::all(model, theme);
    let told = toasts::draw(frame, page.body, theme, &all);
    // Where no corner is free there is the line above; the keys below are needed.
    if let Some(told) = all.last().filter(|_| !told) {
        told.draw_line(frame, page.above, theme);
    }
    footer::draw(frame, page.footer, theme, keys);
}

/// The room a screen has in a window of this size.
pub fn body(size: Size) -> Rect {
    let Size { width, height } = size;
    if width < LEAST.0 || height < LEAST.1 {
        return Rect::default();
    }
    Page::of(Rect { x: 0, y: 0, width, height }).body
}

/// Where the parts of the frame are.
struct Page {
    title: Rect,
    rail: Rect,
    /// The line over the body: the air between the two, or the rail itself.
    above: Rect,
    body: Rect,
    footer: Rect,
}

impl Page {
    fn of(area: Rect) -> Self {
        let width = (area.width - 2).min(WIDEST);
        let x = area.x + (area.width - width) / 2;
        let row = |y| Rect { x, y, width, height: 1 };
        let gap = u16::from(area.height >= AIRY);
        let rail = area.y + 1 + u16::from(area.height >= ROOMY);
        let top = rail + 1 + gap;
        let bottom = area.bottom() - 1;
        Self {
            title: row(area.y),
            rail: row(rail),
            above: row(top - 1),
            body: Rect { x, y: top, width, height: bottom - top },
            footer: row(bottom),
        }
    }
}

fn too_small(theme: &Theme, frame: &mut Frame, area: Rect) {
    let words = [
        format!("A little more room, please: {} × {} at least.", LEAST.0, LEAST.1),
        format!("please enlarge to {}×{}", LEAST.0, LEAST.1),
        "too small".to_owned(),
    ];
    let (wide, high) = (usize::from(area.width), usize::from(area.height));
    let fits = |lines: &Vec<String>| lines.len() <= high && lines.iter().all(|line| width(line) <= wide);
    let one = words.iter().map(|text| vec![text.clone()]).take(2);
    let several = words.iter().map(|text| wrap(text, wide));
    let lines = one.chain(several).find(fits).unwrap_or_else(|| vec![fit(&words[2], wide)]);
    let top = high.saturating_sub(lines.len()).div_ceil(2);
    for (row, line) in area.rows().skip(top).zip(lines) {
        frame.render_widget(Line::from(span(line, theme.accent)).centered(), row);
    }
}
