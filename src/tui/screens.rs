//! One module for each step: what the screen remembers, what keys do there, and how it is drawn.
//!
//! The rule: a screen reads the shared facts and its own state, never another screen's. Each module has the same three
//! functions: `context`, `update` and, in a file of its own, `view`.

pub mod audit;
pub mod board;
pub mod doctor;
pub mod identity;
pub mod pick;
pub mod preview;
pub mod role;
pub mod sign_in;
pub mod summary;
pub mod token;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::effect::Effect;
use super::keymap::{Context, Intent, Place};
use super::model::{Beside, Model, Step};
use super::overlays::Overlay;
use super::theme::Theme;
use crate::secret::SecretValue;

/// What each screen remembers while one walks back and forth.
#[derive(Debug, Default)]
pub struct Screens {
    pub pick: pick::Pick,
    pub sign_in: sign_in::SignIn,
    pub role: role::Role,
    pub board: board::Board,
    pub doctor: doctor::Doctor,
    pub audit: audit::Audit,
    pub preview: preview::Preview,
    pub token: token::Token,
    pub identity: identity::Identity,
    pub summary: summary::Summary,
}

pub fn context(model: &Model) -> Context {
    match model.beside {
        Some(Beside::Tokens) => return token::context(model),
        Some(Beside::Identity) => return identity::context(model),
        Some(Beside::Doctor) => return doctor::context(model),
        Some(Beside::Audit) => return audit::context(model),
        None => {}
    }
    match model.at {
        Step::Pick => pick::context(model),
        Step::SignIn => sign_in::context(model),
        Step::Role => role::context(model),
        Step::Board => board::context(model),
        Step::Preview => preview::context(model),
        Step::Token => token::context(model),
        Step::Summary => summary::context(model),
    }
}

/// What this moment is about, for the commands of its actions.
pub fn place(model: &Model) -> Place {
    let opened = model.facts.opened.ready();
    let place = Place {
        profile: opened.filter(|opened| opened.bundled).map(|opened| opened.profile.clone()),
        environment: opened.map(|opened| opened.environment.clone()).filter(|name| name != "development"),
        ..Place::default()
    };
    match (model.beside, model.at) {
        (Some(Beside::Tokens), _) | (None, Step::Token) => token::place(model, place),
        (Some(Beside::Doctor), _) => doctor::place(model, place),
        (Some(Beside::Audit), _) => audit::place(model, place),
        (Some(Beside::Identity), _) => place,
        // No profile is open yet that could be meant.
        (None, Step::Pick) => pick::place(model),
        (None, Step::Role) => role::place(model, place),
        (None, Step::Board) => board::place(model, place),
        (None, Step::Preview) => preview::place(model, place),
        (None, Step::SignIn | Step::Summary) => place,
    }
}

/// The command that does what `intent` does at this moment.
pub fn command(model: &Model, intent: Intent) -> Option<String> {
    let row = model.context().rows().find(|row| row.intent == intent)?;
    row.twin.command(&place(model))
}

/// Whether a key of this moment does more than say that it cannot.
pub fn offers(model: &Model, intent: Intent) -> bool {
    match (model.beside, model.at) {
        (Some(Beside::Audit), _) => audit::offers(model, intent),
        (Some(Beside::Doctor), _) => doctor::offers(model, intent),
        (Some(Beside::Tokens), _) | (None, Step::Token) => token::offers(model, intent),
        _ => true,
    }
}

pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    match model.beside {
        Some(Beside::Tokens) => return token::update(model, intent),
        Some(Beside::Identity) => return identity::update(model, intent),
        Some(Beside::Doctor) => return doctor::update(model, intent),
        Some(Beside::Audit) => return audit::update(model, intent),
        None => {}
    }
    match model.at {
        Step::Pick => pick::update(model, intent),
        Step::SignIn => sign_in::update(model, intent),
        Step::Role => role::update(model, intent),
        Step::Board => board::update(model, intent),
        Step::Preview => preview::update(model, intent),
        Step::Token => token::update(model, intent),
        Step::Summary => summary::update(model, intent),
    }
}

/// Pasted text is for what is being asked for and for nothing else.
pub fn paste(model: &mut Model, text: &SecretValue) -> Vec<Effect> {
    let tokens = match model.beside {
        Some(beside) => beside == Beside::Tokens,
        None => model.at == Step::Token,
    };
    if model.at == Step::SignIn && model.beside.is_none() && model.overlay.is_none() {
        return sign_in::paste(model, text);
    }
    if let Some(Overlay::Value(typed)) = &mut model.overlay {
        typed.paste(text);
    } else if let Some(Overlay::Passphrase(asked)) = &mut model.overlay {
        asked.paste(text);
    } else if tokens && model.overlay.is_none() {
        token::paste(model, text);
    }
    Vec::new()
}

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    match model.beside {
        Some(Beside::Tokens) => return token::view(model, theme, frame, area),
        Some(Beside::Identity) => return identity::view(model, theme, frame, area),
        Some(Beside::Doctor) => return doctor::view(model, theme, frame, area),
        Some(Beside::Audit) => return audit::view(model, theme, frame, area),
        None => {}
    }
    match model.at {
        Step::Pick => pick::view(model, theme, frame, area),
        Step::SignIn => sign_in::view(model, theme, frame, area),
        Step::Role => role::view(model, theme, frame, area),
        Step::Board => board::view(model, theme, frame, area),
        Step::Preview => preview::view(model, theme, frame, area),
        Step::Token => token::view(model, theme, frame, area),
        Step::Summary => summary::view(model, theme, frame, area),
    }
}
