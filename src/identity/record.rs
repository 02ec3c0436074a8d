//! What is kept beside the root key, in the same keychain item: dates, rotations, and whom it took the place of.
//!
//! None of it is secret, and none of it follows from the phrase. So that two machines with one phrase agree, rotations
//! have a short written form, [`Epochs`], that is carried over by hand.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Facts about an identity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// When it was made, or taken over from another machine; `None` for one made before this was noted.
    pub created: Option<OffsetDateTime>,
    /// When its phrase was last checked back.
    pub phrase_checked: Option<OffsetDateTime>,
    pub epochs: Epochs,
    /// Fingerprints of the identities it took the place of, oldest first. Each is still kept.
    pub former: Vec<String>,
}

impl Record {
    /// One fact a line.
    pub(super) fn lines(&self) -> String {
        let date = |word: &str, at: Option<OffsetDateTime>| {
            let text = at.and_then(|at| at.format(&Rfc3339).ok());
            text.map(|text| format!("\n{word} {text}")).unwrap_or_default()
        };
        let mut text = date("created", self.created) + &date("checked", self.phrase_checked);
        for ((project, variable), epoch) in &self.epochs.0 {
            text.push_str(&format!("\nepoch {project}/{variable}={epoch}"));
        }
        for fingerprint in &self.former {
            text.push_str(&format!("\nformer {fingerprint}"));
        }
        text
    }

    /// Lines of a later version are passed over; `None` when a known one is damaged.
    pub(super) fn read<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut record = Self::default();
        for line in lines {
            let (word, fact) = line.split_once(' ')?;
            match word {
                "created" => record.created = Some(OffsetDateTime::parse(fact, &Rfc3339).ok()?),
                "checked" => record.phrase_checked = Some(OffsetDateTime::parse(fact, &Rfc3339).ok()?),
                "epoch" => record.epochs.merge(&fact.parse().ok()?),
                "former" => record.former.push(fact.to_owned()),
                _ => {}
            }
        }
        Some(record)
    }
}

/// How often a developer has rotated which variable of which project. Written `shop/JWT_SECRET=2,shop/PEPPER=1`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Epochs(BTreeMap<(String, String), u32>);

/// A text is not a list of rotations.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("rotations are written PROJECT/VARIABLE=NUMBER, with commas between them")]
pub struct BadEpochs;

impl Epochs {
    /// Zero for what was never rotated.
    pub fn of(&self, project: &str, variable: &str) -> u32 {
        self.0.get(&(project.to_owned(), variable.to_owned())).copied().unwrap_or_default()
    }

    /// One more rotation; returns the new number.
    pub fn raise(&mut self, project: &str, variable: &str) -> u32 {
        let epoch = self.0.entry((project.to_owned(), variable.to_owned())).or_default();
        *epoch = epoch.saturating_add(1);
        *epoch
    }

    /// Takes the higher number of each: a rotation is never taken back.
    pub fn merge(&mut self, other: &Self) {
        for (name, epoch) in &other.0 {
            let mine = self.0.entry(name.clone()).or_default();
            *mine = (*mine).max(*epoch);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Epochs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let each = self.0.iter().map(|((project, variable), epoch)| format!("{project}/{variable}={epoch}"));
        f.write_str(&each.collect::<Vec<_>>().join(","))
    }
}

impl FromStr for Epochs {
    type Err = BadEpochs;

    fn from_str(text: &str) -> Result<Self, BadEpochs> {
        let one = |part: &str| {
            let (name, epoch) = part.trim().rsplit_once('=')?;
            let (project, variable) = name.rsplit_once('/')?;
            let plain = |word: &str| {
                !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
            };
            let epoch = epoch.parse().ok()?;
            (plain(project) && plain(variable)).then(|| ((project.to_owned(), variable.to_owned()), epoch))
        };
        let parts = text.split(',').filter(|part| !part.trim().is_empty());
        parts.map(one).collect::<Option<_>>().map(Self).ok_or(BadEpochs)
    }
}

impl Serialize for Epochs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct One<'a> {
            project: &'a str,
            variable: &'a str,
            epoch: u32,
        }
        serializer.collect_seq(self.0.iter().map(|((project, variable), &epoch)| One {
            project,
            variable,
            epoch,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rotations_are_written_and_read() {
        let mut epochs: Epochs = "shop/JWT_SECRET=2, my-shop.eu/PEPPER=1".parse().unwrap();
        assert_eq!(epochs.raise("shop", "JWT_SECRET"), 3);
        assert_eq!(epochs.to_string(), "my-shop.eu/PEPPER=1,shop/JWT_SECRET=3");
        assert_eq!(epochs.to_string().parse(), Ok(epochs));
        for bad in ["shop", "shop/A", "shop/A=x", "/A=1", "shop/=1", "a b/C=1", "s/A=-1"] {
            assert!(bad.parse::<Epochs>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn merging_never_takes_a_rotation_back() {
        let mut mine: Epochs = "shop/A=2,shop/B=1".parse().unwrap();
        mine.merge(&"shop/A=1,shop/B=4,shop/C=1".parse().unwrap());
        assert_eq!(mine.to_string(), "shop/A=2,shop/B=4,shop/C=1");
    }

    #[test]
    fn a_record_survives_being_kept() {
        let record = Record {
            created: OffsetDateTime::from_unix_timestamp(1_700_000_000).ok(),
            phrase_checked: None,
            epochs: "shop/A=2".parse().unwrap(),
            former: vec!["00ff00ff00ff00ff".to_owned()],
        };
        assert_eq!(Record::read(record.lines().lines().skip(1)), Some(record));
        assert_eq!(Record::read(["later something"].into_iter()), Some(Record::default()));
        assert_eq!(Record::read(["created yesterday"].into_iter()), None);
    }
}
