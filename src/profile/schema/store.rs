//! Managed stores, as a profile declares them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::profile::lists::PerEnvironment;

/// A managed place secrets live.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// What it is.
    pub kind: StoreKind,
    /// AWS region, or a table from environment to region; by default `AWS_REGION`, then `AWS_DEFAULT_REGION`. An ARN is
    /// asked for in its own.
    pub region: Option<PerEnvironment<String>>,
    /// Environments it is asked for. By default all.
    #[serde(default)]
    pub environments: Vec<String>,
    /// Services it is asked for. By default all.
    #[serde(default)]
    pub services: Vec<String>,
    /// Names or ARNs of secrets, asked in this order. `{service}` and `{environment}` are filled in. A JSON
    /// object gives one variable per key, anything else one variable named after the secret. In the Parameter Store a
    /// name that ends in `/` is a path: each parameter below it is one variable. Secrets Manager without ids:
    /// `AWS_SECRETS_MANAGER_SECRET_IDS` lists them, once `SECRET_MANAGER_PROVIDER` is `aws`.
    #[serde(default)]
    pub ids: Vec<String>,
    /// What becomes of a secret that is a JSON object. By default `keys`; below a path of the Parameter Store, `text`.
    pub json: Option<JsonObjects>,
    /// For a command: a program whose call is known. It fills in command, output, within and pass.
    pub preset: Option<CommandPreset>,
    /// For a command without a preset: the program and its arguments. No shell. `{id}` stands for the id, `{path}` and
    /// `{name}` for what is before and behind its last `/`, `{service}` and `{environment}` for themselves. Without ids,
    /// the one id is `{service}/{environment}`. Run only after the developer's consent.
    #[serde(default)]
    pub command: Vec<String>,
    /// For a command: what it prints. By default `value`.
    pub output: Option<CommandOutput>,
    /// For a command that prints JSON: pointers (RFC 6901) to the place that counts; the first that is there.
    #[serde(default)]
    pub within: Vec<String>,
    /// For a command: variables it sees besides a small base such as PATH and HOME; `*` at the end stands for any letters.
    #[serde(default)]
    pub pass: Vec<String>,
    /// For a command: seconds after which it is stopped. By default 20.
    #[schemars(range(min = 1, max = 600))]
    pub timeout: Option<u32>,
}

/// The kinds of store there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StoreKind {
    /// AWS Secrets Manager.
    AwsSecretsManager,
    /// AWS Systems Manager Parameter Store.
    AwsParameterStore,
    /// A program that prints the secret.
    Command,
}

/// Programs whose call is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum CommandPreset {
    /// HashiCorp Vault, key-value engine 1 or 2; an id is a path such as `secret/api/development`.
    #[serde(rename = "vault")]
    Vault,
    /// One field of 1Password; an id is a reference such as `op://Shop/api/password`.
    #[serde(rename = "1password")]
    OnePassword,
    /// All fields of one item of 1Password; an id is VAULT/ITEM.
    #[serde(rename = "1password-item")]
    OnePasswordItem,
    /// Doppler; an id is PROJECT/CONFIG.
    #[serde(rename = "doppler")]
    Doppler,
    /// Google Secret Manager, newest version; an id is a name, or `projects/PROJECT/secrets/NAME`.
    #[serde(rename = "gcloud")]
    Gcloud,
    /// Azure Key Vault; an id is VAULT/NAME.
    #[serde(rename = "az")]
    Az,
}

/// What a command prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CommandOutput {
    /// One value, without the line end behind it.
    #[default]
    Value,
    /// One value, byte for byte.
    Raw,
    /// JSON: an object gives a variable per key, a list of tables with `label` and `value` one per label.
    Json,
    /// Lines `NAME=value`, as in an env file.
    Dotenv,
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
            Self::Command => "a command",
        }
    }

    /// True for what the keys of an AWS role open.
    pub fn is_aws(self) -> bool {
        match self {
            Self::AwsSecretsManager | Self::AwsParameterStore => true,
            Self::Command => false,
        }
    }
}

impl Store {
    /// The program of a command.
    pub fn program(&self) -> &str {
        self.command.first().map_or("", String::as_str)
    }

    /// Whether it is asked for `service` in `environment`.
    pub fn serves(&self, service: &str, environment: &str) -> bool {
        let has = |list: &[String], name: &str| list.is_empty() || list.iter().any(|one| one == name);
        has(&self.services, service) && has(&self.environments, environment)
    }

    /// The region its profile names for `environment`.
    pub fn region_in(&self, environment: &str) -> Option<&str> {
        self.region.as_ref()?.of(environment).map(String::as_str)
    }

    /// Seconds a command may take.
    pub fn seconds(&self) -> u64 {
        self.timeout.unwrap_or(20).into()
    }
}
