//! Signing in from the command line: what is said meanwhile, and which keys are heard.
//!
//! The rule: everything is said on standard error, and without a terminal it is said once and no key is waited for. On
//! a terminal the last line counts down; single keys open, copy, switch and retry, and pasted text is taken as the address
//! a browser elsewhere ended at. The terminal is in raw mode only while a prompt stands.

mod keys;
mod words;

use std::time::Duration;

use time::OffsetDateTime;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::args::Way;
use super::context::Context;
use crate::browser::{self, Opening};
use crate::clipboard::Clipboard;
use crate::finding::{Finding, Remedy};
use crate::onboard::{Session, SignedIn};
use crate::sso::{Command, Event, Method, Prompt, Wish};
use keys::{Heard, Keys};

impl From<&Way> for Wish {
    /// `--no-browser` alone means a code, whose page any device opens; with `--use-browser` the address is only shown,
    /// which is what the AWS CLI means by it.
    fn from(way: &Way) -> Self {
        let method = match (way.use_browser, way.use_device_code || way.no_browser) {
            (true, _) => Some(Method::Browser),
            (false, true) => Some(Method::DeviceCode),
            (false, false) => None,
        };
        Self { method, no_browser: way.no_browser }
    }
}

/// A live session, by asking the person only when there is none or it shall be a new one. True for a new one.
///
/// # Errors
/// Refused, expired, cancelled, or what a call met.
pub(super) async fn sign_in(
    context: &Context,
    session: &mut Session,
    way: &Way,
    anew: bool,
) -> Result<(SignedIn, bool), Finding> {
    if !anew && let Some(signed_in) = session.resume().await? {
        warn(context, &signed_in);
        return Ok((signed_in, false));
    }
    let (commands, heard) = unbounded_channel();
    let (tell, mut told) = unbounded_channel();
    let running = session.signing_in()?.run(way.into(), heard, move |event| {
        // The face lives as long as the sign-in.
        let _ = tell.send(event);
    });
    let mut running = std::pin::pin!(running);
    let mut face = Face::new(context, commands);
    let ended = loop {
        tokio::select! {
            biased;
            Some(event) = told.recv() => face.tell(event),
            ended = &mut running => break ended,
            heard = face.keys.next() => face.hear(heard)?,
            () = tokio::time::sleep(Duration::from_secs(1)), if face.counts() => face.count(),
        }
    };
    while let Ok(event) = told.try_recv() {
        face.tell(event);
    }
    drop(face);
    let (token, signed_in) = ended?;
    session.signed_in(token);
    warn(context, &signed_in);
    Ok((signed_in, true))
}

fn warn(context: &Context, signed_in: &SignedIn) {
    if let Some(warning) = &signed_in.warning {
        context.out.finding(warning);
    }
}

/// What stands on the terminal.
struct Face<'a> {
    context: &'a Context,
    commands: UnboundedSender<Command>,
    prompt: Option<Prompt>,
    keys: Keys,
    /// Said at the end of the counting line until the next key.
    remark: Option<&'static str>,
    opening: Option<Opening>,
}

/// The terminal is as it was before, whatever happened.
impl Drop for Face<'_> {
    fn drop(&mut self) {
        self.rest();
    }
}

impl<'a> Face<'a> {
    fn new(context: &'a Context, commands: UnboundedSender<Command>) -> Self {
        Self { context, commands, prompt: None, keys: Keys::default(), remark: None, opening: None }
    }

    /// Ends the counting line and the listening.
    fn rest(&mut self) {
        if self.prompt.take().is_some() && self.context.out.is_terminal() {
            self.context.out.status(|_| String::new());
        }
        self.keys.deafen();
    }

    fn counts(&self) -> bool {
        self.prompt.is_some() && self.context.out.is_terminal()
    }

    fn tell(&mut self, event: Event) {
        let out = &self.context.out;
        match event {
            Event::Refused(_) => {
                self.remark = Some("that is not the address this sign-in ends at");
                self.count();
            }
            Event::Behind(holder) => out.say(|_| words::behind(holder.as_ref())),
            Event::Chosen(chosen) => {
                self.rest();
                out.say(|_| chosen.to_string());
            }
            Event::Prompt(prompt) => self.show(prompt),
        }
    }

    fn show(&mut self, prompt: Prompt) {
        let out = &self.context.out;
        let room = words::Room::of(out.is_terminal());
        out.ask(|paint| words::prompt(paint, &prompt, &room));
        if !out.is_terminal() {
            out.ask(|_| words::limit(&prompt, OffsetDateTime::now_utc()));
        }
        if self.context.settings.interactive && out.is_terminal() {
            self.keys.listen();
        }
        self.prompt = Some(prompt);
        self.count();
    }

    fn count(&self) {
        let Some(prompt) = &self.prompt else { return };
        let columns = words::Room::of(true).columns;
        let keys = self.keys.are_heard();
        let line =
            || words::counting(prompt, OffsetDateTime::now_utc(), keys, self.remark, self.keys.typed());
        self.context.out.status(|_| line().chars().take(columns.saturating_sub(1)).collect());
    }

    fn hear(&mut self, heard: Heard) -> Result<(), Finding> {
        self.remark = None;
        let Some(prompt) = &self.prompt else { return Ok(()) };
        // The sign-in listens as long as it runs.
        let send = |command| drop(self.commands.send(command));
        match (heard, prompt) {
            (Heard::Cancel, _) => return Err(cancelled()),
            (Heard::Letter('r'), _) => send(Command::Again),
            (Heard::Letter('d'), Prompt::Page(_)) | (Heard::Letter('b'), Prompt::Code(_)) => {
                send(Command::Switch)
            }
            (Heard::Pasted(address), Prompt::Page(_)) => send(Command::Paste(address)),
            (Heard::Letter('o'), prompt) => {
                self.opening = browser::open(&self.context.settings, prompt.page());
                self.remark = Some("opening it");
            }
            (Heard::Letter('c'), prompt) => {
                let text = match prompt {
                    Prompt::Code(code) => &code.user_code,
                    Prompt::Page(page) => &page.url,
                };
                self.context.out.tell_terminal(&Clipboard::of(&self.context.settings).sequence(text));
                self.remark = Some("copied, if your terminal allows it");
            }
            _ => {}
        }
        self.count();
        Ok(())
    }
}

fn cancelled() -> Finding {
    let remedy = Remedy::run("sign in when you are ready", "devsecrets login");
    Finding::error("DS-SSO-38", "sign-in", "cancelled", remedy)
}
