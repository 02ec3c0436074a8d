//! What can be done with a token besides typing it: ask whose it is, show, copy, share and forget it.
//!
//! The rule: a value is never part of it. The runtime shows and copies; here is only that it did, and how long it was.

use super::{current, typing};
use crate::onboard::{COPIED_FOR, TokenChecked, TokenKept, TokenRemoved, TokenRow, TokenState};
use crate::secret::Extent;
use crate::tui::effect::{Effect, Job, TaskId};
use crate::tui::keymap::Intent;
use crate::tui::model::{Load, Model};
use crate::tui::msg::Answer;
use crate::tui::overlays::{Asked, CANNOT_BE_SHOWN, Overlay, Question, Revealed};
use crate::tui::screens::command;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenAct {
    /// `agreed`: it may go to a host that only the profile names.
    Verify {
        agreed: bool,
    },
    Reveal,
    Copy,
    /// Use here what another project keeps.
    Share,
    /// Remember that this project does not.
    Decline,
    /// Its own file goes, too, if it still holds that token.
    Remove,
}

impl TokenAct {
    pub fn words(self) -> &'static str {
        match self {
            Self::Verify { .. } => "asking its service whose it is",
            Self::Reveal | Self::Copy => "asking the keychain",
            Self::Share => "looking whether it fits",
            Self::Decline => "remembering your answer",
            Self::Remove => "forgetting it",
        }
    }

    /// What changes something is let finish; a copy is awaited because it clears the clipboard when we leave.
    pub fn must_finish(self) -> bool {
        matches!(self, Self::Share | Self::Decline | Self::Remove | Self::Copy)
    }
}

/// What came of it.
#[derive(Debug)]
pub enum TokenDone {
    Verified(Box<TokenChecked>),
    /// The profile has it checked by this host, and nobody has agreed to that yet.
    Unagreed {
        host: String,
    },
    /// A value that takes so much room comes past the model; `None` where it cannot be shown.
    Revealed {
        extent: Option<Extent>,
    },
    /// `certain`: a program took it; a terminal never says whether it did.
    Copied {
        certain: bool,
    },
    Shared(TokenKept),
    Declined,
    Removed(TokenRemoved),
}

/// Asked before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// May it go to the host the profile names?
    Send,
    Share,
    Remove,
}

/// Does it, where there is a token to do it with.
pub(super) fn start(model: &mut Model, act: TokenAct) -> Vec<Effect> {
    let Some(name) = current(model).map(|token| token.name.clone()) else { return Vec::new() };
    let id = model.tasks.next();
    let state = &mut model.screens.token;
    (state.act, state.doing) = (Load::Busy(id), Some(act));
    model.facts.keeping = Load::Idle;
    vec![Effect::Start(id, Job::Token { name, act })]
}

/// A read is cut off; a change is awaited.
pub(super) fn cancel(model: &mut Model) -> Vec<Effect> {
    let state = &mut model.screens.token;
    let Some(id) = state.act.task().filter(|_| state.doing.is_some_and(|act| !act.must_finish())) else {
        return Vec::new();
    };
    state.act = Load::Idle;
    vec![Effect::Cancel(id)]
}

/// Asks first, where there is something to ask about.
pub(super) fn ask(model: &mut Model, ask: Ask) -> Vec<Effect> {
    let Some(token) = current(model) else { return Vec::new() };
    let missing = match (ask, super::state(&model.facts, token)) {
        (Ask::Share, TokenState::Offered | TokenState::Declined) => None,
        (Ask::Share, _) => Some("no other project keeps one"),
        (_, TokenState::Kept | TokenState::Expired) => None,
        (_, _) => Some("there is none to forget"),
    };
    match missing {
        Some(says) => model.window.toasts.note(says),
        None => model.overlay = Some(Overlay::Confirm(Question::Token(ask))),
    }
    Vec::new()
}

/// The person's answer. A no is remembered where the question was whether to share.
pub fn settle(model: &mut Model, ask: Ask, yes: bool) -> Vec<Effect> {
    match (ask, yes) {
        (Ask::Send, true) => start(model, TokenAct::Verify { agreed: true }),
        (Ask::Share, true) => start(model, TokenAct::Share),
        (Ask::Share, false) => start(model, TokenAct::Decline),
        (Ask::Remove, true) => start(model, TokenAct::Remove),
        (Ask::Send | Ask::Remove, false) => {
            model.screens.token.act = Load::Idle;
            Vec::new()
        }
    }
}

/// How a question is asked.
pub fn question(model: &Model, ask: Ask) -> Option<Asked> {
    let token = current(model)?;
    let title = &token.title;
    Some(match ask {
        Ask::Send => {
            let Some(TokenDone::Unagreed { host }) = model.screens.token.act.ready() else { return None };
            Asked {
                title: format!("Send it to {host}?"),
                says: vec![format!(
                    "The profile has {} checked by {host}. Send your token there?",
                    token.name
                )],
                answers: ("send it", "keep it here"),
            }
        }
        Ask::Share => {
            let from = token.offered_by.as_deref().unwrap_or("an earlier use");
            Asked {
                title: "Use it here, too?".to_owned(),
                says: vec![
                    format!("{title} is kept for {from}. Use it here too?"),
                    "Either answer is remembered; u asks again.".to_owned(),
                ],
                answers: ("use it here", "keep them apart"),
            }
        }
        Ask::Remove => Asked {
            title: format!("Forget the {title}?"),
            says: vec![forgetting(token), "It still works until it is revoked at its service.".to_owned()],
            answers: ("forget it", "keep it"),
        },
    })
}

fn forgetting(token: &TokenRow) -> String {
    let file = token.file.as_ref().map(|file| format!(", and {file} is removed if it still holds it"));
    format!("It leaves your keychain{}.", file.unwrap_or_default())
}

/// The answer is there.
pub fn done(
    model: &mut Model,
    id: TaskId,
    answer: Answer<TokenDone>,
    rows: Option<Vec<TokenRow>>,
) -> Vec<Effect> {
    if !model.screens.token.act.answer(id, answer) {
        return Vec::new();
    }
    if let Some(TokenDone::Removed(removed)) = model.screens.token.act.ready() {
        model.facts.kept.retain(|kept| kept.name != removed.name);
    }
    match model.screens.token.act.ready() {
        Some(TokenDone::Shared(_) | TokenDone::Removed(_)) => typing::changed(model, rows),
        _ => model.facts.tokens = rows.map_or(std::mem::take(&mut model.facts.tokens), Load::Ready),
    }
    tell(model);
    Vec::new()
}

/// What is not said on the card.
fn tell(model: &mut Model) {
    let Some(token) = current(model) else { return };
    let how = command(model, Intent::Reveal);
    match model.screens.token.act.ready() {
        Some(TokenDone::Unagreed { .. }) => {
            model.waiting.get_or_insert(Question::Token(Ask::Send));
        }
        // What lies over the screen already has been asked for since.
        Some(TokenDone::Revealed { .. }) if model.overlay.is_some() => {}
        Some(TokenDone::Revealed { extent: Some(extent) }) => {
            let revealed = Revealed::new(token.title.clone(), extent.clone(), how, model.window.now);
            model.overlay = Some(Overlay::Revealed(revealed));
        }
        Some(TokenDone::Revealed { extent: None }) => {
            model.window.toasts.failed(CANNOT_BE_SHOWN);
        }
        Some(TokenDone::Copied { certain }) => {
            let (name, seconds) = (&token.name, COPIED_FOR.as_secs());
            model.window.toasts.done(match certain {
                true => format!("{name} is on the clipboard for {seconds} s"),
                false => format!("sent to your terminal's clipboard for {seconds} s"),
            });
        }
        _ => {}
    }
}
