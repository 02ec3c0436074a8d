//! Mending what is under the cursor, and nothing else: its token, the sign-in, or what the doctor would do about it.

use super::act::{BoardAct, Spot, account, no_spot, says, spot, start, token_of};
use super::current;
use crate::finding::Finding;
use crate::onboard::Remedies;
use crate::tui::effect::Effect;
use crate::tui::model::{Beside, Model};
use crate::tui::screens::{doctor, token};
use crate::tui::walk;

/// What mends the cell under the cursor.
enum Fix {
    Token(String),
    SignIn,
    Doctor(Spot),
}

fn fix_of(model: &Model) -> Option<Fix> {
    let (_, cell) = current(model)?;
    let token = token_of(model, &cell.variable).filter(|_| cell.status.stops());
    let signed_out = cell.next.as_deref().is_some_and(|next| next.contains("devsecrets login"));
    Some(match (token, signed_out) {
        (Some(token), _) => Fix::Token(token),
        (None, true) => Fix::SignIn,
        (None, false) => Fix::Doctor(spot(model)?),
    })
}

/// The words of its command.
pub(super) fn fixing(model: &Model) -> Option<String> {
    Some(match fix_of(model)? {
        Fix::Token(token) => format!("token set {token}"),
        Fix::SignIn => "login".to_owned(),
        Fix::Doctor(spot) => format!("doctor --fix --only {}/{}", spot.service, spot.variable),
    })
}

pub(super) fn fix(model: &mut Model) -> Vec<Effect> {
    match fix_of(model) {
        None => no_spot(model),
        Some(Fix::Token(token)) => {
            token::point_at(model, &token);
            walk::visit(model, Beside::Tokens)
        }
        Some(Fix::SignIn) => account(model),
        Some(Fix::Doctor(spot)) => start(model, BoardAct::Mend(spot)),
    }
}

/// What the doctor would do is asked about; what nobody but a person can do is said.
pub(super) fn mend(model: &mut Model, found: Result<Box<Remedies>, Option<Finding>>) -> Vec<Effect> {
    match found {
        Ok(remedies) => doctor::fix::planned(model, Ok(remedies)),
        Err(Some(problem)) => {
            let says =
                format!("{}: {}; this one needs you: {}", problem.subject, problem.says, problem.remedy);
            model.window.toasts.note(says);
            Vec::new()
        }
        Err(None) => says(model, "nothing is wrong with it; s seeds it"),
    }
}
