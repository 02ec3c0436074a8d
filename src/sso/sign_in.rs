//! One sign-in over both methods, from taking its turn to the token in the cache.
//!
//! The rule: whoever signs in holds the session's lock all the while, through a change of method or a new try, so that of
//! many processes one asks the person. The faces hear [`Event`]s and send [`Command`]s; they decide nothing.

use time::OffsetDateTime;
use tokio::sync::mpsc::UnboundedReceiver;

use super::device::DeviceFlow;
use super::lock::{Holder, Lock, PAUSE, Purpose, Try};
use super::method::{Because, Chosen, Place, choose};
use super::oidc::{Oidc, is_forgotten};
use super::pkce::BrowserFlow;
use super::remembered::{recall_method, remember_method};
use super::{BrowserPage, Cache, DeviceCode, Method, SessionName, SsoError, Token};
use crate::browser;
use crate::secret::SecretValue;
use crate::settings::Settings;

/// Longer than any code lives: whoever holds the lock for more than this will not let go.
const LONGEST_WAIT: time::Duration = time::Duration::minutes(15);

/// How a person would like to sign in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    pub method: Option<Method>,
    /// Open no browser; the address is shown.
    pub no_browser: bool,
}

/// A token, and why it could not be kept, if it could not.
#[derive(Debug)]
pub struct Granted {
    pub token: Token,
    pub not_kept: Option<SsoError>,
}

impl Granted {
    pub(super) fn kept(token: Token) -> Self {
        Self { token, not_kept: None }
    }
}

/// What the person is to do. Safe to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prompt {
    Code(DeviceCode),
    Page(BrowserPage),
}

impl Prompt {
    /// The page to open.
    pub fn page(&self) -> &str {
        match self {
            Self::Code(code) => &code.page_with_code,
            Self::Page(page) => &page.url,
        }
    }

    /// After this nobody waits for an answer any more.
    pub fn expires_at(&self) -> OffsetDateTime {
        match self {
            Self::Code(code) => code.expires_at,
            Self::Page(page) => page.expires_at,
        }
    }
}

/// What happens, in order.
#[derive(Debug)]
pub enum Event {
    /// Another process is signing in to the same session.
    Behind(Option<Holder>),
    Chosen(Chosen),
    Prompt(Prompt),
    /// What was pasted is not the address that was waited for.
    Refused(SsoError),
}

/// What a person may want meanwhile. Leaving is dropping the future.
#[derive(Debug)]
pub enum Command {
    /// The other method.
    Switch,
    /// The same method, from its beginning.
    Again,
    /// The address a browser on another machine ended at.
    Paste(SecretValue),
}

/// Signs in, or takes the token of whoever was faster.
///
/// # Errors
/// [`SsoError::Denied`], [`SsoError::CodeExpired`], or what a call met.
pub async fn sign_in(
    settings: &Settings,
    session: &SessionName,
    wish: Wish,
    mut commands: UnboundedReceiver<Command>,
    mut told: impl FnMut(Event),
) -> Result<Granted, SsoError> {
    let lock = match turn(settings, session, &mut told).await? {
        Turn::Theirs(token) => return Ok(Granted::kept(token)),
        Turn::Mine(lock) => lock,
    };
    let attempt = Attempt { settings, session, wish, oidc: Oidc::open(settings, session)? };
    let ended = attempt.run(&mut commands, &mut told).await;
    if let Err(error) = &ended {
        lock.ended(error);
    }
    ended
}

enum Turn {
    Mine(Lock),
    Theirs(Token),
}

/// Waits for the lock, or for the token of whoever holds it. The token that was there before does not count.
async fn turn(
    settings: &Settings,
    session: &SessionName,
    told: &mut impl FnMut(Event),
) -> Result<Turn, SsoError> {
    let (cache, began) = (Cache::of(settings), OffsetDateTime::now_utc());
    let before = cache.token(session);
    let new = || {
        let old =
            |token: &Token| before.as_ref().is_some_and(|b| b.access_token.same_as(&token.access_token));
        let found = cache.token(session)?;
        (found.is_valid(OffsetDateTime::now_utc()) && !old(&found)).then_some(found)
    };
    let mut said = None;
    loop {
        match Lock::take(settings, session, Purpose::SignIn) {
            Try::Mine(lock) => {
                return match (new(), lock.before.as_ref().and_then(|note| note.failed_after(began))) {
                    (Some(token), _) => Ok(Turn::Theirs(token)),
                    (None, Some(failed)) => {
                        let error = failed.into();
                        lock.ended(&error);
                        Err(error)
                    }
                    (None, None) => Ok(Turn::Mine(lock)),
                };
            }
            Try::Busy(_) if OffsetDateTime::now_utc() - began > LONGEST_WAIT => {
                return Err(SsoError::StillBusy);
            }
            Try::Busy(holder) => {
                if said.as_ref() != Some(&holder) {
                    told(Event::Behind(holder.clone()));
                    said = Some(holder);
                }
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// How one method ended, when not with an error.
enum Step {
    Granted(Token),
    Again,
    Switch,
    /// The browser is not to be had.
    Without(Because),
}

struct Attempt<'a> {
    settings: &'a Settings,
    session: &'a SessionName,
    wish: Wish,
    oidc: Oidc,
}

impl Attempt<'_> {
    async fn run(
        &self,
        commands: &mut UnboundedReceiver<Command>,
        told: &mut impl FnMut(Event),
    ) -> Result<Granted, SsoError> {
        let place = Place::of(self.settings);
        let mut chosen =
            choose(place, self.wish.method, recall_method(self.settings, &self.session.session, place));
        let mut forgotten_before = false;
        loop {
            told(Event::Chosen(chosen));
            match self.one(chosen.method, commands, told).await {
                Ok(Step::Granted(token)) => return Ok(self.keep(token, chosen.method, place)),
                Ok(Step::Again) => {}
                Ok(Step::Switch) => {
                    chosen = Chosen { method: chosen.method.other(), because: Because::Asked };
                }
                Ok(Step::Without(because)) => chosen = Chosen { method: Method::DeviceCode, because },
                Err(SsoError::Call(call)) if is_forgotten(&call) => {
                    self.oidc.forget_registration(chosen.method);
                    if std::mem::replace(&mut forgotten_before, true) {
                        return Err(SsoError::Call(call));
                    }
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn one(
        &self,
        method: Method,
        commands: &mut UnboundedReceiver<Command>,
        told: &mut impl FnMut(Event),
    ) -> Result<Step, SsoError> {
        match method {
            Method::Browser => self.browser(commands, told).await,
            Method::DeviceCode => self.device(commands, told).await,
        }
    }

    async fn device(
        &self,
        commands: &mut UnboundedReceiver<Command>,
        told: &mut impl FnMut(Event),
    ) -> Result<Step, SsoError> {
        let flow = DeviceFlow::begin(self.oidc.clone(), OffsetDateTime::now_utc()).await?;
        told(Event::Prompt(Prompt::Code(flow.code.clone())));
        let mut finished = std::pin::pin!(flow.finish());
        loop {
            tokio::select! {
                token = &mut finished => return token.map(Step::Granted),
                command = next(commands) => match command {
                    Command::Again => return Ok(Step::Again),
                    Command::Switch => return Ok(Step::Switch),
                    Command::Paste(_) => told(Event::Refused(SsoError::NotTheAddress)),
                },
            }
        }
    }

    async fn browser(
        &self,
        commands: &mut UnboundedReceiver<Command>,
        told: &mut impl FnMut(Event),
    ) -> Result<Step, SsoError> {
        let flow = match BrowserFlow::begin(self.oidc.clone(), OffsetDateTime::now_utc()).await {
            Err(SsoError::CannotListen(_)) => return Ok(Step::Without(Because::NoPort)),
            begun => begun?,
        };
        told(Event::Prompt(Prompt::Page(flow.page.clone())));
        let mut opening =
            (!self.wish.no_browser).then(|| browser::open(self.settings, &flow.page.url)).flatten();
        let mut finished = std::pin::pin!(flow.finish());
        loop {
            tokio::select! {
                token = &mut finished => return token.map(Step::Granted),
                () = failed(&mut opening) => return Ok(Step::Without(Because::NoBrowser)),
                command = next(commands) => match command {
                    Command::Again => return Ok(Step::Again),
                    Command::Switch => return Ok(Step::Switch),
                    Command::Paste(address) => {
                        if let Err(error) = flow.paste(&address) {
                            told(Event::Refused(error));
                        }
                    }
                },
            }
        }
    }

    /// A cache that cannot be written does not lose the session: the error comes beside the token.
    fn keep(&self, token: Token, method: Method, place: Place) -> Granted {
        let not_kept = Cache::of(self.settings).store_token(self.session, &token).err();
        if let (Method::Browser, Some(client)) = (method, &token.client) {
            self.oidc.keep_registration(method, client);
        }
        // A method that is not remembered is chosen as it was this time.
        let _ = remember_method(self.settings, &self.session.session, place, method);
        Granted { token, not_kept }
    }
}

/// Nobody at the other end is nobody who wants anything.
async fn next(commands: &mut UnboundedReceiver<Command>) -> Command {
    match commands.recv().await {
        Some(command) => command,
        None => std::future::pending().await,
    }
}

async fn failed(opening: &mut Option<browser::Opening>) {
    match opening {
        Some(opening) => opening.failed().await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests;
