//! Why one secret could not be had: each kind with a code and a next step of its own.
//!
//! Names and places only, so a miss may be shown, logged and serialised.

use serde::Serialize;

/// Why one secret could not be had. Names and places only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Miss {
    #[error("no secret {id} in {place}")]
    NotThere { id: String, place: String },
    #[error("access to {id} is denied{}", detail(reason))]
    Denied { id: String, reason: String, permission: &'static str },
    #[error("{id} is scheduled for deletion")]
    Deleted { id: String },
    #[error("{id} cannot be decrypted with its KMS key")]
    Undecryptable { id: String },
    #[error("{id} is larger than {limit} bytes")]
    TooLarge { id: String, limit: usize },
    #[error("{id} {what}")]
    Malformed { id: String, what: String },
    #[error("{whose} have expired")]
    Expired { whose: String, next: String },
    #[error("AWS does not accept {whose}")]
    Refused { whose: String, next: String },
    #[error("the store is throttling requests{}", of(id.as_deref()))]
    Throttled { id: Option<String> },
    #[error("the store cannot be reached: {reason}")]
    Unreachable { reason: String },
    #[error("no AWS credentials were found")]
    NoCredentials,
    #[error("the AWS profile {profile} gives no credentials")]
    NoKeys { profile: String, next: String },
    #[error("{code}{}{}", of(id.as_deref()), detail(reason))]
    Other { id: Option<String>, code: String, reason: String },
    #[error("{id} is no name of a secret here{}", detail(reason))]
    BadName { id: String, reason: String },
    #[error("no answer within {seconds} s")]
    TooSlow { seconds: u64 },
    #[error("{id} lives in {own}, and {asked} was asked")]
    WrongRegion { id: String, own: String, asked: String },
    #[error("there is no program {program} here")]
    NoProgram { program: String },
    #[error("{program} may not be executed")]
    NotExecutable { program: String },
    #[error("{program} {how}{}", detail(says))]
    Failed { program: String, how: String, says: String },
    #[error("{program} is not signed in")]
    NotSignedIn { program: String, next: String },
    #[error("{program} was stopped after {seconds} s")]
    Stopped { program: String, seconds: u64 },
    #[error("{id} belongs to account {own}, and {place} was asked")]
    WrongAccount { id: String, own: String, place: String },
}

impl Miss {
    /// The store left `id` out of its answer.
    pub(super) fn unanswered(id: &str) -> Self {
        let reason = "the store left it out of its answer".to_owned();
        Self::Other { id: Some(id.to_owned()), code: "NoAnswer".to_owned(), reason }
    }

    /// The same, of a whole call: no one secret is to blame.
    #[must_use]
    pub(super) fn of_a_call(self) -> Self {
        match self {
            Self::Throttled { .. } => Self::Throttled { id: None },
            Self::Other { code, reason, .. } => Self::Other { id: None, code, reason },
            other => other,
        }
    }

    /// Stable code, for scripts and `explain`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotThere { .. } => "DS-STORE-01",
            Self::Denied { .. } => "DS-STORE-02",
            Self::Deleted { .. } => "DS-STORE-03",
            Self::Undecryptable { .. } => "DS-STORE-04",
            Self::TooLarge { .. } => "DS-STORE-05",
            Self::Malformed { .. } => "DS-STORE-06",
            Self::Expired { .. } => "DS-STORE-07",
            Self::Throttled { .. } => "DS-STORE-08",
            Self::Unreachable { .. } => "DS-STORE-09",
            Self::Other { .. } => "DS-STORE-10",
            Self::NoCredentials | Self::NoKeys { .. } => "DS-STORE-11",
            Self::TooSlow { .. } => "DS-STORE-12",
            Self::WrongRegion { .. } => "DS-STORE-13",
            Self::WrongAccount { .. } => "DS-STORE-14",
            Self::NoProgram { .. } | Self::NotExecutable { .. } => "DS-STORE-15",
            Self::Failed { .. } => "DS-STORE-16",
            Self::NotSignedIn { .. } => "DS-STORE-17",
            Self::Stopped { .. } => "DS-STORE-18",
            Self::Refused { .. } => "DS-STORE-19",
            Self::BadName { .. } => "DS-STORE-34",
        }
    }

    /// True when the store did not answer at all, so that what it said before may still hold.
    pub fn is_out_of_reach(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::TooSlow { .. })
    }

    /// True when the store answered that there is nothing for this person any more.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::NotThere { .. } | Self::Denied { .. } | Self::Deleted { .. })
    }

    /// The one next step.
    pub fn next_step(&self) -> String {
        match self {
            Self::NotThere { id, .. } => format!("create {id}, or check account and region"),
            Self::Denied { id, permission, .. } => format!("ask for {permission} on {id}"),
            Self::Deleted { id } => format!("restore it: aws secretsmanager restore-secret --secret-id {id}"),
            Self::Undecryptable { .. } => "ask for kms:Decrypt on its key".to_owned(),
            Self::TooLarge { .. } | Self::Malformed { .. } => "correct the secret in the store".to_owned(),
            Self::NoCredentials => "set AWS_PROFILE, or sign in with the AWS CLI".to_owned(),
            Self::Throttled { .. } | Self::Other { .. } => "try again in a moment".to_owned(),
            Self::BadName { id, .. } => {
                format!("correct {id}: in ids of the profile's store, or where the ids are listed")
            }
            Self::Unreachable { .. } => "check the network, then try again".to_owned(),
            Self::TooSlow { .. } => {
                "check the network, or wait longer: DEVSECRETS_TIMEOUT=120 (seconds)".to_owned()
            }
            Self::WrongRegion { own, .. } => {
                format!("set AWS_REGION={own}, or region in the profile's store")
            }
            Self::NoProgram { program } if program.contains('/') => {
                format!("add {program} to the project, or correct the store's command in the profile")
            }
            Self::NotExecutable { program } => format!("chmod +x {program}"),
            Self::NoProgram { program } => format!("install {program}, or add its folder to PATH"),
            Self::Failed { program, .. } => {
                format!("see what {program} itself says: run its command by hand")
            }
            Self::NotSignedIn { next, .. }
            | Self::Expired { next, .. }
            | Self::Refused { next, .. }
            | Self::NoKeys { next, .. } => next.clone(),
            Self::Stopped { program, .. } => {
                format!(
                    "run {program} by hand to see what it waits for, or raise timeout in the profile's store"
                )
            }
            Self::WrongAccount { own, .. } => {
                format!("choose a role in {own}: devsecrets login --choose; or ask its owner to share it")
            }
        }
    }
}

fn of(id: Option<&str>) -> String {
    id.map_or_else(String::new, |id| format!(" for {id}"))
}

fn detail(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(": {reason}") }
}
