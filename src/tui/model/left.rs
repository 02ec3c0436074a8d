//! How long a session lasts, in words so coarse that they seldom change.
//!
//! The rule: what stands on the screen is true at every instant, and nobody is woken but to change it. So each form tells the
//! next moment at which it becomes another one, and the last one tells none.

use time::{Duration, OffsetDateTime};

/// What is left, of a session that nobody renews.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// More than so many whole hours.
    Hours(i64),
    /// No more than so many minutes: 60, 15 or 5.
    Minutes(i64),
    Ended,
}

impl Left {
    pub fn of(end: OffsetDateTime, now: OffsetDateTime) -> Self {
        // Whoever has a second less than a minute to go has no minute any more.
        match (end - now).whole_seconds() {
            ..=0 => Self::Ended,
            1..=300 => Self::Minutes(5),
            301..=900 => Self::Minutes(15),
            901..=3600 => Self::Minutes(60),
            seconds => Self::Hours((seconds - 1) / 3600),
        }
    }

    /// When it says something else.
    pub fn changes(self, end: OffsetDateTime) -> Option<OffsetDateTime> {
        match self {
            Self::Hours(hours) => Some(end - Duration::hours(hours)),
            Self::Minutes(60) => Some(end - Duration::minutes(15)),
            Self::Minutes(15) => Some(end - Duration::minutes(5)),
            Self::Minutes(_) => Some(end),
            Self::Ended => None,
        }
    }

    /// Whether it is worth a warning.
    pub fn is_soon(self) -> bool {
        !matches!(self, Self::Hours(_) | Self::Minutes(60))
    }

    pub fn says(self) -> String {
        match self {
            Self::Hours(hours) => format!("session lasts over {hours} h"),
            Self::Minutes(60) => "session ends within the hour".to_owned(),
            Self::Minutes(minutes) => format!("session ends within {minutes} min"),
            Self::Ended => "the session has ended · A signs in".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    /// From one change to the next the words differ each time, and there is an end to it.
    #[test]
    fn each_change_is_one_that_is_seen() {
        let end = datetime!(2026-06-01 20:00 UTC);
        let (mut now, mut said) = (datetime!(2026-06-01 17:45 UTC), Vec::new());
        loop {
            let left = Left::of(end, now);
            assert_eq!(Left::of(end, now + Duration::seconds(1)), left, "it holds for a while");
            said.push(left.says());
            let Some(next) = left.changes(end) else { break };
            assert!(
                next > now && Left::of(end, next - Duration::seconds(1)) == left,
                "{left:?} until {next}"
            );
            now = next;
        }
        let words = ["over 2 h", "over 1 h", "within the hour", "within 15 min", "within 5 min", "has ended"];
        assert_eq!(said.len(), words.len());
        assert!(said.iter().zip(words).all(|(said, word)| said.contains(word)), "{said:?}");
    }
}
