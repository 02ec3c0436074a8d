//! The browser flow: authorization code with PKCE (RFC 7636), answered to a loopback address.
//!
//! A request that is not in order gets an error page and is never redirected, so a code cannot be
//! sent to an address that was not registered.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use super::token::Grant;
use crate::sandbox::reply::{Refusal, Reply};
use crate::sandbox::request::{Request, encoded};
use crate::sandbox::state::State;
use crate::sandbox::{mint, pages};

/// One visit of the authorize page, until its code is exchanged.
#[derive(Clone)]
struct Authorization {
    client_id: String,
    client_name: String,
    redirect: String,
    /// The client's own `state`, given back with the answer.
    echo: String,
    challenge: String,
    expires: OffsetDateTime,
}

/// Visits that wait for a button, and codes that wait for their exchange.
#[derive(Default)]
pub(in crate::sandbox) struct Authorizations {
    visits: HashMap<String, Authorization>,
    codes: HashMap<String, Authorization>,
}

impl Authorizations {
    /// Spends `code`, right or wrong: a second try is refused either way.
    pub(super) fn redeem(
        &mut self,
        code: &str,
        client_id: &str,
        redirect: &str,
        verifier: &str,
        now: OffsetDateTime,
    ) -> Result<(), Refusal> {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
        self.codes
            .remove(code)
            .filter(|known| known.client_id == client_id && known.redirect == redirect)
            .filter(|known| known.challenge == challenge && now < known.expires)
            .map(drop)
            .ok_or_else(|| Refusal::new("InvalidGrantException", "Invalid authorization code provided"))
    }
}

/// `GET` asks the person (or not, for a world that approves by itself), `POST` is one of the buttons.
pub(in crate::sandbox) fn authorize_page(state: &mut State, request: &Request) -> Reply {
    if request.method == "POST" {
        return answered(state, request);
    }
    match visit(state, request) {
        Err(problem) => pages::bad_request(problem),
        Ok(visit) if state.world.approves_itself => approved(state, visit),
        Ok(visit) => {
            let id = mint::opaque(24);
            let page = pages::continue_in_browser(&id, &visit.client_name, &state.world);
            state.authorizations.visits.insert(id, visit);
            page
        }
    }
}

fn visit(state: &State, request: &Request) -> Result<Authorization, &'static str> {
    let query = |name| request.query(name).filter(|value| !value.is_empty());
    let client_id = query("client_id").ok_or("client_id is missing")?;
    let client = state.clients.living(&client_id, state.now()).ok_or("the client is not registered")?;
    client.may_use(Grant::AuthorizationCode).map_err(|_| "the client is not registered for this flow")?;
    let redirect = query("redirect_uri").ok_or("redirect_uri is missing")?;
    if !client.redirects_to(&redirect) {
        return Err("redirect_uri is not registered");
    }
    if query("response_type").as_deref() != Some("code") {
        return Err("response_type must be code");
    }
    if query("code_challenge_method").as_deref() != Some("S256") {
        return Err("code_challenge_method must be S256");
    }
    Ok(Authorization {
        client_name: client.name.clone(),
        client_id,
        redirect,
        echo: query("state").ok_or("state is missing")?,
        challenge: query("code_challenge").ok_or("code_challenge is missing")?,
        expires: state.now() + state.world.lifetimes.code,
    })
}

fn answered(state: &mut State, request: &Request) -> Reply {
    let id = request.form("visit").unwrap_or_default();
    match state.authorizations.visits.remove(&id).filter(|visit| state.clock.now() < visit.expires) {
        None => pages::unknown_code(),
        Some(visit) if request.form("answer").as_deref() == Some("approve") => approved(state, visit),
        Some(visit) => back(&visit, "error", "access_denied"),
    }
}

fn approved(state: &mut State, visit: Authorization) -> Reply {
    let code = mint::opaque(48);
    let reply = back(&visit, "code", &code);
    state.authorizations.codes.insert(code, visit);
    reply
}

fn back(visit: &Authorization, field: &str, value: &str) -> Reply {
    let Authorization { redirect, echo, .. } = visit;
    Reply::redirect(format!("{redirect}?{field}={}&state={}", encoded(value), encoded(echo)))
}
