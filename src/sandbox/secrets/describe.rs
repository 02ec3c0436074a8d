//! DescribeSecret: everything but the value, and of deleted secrets too.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use time::Duration;

use super::vault::Vault;
use crate::sandbox::clock::epoch_seconds;
use crate::sandbox::reply::Refusal;
use crate::sandbox::stored::{Condition, StoredSecret};

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct DescribeSecret {
    secret_id: String,
}

pub(super) fn describe_secret(vault: &Vault<'_>, asked: DescribeSecret) -> Result<Value, Refusal> {
    let secret = vault.open(&asked.secret_id, "DescribeSecret")?;
    Ok(description(vault, secret, "VersionIdsToStages"))
}

/// The same facts in DescribeSecret and ListSecrets; only the field of the versions is named differently.
pub(super) fn description(vault: &Vault<'_>, secret: &StoredSecret, versions_field: &str) -> Value {
    let mut fields = json!({
        "ARN": vault.arn(secret),
        "Name": secret.name,
        "CreatedDate": epoch_seconds(secret.created),
        "LastChangedDate": epoch_seconds(secret.changed),
        versions_field: versions(secret),
        "Tags": tags(secret),
    });
    if !secret.description.is_empty() {
        fields["Description"] = json!(secret.description);
    }
    if secret.condition == Condition::Deleted {
        fields["DeletedDate"] = json!(epoch_seconds(secret.changed));
    }
    describe_rotation(secret, &mut fields);
    fields
}

fn versions(secret: &StoredSecret) -> Map<String, Value> {
    let labelled = secret.versions.iter().filter(|version| !version.stages.is_empty());
    labelled.map(|version| (version.id.clone(), json!(version.stages))).collect()
}

fn tags(secret: &StoredSecret) -> Vec<Value> {
    secret.tags.iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect()
}

/// The three fields are absent from a secret that was never rotated.
fn describe_rotation(secret: &StoredSecret, fields: &mut Value) {
    let Some(rotation) = secret.rotation else { return };
    let next = rotation.last + Duration::days(rotation.every_days.into());
    fields["RotationEnabled"] = json!(true);
    fields["RotationRules"] = json!({ "AutomaticallyAfterDays": rotation.every_days });
    fields["LastRotatedDate"] = json!(epoch_seconds(rotation.last));
    fields["NextRotationDate"] = json!(epoch_seconds(next));
}
