//! When something is to be told that nobody else tells: a remark's end, and that a job takes long.
//!
//! One moment is waited for, the next; with nothing that lasts, none.

use std::time::Duration;

use tokio::time::Instant;

use super::Sitting;
use crate::tui::effect::Esc;
use crate::tui::model::Model;

/// After this long a person wonders whether anything happens.
const PATIENCE: Duration = Duration::from_millis(300);

/// The moments of what lasts, by its id.
#[derive(Debug)]
pub(super) struct Passing<K>(Vec<(K, Instant)>);

impl<K> Default for Passing<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Copy + PartialEq> Passing<K> {
    /// The span of each begins when it is first seen here; what is gone is forgotten.
    pub fn follow(&mut self, now: Instant, lasting: impl Iterator<Item = (K, Duration)>) {
        let known = std::mem::take(&mut self.0);
        let when = |id: K, span| {
            known.iter().find(|(one, _)| *one == id).map_or_else(|| now + span, |(_, end)| *end)
        };
        self.0 = lasting.map(|(id, span)| (id, when(id, span))).collect();
    }

    /// The next, and when.
    pub fn next(&self) -> Option<(K, Instant)> {
        self.0.iter().min_by_key(|(_, end)| *end).copied()
    }
}

impl Sitting {
    /// What time alone will tell.
    pub(super) fn look_ahead(&mut self) {
        let (now, Model { window, tasks, .. }) = (Instant::now(), &self.model);
        let remarks = window.toasts.shown().iter();
        self.passing.follow(now, remarks.filter_map(|toast| Some((toast.id, toast.life()?))));
        let young = tasks.under_way().iter().filter(|task| !task.long && task.work.esc != Esc::Own);
        self.patience.follow(now, young.map(|task| (task.id, PATIENCE)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_shortest_goes_first_and_does_not_move() {
        let (mut passing, now) = (Passing::default(), Instant::now());
        passing.follow(now, std::iter::empty());
        assert!(passing.next().is_none(), "nobody is woken for nothing");
        passing.follow(now, [(1, 9 * SECOND)].into_iter());
        passing.follow(now + SECOND, [(1, 9 * SECOND), (2, SECOND)].into_iter());
        assert_eq!(passing.next(), Some((2, now + 2 * SECOND)));
        passing.follow(now + 5 * SECOND, [(1, 9 * SECOND)].into_iter());
        assert_eq!(passing.next(), Some((1, now + 9 * SECOND)), "its end does not move with each frame");
    }
}
