//! Step 6: personal tokens, typed or pasted unseen and kept in the keychain.

mod view;

pub use view::view;

use crate::onboard::{TokenKept, TokenRow};
use crate::secret::{MaskedInput, SecretValue};
use crate::tui::effect::{Effect, Job, TaskId};
use crate::tui::keymap::{Context, Intent};
use crate::tui::model::{Facts, Load, Model};
use crate::tui::msg::Answer;
use crate::tui::walk;
use crate::tui::widgets::list::moved;

#[derive(Default)]
pub struct Token {
    pub cursor: usize,
    pub typing: bool,
    pub input: MaskedInput,
    /// Names the person would rather not give now.
    pub skipped: Vec<String>,
}

/// Tokens the profile knows; whether each is kept, once the keychain has said so.
pub fn known(facts: &Facts) -> &[TokenRow] {
    if let Some(tokens) = facts.tokens.ready() {
        return tokens;
    }
    facts.opened.ready().map(|opened| opened.tokens.as_slice()).unwrap_or_default()
}

/// Kept now or in an earlier run.
pub fn is_kept(facts: &Facts, token: &TokenRow) -> bool {
    token.kept == Some(true) || facts.kept.iter().any(|kept| kept.name == token.name)
}

pub fn context(model: &Model) -> Context {
    match (&model.facts.keeping, model.screens.token.typing) {
        (Load::Busy(_), _) => Context::Busy,
        (_, true) => Context::Typing,
        (_, false) => Context::Token,
    }
}

pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    match context(model) {
        Context::Typing => typing(model, intent),
        Context::Token => browsing(model, intent),
        // What is being kept is awaited.
        _ => Vec::new(),
    }
}

/// A paste needs no key before it.
pub fn paste(model: &mut Model, text: &SecretValue) {
    let listed = !known(&model.facts).is_empty();
    if listed && !model.facts.keeping.is_busy() {
        model.screens.token.typing = true;
        model.screens.token.input.paste(text);
    }
}

/// The keychain has answered.
pub fn kept(model: &mut Model, id: TaskId, answer: Answer<TokenKept>) -> Vec<Effect> {
    let (outcome, kept) = match answer {
        Ok(kept) => (Ok(()), Some(kept)),
        Err(finding) => (Err(finding), None),
    };
    if model.facts.keeping.answer(id, outcome) {
        model.facts.kept.extend(kept);
        model.facts.matrix = Load::Idle;
        // A preview of what has been written stays; another one no longer holds.
        if model.facts.report.ready().is_none() {
            model.facts.preview = Load::Idle;
        }
    }
    Vec::new()
}

fn typing(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let state = &mut model.screens.token;
    match intent {
        Intent::Insert(typed) => state.input.insert(typed.0),
        Intent::Erase => state.input.erase(),
        Intent::EraseAll => state.input.clear(),
        Intent::Back => {
            state.input.clear();
            state.typing = false;
        }
        Intent::Enter => return submit(model),
        _ => {}
    }
    Vec::new()
}

/// Moves the text out of the model. What does not look right may still be right, so it is not refused here.
fn submit(model: &mut Model) -> Vec<Effect> {
    let Model { facts, screens, tasks, .. } = model;
    let state = &mut screens.token;
    let name = known(facts).get(state.cursor).map(|token| token.name.clone());
    let (Some(name), false) = (name, state.input.is_blank()) else { return Vec::new() };
    state.typing = false;
    let value = state.input.take();
    state.skipped.retain(|skipped| *skipped != name);
    vec![walk::start(&mut facts.keeping, tasks, Job::KeepToken { name, value })]
}

fn browsing(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let settled = all_settled(model);
    let state = &mut model.screens.token;
    let tokens = known(&model.facts);
    let Some(token) = tokens.get(state.cursor) else { return walk::forward(model) };
    match intent {
        Intent::Enter if is_kept(&model.facts, token) && settled => return walk::forward(model),
        Intent::Enter => state.typing = true,
        Intent::Open => return token.page.clone().map(Effect::OpenPage).into_iter().collect(),
        Intent::Skip => return skip(model),
        Intent::Back => return walk::back(model),
        _ => {
            let to = moved(state.cursor, tokens.len(), intent);
            if to != state.cursor {
                state.cursor = to;
                model.facts.keeping = Load::Idle;
            }
        }
    }
    Vec::new()
}

/// Nothing is left to ask for.
pub fn all_settled(model: &Model) -> bool {
    known(&model.facts).iter().all(|token| settled(model, token))
}

fn settled(model: &Model, token: &TokenRow) -> bool {
    is_kept(&model.facts, token) || model.screens.token.skipped.contains(&token.name)
}

/// To the next token nobody has decided on, else to the next step.
fn skip(model: &mut Model) -> Vec<Effect> {
    let tokens = known(&model.facts);
    if let Some(token) = tokens.get(model.screens.token.cursor)
        && !settled(model, token)
    {
        let name = token.name.clone();
        model.screens.token.skipped.push(name);
    }
    model.facts.keeping = Load::Idle;
    let open = known(&model.facts).iter().position(|token| !settled(model, token));
    match open {
        Some(next) => {
            model.screens.token.cursor = next;
            Vec::new()
        }
        None => walk::forward(model),
    }
}
