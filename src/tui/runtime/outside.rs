//! What is asked of the system around us: the browser, the clipboard.

use crate::browser::{self, Opening};
use crate::clipboard::Clipboard;
use crate::settings::Settings;
use crate::tui::model::Mood;
use crate::tui::terminal;

/// The second is to be listened to: only it knows when no browser could be started.
pub(super) fn open_page(settings: &Settings, page: &str) -> ((Mood, &'static str), Option<Opening>) {
    match browser::open(settings, page) {
        None => ((Mood::Failed, "that is no web page; it is not opened"), None),
        opening => ((Mood::Done, "the page opens in your browser"), opening),
    }
}

pub(super) const NOT_OPENED: &str = "no browser could be started here; open the address by hand";

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
