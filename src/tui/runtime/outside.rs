//! What is asked of the system around us: the browser, the clipboard.

use crate::tui::terminal;

/// A profile may name the page, so it must be a web page and nothing else.
pub(super) fn open_page(page: &str) -> &'static str {
    let is_page = page.starts_with("https://") || page.starts_with("http://127.0.0.1:");
    match is_page.then(|| open::that_detached(page)) {
        None => "that is no web page; it is not opened",
        Some(Ok(())) => "the page opens in your browser",
        Some(Err(_)) => "no browser could be started here; open the address by hand",
    }
}

pub(super) fn copied(text: &str) -> &'static str {
    match terminal::copy(text) {
        Ok(()) => "copied, if your terminal allows it",
        Err(_) => "could not be copied",
    }
}
