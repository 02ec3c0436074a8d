//! GetSecretValue.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::invalid_parameter;
use super::vault::Vault;
use crate::sandbox::clock::epoch_seconds;
use crate::sandbox::reply::Refusal;
use crate::sandbox::stored::{Condition, Content, StoredSecret, Version};

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct GetSecretValue {
    secret_id: String,
    version_id: Option<String>,
    version_stage: Option<String>,
}

pub(super) fn get_secret_value(vault: &Vault<'_>, asked: GetSecretValue) -> Result<Value, Refusal> {
    let secret = vault.open(&asked.secret_id, "GetSecretValue")?;
    readable(secret)?;
    let version = version(secret, asked.version_id.as_deref(), asked.version_stage.as_deref())?;
    Ok(entry(vault, secret, version))
}

/// The current value of one member of a batch.
pub(super) fn current(vault: &Vault<'_>, id: &str) -> Result<Value, Refusal> {
    let asked = GetSecretValue { secret_id: id.to_owned(), ..GetSecretValue::default() };
    get_secret_value(vault, asked)
}

fn readable(secret: &StoredSecret) -> Result<(), Refusal> {
    if secret.is_busy() {
        return Err(Refusal::new("ThrottlingException", "Rate exceeded"));
    }
    match secret.condition {
        Condition::Deleted => Err(Refusal::new(
            "InvalidRequestException",
            "You can't perform this operation on the secret because it was marked for deletion.",
        )),
        Condition::KeyUnavailable => Err(Refusal::new(
            "DecryptionFailure",
            "Secrets Manager can't decrypt the protected secret text using the provided KMS key.",
        )),
        Condition::Readable | Condition::Denied => Ok(()),
    }
}

/// `AWSCURRENT` unless a stage, a version, or both in agreement are asked for.
fn version<'a>(
    secret: &'a StoredSecret,
    id: Option<&str>,
    stage: Option<&str>,
) -> Result<&'a Version, Refusal> {
    let wanted = stage.or(id.is_none().then_some("AWSCURRENT"));
    let found = secret.versions.iter().find(|version| match id {
        Some(id) => version.id == id,
        None => wanted.is_none_or(|stage| version.stages.contains(&stage)),
    });
    let version = found.ok_or_else(|| no_value(id, wanted))?;
    if wanted.is_some_and(|stage| !version.stages.contains(&stage)) {
        return Err(invalid_parameter("The VersionStage isn't attached to the version with that VersionId."));
    }
    Ok(version)
}

fn no_value(id: Option<&str>, stage: Option<&str>) -> Refusal {
    let which = match (id, stage) {
        (Some(id), _) => format!("VersionId: {id}"),
        (None, stage) => format!("staging label: {}", stage.unwrap_or_default()),
    };
    let message = format!("Secrets Manager can't find the specified secret value for {which}");
    Refusal::new("ResourceNotFoundException", message)
}

fn entry(vault: &Vault<'_>, secret: &StoredSecret, version: &Version) -> Value {
    let (field, value) = match &version.content {
        Content::Text(text) => ("SecretString", text.expose_to(str::to_owned)),
        Content::Binary(bytes) => ("SecretBinary", STANDARD.encode(bytes)),
    };
    json!({
        "ARN": vault.arn(secret),
        "Name": secret.name,
        "VersionId": version.id,
        field: value,
        "VersionStages": version.stages,
        "CreatedDate": epoch_seconds(version.created),
    })
}
