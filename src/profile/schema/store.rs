//! Managed stores, as a profile declares them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A managed place secrets live.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// What it is.
    pub kind: StoreKind,
    /// AWS region; by default `AWS_REGION`, then `AWS_DEFAULT_REGION`.
    pub region: Option<String>,
    /// Secret names or ARNs, asked in this order. `{service}` and `{environment}` are filled in. A JSON
    /// object gives one variable per key, anything else one variable named after the secret. Empty:
    /// `AWS_SECRETS_MANAGER_SECRET_IDS` lists them, once `SECRET_MANAGER_PROVIDER` is `aws`.
    #[serde(default)]
    pub ids: Vec<String>,
}

/// The kinds of store there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StoreKind {
    /// AWS Secrets Manager.
    AwsSecretsManager,
}

impl StoreKind {
    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::AwsSecretsManager => "AWS Secrets Manager",
        }
    }

    /// True for what the keys of an AWS role open.
    pub fn is_aws(self) -> bool {
        match self {
            Self::AwsSecretsManager => true,
        }
    }
}
