//! Step 1: which project this is. Skipped when a profile was named or found.

mod view;

pub use view::view;

use crate::onboard::ProfileChoice;
use crate::tui::effect::{Effect, Job};
use crate::tui::keymap::{Context, Intent, Place};
use crate::tui::model::{Facts, Load, Model};
use crate::tui::walk;
use crate::tui::widgets::filter::Filter;
use crate::tui::widgets::list::moved;

#[derive(Debug, Default)]
pub struct Pick {
    pub filter: Filter,
    pub cursor: usize,
}

impl Pick {
    /// The profiles the filter lets through.
    pub fn shown<'a>(&self, facts: &'a Facts) -> Vec<&'a ProfileChoice> {
        let all = facts.profiles.ready().map(Vec::as_slice).unwrap_or_default();
        let lets = |profile: &&ProfileChoice| self.filter.lets(&[&profile.name, &profile.title]);
        all.iter().filter(lets).collect()
    }
}

pub fn context(model: &Model) -> Context {
    match &model.facts.profiles {
        Load::Ready(_) if model.screens.pick.filter.open => Context::Filter,
        Load::Ready(_) => Context::Pick,
        Load::Broken(_) => Context::Broken,
        Load::Idle | Load::Busy(_) => Context::Busy,
    }
}

/// The profile under the cursor.
pub fn place(model: &Model) -> Place {
    let shown = model.screens.pick.shown(&model.facts);
    let profile = shown.get(model.screens.pick.cursor).map(|choice| choice.name.clone());
    Place { profile, ..Place::default() }
}

pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let state = &mut model.screens.pick;
    let len = state.shown(&model.facts).len();
    if intent == Intent::At(state.cursor) && !state.filter.open {
        return open(model);
    }
    state.cursor = moved(state.cursor, len, intent);
    match intent {
        Intent::Enter if !state.filter.open => return open(model),
        Intent::Retry => return walk::begin(model),
        _ => {}
    }
    if state.filter.update(intent) {
        state.cursor = 0;
    }
    Vec::new()
}

/// A broken profile cannot be opened; its problem is in the details already.
fn open(model: &mut Model) -> Vec<Effect> {
    let shown = model.screens.pick.shown(&model.facts);
    let Some(choice) = shown.get(model.screens.pick.cursor) else { return Vec::new() };
    if choice.problem.is_some() {
        model.window.toasts.note("this profile has a problem; its next step stands beside it");
        return Vec::new();
    }
    let name = choice.name.clone();
    if model.facts.opened.ready().is_some_and(|opened| opened.profile == name) {
        return walk::forward(model);
    }
    vec![walk::start(&mut model.facts.opened, &mut model.tasks, Job::Open(name))]
}
