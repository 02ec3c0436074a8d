//! The sign-in page as a QR code, two modules to a character.

use qrcode::types::Color as Module;
use qrcode::{EcLevel, QrCode};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::text::Line;

use super::text::span;

/// Light modules around the code. The standard asks for four; readers make do with two (measured).
const QUIET: usize = 2;

/// Rows of text, all equally wide; `None` when the address is too long for a code.
pub fn rows(address: &str) -> Option<Vec<String>> {
    let code = QrCode::with_error_correction_level(address, EcLevel::L).ok()?;
    let wide = code.width();
    let modules = code.into_colors();
    let dark = |x: usize, y: usize| {
        let (x, y) = (x.wrapping_sub(QUIET), y.wrapping_sub(QUIET));
        x < wide && y < wide && modules[y * wide + x] == Module::Dark
    };
    let side = wide + 2 * QUIET;
    let row = |y| (0..side).map(|x| half(dark(x, y), dark(x, y + 1))).collect();
    Some((0..side).step_by(2).map(row).collect())
}

fn half(upper: bool, lower: bool) -> char {
    match (upper, lower) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    }
}

/// Black on white whatever the theme, because cameras expect it.
pub fn draw(frame: &mut Frame, area: Rect, rows: &[String]) {
    let style = Style::new().fg(Color::Rgb(0, 0, 0)).bg(Color::Rgb(255, 255, 255));
    for (place, row) in area.rows().zip(rows) {
        frame.render_widget(Line::from(span(row, style)), place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_square_with_a_quiet_edge() {
        let rows = rows("https://device.example.test/?user_code=ABCD-EFGH").unwrap();
        let wide = rows[0].chars().count();
        assert!(rows.iter().all(|row| row.chars().count() == wide));
        assert_eq!(rows.len(), wide.div_ceil(2));
        assert!(rows[0].trim().is_empty());
        assert!(rows[1].starts_with("  █▀▀▀▀▀█"));
    }

    #[test]
    fn an_address_beyond_measure_has_none() {
        assert!(rows(&"x".repeat(5000)).is_none());
    }
}
