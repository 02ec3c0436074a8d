//! Step 2: a session with AWS IAM Identity Center.
//!
//! A session from before is taken as it is; else the person approves in a browser, or a code on any device. Which of
//! the two, and every change of it, is the engine's business; this screen shows and asks.

mod view;

pub use view::{lasts, view};

use time::OffsetDateTime;

use crate::secret::{MaskedInput, SecretValue};
use crate::sso::{Chosen, Command, Event, Holder, Prompt};
use crate::tui::effect::{Effect, Job};
use crate::tui::keymap::{Context, Intent};
use crate::tui::model::{Load, Model};
use crate::tui::walk;

/// How far the asking is; the outcome is a fact.
#[derive(Debug, Default)]
pub struct SignIn {
    stage: Stage,
    /// The method, and why it is the one.
    chosen: Option<Chosen>,
    /// An address of the browser's being typed or pasted.
    address: Option<MaskedInput>,
}

#[derive(Debug, Default)]
enum Stage {
    /// Looking for a session from before.
    #[default]
    Looking,
    Asking,
    /// Another process signs in.
    Behind(Option<Holder>),
    Waiting(Prompt),
}

impl SignIn {
    pub fn prompt(&self) -> Option<&Prompt> {
        match &self.stage {
            Stage::Waiting(prompt) => Some(prompt),
            _ => None,
        }
    }

    pub fn forget(&mut self) {
        *self = Self::default();
    }

    fn ask(&mut self) {
        *self = Self { stage: Stage::Asking, chosen: self.chosen, address: None };
    }
}

/// Whole seconds until nobody waits any more.
pub fn seconds_left(prompt: &Prompt, now: OffsetDateTime) -> u64 {
    u64::try_from((prompt.expires_at() - now).whole_seconds()).unwrap_or(0)
}

pub fn context(model: &Model) -> Context {
    let screen = &model.screens.sign_in;
    match (&model.facts.session, screen.prompt()) {
        (Load::Ready(_), _) => Context::SignInDone,
        (Load::Broken(_) | Load::Idle, _) => Context::SignInFailed,
        (Load::Busy(_), None) => Context::Busy,
        (Load::Busy(_), Some(Prompt::Page(_))) if screen.address.is_some() => Context::SignInPaste,
        (Load::Busy(_), Some(Prompt::Page(_))) => Context::SignInBrowser,
        (Load::Busy(_), Some(Prompt::Code(_))) if model.facts.can_approve => Context::SignInDemo,
        (Load::Busy(_), Some(Prompt::Code(_))) => Context::SignInWaiting,
    }
}

/// The sign-in under way says something.
pub fn happened(model: &mut Model, event: Event) {
    let screen = &mut model.screens.sign_in;
    match event {
        Event::Behind(holder) => screen.stage = Stage::Behind(holder),
        Event::Chosen(chosen) => {
            screen.chosen = Some(chosen);
            screen.ask();
        }
        Event::Prompt(prompt) => screen.stage = Stage::Waiting(prompt),
        Event::Refused(error) => {
            model.window.toasts.failed(format!("{error}; copy the whole address"));
        }
    }
}

/// A paste needs no key before it.
pub fn paste(model: &mut Model, text: &SecretValue) -> Vec<Effect> {
    match context(model) {
        Context::SignInBrowser => vec![Effect::Tell(Command::Paste(text.clone()))],
        Context::SignInPaste => {
            if let Some(address) = &mut model.screens.sign_in.address {
                address.paste(text);
            }
            Vec::new()
        }
        _ => Vec::new(),
    }
}

pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    if model.screens.sign_in.address.is_some() {
        return typing(&mut model.screens.sign_in, intent);
    }
    let screen = &mut model.screens.sign_in;
    match (intent, screen.prompt()) {
        (Intent::Open, Some(prompt)) => vec![Effect::OpenPage(prompt.page().to_owned())],
        (Intent::Copy, Some(Prompt::Code(code))) => vec![Effect::Copy(code.user_code.clone())],
        (Intent::Copy, Some(Prompt::Page(page))) => vec![Effect::Copy(page.url.clone())],
        (Intent::Approve, Some(Prompt::Code(code))) => vec![Effect::Approve(code.user_code.clone())],
        (Intent::Paste, Some(Prompt::Page(_))) => {
            screen.address = Some(MaskedInput::default());
            Vec::new()
        }
        (Intent::Retry, Some(_)) => again(screen, Command::Again),
        (Intent::Switch, Some(_)) => again(screen, Command::Switch),
        (Intent::Retry, None) => {
            let mut effects = cancel(model);
            effects.extend(ask(model));
            effects
        }
        (Intent::Skip, _) => {
            let mut effects = cancel(model);
            effects.extend(walk::forward(model));
            effects
        }
        (Intent::Back, _) => {
            let mut effects = cancel(model);
            effects.extend(walk::back(model));
            effects
        }
        (Intent::Enter, _) if model.facts.session.ready().is_some() => walk::forward(model),
        _ => Vec::new(),
    }
}

/// The prompt that stands is void; the sign-in itself goes on, and nobody else gets in between.
fn again(screen: &mut SignIn, command: Command) -> Vec<Effect> {
    screen.ask();
    vec![Effect::Tell(command)]
}

fn typing(screen: &mut SignIn, intent: Intent) -> Vec<Effect> {
    let Some(address) = &mut screen.address else { return Vec::new() };
    match intent {
        Intent::Insert(typed) => address.insert(typed.0),
        Intent::Erase => address.erase(),
        Intent::EraseAll => address.clear(),
        Intent::Enter if !address.is_blank() => {
            let address = address.take();
            screen.address = None;
            return vec![Effect::Tell(Command::Paste(address))];
        }
        Intent::Enter | Intent::Back => screen.address = None,
        _ => {}
    }
    Vec::new()
}

/// Signs in anew.
pub fn ask(model: &mut Model) -> Vec<Effect> {
    model.screens.sign_in.ask();
    walk::reread(&mut model.facts);
    vec![walk::start(&mut model.facts.session, &mut model.tasks, Job::SignIn)]
}

/// Stops what is under way; a session that is there stays.
fn cancel(model: &mut Model) -> Vec<Effect> {
    let Some(id) = model.facts.session.task() else { return Vec::new() };
    model.facts.session = Load::Idle;
    model.screens.sign_in.forget();
    vec![Effect::Cancel(id)]
}
