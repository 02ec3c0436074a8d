//! The device flow (RFC 8628): codes, the page a person approves them on, polling.
//!
//! The rule about polling: the first two polls are free, as AWS lets them be (its own CLI asks
//! twice at once); after that a poll before the interval is over gets `slow_down`, and the
//! interval grows by 5 seconds for good, so a client that does not slow down stays refused.

use std::collections::HashMap;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::token::Grant;
use super::{invalid_request, read, required};
use crate::sandbox::reply::{Refusal, Reply};
use crate::sandbox::request::Request;
use crate::sandbox::state::State;
use crate::sandbox::{mint, pages};

/// A poll this much early still counts as on time: clocks and timers are not exact.
const LENIENCE: Duration = Duration::from_millis(100);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Consent {
    Waiting,
    Approved,
    Denied,
    Spent,
}

struct Device {
    user_code: String,
    client_id: String,
    client_name: String,
    expires: OffsetDateTime,
    interval: Duration,
    polls: u32,
    last_poll: OffsetDateTime,
    consent: Consent,
}

impl Device {
    fn waits(&self, now: OffsetDateTime) -> bool {
        self.consent == Consent::Waiting && now < self.expires
    }

    fn is_called(&self, user_code: &str) -> bool {
        letters_of(&self.user_code).eq(letters_of(user_code))
    }

    fn poll(&mut self, now: OffsetDateTime) -> Result<(), Refusal> {
        if now >= self.expires {
            return Err(Refusal::new("ExpiredTokenException", "Device code has expired"));
        }
        let too_soon = self.polls >= 2 && now + LENIENCE < self.last_poll + self.interval;
        (self.polls, self.last_poll) = (self.polls + 1, now);
        if too_soon && !self.interval.is_zero() {
            self.interval += Duration::from_secs(5);
            return Err(Refusal::new("SlowDownException", ""));
        }
        self.redeem()
    }

    fn redeem(&mut self) -> Result<(), Refusal> {
        match self.consent {
            Consent::Waiting => Err(Refusal::new("AuthorizationPendingException", "")),
            Consent::Denied => Err(Refusal::new("AccessDeniedException", "User denied the request")),
            Consent::Spent => Err(unknown_code()),
            Consent::Approved => {
                self.consent = Consent::Spent;
                Ok(())
            }
        }
    }
}

/// What people type: case and the hyphen do not matter.
fn letters_of(code: &str) -> impl Iterator<Item = char> {
    code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase())
}

fn unknown_code() -> Refusal {
    Refusal::new("InvalidGrantException", "Invalid device code provided")
}

/// Device codes given out, in no order; there are few.
#[derive(Default)]
pub(in crate::sandbox) struct Devices {
    by_code: HashMap<String, Device>,
}

impl Devices {
    pub(in crate::sandbox) fn waiting(&self, now: OffsetDateTime) -> Vec<String> {
        let mut waiting: Vec<_> = self.by_code.values().filter(|device| device.waits(now)).collect();
        waiting.sort_by_key(|device| device.expires);
        waiting.into_iter().map(|device| device.user_code.clone()).collect()
    }

    /// The person's answer. False if no such code is waiting for one.
    pub(in crate::sandbox) fn decide(&mut self, user_code: &str, yes: bool, now: OffsetDateTime) -> bool {
        let mut devices = self.by_code.values_mut();
        let Some(device) = devices.find(|device| device.is_called(user_code) && device.waits(now)) else {
            return false;
        };
        device.consent = if yes { Consent::Approved } else { Consent::Denied };
        true
    }

    /// One poll by the client that asked for the code.
    pub(super) fn poll(&mut self, code: &str, client_id: &str, now: OffsetDateTime) -> Result<(), Refusal> {
        let device = self.by_code.get_mut(code).filter(|device| device.client_id == client_id);
        device.ok_or_else(unknown_code)?.poll(now)
    }

    fn asking(&self, user_code: &str, now: OffsetDateTime) -> Option<&Device> {
        self.by_code.values().find(|device| device.is_called(user_code) && device.waits(now))
    }
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct StartDeviceAuthorization {
    client_id: String,
    client_secret: String,
    start_url: String,
}

pub(in crate::sandbox) fn start_device_authorization(
    state: &mut State,
    request: &Request,
) -> Result<Value, Refusal> {
    let asked: StartDeviceAuthorization = read(request)?;
    let now = state.now();
    let client = state.clients.authenticate(&asked.client_id, &asked.client_secret, now)?;
    client.may_use(Grant::DeviceCode)?;
    if portal(required(&asked.start_url, "startUrl")?) != portal(&state.world.start_url) {
        // The real service says no more than this about a portal it does not know.
        return Err(invalid_request(""));
    }
    let device = Device {
        user_code: state.world.user_codes.pop_front().unwrap_or_else(mint::user_code),
        client_id: client.id.clone(),
        client_name: client.name.clone(),
        expires: now + state.world.lifetimes.code,
        interval: Duration::from_secs(state.world.poll_interval.into()),
        polls: 0,
        last_poll: now,
        consent: if state.world.approves_itself { Consent::Approved } else { Consent::Waiting },
    };
    Ok(given_out(state, device))
}

fn given_out(state: &mut State, device: Device) -> Value {
    let (code, page) = (mint::opaque(48), format!("{}/device", state.url));
    let reply = json!({
        "deviceCode": code,
        "userCode": device.user_code,
        "verificationUri": page,
        "verificationUriComplete": format!("{page}?user_code={}", device.user_code),
        "expiresIn": state.world.lifetimes.code.as_secs(),
        "interval": device.interval.as_secs(),
    });
    state.devices.by_code.insert(code, device);
    reply
}

/// The portal's address is also passed around with `/` or `/#` at its end.
fn portal(start_url: &str) -> &str {
    start_url.trim_end_matches(['/', '#'])
}

/// `GET` shows the code and two buttons, `POST` is one of the buttons.
pub(in crate::sandbox) fn device_page(state: &mut State, request: &Request) -> Reply {
    let now = state.now();
    if request.method == "POST" {
        let code = request.form("user_code").unwrap_or_default();
        let yes = request.form("answer").as_deref() == Some("approve");
        let known = state.devices.decide(&code, yes, now);
        return if known { pages::decided(yes) } else { pages::unknown_code() };
    }
    match request.query("user_code").filter(|code| !code.is_empty()) {
        None => pages::enter_code(),
        Some(code) => match state.devices.asking(&code, now) {
            Some(device) => pages::compare_code(&device.user_code, &device.client_name, &state.world),
            None => pages::unknown_code(),
        },
    }
}
