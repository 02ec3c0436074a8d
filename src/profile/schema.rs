//! The profile as people write it: one type per TOML table.
//!
//! Owns the words of the file format and nothing else. Every doc comment here becomes a
//! description in `profiles/schema.json`, which editors show while a profile is being written, so
//! the comments speak to the author of a profile.

mod store;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::lists::{Names, PerEnvironment};
pub use store::{CommandOutput, CommandPreset, JsonObjects, Store, StoreKind};

mod token;

pub use token::{Check, Token, TokenService, Verify};

/// A table in the order written. Its names are those of the profile or of a secret that the project reads, so they are hashed for
/// speed and not against an attacker's choice.
pub type Map<K, V> = IndexMap<K, V, foldhash::fast::RandomState>;

/// One project: sign-in, stores, services, variables, personal tokens and policy.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "devsecrets profile")]
pub struct Profile {
    /// Version of this format. Always 1.
    pub schema: u32,
    /// Short name, as in `--profile NAME`: lower-case letters, digits and `-`.
    pub name: String,
    /// Name for people.
    pub title: String,
    /// What the project is, in a sentence.
    pub about: Option<String>,
    /// Environments the project knows. The first is the default.
    #[serde(default = "default_environments")]
    pub environments: Vec<String>,
    /// Rules that hold for the whole project.
    #[serde(default)]
    pub policy: Policy,
    /// AWS IAM Identity Center sign-in. Absent: no sign-in step.
    pub sso: Option<Sso>,
    /// Managed stores, by a name of your choice. The first is asked first.
    #[serde(default)]
    pub store: Map<String, Store>,
    /// Every variable a service may name, by its name in the environment.
    #[serde(default)]
    pub variables: Map<String, Variable>,
    /// Deployable parts of the project.
    pub services: Map<String, Service>,
    /// Personal credentials kept in the OS keychain.
    #[serde(default)]
    pub tokens: Map<String, Token>,
    /// Places the project is deployed to, by target.
    #[serde(default)]
    pub deploy: Map<String, Deploy>,
    /// How secrets are replaced.
    pub rotation: Option<Rotation>,
    /// What a leak scan looks for beyond its own rules.
    pub audit: Option<Audit>,
    /// The endpoint that reports where credentials came from.
    pub health: Option<Health>,
}

fn default_environments() -> Vec<String> {
    ["development", "staging", "production"].map(str::to_owned).to_vec()
}

/// Rules that hold for the whole project. A local override can never change them.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Whether seeding may write env files.
    #[serde(default)]
    pub env_files: EnvFiles,
    /// Days after which a secret is due for rotation.
    #[schemars(range(min = 1))]
    pub rotation_days: Option<u32>,
    /// How long values of the stores may be kept on the developer's machine for work without a network, such as `12h`:
    /// minutes (`m`), hours (`h`) or days (`d`), 30 days at most. Absent: not at all. Only for development.
    pub offline_cache: Option<String>,
    /// AWS accounts (12 digits) that developer files are never seeded from.
    #[serde(default)]
    pub production_accounts: Vec<String>,
    /// Lines the project's `.gitignore` must cover.
    #[serde(default)]
    pub ignored: Vec<String>,
    /// Whether long-lived AWS keys in the environment are accepted.
    #[serde(default)]
    pub static_credentials: StaticCredentials,
    /// Shapes of names that hold a secret even where no variable declares them, `*` standing for any
    /// letters, such as `AWS_*`.
    #[serde(default)]
    pub secret_names: Vec<String>,
    /// What counts as a secret, in the project's own words.
    #[serde(default)]
    pub in_scope: Vec<String>,
    /// What does not.
    #[serde(default)]
    pub not_secret: Vec<String>,
    /// House rules no machine can check; shown by `profile show`.
    #[serde(default)]
    pub rules: Vec<String>,
}

/// Whether seeding may write env files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EnvFiles {
    /// Env files are written, private and git-ignored.
    #[default]
    Allowed,
    /// No env file may exist; services get their secrets from `run`.
    Forbidden,
}

/// Whether long-lived AWS keys are accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StaticCredentials {
    #[default]
    Allowed,
    Forbidden,
}

/// AWS IAM Identity Center.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sso {
    /// Name of the `[sso-session]` in the AWS config file; it names the token cache file.
    pub session: String,
    /// The portal's address, as the AWS console shows it.
    pub start_url: String,
    /// Region of Identity Center itself, not of your secrets.
    pub region: String,
    /// Name of the AWS profile this sign-in serves.
    pub aws_profile: Option<String>,
    /// 12 digits. Absent: the picker asks.
    pub account_id: Option<String>,
    /// Permission set. Absent: the picker asks.
    pub role_name: Option<String>,
}

/// A named value a service reads.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// What it is for, in a few words.
    pub about: Option<String>,
    /// False for plain configuration, which may be shown.
    #[serde(default = "yes")]
    pub secret: bool,
    /// Regions of a family: the name holds `{REGION}`, one variable for each.
    #[serde(default)]
    pub regions: Vec<String>,
    /// How to derive a development value nobody else can guess.
    pub generate: Option<Generate>,
    /// Name of the personal token that is its value.
    pub token: Option<String>,
    /// Value when no source has one. A plain string means every environment; `{service}` and
    /// `{environment}` are filled in.
    pub default: Option<PerEnvironment<String>>,
    /// Form it is written in, for a value that the readers of an env file cannot agree on. The service
    /// decodes it.
    pub encode: Option<Encode>,
    /// Least length in characters.
    pub min_length: Option<usize>,
    /// Values it must not have, by environment.
    #[serde(default)]
    pub forbid: Map<String, Vec<String>>,
    /// What it must look like, by environment.
    #[serde(default)]
    pub require: Map<String, Requirement>,
    /// Who gives access to it.
    pub owner: Option<String>,
    /// Where to ask for it, shown beside it when it is missing.
    pub request: Option<String>,
    /// Documentation.
    pub docs: Option<String>,
    /// Days after which it is due for rotation, if not the policy's.
    #[schemars(range(min = 1))]
    pub rotation_days: Option<u32>,
    /// What to mind when replacing or sharing it.
    pub note: Option<String>,
}

fn yes() -> bool {
    true
}

/// A form every program reads alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Encode {
    /// With padding (RFC 4648 §4).
    Base64,
}

/// What a value must look like.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// URL scheme, such as `https`.
    pub scheme: Option<String>,
    /// The one value it must have.
    pub equals: Option<String>,
}

/// A development value derived from the developer's identity.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Generate {
    /// How the bytes are written.
    pub format: Format,
    /// Random bytes behind the value, 16 to 128. Not for `uuid`.
    #[serde(default = "default_bytes")]
    #[schemars(range(min = 16, max = 128))]
    pub bytes: u8,
    /// Who shares it.
    #[serde(default)]
    pub scope: Scope,
    /// Raise by one to give every developer a new value.
    #[serde(default)]
    pub epoch: u32,
}

fn default_bytes() -> u8 {
    32
}

/// How derived bytes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Hex,
    /// With padding (RFC 4648 §4).
    Base64,
    /// Without padding (RFC 4648 §5).
    Base64url,
    /// Letters and digits, one for each byte.
    Alnum,
    /// Version 8 (RFC 9562 §5.8).
    Uuid,
}

/// Who shares a derived value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// One value for all services of the project.
    #[default]
    Project,
    /// A value of its own for each service.
    Service,
}

/// One deployable part.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// What it is, in a few words.
    pub about: Option<String>,
    /// Its folder, relative to the profile.
    pub path: String,
    /// Its env file, relative to `path`. Absent: it has none and uses `run`.
    pub env_file: Option<String>,
    /// Further env files it reads, relative to `path`, nearest first: a value in one of them counts where no store
    /// has it. They are never written. `{environment}` is filled in.
    #[serde(default)]
    pub also_reads: Vec<String>,
    /// Programs that read the env file. Absent: derived from the service's own files.
    #[serde(default)]
    pub readers: Vec<String>,
    /// Variables it cannot start without. A plain list means every environment; in a table, so does
    /// the key `"*"`.
    #[serde(default)]
    pub required: Names,
    /// Variables it uses when they are there.
    #[serde(default)]
    pub optional: Names,
    /// Variables it must not have.
    #[serde(default)]
    pub denied: Names,
    /// How to start it, shown once it is ready.
    pub start: Option<String>,
}

/// A place the project is deployed to.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deploy {
    /// What it is, in a few words.
    pub about: Option<String>,
    /// The file that configures it, relative to the profile.
    pub file: Option<String>,
    /// Further files.
    #[serde(default)]
    pub files: Vec<String>,
    /// Where its secrets are set.
    pub secrets_in: Option<String>,
    /// Variables the target itself needs, such as a registry password.
    #[serde(default)]
    pub variables: Names,
    /// Rules of this target, shown by `profile show`.
    #[serde(default)]
    pub rules: Vec<String>,
}

/// How secrets are replaced.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// The runbook, relative to the profile.
    pub runbook: Option<String>,
    /// Steps of a planned rotation.
    #[serde(default)]
    pub steps: Vec<String>,
    /// Steps when a secret has leaked.
    #[serde(default)]
    pub break_glass: Vec<String>,
    /// Paths that must answer well after a rotation.
    #[serde(default)]
    pub verify: Vec<String>,
    /// What the log of a rotation records.
    #[serde(default)]
    pub record: Vec<String>,
    /// Proof a rotation rehearsal must leave.
    #[serde(default)]
    pub evidence: Vec<String>,
}

/// What a leak scan looks for beyond its own rules.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    /// Files that are findings where git keeps them, as patterns of a `.gitignore`.
    #[serde(default)]
    pub tracked: Vec<String>,
    /// Files that are no finding by their name, here or by the audit's own rules. What stands in them is looked at.
    #[serde(default)]
    pub except: Vec<String>,
    /// Shapes of credentials, as regular expressions in ASCII, beside the audit's own.
    #[serde(default)]
    pub patterns: Vec<String>,
    /// Scanners the project already runs.
    #[serde(default)]
    pub scanners: Vec<String>,
    /// The command that runs the scan.
    pub command: Option<String>,
    /// Rules of the audit, shown by `profile show`.
    #[serde(default)]
    pub rules: Vec<String>,
}

/// The endpoint that reports where credentials came from.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Health {
    /// Path of the endpoint.
    pub path: String,
    /// What guards it, in order.
    #[serde(default)]
    pub protected_by: Vec<String>,
}
