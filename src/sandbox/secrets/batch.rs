//! BatchGetSecretValue: up to 20 secrets by id, or by filter a page at a time.
//!
//! AWS promises no order, so ids come back in the reverse of how they were asked for: a client
//! that counts on positions fails here first.

use serde::Deserialize;
use serde_json::{Value, json};

use super::filters::{Filter, matching};
use super::vault::Vault;
use super::{get, invalid_parameter, page_size, unknown_token, validation};
use crate::sandbox::paging;
use crate::sandbox::reply::Refusal;
use crate::sandbox::stored::Condition;

/// Most ids in one call, and entries on one page.
const LARGEST: usize = 20;

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct BatchGetSecretValue {
    secret_id_list: Option<Vec<String>>,
    filters: Option<Vec<Filter>>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

pub(super) fn batch_get_secret_value(
    vault: &Vault<'_>,
    asked: BatchGetSecretValue,
) -> Result<Value, Refusal> {
    vault.permit(vault.world.may_batch, "BatchGetSecretValue")?;
    match (&asked.secret_id_list, &asked.filters) {
        (Some(ids), None) => by_ids(vault, ids, asked.max_results),
        (None, Some(filters)) => by_filters(vault, filters, &asked),
        (Some(_), Some(_)) => {
            Err(invalid_parameter("Either SecretIdList or Filters can be given, not both."))
        }
        (None, None) => Err(invalid_parameter("Either SecretIdList or Filters must be given.")),
    }
}

fn by_ids(vault: &Vault<'_>, ids: &[String], max_results: Option<i64>) -> Result<Value, Refusal> {
    if !(1..=LARGEST).contains(&ids.len()) {
        return Err(validation("secretIdList", "Member must have length between 1 and 20"));
    }
    if max_results.is_some() {
        return Err(invalid_parameter("MaxResults can't be used with SecretIdList."));
    }
    Ok(sorted_out(vault, ids.iter().rev().map(String::as_str), None))
}

/// Needs the permission to list as well; deleted secrets are passed over.
fn by_filters(vault: &Vault<'_>, filters: &[Filter], asked: &BatchGetSecretValue) -> Result<Value, Refusal> {
    vault.permit(vault.world.may_list, "ListSecrets")?;
    let arns: Vec<String> = matching(vault, filters)?
        .into_iter()
        .filter(|secret| secret.condition != Condition::Deleted)
        .map(|secret| vault.arn(secret))
        .collect();
    let size = page_size(asked.max_results, LARGEST)?;
    let (shown, next) =
        paging::page(&arns, "batch", asked.next_token.as_deref(), size).map_err(|_| unknown_token())?;
    Ok(sorted_out(vault, shown.iter().map(String::as_str), next))
}

/// Good ones and bad ones apart, each bad one under the id it was asked by.
fn sorted_out<'i>(vault: &Vault<'_>, ids: impl Iterator<Item = &'i str>, next: Option<String>) -> Value {
    let (mut values, mut errors) = (Vec::new(), Vec::new());
    for id in ids {
        match get::current(vault, id) {
            Ok(entry) => values.push(entry),
            Err(Refusal { code, message, .. }) => {
                errors.push(json!({ "SecretId": id, "ErrorCode": code, "Message": message }));
            }
        }
    }
    let mut reply = json!({ "SecretValues": values, "Errors": errors });
    if let Some(token) = next {
        reply["NextToken"] = json!(token);
    }
    reply
}
