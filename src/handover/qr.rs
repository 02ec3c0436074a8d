//! The sign-in page as a QR code, two modules to a character.

use qrcode::types::Color as Module;
use qrcode::{EcLevel, QrCode};
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

/// The same half block with light and dark exchanged, for terminals that draw light on dark: readers take both, and the
/// quiet edge then is what is drawn.
pub fn inverted(half: char) -> char {
    match half {
        '█' => ' ',
        '▀' => '▄',
        '▄' => '▀',
        _ => '█',
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
