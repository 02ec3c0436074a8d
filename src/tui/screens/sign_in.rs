//! Step 2: a session with AWS IAM Identity Center.
//!
//! A session from before is taken as it is; else a code is asked for and shown until the person has decided.

mod view;

pub use view::{lasts, view};

use time::OffsetDateTime;

use crate::sso::DeviceCode;
use crate::tui::effect::{Effect, Job};
use crate::tui::keymap::{Context, Intent};
use crate::tui::model::{Load, Model};
use crate::tui::walk;

/// How far the asking is; the outcome is a fact.
#[derive(Debug, Default)]
pub enum SignIn {
    /// Looking for a session from before.
    #[default]
    Looking,
    Asking,
    Waiting(DeviceCode),
}

impl SignIn {
    pub fn code(&self) -> Option<&DeviceCode> {
        match self {
            Self::Waiting(code) => Some(code),
            _ => None,
        }
    }

    pub fn wait(&mut self, code: DeviceCode) {
        *self = Self::Waiting(code);
    }

    pub fn forget(&mut self) {
        *self = Self::Looking;
    }
}

/// Whole seconds until the code is worthless.
pub fn seconds_left(code: &DeviceCode, now: OffsetDateTime) -> u64 {
    u64::try_from((code.expires_at - now).whole_seconds()).unwrap_or(0)
}

pub fn context(model: &Model) -> Context {
    match (&model.facts.session, model.screens.sign_in.code()) {
        (Load::Ready(_), _) => Context::SignInDone,
        (Load::Broken(_) | Load::Idle, _) => Context::SignInFailed,
        (Load::Busy(_), None) => Context::Busy,
        (Load::Busy(_), Some(_)) if model.facts.can_approve => Context::SignInDemo,
        (Load::Busy(_), Some(_)) => Context::SignInWaiting,
    }
}

pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let code = model.screens.sign_in.code();
    match (intent, code) {
        (Intent::Open, Some(code)) => vec![Effect::OpenPage(code.page_with_code.clone())],
        (Intent::Copy, Some(code)) => vec![Effect::Copy(code.user_code.clone())],
        (Intent::Approve, Some(code)) => vec![Effect::Approve(code.user_code.clone())],
        (Intent::Retry, _) => {
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

/// Asks for a new code.
pub fn ask(model: &mut Model) -> Vec<Effect> {
    model.screens.sign_in = SignIn::Asking;
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
