//! What takes long, job by job: it is said, Esc ends the wait, and an answer that comes too late changes nothing.

mod begun;

use std::collections::BTreeSet;

use super::{frame, text};
use crate::finding::Finding;
use crate::tui::effect::{Effect, Esc, Job, TaskId};
use crate::tui::fixtures::*;
use crate::tui::keymap::Intent;
use crate::tui::model::Mood;
use crate::tui::msg::{Done, Msg};
use crate::tui::screens::doctor::DoctorDone;
use crate::tui::screens::identity::IdentityDone;
use crate::tui::theme::Theme;
use crate::tui::update::update;
use begun::{Begun, KINDS, begun, kind, on_the_board, signing_in};

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
        Done::Found(Some(Ok(opened())), None),
        Done::Listed(profiles()),
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
    let is_it = |begun: &Begun| matches!(last(&begun.1).1, Job::SignIn);
    let (mut shop, effects) = signing_in().into_iter().find(is_it).unwrap();
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
