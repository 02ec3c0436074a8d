//! How often the screen has to be drawn although nothing happened.

use std::time::Duration;

/// Why ticks are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pulse {
    /// A countdown.
    Seconds,
    /// A sign of life, left out under reduced motion.
    Motion,
}

impl Pulse {
    pub fn every(self) -> Duration {
        match self {
            Self::Seconds => Duration::from_secs(1),
            Self::Motion => Duration::from_millis(120),
        }
    }
}
