//! What takes long, job by job: it is said, Esc ends the wait, and an answer that comes too late changes nothing.

use std::collections::BTreeSet;

use super::{frame, text};
use crate::finding::Finding;
use crate::tui::effect::{Effect, Esc, Job, TaskId};
use crate::tui::fixtures::*;
use crate::tui::keymap::Intent;
use crate::tui::model::{Beside, Load, Mood, Step};
use crate::tui::msg::{Done, Msg};
use crate::tui::overlays::{Overlay, Question, config};
use crate::tui::screens::board::BoardAct;
use crate::tui::screens::doctor::{DoctorAct, DoctorDone};
use crate::tui::screens::identity::{self, IdentityAct, IdentityDone};
use crate::tui::screens::token::TokenAct;
use crate::tui::screens::{preview as preview_screen, sign_in};
use crate::tui::theme::Theme;
use crate::tui::update::{begin, update};
use crate::tui::walk;

/// Every kind of job. What the match below names must stand here, and what stands here is begun below.
const KINDS: [&str; 40] = [
    "find",
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
    "board undo",
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
];

fn kind(job: &Job) -> &'static str {
    match job {
        Job::Find => "find",
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
        Job::Apply(_) => "apply",
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
            BoardAct::Undo => "board undo",
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
    }
}

/// A shop in which something was begun.
type Begun = (Shop, Vec<Effect>);

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

fn begun() -> Vec<Begun> {
    [signing_in(), walking(), tokens_kept(), on_the_board(), with_the_identity(), at_the_doctors()]
        .into_iter()
        .flatten()
        .collect()
}

fn signing_in() -> Vec<Begun> {
    let mut picker = Shop::new();
    picker.0.facts.profiles = Load::Ready(profiles());
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

fn on_the_board() -> Vec<Begun> {
    let board = || Shop::at_home().signed_in().matrix(half_ready());
    let mut asks = board();
    asks.0.facts.outline.as_mut().unwrap().programs = vec![crate::onboard::Program::example()];
    asks.0.overlay = Some(Overlay::Confirm(Question::Program));
    vec![
        pressing(board(), &[Intent::Reveal]),
        pressing(board(), &[Intent::Copy]),
        pressing(board(), &[Intent::Explain]),
        pressing(board(), &[Intent::Run]),
        pressing(board(), &[Intent::Undo]),
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

fn last(effects: &[Effect]) -> (TaskId, &Job) {
    let started = effects.iter().rev().find_map(|effect| match effect {
        Effect::Start(id, job) => Some((*id, job)),
        _ => None,
    });
    started.unwrap_or_else(|| panic!("nothing begins in {effects:?}"))
}

fn shown(shop: &mut Shop, size: (u16, u16)) -> String {
    text(&frame(&mut shop.0, &Theme::plain(), size.0, size.1))
}

#[test]
fn every_kind_of_job_is_begun_here() {
    let here: BTreeSet<&str> = begun().iter().map(|(_, effects)| kind(last(effects).1)).collect();
    // Reading the tokens is begun on the way to a screen that stands on its own.
    let missing: Vec<_> = KINDS.iter().filter(|kind| !here.contains(*kind)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// After 300 ms it is told what is done, and what Esc does, at every size.
#[test]
fn what_takes_long_is_said_with_what_esc_does() {
    for (mut shop, effects) in begun() {
        let (id, job) = last(&effects);
        let work = job.work();
        update(&mut shop.0, Msg::Long(id));
        update(&mut shop.0, Msg::Counted(id, 12, 40));
        for size in [(120, 40), (80, 24), (60, 18)] {
            let frame = shown(&mut shop, size);
            let own_line = work.shown.contains(&shop.0.seen());
            assert!(own_line || frame.contains(&work.words[..16.min(work.words.len())]), "{job:?}:\n{frame}");
            assert!(own_line || work.esc == Esc::Own || frame.contains("12 of 40"), "{job:?}:\n{frame}");
            let stops = work.esc == Esc::Stops;
            assert_eq!(frame.contains("Esc stops"), stops, "{job:?} at {size:?}:\n{frame}");
        }
    }
}

#[test]
fn esc_gives_up_reads_and_a_late_answer_changes_nothing() {
    for (mut shop, effects) in begun() {
        let (id, job) = last(&effects);
        if job.work().esc != Esc::Stops {
            continue;
        }
        update(&mut shop.0, Msg::Long(id));
        let given_up = shop.press(Intent::Back);
        assert!(matches!(given_up[..], [Effect::Cancel(one)] if one == id), "{job:?}: {given_up:?}");
        assert!(
            shop.0.long().is_none() && shop.told().is_some_and(|text| text.contains("stopped")),
            "{job:?}"
        );
        shop.0.window.toasts.acknowledge();
        let after = shown(&mut shop, (80, 24));
        assert!(!after.contains("Esc stops"), "{job:?}:\n{after}");
        for done in late() {
            let effects = update(&mut shop.0, Msg::Finished(id, done));
            assert!(effects.is_empty(), "{job:?}: {effects:?}");
        }
        assert_eq!(after, shown(&mut shop, (80, 24)), "{job:?}");
        // One can go on: something is answered by a key.
        assert!(!shop.0.is_writing() && shop.0.context().rows().count() > 0, "{job:?}");
    }
}

/// Answers that come although nobody waits any more, good and bad.
fn late() -> Vec<Done> {
    let trouble = || -> Finding { trouble() };
    vec![
        Done::Found { profiles: profiles(), preferred: Some(Ok(opened())), outline: None },
        Done::Opened(Ok(opened()), None),
        Done::Opened(Err(trouble()), None),
        Done::Resumed(Ok(None), None),
        Done::Resumed(Err(trouble()), None),
        Done::Accounts(Ok(accounts())),
        Done::Accounts(Err(trouble())),
        Done::Roles(Ok(roles())),
        Done::ConfigPlanned(Ok(config_plan())),
        Done::Matrix(Ok(all_ready())),
        Done::Matrix(Err(trouble())),
        Done::Planned(Ok(preview())),
        Done::Planned(Err(trouble())),
        Done::Tokens(Ok(tokens())),
        Done::Tokens(Err(trouble())),
        Done::Token(Err(trouble()), Some(tokens())),
        Done::Board(Err(trouble())),
        Done::Identity(Ok(IdentityDone::Left)),
        Done::Identity(Err(trouble())),
        Done::Doctor(DoctorDone::Examined(Ok(healthy()))),
        Done::Doctor(DoctorDone::Planned(Ok(Box::new(remedies())))),
    ]
}

#[test]
fn esc_lets_a_write_finish_and_says_so() {
    let mut writes = 0;
    for (mut shop, effects) in begun() {
        let (id, job) = last(&effects);
        if job.work().esc != Esc::Waits {
            continue;
        }
        writes += 1;
        update(&mut shop.0, Msg::Long(id));
        let (at, beside) = (shop.0.at, shop.0.beside);
        assert!(shop.press(Intent::Back).is_empty(), "{job:?}");
        assert!(shop.told().is_some_and(|text| text.contains("finished first")), "{job:?}");
        assert!(shop.0.tasks.under_way().iter().any(|task| task.id == id), "{job:?}");
        assert_eq!((at, beside), (shop.0.at, shop.0.beside), "{job:?}: it is awaited where it is");
    }
    assert!(writes > 10);
}

/// Signing in waits for the person: nothing is said of it taking long, and Esc means what the screen says.
#[test]
fn signing_in_is_the_screens_own() {
    let (mut shop, effects) = signing_in().swap_remove(3);
    let (id, _) = last(&effects);
    update(&mut shop.0, Msg::Long(id));
    assert!(shop.0.long().is_none());
    assert!(matches!(shop.press(Intent::Back)[..], [Effect::Cancel(one), ..] if one == id));
}

/// A failure is closed first, then Esc stops what is under way.
#[test]
fn a_failure_takes_esc_first() {
    let (mut shop, effects) = on_the_board().swap_remove(0);
    update(&mut shop.0, Msg::Long(last(&effects).0));
    shop.0.window.toasts.tell(Mood::Failed, "refused");
    assert!(shop.press(Intent::Back).is_empty());
    assert!(matches!(shop.press(Intent::Back)[..], [Effect::Cancel(_)]));
}

/// What was answered in time is never spoken of.
#[test]
fn a_short_job_is_not_spoken_of() {
    let (mut shop, effects) = on_the_board().swap_remove(0);
    let (id, _) = last(&effects);
    update(&mut shop.0, Msg::Finished(id, Done::Board(Err(trouble()))));
    update(&mut shop.0, Msg::Long(id));
    assert!(shop.0.long().is_none() && shop.0.tasks.under_way().is_empty());
}
