//! From the terminal to another device: the clipboard of the person's machine, a code for a phone, letters for the eye.
//!
//! Pure: what comes out is text, which each face draws or writes in its own way.

pub mod letters;
pub mod qr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::settings::Settings;

/// What makes a terminal put `text` on the clipboard of the person's own machine (xterm's OSC 52), over SSH too.
///
/// tmux takes the plain sequence when `set-clipboard` is on and hands the wrapped one through when `allow-passthrough`
/// is, so it gets both; GNU screen gets its own wrapping. Some terminals ignore all of it.
pub fn clipboard(settings: &Settings, text: &str) -> String {
    let plain = format!("\u{1b}]52;c;{}\u{7}", STANDARD.encode(text));
    if settings.var("TMUX").is_some() {
        let inner = plain.replace('\u{1b}', "\u{1b}\u{1b}");
        return format!("{plain}\u{1b}Ptmux;{inner}\u{1b}\\");
    }
    match settings.var("STY") {
        Some(_) => format!("\u{1b}P{plain}\u{1b}\\"),
        None => plain,
    }
}

/// True for pages another device can open: those that are not on this machine.
pub fn is_reachable(page: &str) -> bool {
    !page.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn with(name: &str) -> Settings {
        Settings::bare("/", Path::new("/h")).with(name, "x")
    }

    #[test]
    fn multiplexers_get_what_they_hand_through() {
        assert_eq!(clipboard(&with("A"), "hi"), "\u{1b}]52;c;aGk=\u{7}");
        let tmux = clipboard(&with("TMUX"), "hi");
        assert_eq!(tmux, "\u{1b}]52;c;aGk=\u{7}\u{1b}Ptmux;\u{1b}\u{1b}]52;c;aGk=\u{7}\u{1b}\\");
        assert_eq!(clipboard(&with("STY"), "hi"), "\u{1b}P\u{1b}]52;c;aGk=\u{7}\u{1b}\\");
    }
}
