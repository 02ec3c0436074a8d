//! Ctrl-Z: the shell in front for a while, and back.
//!
//! The terminal is given back first, as for anybody it is lent to; then we stop like every program does, together with whoever
//! was started with us, and go on where the shell says so.

/// Ends when the shell has us go on; at once where there are no jobs.
#[cfg(unix)]
pub(super) fn suspend() {
    use rustix::process::{Signal, kill_current_process_group};
    // Who may not be stopped, such as the first process of a session, simply goes on.
    let _ = kill_current_process_group(Signal::TSTP);
}

#[cfg(not(unix))]
pub(super) fn suspend() {}

/// Ends when we were stopped by somebody else and go on: whatever is on the screen now is not ours.
#[cfg(unix)]
pub(super) async fn continued() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw())) {
        Ok(mut signals) => drop(signals.recv().await),
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
pub(super) async fn continued() {
    std::future::pending().await
}
