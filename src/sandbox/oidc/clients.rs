//! Client registrations: who may ask for tokens, in which ways, for how long.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::token::Grant;
use super::{read, required};
use crate::sandbox::mint;
use crate::sandbox::reply::Refusal;
use crate::sandbox::request::Request;
use crate::sandbox::state::State;

/// The scope that opens the portal and brings a refresh token.
const PORTAL_SCOPE: &str = "sso:account:access";

#[derive(Clone)]
pub(in crate::sandbox) struct Client {
    pub(in crate::sandbox) id: String,
    pub(super) name: String,
    secret: String,
    scopes: Vec<String>,
    grants: Vec<Grant>,
    redirects: Vec<String>,
    expires: OffsetDateTime,
}

impl Client {
    pub(in crate::sandbox) fn may_refresh(&self) -> bool {
        self.scopes.iter().any(|scope| scope == PORTAL_SCOPE)
    }

    /// # Errors
    /// `UnauthorizedClientException` for a grant it did not register.
    pub(super) fn may_use(&self, grant: Grant) -> Result<(), Refusal> {
        if self.grants.contains(&grant) {
            return Ok(());
        }
        Err(Refusal::new("UnauthorizedClientException", "Client is not registered for this grant type"))
    }

    /// RFC 8252 section 7.3: the port of a loopback address is free.
    pub(super) fn redirects_to(&self, uri: &str) -> bool {
        self.redirects.iter().any(|known| known == uri || without_port(uri).is_some_and(|uri| uri == *known))
    }
}

#[derive(Default)]
pub(in crate::sandbox) struct Clients(HashMap<String, Client>);

impl Clients {
    /// # Errors
    /// `InvalidClientException` for one unknown, expired, or with another secret.
    pub(super) fn authenticate(
        &self,
        id: &str,
        secret: &str,
        now: OffsetDateTime,
    ) -> Result<&Client, Refusal> {
        let (id, secret) = (required(id, "clientId")?, required(secret, "clientSecret")?);
        self.living(id, now)
            .filter(|client| client.secret == secret)
            .ok_or_else(|| Refusal::with_status(401, "InvalidClientException", "Invalid client provided"))
    }

    pub(super) fn living(&self, id: &str, now: OffsetDateTime) -> Option<&Client> {
        self.0.get(id).filter(|client| now < client.expires)
    }

    pub(in crate::sandbox) fn forget_all(&mut self) {
        self.0.clear();
    }
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct RegisterClient {
    client_name: String,
    client_type: String,
    scopes: Option<Vec<String>>,
    grant_types: Option<Vec<String>>,
    redirect_uris: Option<Vec<String>>,
}

pub(in crate::sandbox) fn register_client(state: &mut State, request: &Request) -> Result<Value, Refusal> {
    let now = state.now();
    let client = admitted(read(request)?, now + state.world.lifetimes.registration)?;
    let reply = json!({
        "clientId": client.id,
        "clientSecret": client.secret,
        "clientIdIssuedAt": now.unix_timestamp(),
        "clientSecretExpiresAt": client.expires.unix_timestamp(),
        "authorizationEndpoint": null,
        "tokenEndpoint": null,
    });
    state.clients.0.insert(client.id.clone(), client);
    Ok(reply)
}

fn admitted(asked: RegisterClient, expires: OffsetDateTime) -> Result<Client, Refusal> {
    required(&asked.client_name, "clientName")?;
    if required(&asked.client_type, "clientType")? != "public" {
        return Err(Refusal::new("InvalidClientMetadataException", "Invalid client type"));
    }
    Ok(Client {
        id: mint::opaque(24),
        name: asked.client_name,
        secret: mint::client_secret(),
        scopes: known_scopes(asked.scopes.unwrap_or_default())?,
        grants: known_grants(asked.grant_types)?,
        redirects: known_redirects(asked.redirect_uris.unwrap_or_default())?,
        expires,
    })
}

/// Scopes that AWS names in its documents; the portal's is the one that matters here.
fn known_scopes(scopes: Vec<String>) -> Result<Vec<String>, Refusal> {
    let known = |scope: &String| scope == PORTAL_SCOPE || scope.starts_with("codewhisperer:");
    if scopes.iter().all(known) {
        return Ok(scopes);
    }
    Err(Refusal::new("InvalidScopeException", "Invalid scope provided"))
}

/// Registrations for the browser and for devices do not mix.
fn known_grants(names: Option<Vec<String>>) -> Result<Vec<Grant>, Refusal> {
    let Some(names) = names else { return Ok(vec![Grant::DeviceCode, Grant::RefreshToken]) };
    let grants = names.iter().map(|name| Grant::named(name)).collect::<Result<Vec<_>, _>>()?;
    if grants.contains(&Grant::DeviceCode) && grants.contains(&Grant::AuthorizationCode) {
        return Err(Refusal::new("InvalidScopeException", "Invalid combination of grant types"));
    }
    Ok(grants)
}

/// Only `http://127.0.0.1/oauth/callback`, with or without a port.
fn known_redirects(uris: Vec<String>) -> Result<Vec<String>, Refusal> {
    const CALLBACK: &str = "http://127.0.0.1/oauth/callback";
    if uris.iter().all(|uri| uri == CALLBACK || without_port(uri).as_deref() == Some(CALLBACK)) {
        return Ok(uris);
    }
    Err(Refusal::new("InvalidRedirectUriException", "Invalid redirect uri"))
}

/// `http://127.0.0.1:8400/x` as `http://127.0.0.1/x`; `None` for anything without a loopback port.
fn without_port(uri: &str) -> Option<String> {
    let (port, path) = uri.strip_prefix("http://127.0.0.1:")?.split_once('/')?;
    port.parse::<u16>().ok()?;
    Some(format!("http://127.0.0.1/{path}"))
}
