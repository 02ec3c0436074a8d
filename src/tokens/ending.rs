//! A word about a token that ends soon or has ended, as far as its service told.

use time::{Duration, OffsetDateTime};

use crate::finding::{Finding, Remedy};

/// A token that ends within this time is spoken of.
const SOON: Duration = Duration::days(14);

/// `None` while there is time enough, or nobody knows the end.
pub fn ending(name: &str, end: Option<OffsetDateTime>, now: OffsetDateTime) -> Option<Finding> {
    let left = end? - now;
    let says = match left.whole_days() {
        _ if left.is_negative() => "it has expired".to_owned(),
        0 => "it expires today".to_owned(),
        1 => "it expires tomorrow".to_owned(),
        days => format!("it expires in {days} days"),
    };
    let remedy = Remedy::run("make a new one, then", format!("devsecrets token set {name}"));
    (left < SOON).then(|| Finding::warning("DS-TOKEN-13", name, says, remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_near_end_is_spoken_of() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let says = |left: Duration| ending("t", Some(now + left), now).map(|finding| finding.says);
        assert_eq!(ending("t", None, now), None);
        assert_eq!(says(Duration::days(15)), None);
        assert_eq!(says(Duration::days(3)).as_deref(), Some("it expires in 3 days"));
        assert_eq!(says(Duration::hours(30)).as_deref(), Some("it expires tomorrow"));
        assert_eq!(says(Duration::hours(3)).as_deref(), Some("it expires today"));
        assert_eq!(says(-Duration::hours(3)).as_deref(), Some("it has expired"));
    }
}
