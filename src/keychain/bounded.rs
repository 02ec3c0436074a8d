//! Calls that may hang forever, ended by the clock.

use std::io;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use super::Problem;

/// Runs `call` on a thread of its own and waits at most `limit`.
///
/// A call that overstays is left behind, not killed: a prompt answered late then still unlocks
/// the keychain for the next call. A panic in it is an error here.
pub(super) fn bounded<T: Send + 'static>(
    limit: Duration,
    call: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let (tell, hear) = sync_channel(1);
    thread::Builder::new()
        .name("keychain".to_owned())
        .spawn(move || {
            // Nobody listens any more once the limit has passed.
            let _ = tell.send(call());
        })
        .map_err(Problem::io("start a thread"))?;
    hear.recv_timeout(limit).map_err(|end| match end {
        RecvTimeoutError::Timeout => Problem::TimedOut(limit),
        RecvTimeoutError::Disconnected => {
            Problem::io("ask it")(io::Error::other("the keychain library stopped half way"))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_hangs_is_given_up() {
        let (hold, held) = sync_channel::<()>(0);
        let outcome = bounded(Duration::from_millis(20), move || held.recv().is_ok());
        assert!(matches!(outcome, Err(Problem::TimedOut(_))));
        drop(hold);
    }

    #[test]
    fn an_answer_comes_through() {
        assert_eq!(bounded(Duration::from_secs(5), || 7).unwrap(), 7);
    }
}
