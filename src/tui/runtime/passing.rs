//! When remarks go. One moment is waited for: the next end; with nothing on the screen, none.

use tokio::time::Instant;

use crate::tui::model::{ToastId, Toasts};

/// The ends of those that stand.
#[derive(Debug, Default)]
pub(super) struct Passing(Vec<(ToastId, Instant)>);

impl Passing {
    /// A remark lives from the first frame that shows it.
    pub fn follow(&mut self, toasts: &Toasts, now: Instant) {
        self.0.retain(|(id, _)| toasts.shown().iter().any(|toast| toast.id == *id));
        for toast in toasts.shown() {
            let known = self.0.iter().any(|(id, _)| *id == toast.id);
            if let (false, Some(life)) = (known, toast.life()) {
                self.0.push((toast.id, now + life));
            }
        }
    }

    /// The next that goes, and when.
    pub fn next(&self) -> Option<(ToastId, Instant)> {
        self.0.iter().min_by_key(|(_, end)| *end).copied()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_shortest_goes_first_and_a_failure_never() {
        let (mut toasts, mut passing) = (Toasts::default(), Passing::default());
        let now = Instant::now();
        toasts.failed("refused");
        passing.follow(&toasts, now);
        assert!(passing.next().is_none(), "nobody is woken for it");
        toasts.note("a remark that takes a while to read, for it has many words");
        passing.follow(&toasts, now);
        toasts.note("short");
        passing.follow(&toasts, now);
        let (id, end) = passing.next().unwrap();
        assert_eq!(toasts.shown().iter().find(|toast| toast.id == id).unwrap().text, "short");
        passing.follow(&toasts, now + Duration::from_secs(1));
        assert_eq!(passing.next().unwrap().1, end, "its end does not move with each frame");
        toasts.acknowledge();
        passing.follow(&toasts, now);
        assert!(passing.next().is_none());
    }
}
