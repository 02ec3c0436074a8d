//! AWS Secrets Manager: the four calls that read.
//!
//! Owns the wire format (AWS JSON 1.1, PascalCase, times in epoch seconds) and the order of
//! refusals: signature, then shape, then permission, then existence, then state. Partial success
//! of a batch is a good reply with errors in it. Sorting of lists is not offered.
//! Source: the service model shipped with the AWS SDKs (API version 2017-10-17).

mod batch;
mod describe;
mod filters;
mod get;
mod list;
mod vault;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::operation::Operation;
use super::reply::Refusal;
use super::request::Request;
use super::signature;
use super::state::State;
use vault::Vault;

pub(super) fn answer(state: &State, operation: Operation, request: &Request) -> Result<Value, Refusal> {
    let vault = Vault { world: &state.world, caller: signature::caller(state, request, "secretsmanager")? };
    match operation {
        Operation::GetSecretValue => get::get_secret_value(&vault, read(request)?),
        Operation::BatchGetSecretValue => batch::batch_get_secret_value(&vault, read(request)?),
        Operation::DescribeSecret => describe::describe_secret(&vault, read(request)?),
        Operation::ListSecrets => list::list_secrets(&vault, read(request)?),
        _ => Err(Refusal::new("UnknownOperationException", "")),
    }
}

fn read<T: DeserializeOwned>(request: &Request) -> Result<T, Refusal> {
    request.json().map_err(|_| Refusal::new("SerializationException", "The request body is not readable"))
}

/// AWS's wording for a field outside its bounds; what it must be is `constraint`.
fn validation(field: &str, constraint: &str) -> Refusal {
    let message =
        format!("1 validation error detected: Value at '{field}' failed to satisfy constraint: {constraint}");
    Refusal::new("ValidationException", message)
}

fn invalid_parameter(message: impl Into<String>) -> Refusal {
    Refusal::new("InvalidParameterException", message)
}

/// A page size within bounds, or the largest.
fn page_size(asked: Option<i64>, largest: usize) -> Result<usize, Refusal> {
    let Some(asked) = asked else { return Ok(largest) };
    usize::try_from(asked)
        .ok()
        .filter(|size| (1..=largest).contains(size))
        .ok_or_else(|| validation("maxResults", &format!("Member must be between 1 and {largest}")))
}

fn unknown_token() -> Refusal {
    Refusal::new("InvalidNextTokenException", "The NextToken value is invalid.")
}
