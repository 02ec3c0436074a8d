//! The sequence that makes a terminal put text on the clipboard of the person's own machine (xterm's OSC 52), over SSH too.
//!
//! tmux takes the plain sequence when `set-clipboard` is on and hands the wrapped one through when `allow-passthrough`
//! is, so it gets both; GNU screen gets its own wrapping. Some terminals ignore all of it.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use zeroize::Zeroizing;

use crate::settings::Settings;

/// What stands between us and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Through {
    Nothing,
    Tmux,
    Screen,
}

impl Through {
    pub(super) fn of(settings: &Settings) -> Self {
        match (settings.var("TMUX"), settings.var("STY")) {
            (Some(_), _) => Self::Tmux,
            (None, Some(_)) => Self::Screen,
            (None, None) => Self::Nothing,
        }
    }

    pub(super) fn sequence(self, text: &str) -> Zeroizing<String> {
        let encoded = Zeroizing::new(BASE64_STANDARD.encode(text));
        let plain = Zeroizing::new(format!("\x1b]52;c;{}\x07", encoded.as_str()));
        match self {
            Self::Nothing => plain,
            Self::Tmux => Zeroizing::new(format!("{}\x1bPtmux;\x1b{}\x1b\\", plain.as_str(), plain.as_str())),
            Self::Screen => Zeroizing::new(format!("\x1bP{}\x1b\\", plain.as_str())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiplexers_get_what_they_hand_through() {
        assert_eq!(Through::Nothing.sequence("hi").as_str(), "\x1b]52;c;aGk=\x07");
        let tmux = "\x1b]52;c;aGk=\x07\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\";
        assert_eq!(Through::Tmux.sequence("hi").as_str(), tmux);
        assert_eq!(Through::Screen.sequence("hi").as_str(), "\x1bP\x1b]52;c;aGk=\x07\x1b\\");
    }
}
