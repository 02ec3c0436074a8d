//! How far a survey has come, shared between those that look and the one that waits for them.
//!
//! Counts alone: whoever waits reads them when it likes, and nobody who looks ever waits for that.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Counts of one survey, and whether it is still wanted.
#[derive(Debug, Default)]
pub struct Watch {
    done: AtomicUsize,
    all: AtomicUsize,
    stopped: AtomicBool,
}

impl Watch {
    /// What was looked at, of all there is; nothing of nothing while it is listed.
    pub fn progress(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }

    /// Nobody waits for the answer any more: what is being looked at is the last.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    pub(super) fn begins(&self, all: usize) {
        self.all.store(all, Ordering::Relaxed);
    }

    pub(super) fn goes_on(&self) -> bool {
        !self.stopped.load(Ordering::Relaxed)
    }

    pub(super) fn looked(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}
