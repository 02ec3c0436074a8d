//! What is asked of the system around us: the browser, the clipboard.

use crate::browser::{self, Opening};
use crate::clipboard::Clipboard;
use crate::settings::Settings;
use crate::tui::terminal;

/// The second is to be listened to: only it knows when no browser could be started.
pub(super) fn open_page(settings: &Settings, page: &str) -> (&'static str, Option<Opening>) {
    match browser::open(settings, page) {
        None => ("that is no web page; it is not opened", None),
        opening => ("the page opens in your browser", opening),
    }
}

pub(super) const NOT_OPENED: &str = "no browser could be started here; open the address by hand";

pub(super) fn copied(settings: &Settings, text: &str) -> &'static str {
    match terminal::tell(&Clipboard::of(settings).sequence(text)) {
        Ok(()) => "copied, if your terminal allows it",
        Err(_) => "could not be copied",
    }
}
