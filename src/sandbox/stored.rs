//! One secret as the sandbox's Secrets Manager keeps it: versions, labels, ages, condition.
//!
//! Owns the data and the names AWS derives from it (ARN suffix, version ids). Both are computed
//! from the secret's own name, so they are the same on every run and a snapshot can hold them.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use crate::secret::SecretValue;

/// What a version holds: `SecretString` or `SecretBinary`, never both.
#[derive(Clone)]
pub enum Content {
    Text(SecretValue),
    Binary(Vec<u8>),
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Self::Text(SecretValue::new(text))
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self::Text(SecretValue::new(text))
    }
}

impl From<serde_json::Value> for Content {
    fn from(json: serde_json::Value) -> Self {
        Self::from(json.to_string())
    }
}

impl From<SecretValue> for Content {
    fn from(value: SecretValue) -> Self {
        Self::Text(value)
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(masked)",
            Self::Binary(_) => "Binary(masked)",
        })
    }
}

/// Whether reading the secret works, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    Readable,
    Deleted,
    Denied,
    KeyUnavailable,
}

#[derive(Clone, Debug)]
pub(super) struct Version {
    pub(super) id: String,
    pub(super) stages: Vec<&'static str>,
    pub(super) content: Content,
    pub(super) created: OffsetDateTime,
}

/// When a secret was last rotated and how often it should be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rotation {
    pub(super) last: OffsetDateTime,
    pub(super) every_days: u32,
}

/// A secret with whatever history a test needs.
#[derive(Clone, Debug)]
pub struct StoredSecret {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) tags: Vec<(String, String)>,
    pub(super) account: Option<String>,
    pub(super) region: Option<String>,
    pub(super) versions: Vec<Version>,
    pub(super) condition: Condition,
    pub(super) created: OffsetDateTime,
    pub(super) changed: OffsetDateTime,
    pub(super) rotation: Option<Rotation>,
    /// Reads left that are throttled. Shared by clones, since a world is cloned into its sandbox.
    busy: Arc<AtomicU32>,
}

impl StoredSecret {
    /// A readable secret in every account, made just now.
    pub fn new(name: &str, content: impl Into<Content>) -> Self {
        let mut secret = Self::empty(name);
        let now = secret.created;
        secret.put(content.into(), now);
        secret
    }

    pub(super) fn empty(name: &str) -> Self {
        let now = OffsetDateTime::now_utc();
        Self {
            name: name.to_owned(),
            description: String::new(),
            tags: Vec::new(),
            account: None,
            region: None,
            versions: Vec::new(),
            condition: Condition::Readable,
            created: now,
            changed: now,
            rotation: None,
            busy: Arc::default(),
        }
    }

    /// Throttled so many times before it can be read.
    #[must_use]
    pub fn busy(self, times: u32) -> Self {
        self.busy.store(times, Ordering::Relaxed);
        self
    }

    /// Counts a read; true when it is one of those throttled.
    pub(super) fn is_busy(&self) -> bool {
        let counted = |left: u32| left.checked_sub(1);
        self.busy.fetch_update(Ordering::Relaxed, Ordering::Relaxed, counted).is_ok()
    }

    pub(super) fn in_condition(name: &str, condition: Condition) -> Self {
        Self { condition, ..Self::new(name, "out of reach") }
    }

    /// Only in the account with these 12 digits.
    #[must_use]
    pub fn in_account(mut self, account: &str) -> Self {
        self.account = Some(account.to_owned());
        self
    }

    /// In another region than the world's own.
    #[must_use]
    pub fn in_region(mut self, region: &str) -> Self {
        self.region = Some(region.to_owned());
        self
    }

    /// What `AWSPREVIOUS` reads as.
    #[must_use]
    pub fn previously(mut self, content: impl Into<Content>) -> Self {
        self.add(&["AWSPREVIOUS"], content.into(), self.created);
        self
    }

    /// A rotation under way: `AWSPENDING` holds the next value.
    #[must_use]
    pub fn pending(mut self, content: impl Into<Content>) -> Self {
        self.add(&["AWSPENDING"], content.into(), self.created);
        self
    }

    /// The current value is this many days old.
    #[must_use]
    pub fn aged(mut self, days: u32) -> Self {
        let then = OffsetDateTime::now_utc() - Duration::days(days.into());
        (self.created, self.changed) = (then, then);
        self.versions.iter_mut().for_each(|version| version.created = then);
        self
    }

    /// AWS rotates it every `every_days` days, last when its current value was made.
    #[must_use]
    pub fn rotated(mut self, every_days: u32) -> Self {
        self.rotation = Some(Rotation { last: self.changed, every_days });
        self
    }

    #[must_use]
    pub fn described(mut self, description: &str) -> Self {
        description.clone_into(&mut self.description);
        self
    }

    #[must_use]
    pub fn tagged(mut self, key: &str, value: &str) -> Self {
        self.tags.push((key.to_owned(), value.to_owned()));
        self
    }

    /// Makes `content` the current value; the one before it becomes the previous.
    pub(super) fn put(&mut self, content: Content, now: OffsetDateTime) {
        for version in &mut self.versions {
            version.stages.retain(|&stage| stage != "AWSPREVIOUS");
            for stage in version.stages.iter_mut().filter(|stage| **stage == "AWSCURRENT") {
                *stage = "AWSPREVIOUS";
            }
        }
        self.add(&["AWSCURRENT"], content, now);
        self.changed = now;
    }

    fn add(&mut self, stages: &[&'static str], content: Content, created: OffsetDateTime) {
        let id = version_id(&self.name, self.versions.len());
        self.versions.push(Version { id, stages: stages.to_vec(), content, created });
    }

    pub(super) fn lives_in(&self, account: &str, region: &str, home_region: &str) -> bool {
        self.account.as_deref().is_none_or(|own| own == account)
            && self.region.as_deref().unwrap_or(home_region) == region
    }

    /// `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-XXXXXX`.
    pub(super) fn arn(&self, account: &str, region: &str) -> String {
        let name = &self.name;
        let suffix = arn_suffix(&format!("{account} {region} {name}"));
        format!("arn:aws:secretsmanager:{region}:{account}:secret:{name}-{suffix}")
    }
}

/// Six letters and digits. Real ones are random; these follow from what the secret is.
fn arn_suffix(of: &str) -> String {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let digest = Sha256::digest(of);
    digest[..6].iter().map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()])).collect()
}

/// A UUID's shape, which is what AWS uses for version ids.
fn version_id(name: &str, ordinal: usize) -> String {
    let digest = Sha256::digest(format!("{name} {ordinal}"));
    let hex: String = digest[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
