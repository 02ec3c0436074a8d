//! ListSecrets: names and facts, a page at a time, deleted ones only on request.

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe::description;
use super::filters::{Filter, matching};
use super::vault::Vault;
use super::{page_size, unknown_token};
use crate::sandbox::paging;
use crate::sandbox::reply::Refusal;
use crate::sandbox::stored::Condition;

const LARGEST: usize = 100;

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct ListSecrets {
    filters: Vec<Filter>,
    max_results: Option<i64>,
    next_token: Option<String>,
    include_planned_deletion: bool,
}

pub(super) fn list_secrets(vault: &Vault<'_>, asked: ListSecrets) -> Result<Value, Refusal> {
    vault.permit(vault.world.may_list, "ListSecrets")?;
    let mut secrets = matching(vault, &asked.filters)?;
    secrets.retain(|secret| asked.include_planned_deletion || secret.condition != Condition::Deleted);
    let size = match asked.max_results {
        None => vault.world.page_size.min(LARGEST),
        asked => page_size(asked, LARGEST)?,
    };
    let (shown, next) =
        paging::page(&secrets, "secrets", asked.next_token.as_deref(), size).map_err(|_| unknown_token())?;
    let list: Vec<Value> =
        shown.iter().map(|secret| description(vault, secret, "SecretVersionsToStages")).collect();
    let mut reply = json!({ "SecretList": list });
    if let Some(token) = next {
        reply["NextToken"] = json!(token);
    }
    Ok(reply)
}
