//! Managed places secrets live, and the one way to ask any of them.
//!
//! The rule: asking is partial by nature. One secret that is denied must not hide forty good ones, so a
//! store answers for each id on its own, and each kind of failure stays what it is.

mod aws_secrets_manager;
mod ids;
mod payload;

use std::future::Future;
use std::pin::Pin;

use serde::Serialize;

pub use aws_secrets_manager::AwsSecretsManager;
pub use ids::{ids_for, region_of};
pub use payload::{Payload, Values};

/// What a store says of each id that was asked, in the order asked.
pub type Answers = Vec<(String, Result<Payload, Miss>)>;

/// A managed store. Reads only: nothing here can change a secret.
pub trait Store {
    /// Asks for every id, each once. Never fails as a whole.
    fn fetch<'a>(&'a self, ids: &'a [String]) -> Pin<Box<dyn Future<Output = Answers> + 'a>>;
}

/// Why one secret could not be had. Names and places only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Miss {
    #[error("no secret {id} in {place}")]
    NotThere { id: String, place: String },
    #[error("access to {id} is denied{}", detail(reason))]
    Denied { id: String, reason: String },
    #[error("{id} is scheduled for deletion")]
    Deleted { id: String },
    #[error("{id} cannot be decrypted with its KMS key")]
    Undecryptable { id: String },
    #[error("{id} is larger than {limit} bytes")]
    TooLarge { id: String, limit: usize },
    #[error("{id} {what}")]
    Malformed { id: String, what: String },
    #[error("the AWS keys have expired")]
    Expired,
    #[error("the store is throttling requests")]
    Throttled,
    #[error("the store cannot be reached: {reason}")]
    Unreachable { reason: String },
    #[error("no AWS credentials were found")]
    NoCredentials,
    #[error("{code}{}", detail(reason))]
    Other { code: String, reason: String },
}

impl Miss {
    /// Stable code, for scripts and `explain`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotThere { .. } => "DS-STORE-01",
            Self::Denied { .. } => "DS-STORE-02",
            Self::Deleted { .. } => "DS-STORE-03",
            Self::Undecryptable { .. } => "DS-STORE-04",
            Self::TooLarge { .. } => "DS-STORE-05",
            Self::Malformed { .. } => "DS-STORE-06",
            Self::Expired => "DS-STORE-07",
            Self::Throttled => "DS-STORE-08",
            Self::Unreachable { .. } => "DS-STORE-09",
            Self::Other { .. } => "DS-STORE-10",
            Self::NoCredentials => "DS-STORE-11",
        }
    }

    /// The one next step.
    pub fn next_step(&self) -> String {
        match self {
            Self::NotThere { id, .. } => format!("create {id}, or check account and region"),
            Self::Denied { id, .. } => format!("ask for secretsmanager:GetSecretValue on {id}"),
            Self::Deleted { id } => format!("restore it: aws secretsmanager restore-secret --secret-id {id}"),
            Self::Undecryptable { .. } => "ask for kms:Decrypt on its key".to_owned(),
            Self::TooLarge { .. } | Self::Malformed { .. } => "correct the secret in the store".to_owned(),
            Self::Expired => "sign in again: devsecrets login".to_owned(),
            Self::NoCredentials => "set AWS_PROFILE, or sign in with the AWS CLI".to_owned(),
            Self::Throttled | Self::Other { .. } => "try again in a moment".to_owned(),
            Self::Unreachable { .. } => "check the network, then try again".to_owned(),
        }
    }
}

fn detail(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(": {reason}") }
}
