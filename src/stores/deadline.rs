//! How long a run waits for its stores, all in all.
//!
//! The rule: one instant, set once at the start, holds for everything that is asked after it. What has arrived by
//! then counts; what has not is told apart from what failed. The SDK limits single calls only, and its retries
//! add up (measured: peers stay silent for 40 s and more).

use std::future::Future;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::time::Instant;

use super::Miss;
use crate::settings::Settings;

/// Seconds a run waits, unless `DEVSECRETS_TIMEOUT` says otherwise.
const SECONDS: u64 = 30;

/// Requests on their way at the same time, to one store. Two hundred secrets are ten batches of twenty.
const AT_ONCE: usize = 10;

/// The instant after which nothing is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    at: Instant,
    /// The whole span, for messages.
    pub seconds: u64,
}

impl Deadline {
    /// Begins now.
    pub fn begin(settings: &Settings) -> Self {
        let named = settings.var("DEVSECRETS_TIMEOUT");
        let named = named.and_then(|text| text.trim().trim_end_matches('s').parse().ok());
        // A day is as good as for ever, and cannot overflow the clock.
        let seconds = named.filter(|seconds| *seconds > 0).unwrap_or(SECONDS).min(86_400);
        Self { at: Instant::now() + Duration::from_secs(seconds), seconds }
    }

    /// What `work` gives, or `None` when it is not done in time.
    pub async fn bound<T>(self, work: impl Future<Output = T>) -> Option<T> {
        tokio::time::timeout_at(self.at, work).await.ok()
    }

    /// What is said of whoever did not answer in time.
    pub(super) fn missed(self) -> Miss {
        Miss::TooSlow { seconds: self.seconds }
    }

    /// What is left of the span.
    pub fn left(self) -> Duration {
        self.at.saturating_duration_since(Instant::now())
    }

    /// Sleeps before try number `tried` + 2: a random part of 0.2, 0.4, 0.8 s… Random, so that the machines of a
    /// team that were throttled together do not come back together.
    pub(super) async fn pause(self, tried: u32) {
        let longest = Duration::from_millis(200 << tried.min(4));
        tokio::time::sleep(longest.mul_f64(rand::random_range(0.5..1.0)).min(self.left())).await;
    }
}

/// Runs all of `work`, [`AT_ONCE`] at a time; answers in the order given.
pub(super) async fn side_by_side<F: Future>(work: impl Iterator<Item = F>) -> Vec<F::Output> {
    futures_util::stream::iter(work).buffered(AT_ONCE).collect().await
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::path::Path;

    use super::*;

    fn deadline(text: &str) -> Deadline {
        Deadline::begin(&Settings::bare("/", Path::new("/h")).with("DEVSECRETS_TIMEOUT", text))
    }

    #[tokio::test]
    async fn the_span_is_what_the_variable_says_within_reason() {
        let spans = ["5", " 7 ", "8s", "0", "soon", "-1", "99999999999"].map(|text| deadline(text).seconds);
        assert_eq!(spans, [5, 7, 8, 30, 30, 30, 86_400]);
    }

    #[tokio::test]
    async fn what_is_late_is_left_behind() {
        let deadline = Deadline { at: Instant::now(), seconds: 0 };
        assert_eq!(deadline.bound(std::future::pending::<()>()).await, None);
        assert_eq!(deadline.bound(async { 1 }).await, Some(1));
        deadline.pause(3).await;
    }

    #[tokio::test]
    async fn ten_at_a_time_and_in_order() {
        let (now, most) = (Cell::new(0), Cell::new(0));
        let work = (0..35).map(|number| {
            let (now, most) = (&now, &most);
            async move {
                now.set(now.get() + 1);
                most.set(most.get().max(now.get()));
                tokio::task::yield_now().await;
                now.set(now.get() - 1);
                number
            }
        });
        assert_eq!(side_by_side(work).await, (0..35).collect::<Vec<_>>());
        assert_eq!(most.get(), AT_ONCE);
    }
}
