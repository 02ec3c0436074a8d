//! How a value lies on a terminal: the room it takes, which is no secret, and its rows.
//!
//! The rule: who leaves room for a value and who writes it there go by the same rows, so nothing of it ends up beside that
//! room. A value with signs that a terminal would obey, or that turn the direction of writing, has no extent; any other
//! letter has, however wide it is.

use unicode_width::UnicodeWidthChar as _;

use super::{SecretValue, is_bidi};

/// The room a value takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    chars: usize,
    /// Columns of each line.
    lines: Vec<usize>,
    /// Some letter takes two columns, so a row may end one column early.
    wide: bool,
}

impl Extent {
    /// `None` where it cannot be shown as it is.
    pub fn of(value: &SecretValue) -> Option<Self> {
        value.expose_to(|text| {
            let lines = || text.lines();
            let harmless = |c: char| !c.is_control() && !is_bidi(c);
            lines().flat_map(str::chars).all(harmless).then(|| Self {
                chars: text.chars().count(),
                lines: lines().map(|line| line.chars().map(columns).sum()).collect(),
                wide: text.chars().any(|c| columns(c) > 1),
            })
        })
    }

    /// Characters, line ends among them.
    pub fn chars(&self) -> usize {
        self.chars
    }

    /// Columns of its longest line.
    pub fn columns(&self) -> usize {
        self.lines.iter().copied().max().unwrap_or(0)
    }

    /// Rows of `columns` each that hold all of it.
    pub fn rows(&self, columns: usize) -> usize {
        let columns = columns.saturating_sub(usize::from(self.wide)).max(1);
        self.lines.iter().map(|line| line.div_ceil(columns).max(1)).sum()
    }
}

/// `text` in rows of at most `columns` columns: its own lines, the long ones in several.
pub fn rows(text: &str, columns: usize) -> impl Iterator<Item = &str> {
    text.lines().flat_map(move |line| {
        let mut rest = Some(line);
        std::iter::from_fn(move || {
            let (row, after) = split(rest?, columns);
            rest = (!after.is_empty()).then_some(after);
            Some(row)
        })
    })
}

/// What fits, at least one letter of it, and what is left.
fn split(line: &str, room: usize) -> (&str, &str) {
    let mut used = 0;
    let over = line.char_indices().find(|(at, letter)| {
        used += columns(*letter);
        *at > 0 && used > room
    });
    line.split_at(over.map_or(line.len(), |(at, _)| at))
}

fn columns(letter: char) -> usize {
    letter.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent(text: &str) -> Option<Extent> {
        Extent::of(&SecretValue::new(text))
    }

    #[test]
    fn letters_and_lines_can_be_shown_and_what_is_obeyed_cannot() {
        for text in ["Passwört-9xK", "日本語", "two\nlines\r\n", "", "a\u{301}"] {
            assert!(extent(text).is_some(), "{text:?}");
        }
        for text in ["\u{1b}[2J", "a\tb", "a\rb", "\u{202e}abc", "\u{9b}x", "\u{7f}"] {
            assert!(extent(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn no_row_is_wider_than_the_room_and_none_is_left_out() {
        for text in
            ["", "abcdef", "日本語日本語", "a日b本c語", "one\n\nthree and more\n", "e\u{301}e\u{301}e"]
        {
            let extent = extent(text).unwrap();
            for room in 2..9 {
                let all: Vec<&str> = rows(text, room).collect();
                let widths = all.iter().map(|row| row.chars().map(columns).sum::<usize>());
                assert!(widths.max().unwrap_or(0) <= room, "{all:?} in {room}");
                assert!(all.len() <= extent.rows(room), "{all:?} in {room}");
                assert_eq!(all.concat(), text.replace('\n', ""));
            }
        }
        assert_eq!(extent("日本").unwrap().columns(), 4);
    }
}
