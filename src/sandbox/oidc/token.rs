//! CreateToken: three ways to come by an access token.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{read, required};
use crate::sandbox::reply::Refusal;
use crate::sandbox::request::Request;
use crate::sandbox::sessions::Tokens;
use crate::sandbox::state::State;

/// The grants a public client can register for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grant {
    DeviceCode,
    AuthorizationCode,
    RefreshToken,
}

impl Grant {
    /// # Errors
    /// `UnsupportedGrantTypeException` for any other name.
    pub(super) fn named(name: &str) -> Result<Self, Refusal> {
        match name {
            "urn:ietf:params:oauth:grant-type:device_code" => Ok(Self::DeviceCode),
            "authorization_code" => Ok(Self::AuthorizationCode),
            "refresh_token" => Ok(Self::RefreshToken),
            _ => Err(Refusal::new("UnsupportedGrantTypeException", "Unsupported grant type")),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct CreateToken {
    client_id: String,
    client_secret: String,
    grant_type: String,
    device_code: String,
    code: String,
    code_verifier: String,
    redirect_uri: String,
    refresh_token: String,
}

pub(in crate::sandbox) fn create_token(state: &mut State, request: &Request) -> Result<Value, Refusal> {
    let asked: CreateToken = read(request)?;
    let grant = Grant::named(required(&asked.grant_type, "grantType")?)?;
    let now = state.now();
    let client = state.clients.authenticate(&asked.client_id, &asked.client_secret, now)?;
    client.may_use(grant)?;
    match grant {
        Grant::DeviceCode => {
            state.devices.poll(required(&asked.device_code, "deviceCode")?, &client.id, now)?;
        }
        Grant::AuthorizationCode => {
            let code = required(&asked.code, "code")?;
            let verifier = required(&asked.code_verifier, "codeVerifier")?;
            state.authorizations.redeem(code, &client.id, &asked.redirect_uri, verifier, now)?;
        }
        Grant::RefreshToken => {
            let refresh = required(&asked.refresh_token, "refreshToken")?;
            return state.sessions.renew(refresh, client, now, &state.world.lifetimes).map(reply);
        }
    }
    Ok(reply(state.sessions.open(client, now, &state.world.lifetimes)))
}

fn reply(tokens: Tokens) -> Value {
    json!({
        "accessToken": tokens.access,
        "tokenType": "Bearer",
        "expiresIn": tokens.expires_in,
        "refreshToken": tokens.refresh,
        "idToken": null,
    })
}
