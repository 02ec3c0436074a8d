//! The AWS access portal: which accounts and roles a session has, and keys for one of them.
//!
//! Calls are unsigned; the access token in a header is all. A dead token is 401, and an account
//! or role that is not assigned is 403 `ForbiddenException`, whether it exists or not.

use serde_json::{Value, json};

use super::clock::epoch_millis;
use super::operation::Dialect;
use super::paging;
use super::reply::{Refusal, Reply};
use super::request::Request;
use super::state::State;
use super::world::Account;

const LARGEST_PAGE: usize = 100;

pub(super) fn list_accounts(state: &State, request: &Request) -> Result<Value, Refusal> {
    bearer(state, request)?;
    let (shown, next) = page(state, request, "accounts", &state.world.accounts)?;
    let list: Vec<Value> = shown.iter().map(account_info).collect();
    Ok(json!({ "nextToken": next, "accountList": list }))
}

/// Name and e-mail can be missing from the real reply; here they are when blank.
fn account_info(account: &Account) -> Value {
    let mut info = json!({ "accountId": account.id });
    for (field, text) in [("accountName", &account.name), ("emailAddress", &account.email)] {
        if !text.is_empty() {
            info[field] = json!(text);
        }
    }
    info
}

pub(super) fn list_account_roles(state: &State, request: &Request) -> Result<Value, Refusal> {
    bearer(state, request)?;
    let account = assigned(state, request)?;
    let (shown, next) = page(state, request, &format!("roles {}", account.id), &account.roles)?;
    let list: Vec<Value> =
        shown.iter().map(|role| json!({ "roleName": role, "accountId": account.id })).collect();
    Ok(json!({ "nextToken": next, "roleList": list }))
}

/// `expiration` is in epoch milliseconds.
pub(super) fn get_role_credentials(state: &mut State, request: &Request) -> Result<Value, Refusal> {
    bearer(state, request)?;
    let role = request.query("role_name").ok_or_else(|| invalid("role_name is missing"))?;
    let account = assigned(state, request)?;
    if !account.roles.contains(&role) {
        return Err(no_access());
    }
    let account = account.id.clone();
    let expires = state.now() + state.world.lifetimes.role_keys;
    let keys = state.role_keys.issue(account, role, expires);
    Ok(json!({ "roleCredentials": {
        "accessKeyId": keys.access_key_id,
        "secretAccessKey": keys.secret_access_key,
        "sessionToken": keys.session_token,
        "expiration": epoch_millis(expires),
    }}))
}

/// Ends the session; role keys made with it live on, as they do at AWS.
pub(super) fn logout(state: &mut State, request: &Request) -> Reply {
    match bearer(state, request).map(str::to_owned) {
        Err(refusal) => Reply::json(Dialect::Portal, Err(refusal)),
        Ok(token) => {
            state.sessions.close(&token);
            Reply::nothing(Dialect::Portal)
        }
    }
}

fn bearer<'a>(state: &State, request: &'a Request) -> Result<&'a str, Refusal> {
    request
        .header("x-amz-sso_bearer_token")
        .filter(|token| state.sessions.admits(token, state.now()))
        .ok_or_else(|| {
            Refusal::with_status(401, "UnauthorizedException", "Session token not found or invalid")
        })
}

fn assigned<'a>(state: &'a State, request: &Request) -> Result<&'a Account, Refusal> {
    let id = request.query("account_id").unwrap_or_default();
    if id.len() != 12 || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(invalid("account_id must have 12 digits"));
    }
    state.world.assigned(&id).ok_or_else(no_access)
}

fn page<'a, T>(
    state: &State,
    request: &Request,
    kind: &str,
    items: &'a [T],
) -> Result<(&'a [T], Option<String>), Refusal> {
    let size = match request.query("max_result") {
        None => state.world.page_size,
        Some(asked) => asked
            .parse()
            .ok()
            .filter(|size| (1..=LARGEST_PAGE).contains(size))
            .ok_or_else(|| invalid("max_result must be between 1 and 100"))?,
    };
    let token = request.query("next_token");
    paging::page(items, kind, token.as_deref(), size).map_err(|_| invalid("next_token is not valid"))
}

fn invalid(message: &str) -> Refusal {
    Refusal::new("InvalidRequestException", message)
}

fn no_access() -> Refusal {
    Refusal::with_status(403, "ForbiddenException", "No access")
}
