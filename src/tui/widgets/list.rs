//! A list with a cursor. The offset follows from cursor and height, so drawing changes no state.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::text::span;
use crate::tui::keymap::Intent;
use crate::tui::theme::Theme;

/// Where the cursor goes in a list of `len`.
pub fn moved(cursor: usize, len: usize, intent: Intent) -> usize {
    let last = len.saturating_sub(1);
    let to = match intent {
        Intent::Up => cursor.saturating_sub(1),
        Intent::Down => cursor.saturating_add(1),
        Intent::PageUp => cursor.saturating_sub(10),
        Intent::PageDown => cursor.saturating_add(10),
        Intent::First => 0,
        Intent::Last => last,
        Intent::At(row) => row,
        _ => cursor,
    };
    to.min(last)
}

/// First row to draw so that the cursor is seen, with a row of context beneath it where there is one.
pub fn offset(cursor: usize, len: usize, height: usize) -> usize {
    let wanted = (cursor + 2).saturating_sub(height);
    wanted.min(len.saturating_sub(height)).min(cursor)
}

/// Draws rows; the one under the cursor gets a bar and the selection's style. Says how much is out of sight.
pub fn draw(
    frame: &mut Frame,
    area: Rect,
    theme: &Theme,
    mut rows: Vec<Line<'static>>,
    cursor: Option<usize>,
) {
    draw_rows(frame, area, theme, rows.len(), cursor, |at| std::mem::take(&mut rows[at]));
}

/// The same for a list so long that only what is in sight should be made.
pub fn draw_rows(
    frame: &mut Frame,
    area: Rect,
    theme: &Theme,
    len: usize,
    cursor: Option<usize>,
    mut row: impl FnMut(usize) -> Line<'static>,
) {
    let height = usize::from(area.height);
    let first = cursor.map_or(0, |cursor| offset(cursor, len, height));
    if cursor.is_some() {
        theme.touch.begin_list();
    }
    for (place, index) in area.rows().zip(first..len) {
        draw_row(frame, place, theme, row(index), cursor == Some(index));
        if cursor.is_some() {
            theme.touch.note(place, Intent::At(index));
        }
    }
    more(frame, area, theme, first, len.saturating_sub(first + height));
}

fn draw_row(frame: &mut Frame, place: Rect, theme: &Theme, row: Line<'static>, selected: bool) {
    let bar = if selected { span("▌", theme.accent) } else { Span::raw(" ") };
    let mut spans = vec![bar];
    spans.extend(row.spans);
    let line = Line::from(spans).style(row.style);
    frame.render_widget(line, place);
    if selected {
        frame.buffer_mut().set_style(place, theme.selected);
        theme.touch.keep(place);
    }
}

/// Marks on the edge of the box around: `↑ 3` above and `↓ 5` beneath.
fn more(frame: &mut Frame, area: Rect, theme: &Theme, above: usize, below: usize) {
    let marks = [(area.y.saturating_sub(1), above, '↑'), (area.bottom(), below, '↓')];
    for (y, hidden, arrow) in marks {
        let mark = span(format!(" {arrow} {hidden} "), theme.dim);
        let width = u16::try_from(mark.width()).unwrap_or(0).min(area.width);
        let place = Rect { x: area.right() - width, y, width, height: 1 }.intersection(frame.area());
        if hidden > 0 && !area.is_empty() {
            frame.render_widget(Line::from(mark), place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_always_in_sight() {
        for (len, height) in [(0, 5), (3, 5), (20, 5), (20, 1), (7, 7)] {
            for cursor in 0..len {
                let first = offset(cursor, len, height);
                assert!(first <= cursor && cursor < first + height, "{cursor} of {len} in {height}");
            }
        }
    }

    #[test]
    fn moves_stop_at_the_ends() {
        assert_eq!(moved(0, 3, Intent::Up), 0);
        assert_eq!(moved(2, 3, Intent::Down), 2);
        assert_eq!(moved(1, 30, Intent::PageDown), 11);
        assert_eq!(moved(5, 0, Intent::Last), 0);
    }
}
