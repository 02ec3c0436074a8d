//! Message in, new model and effects out.
//!
//! The rule: no I/O, no clock, no randomness. Keys go to the overlay, else to the screen, and what neither takes is for
//! everyone; answers go to the fact that awaits them, and an answer nobody awaits is dropped.

use super::effect::{Effect, Esc, TaskId, UnderWay};
use super::keymap::Intent;
use super::model::{Load, Model, Step};
use super::msg::{Done, Msg};
use super::overlays::{self, Overlay, Palette, Passphrase};
use super::screens;
use super::walk;

pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let effects = happen(model, msg);
    model.tasks.wished(&effects);
    if model.overlay.is_none() {
        model.overlay = model.waiting.take().map(Overlay::Confirm);
    }
    effects
}

fn happen(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Press(intent) => press(model, intent),
        Msg::Pasted(text) => {
            model.window.toasts.next_action();
            match model.overlay {
                Some(Overlay::Revealed(_)) => overlays::hide(model),
                _ => screens::paste(model, &text),
            }
        }
        Msg::Resized(width, height) => {
            model.window.size = ratatui::layout::Size { width, height };
            overlays::hide(model)
        }
        Msg::Tick(now) => {
            model.window.now = now;
            model.window.beat = model.window.beat.wrapping_add(1);
            Vec::new()
        }
        Msg::SigningIn(id, event, now) => {
            model.window.now = now;
            if model.facts.session.task() == Some(id) {
                screens::sign_in::happened(model, event);
            }
            Vec::new()
        }
        Msg::Counted(id, done, all) => {
            model.tasks.counted(id, done, all);
            Vec::new()
        }
        Msg::Flaws(id, flaws) => {
            screens::board::flawed(model, id, flaws);
            Vec::new()
        }
        Msg::Long(id) => {
            model.tasks.grew_long(id);
            Vec::new()
        }
        Msg::Environment(id, name, answer) => {
            screens::board::came(model, id, name, answer);
            Vec::new()
        }
        Msg::Checked(id, checked) => {
            screens::doctor::heard(model, id, *checked);
            Vec::new()
        }
        Msg::Finished(id, done) => {
            model.tasks.ended(id);
            finished(model, id, done)
        }
        Msg::Asked { new_file } => {
            // What was asked before is asked again after it.
            if let Some(Overlay::Confirm(question)) = &model.overlay {
                model.waiting = Some(*question);
            }
            model.overlay = Some(Overlay::Passphrase(Box::new(Passphrase::new(new_file))));
            Vec::new()
        }
        Msg::Hide => overlays::hide(model),
        Msg::Noticed(mood, text) => {
            model.window.toasts.tell(mood, text);
            Vec::new()
        }
        Msg::PageOpens(opens) => {
            model.window.toasts.page(opens);
            Vec::new()
        }
        Msg::Passed(id) => {
            model.window.toasts.passed(id);
            Vec::new()
        }
    }
}

/// The first thing of all.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    let effects = walk::begin(model);
    model.tasks.wished(&effects);
    effects
}

/// A key, or what the palette was asked to do.
pub(super) fn press(model: &mut Model, intent: Intent) -> Vec<Effect> {
    if dismissed(model, intent) {
        return Vec::new();
    }
    match (intent, &model.overlay) {
        (Intent::Quit, _) => quit(model),
        (Intent::Suspend, _) => {
            overlays::hide(model);
            vec![Effect::Suspend]
        }
        (_, Some(_)) => overlays::update(model, intent),
        (Intent::Visit(to), None) => walk::visit(model, to),
        // Where the screen has no such key, it is the remark's.
        (Intent::Undo, None) if !model.context().rows().any(|row| row.intent == Intent::Undo) => {
            if model.window.toasts.offers_undo() { screens::preview::take_back(model) } else { Vec::new() }
        }
        (Intent::Back, None) if !model.context().takes_text() && model.long().is_some() => stop(model),
        (Intent::Help, None) => {
            model.overlay = Some(Overlay::Help { of: model.context(), cursor: 0 });
            Vec::new()
        }
        (Intent::Palette, None) => {
            model.overlay = Some(Overlay::Palette(Palette::new(model.context(), model.rows())));
            Vec::new()
        }
        _ => screens::update(model, intent),
    }
}

/// Remarks stand while one looks around, and go with the next action. A failure takes Esc for itself, so that it is seen.
fn dismissed(model: &mut Model, intent: Intent) -> bool {
    let toasts = &mut model.window.toasts;
    match intent {
        Intent::Dismiss => {
            toasts.acknowledge();
            true
        }
        Intent::Back if model.overlay.is_none() => toasts.acknowledge(),
        Intent::Insert(_) | Intent::Erase | Intent::EraseWord | Intent::EraseAll => false,
        _ if intent.moves() => false,
        _ => {
            toasts.next_action();
            false
        }
    }
}

/// Esc while something takes long: a read is cut off, a write is let finish.
fn stop(model: &mut Model) -> Vec<Effect> {
    let Some(UnderWay { id, work, .. }) = model.long().cloned() else { return Vec::new() };
    if work.esc == Esc::Waits {
        model.window.toasts.note(format!("{}: that is finished first", work.words));
        return Vec::new();
    }
    model.give_up(id);
    model.window.toasts.note(format!("stopped: {}", work.words));
    vec![Effect::Cancel(id)]
}

/// Nothing is lost by it, so nothing is asked: what is being written is finished first.
fn quit(model: &mut Model) -> Vec<Effect> {
    if model.is_writing() {
        model.overlay = None;
        model.window.toasts.note("what is being written is finished first, then devsecrets leaves");
    }
    vec![Effect::Quit]
}

fn finished(model: &mut Model, id: TaskId, done: Done) -> Vec<Effect> {
    let facts = &mut model.facts;
    match done {
        Done::Found(preferred, outline) => walk::found(model, id, preferred, outline),
        Done::Listed(profiles) => {
            let suggested = facts.suggested.as_deref();
            let place = profiles.iter().position(|profile| Some(profile.name.as_str()) == suggested);
            if facts.profiles.answer(id, Ok(profiles)) {
                model.screens.pick.cursor = place.unwrap_or(0);
            }
            Vec::new()
        }
        Done::Opened(answer, outline) => match answer {
            Ok(opened) if facts.opened.task() == Some(id) => {
                let seen = walk::open(model, opened, outline);
                seen.into_iter().chain(then(model, Step::Pick)).collect()
            }
            answer => ignore(facts.opened.answer(id, answer)),
        },
        Done::Resumed(answer, choice) => resumed(model, id, answer, choice),
        Done::SignedIn(answer, choice) => {
            let good = answer.is_ok();
            signed_in(model, id, answer, choice.filter(|_| good))
        }
        Done::Accounts(answer) => {
            if facts.accounts.answer(id, answer) {
                screens::role::listed(model)
            } else {
                Vec::new()
            }
        }
        Done::Roles(answer) => ignore(facts.roles.answer(id, answer)),
        Done::Chose(answer) => {
            if facts.choice.answer(id, answer) {
                let plan = facts.choice.ready().is_some().then(|| overlays::config::plan(model));
                plan.into_iter().chain(then(model, Step::Role)).collect()
            } else {
                Vec::new()
            }
        }
        Done::ConfigPlanned(answer) => {
            overlays::config::planned(model, id, answer);
            Vec::new()
        }
        Done::ConfigWritten(answer) => {
            overlays::config::written(model, id, answer);
            Vec::new()
        }
        Done::ConfigDeclined | Done::WalkOver => Vec::new(),
        Done::Matrix(answer) => {
            if facts.matrix.answer(id, answer) {
                facts.before = None;
                screens::board::arrived(model);
            }
            Vec::new()
        }
        Done::Planned(answer) => {
            if facts.preview.answer(id, answer) {
                screens::preview::arrived(model);
            }
            Vec::new()
        }
        Done::Applied(answer) => screens::preview::applied(model, id, answer),
        Done::Undone(answer) => screens::preview::undone(model, id, answer),
        Done::Tokens(answer) => ignore(facts.tokens.answer(id, answer)),
        Done::Kept(answer, rows) => screens::token::kept(model, id, answer, rows),
        Done::Token(answer, rows) => screens::token::done(model, id, answer, rows),
        Done::Board(answer) => screens::board::done(model, id, answer),
        Done::Compared => Vec::new(),
        Done::Allowed(answer) => screens::board::allowed(model, answer),
        Done::Identity(answer) => screens::identity::done(model, id, answer),
        Done::Doctor(done) => screens::doctor::done(model, id, done),
        Done::Audit(done) => screens::audit::done(model, id, done),
    }
}

fn ignore(_taken: bool) -> Vec<Effect> {
    Vec::new()
}

/// No session from before means asking for one, without another key press.
fn resumed(
    model: &mut Model,
    id: TaskId,
    answer: super::msg::Answer<Option<crate::onboard::SignedIn>>,
    choice: Option<crate::sso::Choice>,
) -> Vec<Effect> {
    if model.facts.session.task() != Some(id) {
        return Vec::new();
    }
    match answer {
        Ok(Some(session)) => signed_in(model, id, Ok(session), choice),
        // Who is at home asks for it when it is wanted.
        Ok(None) if model.at != Step::SignIn => {
            model.facts.session = Load::Idle;
            Vec::new()
        }
        Ok(None) => screens::sign_in::ask(model),
        Err(finding) => ignore(model.facts.session.answer(id, Err(finding))),
    }
}

/// Goes on by itself, unless there is a warning to read.
fn signed_in(
    model: &mut Model,
    id: TaskId,
    answer: super::msg::Answer<crate::onboard::SignedIn>,
    choice: Option<crate::sso::Choice>,
) -> Vec<Effect> {
    let calm = answer.as_ref().is_ok_and(|session| session.warning.is_none());
    if !model.facts.session.answer(id, answer) {
        return Vec::new();
    }
    model.screens.sign_in.forget();
    model.window.toasts.no_page();
    let plan = choice.map(|choice| {
        model.facts.choice = Load::Ready(choice);
        overlays::config::plan(model)
    });
    let on = if calm { then(model, Step::SignIn) } else { Vec::new() };
    plan.into_iter().chain(on).collect()
}

/// What `step` was waiting for is there: go on, if the person is still looking at it.
fn then(model: &mut Model, step: Step) -> Vec<Effect> {
    let opened = model.facts.opened.ready().is_some();
    if model.at == step && opened { walk::forward(model) } else { Vec::new() }
}
