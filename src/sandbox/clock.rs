//! The sandbox's own clock: real time plus what tests have moved it forward.

use std::time::Duration;

use time::OffsetDateTime;

#[derive(Debug, Default)]
pub(super) struct Clock {
    ahead: Duration,
}

impl Clock {
    pub(super) fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc() + self.ahead
    }

    pub(super) fn advance(&mut self, by: Duration) {
        self.ahead += by;
    }
}

/// Epoch seconds with a fraction, as AWS JSON 1.1 writes time.
pub(super) fn epoch_seconds(at: OffsetDateTime) -> f64 {
    epoch_millis(at) as f64 / 1000.0
}

/// Epoch milliseconds, as the portal writes `expiration`.
pub(super) fn epoch_millis(at: OffsetDateTime) -> i64 {
    at.unix_timestamp() * 1000 + i64::from(at.millisecond())
}
