//! What is asked of the system around us: signals, the browser, the clipboard.

use crate::tui::terminal;

/// Being told to stop, or the terminal being closed: leave in order.
#[cfg(unix)]
pub(super) async fn stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let kinds = [SignalKind::terminate(), SignalKind::hangup(), SignalKind::interrupt()];
    let mut signals: Vec<_> = kinds.into_iter().filter_map(|kind| signal(kind).ok()).collect();
    let waits = signals.iter_mut().map(|signal| Box::pin(signal.recv()));
    if waits.len() == 0 {
        std::future::pending::<()>().await;
    }
    futures_util::future::select_all(waits).await;
}

#[cfg(not(unix))]
pub(super) async fn stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

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
