//! A file of gitleaks as it is written.
//!
//! Keys count in any case, as its own reader takes them; those that are not known are kept, to be told.

use serde::Deserialize;
use toml::{Table, Value};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Page {
    pub extend: Extend,
    pub rules: Vec<RuleText>,
    /// Of older files.
    pub allowlist: Option<AllowText>,
    pub allowlists: Vec<AllowText>,
    #[serde(rename = "title")]
    _title: Option<String>,
    #[serde(rename = "description")]
    _description: Option<String>,
    #[serde(rename = "minversion")]
    _version: Option<String>,
    #[serde(flatten)]
    pub rest: Table,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Extend {
    pub path: Option<String>,
    pub disabledrules: Vec<String>,
    #[serde(rename = "usedefault")]
    _default: bool,
    #[serde(flatten)]
    pub rest: Table,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RuleText {
    pub id: Option<String>,
    pub description: Option<String>,
    pub regex: Option<String>,
    pub path: Option<String>,
    pub secretgroup: usize,
    pub entropy: f64,
    pub keywords: Vec<String>,
    /// Of older files.
    pub allowlist: Option<AllowText>,
    pub allowlists: Vec<AllowText>,
    pub required: Vec<Table>,
    pub skipreport: bool,
    #[serde(rename = "tags")]
    _tags: Vec<String>,
    #[serde(flatten)]
    pub rest: Table,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AllowText {
    pub condition: String,
    pub commits: Vec<String>,
    pub paths: Vec<String>,
    pub regextarget: String,
    pub regexes: Vec<String>,
    pub stopwords: Vec<String>,
    pub targetrules: Vec<String>,
    #[serde(rename = "description")]
    _description: String,
    #[serde(flatten)]
    pub rest: Table,
}

impl Page {
    /// # Errors
    /// When a key has another type of value.
    pub fn of(table: Table) -> Result<Self, toml::de::Error> {
        lowered(Value::Table(table)).try_into()
    }
}

fn lowered(value: Value) -> Value {
    match value {
        Value::Table(table) => {
            Value::Table(table.into_iter().map(|(key, value)| (key.to_lowercase(), lowered(value))).collect())
        }
        Value::Array(all) => Value::Array(all.into_iter().map(lowered).collect()),
        other => other,
    }
}
