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
    /// Names or ARNs of secrets, asked in this order. `{service}` and `{environment}` are filled in. A JSON
    /// object gives one variable per key, anything else one variable named after the secret. In the Parameter Store a
    /// name that ends in `/` is a path: each parameter below it is one variable. Secrets Manager without ids:
    /// `AWS_SECRETS_MANAGER_SECRET_IDS` lists them, once `SECRET_MANAGER_PROVIDER` is `aws`.
    #[serde(default)]
    pub ids: Vec<String>,
    /// What becomes of a secret that is a JSON object. By default `keys`; below a path of the Parameter Store, `text`.
    pub json: Option<JsonObjects>,
}

/// The kinds of store there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StoreKind {
    /// AWS Secrets Manager.
    AwsSecretsManager,
    /// AWS Systems Manager Parameter Store.
    AwsParameterStore,
}

/// What becomes of a secret that is a JSON object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum JsonObjects {
    /// One variable per key.
    Keys,
    /// One variable, the text as it is.
    Text,
}

impl StoreKind {
    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::AwsSecretsManager => "AWS Secrets Manager",
            Self::AwsParameterStore => "AWS Parameter Store",
        }
    }

    /// True for what the keys of an AWS role open.
    pub fn is_aws(self) -> bool {
        match self {
            Self::AwsSecretsManager | Self::AwsParameterStore => true,
        }
    }
}
