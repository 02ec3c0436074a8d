//! A situation for each kind of job, in which it has just begun.

use crate::tui::effect::{Effect, Job};
use crate::tui::fixtures::*;
use crate::tui::keymap::Intent;
use crate::tui::model::{Beside, Load, Step};
use crate::tui::msg::Done;
use crate::tui::overlays::{Overlay, Question, config};
use crate::tui::screens::audit::AuditAct;
use crate::tui::screens::board::{BoardAct, BoardDone};
use crate::tui::screens::doctor::{DoctorAct, DoctorDone};
use crate::tui::screens::identity::{self, IdentityAct, IdentityDone};
use crate::tui::screens::token::TokenAct;
use crate::tui::screens::{preview as preview_screen, sign_in};
use crate::tui::update::begin;
use crate::tui::walk;

/// Every kind of job. What the match below names must stand here, and what stands here is begun below.
pub const KINDS: [&str; 50] = [
    "find",
    "list",
    "open",
    "resume",
    "sign in",
    "accounts",
    "roles",
    "choose",
    "plan config",
    "write config",
    "decline config",
    "matrix",
    "plan",
    "settle",
    "apply",
    "walk over",
    "undo",
    "tokens",
    "keep token",
    "verify",
    "reveal token",
    "copy token",
    "share",
    "decline",
    "remove",
    "reveal",
    "copy",
    "explain",
    "run",
    "board last write",
    "board undo",
    "compare",
    "work in",
    "mend",
    "plan by hand",
    "allow",
    "identity",
    "export",
    "import",
    "take over",
    "rotatable",
    "rotate",
    "examine",
    "plan fix",
    "heal",
    "doctor undo",
    "audit",
    "edit",
    "accept",
    "accept no longer",
];

pub fn kind(job: &Job) -> &'static str {
    match job {
        Job::Find => "find",
        Job::List => "list",
        Job::Open(_) => "open",
        Job::Resume => "resume",
        Job::SignIn => "sign in",
        Job::Accounts => "accounts",
        Job::Roles(_) => "roles",
        Job::Choose(_) => "choose",
        Job::PlanConfig => "plan config",
        Job::WriteConfig(_) => "write config",
        Job::DeclineConfig => "decline config",
        Job::ReadMatrix => "matrix",
        Job::Plan(_) => "plan",
        Job::Settle { .. } => "settle",
        Job::Apply { .. } => "apply",
        Job::WalkOver => "walk over",
        Job::Undo => "undo",
        Job::Tokens => "tokens",
        Job::KeepToken { .. } => "keep token",
        Job::Token { act, .. } => match act {
            TokenAct::Verify { .. } => "verify",
            TokenAct::Reveal => "reveal token",
            TokenAct::Copy => "copy token",
            TokenAct::Share => "share",
            TokenAct::Decline => "decline",
            TokenAct::Remove => "remove",
        },
        Job::Board(act) => match act {
            BoardAct::Reveal(_) => "reveal",
            BoardAct::Copy(_) => "copy",
            BoardAct::Explain(_) => "explain",
            BoardAct::Run(_) => "run",
            BoardAct::LastWrite => "board last write",
            BoardAct::Undo(_) => "board undo",
            BoardAct::Compare(_) => "compare",
            BoardAct::WorkIn(_) => "work in",
            BoardAct::Mend(_) => "mend",
        },
        Job::PlanByHand { .. } => "plan by hand",
        Job::Allow(_) => "allow",
        Job::Identity(act) => match act {
            IdentityAct::Read => "identity",
            IdentityAct::Export => "export",
            IdentityAct::Import => "import",
            IdentityAct::TakeOver(_) => "take over",
            IdentityAct::Rotatable => "rotatable",
            IdentityAct::Rotate(_) => "rotate",
        },
        Job::Doctor(act) => match act {
            DoctorAct::Examine(_) => "examine",
            // Both are one thing to the person: first what would be done, then it is done.
            DoctorAct::Plan(_) | DoctorAct::PlanSeed(_) => "plan fix",
            DoctorAct::Heal(_) | DoctorAct::Seed(_) => "heal",
            DoctorAct::Undo => "doctor undo",
        },
        Job::Audit(act) => match act {
            AuditAct::Look(_) => "audit",
            AuditAct::Open { .. } => "edit",
            AuditAct::Allow(_) => "accept",
            AuditAct::Disallow(_) => "accept no longer",
        },
    }
}

/// A shop in which something was begun.
pub type Begun = (Shop, Vec<Effect>);

fn pressing(mut shop: Shop, intents: &[Intent]) -> Begun {
    let effects = shop.pressed_for(intents);
    (shop, effects)
}

/// Begun by a function of the walk or of a screen, as `update` would.
fn by(mut shop: Shop, start: impl FnOnce(&mut Shop) -> Vec<Effect>) -> Begun {
    let effects = start(&mut shop);
    shop.0.tasks.wished(&effects);
    (shop, effects)
}

pub fn begun() -> Vec<Begun> {
    [
        signing_in(),
        walking(),
        tokens_kept(),
        on_the_board(),
        with_the_identity(),
        at_the_doctors(),
        at_the_audit(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub fn signing_in() -> Vec<Begun> {
    let mut picker = Shop::new();
    picker.0.facts.profiles = Load::Ready(profiles());
    let mut unlisted = Shop::opened();
    unlisted.0.facts.profiles = Load::Idle;
    let mut role = Shop::opened().choosing_an_account();
    let asked = role.press(Intent::Enter);
    role.answer(&asked, Done::Roles(Ok(roles())));
    let offered = || {
        let mut shop = Shop::opened().signed_in().with_role().matrix(half_ready());
        let planned = config::plan(&mut shop.0);
        shop.answer(&[planned], Done::ConfigPlanned(Ok(config_plan())));
        shop
    };
    vec![
        by(Shop::new(), |shop| begin(&mut shop.0)),
        by(unlisted, |shop| walk::enter(&mut shop.0, Step::Pick)),
        pressing(picker, &[Intent::Enter]),
        by(Shop::opened(), |shop| walk::enter(&mut shop.0, Step::SignIn)),
        by(Shop::opened().at(Step::SignIn), |shop| sign_in::ask(&mut shop.0)),
        by(Shop::opened().signed_in(), |shop| walk::enter(&mut shop.0, Step::Role)),
        pressing(Shop::opened().choosing_an_account(), &[Intent::Enter]),
        pressing(role, &[Intent::Enter]),
        by(Shop::at_home().matrix(half_ready()), |shop| vec![config::plan(&mut shop.0)]),
        pressing(offered(), &[Intent::Enter]),
        pressing(offered(), &[Intent::Back]),
    ]
}

fn walking() -> Vec<Begun> {
    let down = |shop: Shop, n: usize| shop.pressed(&vec![Intent::Down; n]);
    let settled = (0..20).map(|n| pressing(down(Shop::opened().previewed(), n), &[Intent::Take]));
    vec![
        by(Shop::at_home(), |shop| walk::enter(&mut shop.0, Step::Board)),
        by(Shop::opened(), |shop| walk::enter(&mut shop.0, Step::Preview)),
        settled.into_iter().find(|(_, effects)| !effects.is_empty()).unwrap(),
        pressing(Shop::opened().previewed(), &[Intent::Enter, Intent::Enter]),
        by(Shop::opened().previewed().written(), |shop| preview_screen::take_back(&mut shop.0)),
        by(Shop::opened(), |shop| walk::enter(&mut shop.0, Step::Token)),
        by(Shop::opened().matrix(half_ready()), |shop| walk::enter(&mut shop.0, Step::Summary)),
    ]
}

fn tokens_kept() -> Vec<Begun> {
    let offered = || Shop::opened().tokens().pressed(&[Intent::Down, Intent::Down]);
    vec![
        pressing(
            Shop::opened().at(Step::Token).pressed(&[Intent::Enter]).typed("lin_api_ab"),
            &[Intent::Enter],
        ),
        pressing(Shop::opened().tokens(), &[Intent::Verify]),
        pressing(Shop::opened().tokens(), &[Intent::Reveal]),
        pressing(Shop::opened().tokens(), &[Intent::Copy]),
        pressing(offered(), &[Intent::Share, Intent::Enter]),
        pressing(offered(), &[Intent::Share, Intent::Back]),
        pressing(Shop::opened().tokens(), &[Intent::Remove, Intent::Enter]),
    ]
}

pub fn on_the_board() -> Vec<Begun> {
    let board = || Shop::at_home().signed_in().matrix(half_ready());
    let mut asks = board();
    asks.0.facts.outline.as_mut().unwrap().programs = vec![crate::onboard::Program::example()];
    asks.0.overlay = Some(Overlay::Confirm(Question::Program));
    let mut older = board();
    let last = older.press(Intent::Undo);
    older.answer(&last, Done::Board(Ok(BoardDone::LastWrite(last_write()))));
    vec![
        pressing(board(), &[Intent::Reveal]),
        pressing(board(), &[Intent::Copy]),
        pressing(board(), &[Intent::Explain]),
        pressing(board(), &[Intent::Run]),
        pressing(board(), &[Intent::Undo]),
        pressing(older, &[Intent::Enter]),
        pressing(board(), &[Intent::Compare]),
        pressing(board(), &[Intent::Environment, Intent::Down, Intent::Enter]),
        pressing(board(), &[Intent::Fix]),
        pressing(board().pressed(&[Intent::Set]).typed("ab"), &[Intent::Enter]),
        pressing(asks, &[Intent::Enter]),
    ]
}

fn with_the_identity() -> Vec<Begun> {
    let shop = || Shop::opened().identity(Some(identity()));
    let mut rotating = shop();
    let asked = rotating.press(Intent::Rotate);
    rotating.answer(&asked, Done::Identity(Ok(IdentityDone::Rotatable(vec!["JWT_SECRET".into()]))));
    vec![
        pressing(Shop::opened(), &[Intent::Visit(Beside::Identity)]),
        pressing(shop(), &[Intent::Export]),
        pressing(shop(), &[Intent::Import]),
        by(shop(), |shop| identity::settle(&mut shop.0, identity::Ask::Replace, true)),
        pressing(shop(), &[Intent::Rotate]),
        pressing(rotating, &[Intent::Enter]),
    ]
}

fn at_the_doctors() -> Vec<Begun> {
    let examined = || Shop::opened().matrix(half_ready()).at_the_doctor().examined(broken());
    let mut shown = examined();
    let effects = shown.press(Intent::FixAll);
    shown.answer(&effects, Done::Doctor(DoctorDone::Planned(Ok(Box::new(remedies())))));
    let mut fixed = examined();
    fixed.0.screens.doctor.undoable = 1;
    vec![
        pressing(Shop::opened(), &[Intent::Visit(Beside::Doctor)]),
        pressing(examined(), &[Intent::FixAll]),
        pressing(shown, &[Intent::Enter]),
        pressing(fixed, &[Intent::Undo]),
    ]
}

fn at_the_audit() -> Vec<Begun> {
    let found = || Shop::at_home().matrix(half_ready()).at_the_audit().found(audited(leaks().split_off(2)));
    let mut accepted = found();
    accepted.0.screens.audit.accepted = leaks().split_off(2);
    vec![
        pressing(Shop::opened(), &[Intent::Visit(Beside::Audit)]),
        pressing(found(), &[Intent::Edit]),
        pressing(found(), &[Intent::Allow, Intent::Enter]),
        pressing(accepted, &[Intent::Undo]),
    ]
}
