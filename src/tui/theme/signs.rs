//! Unicode, and what is drawn where a terminal has none.
//!
//! The rule: screens are drawn in Unicode, and the finished frame is put into ASCII cell by cell, so no screen has to
//! know. A sign stands for itself alone: its word is beside it.

use ratatui::buffer::Buffer;

use crate::settings::Settings;

/// `DEVSECRETS_ASCII` decides (`0` and `off` mean no); else a locale that names a charset other than UTF-8, as `C` does.
/// Without a locale most terminals of today know Unicode.
pub(super) fn wanted(settings: &Settings) -> bool {
    if let Some(asked) = settings.var("DEVSECRETS_ASCII") {
        return !matches!(asked, "0" | "off" | "no" | "false");
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| settings.var(name));
    locale.is_some_and(|locale| {
        let charset = locale.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        matches!(locale, "C" | "POSIX") || locale.contains('.') && !matches!(&*charset, "utf-8" | "utf8")
    })
}

/// Puts the whole frame into ASCII.
pub fn in_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if !cell.symbol().is_ascii() {
            let sign = ascii(cell.symbol());
            cell.set_symbol(sign);
        }
    }
}

fn ascii(symbol: &str) -> &'static str {
    match symbol {
        "─" | "━" | "–" | "—" | "▁" => "-",
        "│" | "┃" | "▏" | "┆" => "|",
        "╭" | "╮" | "╰" | "╯" | "┌" | "┐" | "└" | "┘" | "├" | "┤" | "┬" | "┴" | "┼" => {
            "+"
        }
        "✓" | "✔" => "v",
        "✗" | "✘" | "×" => "x",
        "⊘" => "o",
        "▲" => "!",
        "·" | "•" => ".",
        "◆" | "●" | "★" => "*",
        "○" | "◇" => "o",
        "▌" | "▐" | "▶" | "▸" | "›" | "→" | "»" => ">",
        "◂" | "◀" | "‹" | "←" | "«" => "<",
        "↑" => "^",
        "↓" | "▾" | "▼" => "v",
        "↵" | "⏎" => "<",
        "…" => "~",
        "▰" | "█" | "■" => "#",
        "▀" => "\"",
        "▄" => ",",
        "▱" | "□" | "░" => ".",
        "‘" | "’" => "'",
        "“" | "”" => "\"",
        "⠋" | "⠼" | "⠇" => "|",
        "⠙" | "⠴" | "⠏" => "/",
        "⠹" | "⠦" => "-",
        "⠸" | "⠧" => "\\",
        _ => "?",
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use ratatui::layout::Rect;

    use super::*;

    fn asked(variables: &[(&str, &str)]) -> bool {
        let bare = Settings::bare("/", Path::new("/h"));
        wanted(&variables.iter().fold(bare, |all, (name, value)| all.with(name, *value)))
    }

    #[test]
    fn the_locale_tells_unless_somebody_does() {
        assert!(!asked(&[]));
        assert!(asked(&[("LANG", "C")]) && asked(&[("LC_ALL", "POSIX"), ("LANG", "en_GB.UTF-8")]));
        assert!(
            !asked(&[("LANG", "C.UTF-8")])
                && !asked(&[("LANG", "de_DE.utf8")])
                && !asked(&[("LANG", "en_US")])
        );
        assert!(asked(&[("LC_CTYPE", "en_US.ISO-8859-1")]));
        assert!(asked(&[("DEVSECRETS_ASCII", "1")]) && !asked(&[("DEVSECRETS_ASCII", "0"), ("LANG", "C")]));
    }

    #[test]
    fn every_cell_is_ascii_and_stays_where_it_is() {
        let mut buffer = Buffer::with_lines(["╭─ ✓ ready ─╮", "│日本 ▌née │"]);
        in_ascii(&mut buffer);
        let shown: String = buffer.content.iter().map(|cell| cell.symbol()).collect();
        assert!(shown.is_ascii(), "{shown}");
        assert_eq!(buffer.area, Rect { x: 0, y: 0, width: 13, height: 2 });
        assert!(shown.starts_with("+- v ready -+|? ? "), "{shown}");
    }
}
