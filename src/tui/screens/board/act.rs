//! What can be done about the cell under the cursor, and its service.

use super::current;
use crate::tui::effect::{Effect, Job};
use crate::tui::keymap::Intent;
use crate::tui::model::{Beside, Load, Model, Step};
use crate::tui::screens::token;
use crate::tui::walk;

const NOT_USED: &str = "the service does not use this variable";

pub(super) fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    match intent {
        Intent::Seed => seed(model, true),
        Intent::SeedAll => seed(model, false),
        Intent::Open => open(model),
        Intent::Fix => fix(model),
        Intent::Account => account(model),
        Intent::Profiles => walk::enter(model, Step::Pick),
        _ => Vec::new(),
    }
}

/// The preview of what seeding would write: for the service under the cursor, or for all.
fn seed(model: &mut Model, one: bool) -> Vec<Effect> {
    if model.facts.opened.ready().is_some_and(|opened| !opened.seeds_files) {
        return says(model, "this profile keeps no env files; devsecrets run is the way");
    }
    let services = match (one, current(model)) {
        (true, Some((service, _))) => vec![service.service.clone()],
        (true, None) => return says(model, NOT_USED),
        (false, _) => Vec::new(),
    };
    let Model { facts, screens, tasks, .. } = model;
    facts.report = Load::Idle;
    screens.preview.services = services.clone();
    let plan = walk::start(&mut facts.preview, tasks, Job::Plan(services));
    model.at = Step::Preview;
    vec![plan]
}

/// Where it is asked for, or else where it is described.
fn open(model: &mut Model) -> Vec<Effect> {
    let page = current(model).and_then(|(_, cell)| {
        let outline = model.facts.outline.as_ref()?;
        let declared = outline.variables.get(&cell.variable)?;
        let token = declared.token.as_ref();
        let rows = model.facts.opened.ready().map(|opened| opened.tokens.as_slice()).unwrap_or_default();
        let page = rows.iter().find(|row| Some(&row.name) == token).and_then(|row| row.page.clone());
        [declared.request.clone(), page, declared.docs.clone()]
            .into_iter()
            .flatten()
            .find(|link| is_page(link))
    });
    match page {
        Some(page) => vec![Effect::OpenPage(page)],
        None => says(model, "the profile names no page for it"),
    }
}

fn is_page(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("http://")
}

/// To where it is mended: its token, the sign-in, or what the doctor finds about it.
fn fix(model: &mut Model) -> Vec<Effect> {
    let Some((_, cell)) = current(model) else { return says(model, NOT_USED) };
    let token = model.facts.outline.as_ref().and_then(|outline| {
        outline.variables.get(&cell.variable)?.token.clone().filter(|_| cell.status.stops())
    });
    let signed_out = cell.next.as_deref().is_some_and(|next| next.contains("devsecrets login"));
    match token {
        Some(token) => {
            token::point_at(model, &token);
            walk::visit(model, Beside::Tokens)
        }
        None if signed_out => account(model),
        None => walk::visit(model, Beside::Doctor),
    }
}

/// Signs in, or chooses another account and role.
fn account(model: &mut Model) -> Vec<Effect> {
    match &model.facts.session {
        _ if model.facts.opened.ready().is_none_or(|opened| opened.start_url.is_none()) => {
            says(model, "this profile has no sign-in")
        }
        Load::Ready(_) => {
            model.screens.role = Default::default();
            walk::enter(model, Step::Role)
        }
        _ => walk::enter(model, Step::SignIn),
    }
}

fn says(model: &mut Model, text: &str) -> Vec<Effect> {
    model.window.notice = Some(text.to_owned());
    Vec::new()
}
