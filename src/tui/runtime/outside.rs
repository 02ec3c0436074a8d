//! What is asked of the system around us: the clipboard.

use crate::clipboard::Clipboard;
use crate::settings::Settings;
use crate::tui::model::Mood;
use crate::tui::terminal;

pub(super) fn copied(settings: &Settings, text: &str) -> (Mood, &'static str) {
    match terminal::tell(&Clipboard::of(settings).sequence(text)) {
        // Unasked it keeps what programs send from the terminal, and tells nobody.
        Ok(()) if settings.var("TMUX").is_some() => {
            (Mood::Done, "handed to tmux, which passes it on with: set -g set-clipboard on")
        }
        Ok(()) => (Mood::Done, "copied, if your terminal allows it"),
        Err(_) => (Mood::Failed, "could not be copied"),
    }
}
