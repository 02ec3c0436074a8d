//! Being told to stop: the signals after which one leaves in order, and what must not be left behind.

#[cfg(unix)]
mod group;
#[cfg(unix)]
mod order;

#[cfg(unix)]
pub use group::Group;
#[cfg(unix)]
pub use order::{ENDS, is_ignored, leave_in_order};

/// Ends when the process is asked to end, or its terminal is closed.
#[cfg(unix)]
pub async fn stop() {
    use tokio::signal::unix::{SignalKind, signal};
    leave_in_order();
    let kinds = [SignalKind::terminate(), SignalKind::hangup(), SignalKind::interrupt()];
    let mut signals: Vec<_> = kinds.into_iter().filter_map(|kind| signal(kind).ok()).collect();
    let waits = signals.iter_mut().map(|signal| Box::pin(signal.recv()));
    if waits.len() == 0 {
        std::future::pending::<()>().await;
    }
    futures_util::future::select_all(waits).await;
}

/// Ends when the process is asked to end.
#[cfg(not(unix))]
pub async fn stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
