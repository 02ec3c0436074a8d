//! Tests of the whole: frames, pictures, the walk, keys, and a monkey.

mod audit;
mod banner;
mod board;
mod doctor;
mod environments;
mod frames;
mod keys;
mod monkey;
mod palette;
mod parity;
mod pictures;
mod pointing;
mod toasts;
mod twins;
mod verdicts;
mod waiting;
mod walk;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::model::Model;
use super::theme::Theme;
use super::view::view;

/// One frame of this size.
pub fn frame(model: &mut Model, theme: &Theme, width: u16, height: u16) -> Buffer {
    model.window.size = ratatui::layout::Size { width, height };
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| view(model, theme, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// Its text, without blanks at the ends of lines.
pub fn text(buffer: &Buffer) -> String {
    let rows = buffer.content().chunks(usize::from(buffer.area.width));
    let row = |cells: &[ratatui::buffer::Cell]| {
        let mut out = String::new();
        let mut skip = 0;
        for cell in cells {
            if skip == 0 {
                out.push_str(cell.symbol());
                skip = unicode_width::UnicodeWidthStr::width(cell.symbol()).saturating_sub(1);
            } else {
                skip -= 1;
            }
        }
        out.trim_end().to_owned()
    };
    rows.map(row).collect::<Vec<_>>().join("\n")
}
