//! Text in columns: cleaned, cut with `…`, padded, wrapped.

use ratatui::style::Style;
use ratatui::text::Span;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::secret::plain;

/// The one way a text reaches the screen.
pub fn span(text: impl AsRef<str>, style: Style) -> Span<'static> {
    Span::styled(plain(text.as_ref()), style)
}

/// Columns it takes.
pub fn width(text: &str) -> usize {
    plain(text).width()
}

/// Cut to at most `columns`; the last one is then `…`.
pub fn fit(text: &str, columns: usize) -> String {
    let clean = plain(text);
    if clean.width() <= columns {
        return clean;
    }
    let Some(room) = columns.checked_sub(1) else { return String::new() };
    let mut kept = String::new();
    let mut used = 0;
    for c in clean.chars() {
        used += c.width().unwrap_or(0);
        if used > room {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

/// Exactly `columns` wide.
pub fn pad(text: &str, columns: usize) -> String {
    let mut out = fit(text, columns);
    out.extend(std::iter::repeat_n(' ', columns.saturating_sub(out.width())));
    out
}

/// Broken at white space into lines of at most `columns`; a longer word is broken inside.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    let mut lines = vec![String::new()];
    for word in plain(text).split_whitespace() {
        for piece in pieces(word, columns) {
            let line = lines.last_mut().map_or(0, |line| line.width());
            match lines.last_mut() {
                Some(last) if line == 0 => last.push_str(&piece),
                Some(last) if line + 1 + piece.width() <= columns => {
                    last.push(' ');
                    last.push_str(&piece);
                }
                _ => lines.push(piece),
            }
        }
    }
    lines
}

fn pieces(word: &str, columns: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut used = 0;
    for c in word.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide > columns {
            all.push(String::new());
            used = 0;
        }
        used += wide;
        if let Some(last) = all.last_mut() {
            last.push(c);
        }
    }
    all
}

/// "12 days", "1 hour", "now": in the largest unit that is not zero.
pub fn ago(age: time::Duration) -> String {
    match age.whole_minutes() {
        ..1 => "now".to_owned(),
        minutes @ 1..60 => format!("{minutes} min"),
        minutes @ 60..1_440 => format!("{} h", minutes / 60),
        minutes => format!("{} d", minutes / 1_440),
    }
}

/// "1 file", "3 files".
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// As much of the end as fits: that of a path tells more than its beginning.
pub fn tail(path: &str, columns: usize) -> String {
    if width(path) <= columns {
        return path.to_owned();
    }
    let mut rest = path;
    while width(rest) + 1 > columns {
        let mut chars = rest.chars();
        if chars.next().is_none() {
            break;
        }
        rest = chars.as_str();
    }
    format!("…{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_by_columns_not_by_letters() {
        assert_eq!(fit("payments", 8), "payments");
        assert_eq!(fit("payments", 5), "paym…");
        assert_eq!(fit("日本語の名前", 6), "日本…");
        assert_eq!(width(&pad("日本語の名前", 6)), 6);
        assert_eq!(fit("x", 0), "");
        assert_eq!(fit("", 0), "");
    }

    #[test]
    fn what_a_terminal_would_obey_is_gone() {
        assert_eq!(span("a\u{1b}[2Jb\u{7}", Style::new()).content, "ab");
        assert_eq!(pad("\u{1b}]0;title\u{7}ok", 4), "ok  ");
    }

    #[test]
    fn wraps_at_words_and_breaks_long_ones() {
        assert_eq!(wrap("ask in the payments channel", 11), ["ask in the", "payments", "channel"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 10), [""]);
    }

    #[test]
    fn counts_in_words() {
        assert_eq!((count(1, "file"), count(0, "file")), ("1 file".into(), "0 files".into()));
    }
}
