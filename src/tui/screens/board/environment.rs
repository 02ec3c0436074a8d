//! Which environment the board works in, and going over to another one.

use crate::onboard::{Opened, Outline};
use crate::resolve::is_production;
use crate::tui::effect::Effect;
use crate::tui::model::{Load, Model};
use crate::tui::overlays::Overlay;
use crate::tui::walk;

use super::{BoardAct, act, others};

/// Asks which one.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let all = others::environments(&model.facts);
    if all.len() < 2 {
        model.window.toasts.note("the profile has this environment alone");
        return Vec::new();
    }
    let own = model.facts.opened.ready().map(|opened| &opened.environment);
    let cursor = all.iter().position(|name| Some(name) == own).unwrap_or(0);
    model.overlay = Some(Overlay::Environment { cursor });
    Vec::new()
}

/// The person has chosen the one at this position.
pub fn chosen(model: &mut Model, at: usize) -> Vec<Effect> {
    let name = others::environments(&model.facts).get(at).cloned();
    name.map_or_else(Vec::new, |name| work_in(model, name))
}

pub(super) fn work_in(model: &mut Model, name: String) -> Vec<Effect> {
    if model.facts.opened.ready().is_some_and(|opened| opened.environment == name) {
        return Vec::new();
    }
    act::start(model, BoardAct::WorkIn(name))
}

/// From now on everything is about it; session and role stay.
pub(super) fn works_in(model: &mut Model, opened: Opened, outline: Option<Box<Outline>>) -> Vec<Effect> {
    let name = opened.environment.clone();
    let facts = &mut model.facts;
    facts.opened = Load::Ready(opened);
    facts.outline = outline;
    facts.before = None;
    (facts.matrix, facts.preview, facts.report) = (Load::Idle, Load::Idle, Load::Idle);
    model.screens.preview = Default::default();
    super::arrived(model);
    super::ask(model);
    match is_production(&name) {
        true => model.window.toasts.note(format!("now in {name}: a slip here reaches customers")),
        false => model.window.toasts.note(format!("now in {name}")),
    }
    vec![walk::read(&mut model.facts, &mut model.tasks)]
}
