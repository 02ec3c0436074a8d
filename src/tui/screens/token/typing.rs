//! A token on its way from the keyboard to the keychain.

use super::{Token, current, known};
use crate::onboard::{TokenKept, TokenRow};
use crate::secret::SecretValue;
use crate::tui::effect::{Effect, Job, TaskId};
use crate::tui::keymap::Intent;
use crate::tui::model::{Load, Model};
use crate::tui::msg::Answer;
use crate::tui::walk;

/// A paste needs no key before it.
pub fn paste(model: &mut Model, text: &SecretValue) {
    let listed = !known(&model.facts).is_empty();
    if listed && !model.facts.keeping.is_busy() && !model.screens.token.act.is_busy() {
        model.screens.token.typing = true;
        model.screens.token.input.paste(text);
    }
}

pub(super) fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let Token { input, typing, .. } = &mut model.screens.token;
    match intent {
        Intent::Insert(typed) => input.insert(typed.0),
        Intent::Erase => input.erase(),
        Intent::EraseAll => input.clear(),
        Intent::Back => {
            input.clear();
            *typing = false;
        }
        Intent::Enter => return submit(model),
        _ => {}
    }
    Vec::new()
}

/// Moves the text out of the model. What does not look right may still be right, so it is not refused here.
fn submit(model: &mut Model) -> Vec<Effect> {
    let name = current(model).map(|token| token.name.clone());
    let Model { facts, screens, tasks, .. } = model;
    let state = &mut screens.token;
    let (Some(name), false) = (name, state.input.is_blank()) else { return Vec::new() };
    state.typing = false;
    state.act = Load::Idle;
    let value = state.input.take();
    state.skipped.retain(|skipped| *skipped != name);
    vec![walk::start(&mut facts.keeping, tasks, Job::KeepToken { name, value })]
}

/// The keychain has answered.
pub fn kept(
    model: &mut Model,
    id: TaskId,
    answer: Answer<TokenKept>,
    rows: Option<Vec<TokenRow>>,
) -> Vec<Effect> {
    let (outcome, kept) = match answer {
        Ok(kept) => (Ok(()), Some(kept)),
        Err(finding) => (Err(finding), None),
    };
    if model.facts.keeping.answer(id, outcome) {
        model.facts.kept.extend(kept);
        changed(model, rows);
    }
    Vec::new()
}

/// What rests on the tokens there were no longer holds.
pub(super) fn changed(model: &mut Model, rows: Option<Vec<TokenRow>>) {
    if let Some(rows) = rows {
        model.facts.tokens = Load::Ready(rows);
    }
    model.facts.void_table();
    // A preview of what has been written stays; another one no longer holds.
    if model.facts.report.ready().is_none() {
        model.facts.preview = Load::Idle;
    }
}
