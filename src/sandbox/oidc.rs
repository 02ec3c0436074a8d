//! AWS SSO-OIDC: client registration, the device flow, the browser flow, tokens.
//!
//! Owns the checks the real service makes, in the order it makes them, and its single-use rules:
//! a code or refresh token works once. Calls are unsigned and JSON is camelCase.
//! Source: the service model shipped with the AWS SDKs (API version 2019-06-10), RFC 8628, RFC 7636.

mod browser;
mod clients;
mod device;
mod token;

use serde::de::DeserializeOwned;

use super::reply::Refusal;
use super::request::Request;

pub(super) use browser::{Authorizations, authorize_page};
pub(super) use clients::{Client, Clients, register_client};
pub(super) use device::{Devices, device_page, start_device_authorization};
pub(super) use token::create_token;

fn read<T: DeserializeOwned>(request: &Request) -> Result<T, Refusal> {
    request.json().map_err(|_| invalid_request("Invalid request: the body is not the expected JSON"))
}

fn invalid_request(description: impl Into<String>) -> Refusal {
    Refusal::new("InvalidRequestException", description)
}

/// A field that must be there and not be blank.
fn required<'a>(value: &'a str, field: &str) -> Result<&'a str, Refusal> {
    if value.is_empty() {
        Err(invalid_request(format!("Missing required field: {field}")))
    } else {
        Ok(value)
    }
}
