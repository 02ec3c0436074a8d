//! Personal tokens: step 6 of the walk, and at hand beside it at any time.
//!
//! Typed or pasted unseen and kept in the keychain; then verified, shown, copied, shared and forgotten. The one difference
//! beside the walk is that nothing is skipped and nothing goes on.

mod act;
mod typing;
mod view;

pub use act::{Ask, TokenAct, TokenDone, done, question, settle};
pub use typing::{kept, paste};
pub use view::view;

use crate::onboard::{TokenRow, TokenState};
use crate::secret::MaskedInput;
use crate::tui::effect::{Effect, Job};
use crate::tui::keymap::{Context, Intent, Place};
use crate::tui::model::{Facts, Load, Model};
use crate::tui::walk;
use crate::tui::widgets::list::moved;

#[derive(Debug, Default)]
pub struct Token {
    pub cursor: usize,
    pub typing: bool,
    pub input: MaskedInput,
    /// Names the person would rather not give now.
    pub skipped: Vec<String>,
    /// What was last done with the one under the cursor.
    pub act: Load<TokenDone>,
    /// What is being done with it.
    doing: Option<TokenAct>,
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
    matches!(state(facts, token), TokenState::Kept | TokenState::Expired)
}

/// What was kept a moment ago is known before the keychain was asked.
fn state(facts: &Facts, token: &TokenRow) -> TokenState {
    let now = facts.kept.iter().any(|kept| kept.name == token.name);
    if now && token.state != TokenState::Expired { TokenState::Kept } else { token.state }
}

/// Puts the cursor on the token of this name.
pub fn point_at(model: &mut Model, name: &str) {
    if let Some(place) = known(&model.facts).iter().position(|row| row.name == name) {
        model.screens.token.cursor = place;
    }
}

/// The one under the cursor.
fn current(model: &Model) -> Option<&TokenRow> {
    known(&model.facts).get(model.screens.token.cursor)
}

pub fn context(model: &Model) -> Context {
    let state = &model.screens.token;
    if model.facts.keeping.is_busy() || state.act.is_busy() {
        return Context::Busy;
    }
    if state.typing {
        return Context::Typing;
    }
    if model.beside.is_some() && known(&model.facts).is_empty() {
        return Context::NoTokens;
    }
    if model.facts.tokens.broken().is_some() {
        return if model.beside.is_some() { Context::TokensUnread } else { Context::TokenUnread };
    }
    let kept = current(model).is_some_and(|token| is_kept(&model.facts, token));
    match (model.beside, kept) {
        (None, false) => Context::Token,
        (None, true) => Context::TokenKept,
        (Some(_), false) => Context::Tokens,
        (Some(_), true) => Context::TokensKept,
    }
}

/// The token under the cursor.
pub fn place(model: &Model, place: Place) -> Place {
    Place { token: current(model).map(|token| token.name.clone()), ..place }
}

/// Not every token has a page, and not every one is kept by another project.
pub fn offers(model: &Model, intent: Intent) -> bool {
    let Some(token) = current(model) else { return true };
    match intent {
        Intent::Open => token.page.is_some(),
        Intent::Share => {
            matches!(state(&model.facts, token), TokenState::Offered | TokenState::Declined)
        }
        _ => true,
    }
}

pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    match context(model) {
        Context::Typing => typing::update(model, intent),
        Context::Busy if intent == Intent::Back => act::cancel(model),
        Context::Busy => Vec::new(),
        _ => browsing(model, intent),
    }
}

fn browsing(model: &mut Model, intent: Intent) -> Vec<Effect> {
    match intent {
        Intent::Enter if model.beside.is_none() && goes_on(model) => return go_on(model),
        Intent::Enter if offered(model) => return act::ask(model, Ask::Share),
        Intent::Enter | Intent::Set => model.screens.token.typing = current(model).is_some(),
        Intent::Open => return open(model),
        Intent::Skip => return skip(model),
        Intent::Retry => return read(model),
        Intent::Back if model.beside.is_some() => return walk::leave(model),
        Intent::Back => return walk::back(model),
        Intent::Verify => return act::start(model, TokenAct::Verify { agreed: false }),
        Intent::Reveal => return act::start(model, TokenAct::Reveal),
        Intent::Copy => return act::start(model, TokenAct::Copy),
        Intent::Share => return act::ask(model, Ask::Share),
        Intent::Remove => return act::ask(model, Ask::Remove),
        _ => go(model, intent),
    }
    Vec::new()
}

/// The keychain is asked once more.
fn read(model: &mut Model) -> Vec<Effect> {
    forget_the_last(model);
    vec![walk::start(&mut model.facts.tokens, &mut model.tasks, Job::Tokens)]
}

fn go(model: &mut Model, intent: Intent) {
    let to = moved(model.screens.token.cursor, known(&model.facts).len(), intent);
    if to != model.screens.token.cursor {
        model.screens.token.cursor = to;
        forget_the_last(model);
    }
}

/// What was last done with a token is said until one turns to something else.
fn forget_the_last(model: &mut Model) {
    model.facts.keeping = Load::Idle;
    model.screens.token.act = Load::Idle;
}

fn open(model: &mut Model) -> Vec<Effect> {
    let page = current(model).map(|token| (token.title.clone(), token.page.clone()));
    match page {
        Some((_, Some(page))) => return vec![Effect::OpenPage(page)],
        Some((title, None)) => {
            model.window.toasts.note(format!("the profile names no page where a {title} is made"));
        }
        None => {}
    }
    Vec::new()
}

/// On the walk, a token that is there is no reason to stay.
fn goes_on(model: &Model) -> bool {
    current(model).is_none_or(|token| is_kept(&model.facts, token))
}

/// One that another project keeps is offered before one is typed.
fn offered(model: &Model) -> bool {
    current(model).is_some_and(|token| state(&model.facts, token) == TokenState::Offered)
}

fn settled(model: &Model, token: &TokenRow) -> bool {
    is_kept(&model.facts, token) || model.screens.token.skipped.contains(&token.name)
}

fn skip(model: &mut Model) -> Vec<Effect> {
    if let Some(token) = current(model)
        && !settled(model, token)
    {
        let name = token.name.clone();
        model.screens.token.skipped.push(name);
    }
    go_on(model)
}

/// To the next token nobody has decided on, else to the next step.
fn go_on(model: &mut Model) -> Vec<Effect> {
    forget_the_last(model);
    let open = known(&model.facts).iter().position(|token| !settled(model, token));
    match open {
        Some(next) => {
            model.screens.token.cursor = next;
            Vec::new()
        }
        None => walk::forward(model),
    }
}
