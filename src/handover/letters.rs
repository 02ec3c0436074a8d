//! The user code in large letters, so that it can be read across a desk.
//!
//! Each letter is a 5×7 bitmap drawn with half blocks, four rows tall, in a box. Where there is no room, each letter
//! gets a small box instead; a letter without a bitmap makes the whole code do so.

/// Columns of a large letter with the gap after it.
const STEP: usize = 7;

/// Five bits a row, the top row first.
fn bitmap(c: char) -> Option<[u8; 7]> {
    Some(match c.to_ascii_uppercase() {
        'A' => [0x0e, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11],
        'B' => [0x1e, 0x11, 0x11, 0x1e, 0x11, 0x11, 0x1e],
        'C' => [0x0e, 0x11, 0x10, 0x10, 0x10, 0x11, 0x0e],
        'D' => [0x1e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1e],
        'E' => [0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x1f],
        'F' => [0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x10],
        'G' => [0x0e, 0x11, 0x10, 0x17, 0x11, 0x11, 0x0f],
        'H' => [0x11, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11],
        'I' => [0x0e, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0e],
        'J' => [0x07, 0x02, 0x02, 0x02, 0x02, 0x12, 0x0c],
        'K' => [0x11, 0x12, 0x14, 0x18, 0x14, 0x12, 0x11],
        'L' => [0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1f],
        'M' => [0x11, 0x1b, 0x15, 0x15, 0x11, 0x11, 0x11],
        'N' => [0x11, 0x19, 0x15, 0x13, 0x11, 0x11, 0x11],
        'O' => [0x0e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0e],
        'P' => [0x1e, 0x11, 0x11, 0x1e, 0x10, 0x10, 0x10],
        'Q' => [0x0e, 0x11, 0x11, 0x11, 0x15, 0x12, 0x0d],
        'R' => [0x1e, 0x11, 0x11, 0x1e, 0x14, 0x12, 0x11],
        'S' => [0x0f, 0x10, 0x10, 0x0e, 0x01, 0x01, 0x1e],
        'T' => [0x1f, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04],
        'U' => [0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0e],
        'V' => [0x11, 0x11, 0x11, 0x11, 0x11, 0x0a, 0x04],
        'W' => [0x11, 0x11, 0x11, 0x15, 0x15, 0x1b, 0x11],
        'X' => [0x11, 0x11, 0x0a, 0x04, 0x0a, 0x11, 0x11],
        'Y' => [0x11, 0x11, 0x0a, 0x04, 0x04, 0x04, 0x04],
        'Z' => [0x1f, 0x01, 0x02, 0x04, 0x08, 0x10, 0x1f],
        '0' => [0x0e, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0e],
        '1' => [0x04, 0x0c, 0x04, 0x04, 0x04, 0x04, 0x0e],
        '2' => [0x0e, 0x11, 0x01, 0x06, 0x08, 0x10, 0x1f],
        '3' => [0x1e, 0x01, 0x01, 0x0e, 0x01, 0x01, 0x1e],
        '4' => [0x11, 0x11, 0x11, 0x1f, 0x01, 0x01, 0x01],
        '5' => [0x1f, 0x10, 0x1e, 0x01, 0x01, 0x11, 0x0e],
        '6' => [0x0e, 0x10, 0x1e, 0x11, 0x11, 0x11, 0x0e],
        '7' => [0x1f, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08],
        '8' => [0x0e, 0x11, 0x11, 0x0e, 0x11, 0x11, 0x0e],
        '9' => [0x0e, 0x11, 0x11, 0x0f, 0x01, 0x01, 0x0e],
        '-' => [0x00, 0x00, 0x00, 0x0e, 0x00, 0x00, 0x00],
        _ => return None,
    })
}

/// The rows of the code in the largest form that fits into `columns` and `rows`.
pub fn lines(code: &str, columns: u16, rows: u16) -> Vec<String> {
    let letters = code.chars().count();
    let (columns, rows) = (usize::from(columns), usize::from(rows));
    match large(code) {
        Some(lines) if columns >= letters * STEP + 6 && rows >= lines.len() => lines,
        _ if columns >= letters * 5 && rows >= 3 => boxes(code),
        _ => vec![code.to_owned()],
    }
}

fn large(code: &str) -> Option<Vec<String>> {
    let bitmaps: Vec<[u8; 7]> = code.chars().map(bitmap).collect::<Option<_>>()?;
    let dot = |map: &[u8; 7], x: usize, y: usize| map.get(y).is_some_and(|row| row >> (4 - x) & 1 == 1);
    let letter = |map: &[u8; 7], y: usize| -> String {
        let half = |x| match (dot(map, x, y), dot(map, x, y + 1)) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        };
        (0..5).map(half).collect()
    };
    let row =
        |y| format!("│   {}   │", bitmaps.iter().map(|map| letter(map, y)).collect::<Vec<_>>().join("  "));
    let rows: Vec<String> = (0..7).step_by(2).map(row).collect();
    let edge = "─".repeat(bitmaps.len() * STEP + 4);
    let edges = (format!("╭{edge}╮"), format!("╰{edge}╯"));
    Some(std::iter::once(edges.0).chain(rows).chain([edges.1]).collect())
}

fn boxes(code: &str) -> Vec<String> {
    let part = |c: char, of: fn(char) -> String, dash: &str| if c == '-' { dash.to_owned() } else { of(c) };
    let row = |of: fn(char) -> String, dash| code.chars().map(|c| part(c, of, dash)).collect();
    vec![
        row(|_| "╭───╮".to_owned(), "   "),
        row(|c| format!("│ {c} │"), " – "),
        row(|_| "╰───╯".to_owned(), "   "),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_largest_form_that_fits() {
        assert_eq!(lines("WDJB-MJHT", 70, 6).len(), 6);
        assert_eq!(lines("WDJB-MJHT", 50, 6).len(), 3);
        assert_eq!(lines("WDJB-MJHT", 70, 2), ["WDJB-MJHT"]);
        assert_eq!(lines("WDJB-ÄJHT", 70, 6).len(), 3);
    }

    #[test]
    fn letters_are_what_they_look_like() {
        let drawn = [
            "╭──────────────────╮",
            "│   █       ▄█     │",
            "│   █        █     │",
            "│   █        █     │",
            "│   ▀▀▀▀▀   ▀▀▀    │",
            "╰──────────────────╯",
        ];
        assert_eq!(large("L1").unwrap(), drawn);
    }
}
