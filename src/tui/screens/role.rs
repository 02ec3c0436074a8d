//! Step 3: the account, then a role in it. Asked once; the choice is remembered.

mod view;

pub use view::view;

use crate::sso::{Account, Choice, Role as Assigned};
use crate::tui::effect::{Effect, Job};
use crate::tui::keymap::{Context, Intent, Place};
use crate::tui::model::{Facts, Load, Model};
use crate::tui::walk;
use crate::tui::widgets::filter::Filter;
use crate::tui::widgets::list::moved;

#[derive(Debug, Default)]
pub struct Role {
    pub filter: Filter,
    pub cursor: usize,
    /// The account whose roles are shown.
    pub account: Option<Account>,
    pub role_cursor: usize,
}

impl Role {
    /// What was used last comes first; the rest in the portal's order.
    pub fn accounts<'a>(&self, facts: &'a Facts) -> Vec<&'a Account> {
        let all = facts.accounts.ready().map(Vec::as_slice).unwrap_or_default();
        let filter =
            |account: &&Account| self.account.is_some() || self.filter.lets(&[&account.name, &account.id]);
        let mut shown: Vec<&Account> = all.iter().filter(filter).collect();
        shown.sort_by_key(|account| rank(facts, |choice| choice.account_id == account.id));
        shown
    }

    pub fn roles<'a>(&self, facts: &'a Facts) -> Vec<&'a Assigned> {
        let all = facts.roles.ready().map(Vec::as_slice).unwrap_or_default();
        let mut shown: Vec<&Assigned> = all.iter().filter(|role| self.filter.lets(&[&role.name])).collect();
        shown.sort_by_key(|role| rank(facts, |choice| is(choice, role)));
        shown
    }
}

/// The role in use, then those used before, newest first.
fn used(facts: &Facts) -> impl Iterator<Item = &Choice> {
    let before = facts.opened.ready().map(|opened| opened.recent.as_slice()).unwrap_or_default();
    facts.choice.ready().into_iter().chain(before)
}

fn rank(facts: &Facts, is: impl Fn(&Choice) -> bool) -> usize {
    used(facts).position(is).unwrap_or(usize::MAX)
}

fn is(choice: &Choice, role: &Assigned) -> bool {
    choice.role_name == role.name && choice.account_id == role.account_id
}

pub fn is_recent(facts: &Facts, account: &Account) -> bool {
    used(facts).any(|choice| choice.account_id == account.id)
}

pub fn is_recent_role(facts: &Facts, role: &Assigned) -> bool {
    used(facts).any(|choice| is(choice, role))
}

pub fn is_production(facts: &Facts, account: &Account) -> bool {
    facts.opened.ready().is_some_and(|opened| opened.production_accounts.contains(&account.id))
}

pub fn context(model: &Model) -> Context {
    let (facts, state) = (&model.facts, &model.screens.role);
    let settled = state.account.is_none() || facts.roles.ready().is_some();
    match (&facts.accounts, &facts.choice) {
        (_, Load::Busy(_)) | (Load::Idle | Load::Busy(_), _) => Context::Busy,
        (Load::Broken(_), _) | (_, Load::Broken(_)) => Context::Broken,
        (Load::Ready(_), _) if state.filter.open && settled => Context::Filter,
        (Load::Ready(_), _) if state.account.is_none() => Context::Accounts,
        (Load::Ready(_), _) => match facts.roles {
            Load::Ready(_) => Context::Roles,
            Load::Broken(_) => Context::Broken,
            _ => Context::Busy,
        },
    }
}

/// The account and role under the cursor.
pub fn place(model: &Model, place: Place) -> Place {
    let state = &model.screens.role;
    let accounts = state.accounts(&model.facts);
    let account = state.account.as_ref().or_else(|| accounts.get(state.cursor).copied());
    let role = state.roles(&model.facts).get(state.role_cursor).map(|role| role.name.clone());
    Place {
        account: account.map(|account| account.id.clone()),
        role: role.filter(|_| state.account.is_some()),
        ..place
    }
}

pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    match context(model) {
        Context::Filter => filter(model, intent),
        Context::Accounts => accounts(model, intent),
        Context::Roles => roles(model, intent),
        Context::Broken if intent == Intent::Retry => retry(model),
        _ if intent == Intent::Back => back(model),
        _ => Vec::new(),
    }
}

/// The accounts have come. Where there is only one, its roles are asked for at once.
pub fn listed(model: &mut Model) -> Vec<Effect> {
    let state = &mut model.screens.role;
    *state = Role::default();
    match state.accounts(&model.facts).as_slice() {
        [only] => {
            let only = (*only).clone();
            open(model, only)
        }
        _ => Vec::new(),
    }
}

fn filter(model: &mut Model, intent: Intent) -> Vec<Effect> {
    step(model, intent);
    let state = &mut model.screens.role;
    if state.filter.update(intent) {
        match state.account {
            Some(_) => state.role_cursor = 0,
            None => state.cursor = 0,
        }
    }
    Vec::new()
}

/// Moves the cursor of the list that has the keys.
fn step(model: &mut Model, intent: Intent) {
    let state = &mut model.screens.role;
    if state.account.is_some() {
        let len = state.roles(&model.facts).len();
        state.role_cursor = moved(state.role_cursor, len, intent);
    } else {
        let len = state.accounts(&model.facts).len();
        state.cursor = moved(state.cursor, len, intent);
    }
}

fn accounts(model: &mut Model, intent: Intent) -> Vec<Effect> {
    step(model, intent);
    let state = &mut model.screens.role;
    match intent {
        Intent::Enter | Intent::Right => {
            let account = state.accounts(&model.facts).get(state.cursor).map(|account| (*account).clone());
            account.map_or_else(Vec::new, |account| open(model, account))
        }
        Intent::Filter => {
            state.filter.update(intent);
            Vec::new()
        }
        Intent::Back if !state.filter.text.is_empty() => {
            state.filter = Filter::default();
            state.cursor = 0;
            Vec::new()
        }
        Intent::Back => walk::back(model),
        _ => Vec::new(),
    }
}

fn open(model: &mut Model, account: Account) -> Vec<Effect> {
    let state = &mut model.screens.role;
    let id = account.id.clone();
    state.filter = Filter::default();
    // Without the filter the account stands elsewhere.
    state.cursor = state.accounts(&model.facts).iter().position(|one| one.id == id).unwrap_or(0);
    state.account = Some(account);
    state.role_cursor = 0;
    vec![walk::start(&mut model.facts.roles, &mut model.tasks, Job::Roles(id))]
}

fn roles(model: &mut Model, intent: Intent) -> Vec<Effect> {
    step(model, intent);
    match intent {
        Intent::Enter => choose(model),
        Intent::Filter => {
            model.screens.role.filter.update(intent);
            Vec::new()
        }
        Intent::Back => back(model),
        _ => Vec::new(),
    }
}

fn choose(model: &mut Model) -> Vec<Effect> {
    let state = &model.screens.role;
    let role = state.roles(&model.facts).get(state.role_cursor).map(|role| role.name.clone());
    let (Some(role_name), Some(account)) = (role, &state.account) else { return Vec::new() };
    let choice = Choice { account_id: account.id.clone(), account_name: account.name.clone(), role_name };
    walk::reread(&mut model.facts);
    vec![walk::start(&mut model.facts.choice, &mut model.tasks, Job::Choose(choice))]
}

/// From the roles to the accounts, from the accounts to the step before. What is being written is awaited.
fn back(model: &mut Model) -> Vec<Effect> {
    if model.facts.choice.is_busy() {
        return Vec::new();
    }
    model.screens.role.filter = Filter::default();
    match model.screens.role.account.take() {
        Some(_) => {
            let task = model.facts.roles.task();
            model.facts.roles = Load::Idle;
            task.map(Effect::Cancel).into_iter().collect()
        }
        None => walk::back(model),
    }
}

fn retry(model: &mut Model) -> Vec<Effect> {
    let Model { facts, tasks, screens, .. } = model;
    let account = screens.role.account.as_ref().map(|account| account.id.clone());
    match account {
        _ if facts.accounts.broken().is_some() => {
            vec![walk::start(&mut facts.accounts, tasks, Job::Accounts)]
        }
        Some(id) if facts.roles.broken().is_some() => {
            vec![walk::start(&mut facts.roles, tasks, Job::Roles(id))]
        }
        _ => {
            facts.choice = Load::Idle;
            Vec::new()
        }
    }
}
