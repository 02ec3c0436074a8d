//! Remarks over the screen: where they lie, what they leave free, and how they go.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::frames::{SIZES, shows};
use super::keys::{ALL, situation};
use super::{frame, text};
use crate::tui::effect::{Effect, Job};
use crate::tui::fixtures::*;
use crate::tui::keymap::Intent;
use crate::tui::model::{Step, UNDO};
use crate::tui::msg::{Done, Msg};
use crate::tui::theme::Theme;
use crate::tui::update::update;

fn remarks(mut shop: Shop) -> Shop {
    let toasts = &mut shop.0.window.toasts;
    toasts.note("grouped by service");
    toasts.failed("there is no clipboard here: devsecrets reveal shows the value instead");
    toasts.offer_undo("2 files written");
    shop
}

#[test]
fn frames() {
    shows("toasts_board", remarks(Shop::at_home().signed_in().matrix(half_ready())));
    shows("toasts_question", remarks(Shop::opened().previewed().pressed(&[Intent::Enter])));
    shows("toasts_typing", remarks(Shop::opened().at(Step::Token).pressed(&[Intent::Enter])));
}

/// What must be seen of a frame: the row under the cursor, a question, a field.
fn kept(theme: &Theme, buffer: &Buffer) -> Vec<(Rect, String)> {
    let inside = |area: Rect| area.positions().map(|place| buffer[place].symbol().to_owned()).collect();
    theme.touch.kept().into_iter().map(|area| (area, inside(area))).collect()
}

#[test]
fn the_cursor_and_questions_are_never_hidden() {
    let mut rows = 0;
    for context in ALL {
        for (width, height) in SIZES.into_iter().chain([(40, 10), (140, 24)]) {
            let (mut bare, mut told) = (situation(context), remarks(situation(context)));
            let theme = Theme::plain();
            let before = frame(&mut bare.0, &theme, width, height);
            let before = kept(&theme, &before);
            let after = frame(&mut told.0, &theme, width, height);
            assert_eq!(before, kept(&theme, &after), "{context:?} {width}x{height}:\n{}", text(&after));
            rows += before.len();
            let shown = text(&after);
            assert!(shown.contains("failed"), "{context:?} {width}x{height}:\n{shown}");
        }
    }
    assert!(rows > ALL.len(), "most situations have something that must be seen");
}

/// The remark names a key only where that key does what it says.
#[test]
fn undo_is_offered_where_its_key_is_free() {
    for context in ALL {
        let mut shop = remarks(situation(context));
        let shown = text(&frame(&mut shop.0, &Theme::plain(), 120, 40));
        let taken = context.rows().any(|row| row.keys.contains(&UNDO) && row.intent != Intent::Undo);
        assert!(!(taken && shown.contains("u undo")), "{context:?}:\n{shown}");
        assert_eq!(shop.0.undo_key(), shown.contains("u undo"), "{context:?}:\n{shown}");
    }
}

#[test]
fn what_was_written_is_taken_back_from_the_next_screen() {
    let mut shop = Shop::opened().signed_in().previewed();
    let write = shop.pressed_for(&[Intent::Enter, Intent::Enter]);
    shop.answer(&write, Done::Applied(Ok(report())));
    shop.press(Intent::Enter);
    assert_ne!(shop.0.at, Step::Preview);
    shop.0.at = Step::Summary;
    let undo = shop.press(Intent::Undo);
    assert!(matches!(undo[..], [Effect::Start(_, Job::Undo)]), "{undo:?}");
    assert!(!shop.0.window.toasts.offers_undo(), "it is offered once");
    let reads = shop.answer(&undo, Done::Undone(Ok(report())));
    assert!(matches!(reads[..], [Effect::Start(_, Job::ReadMatrix)]), "{reads:?}");
    assert!(shop.told().is_some_and(|text| text.contains("taken back")));
}

#[test]
fn nothing_is_taken_back_that_was_not_offered() {
    let mut shop = Shop::opened().signed_in().at(Step::Summary);
    assert!(shop.press(Intent::Undo).is_empty());
}

/// Who looks around still reads; who acts has read; a failure wants to be seen.
#[test]
fn moving_leaves_remarks_and_acting_takes_them() {
    let mut shop = remarks(Shop::at_home().matrix(half_ready())).pressed(&[Intent::Down, Intent::Up]);
    assert_eq!(shop.0.window.toasts.shown().len(), 3);
    shop.press(Intent::Filter);
    assert_eq!(shop.0.window.toasts.shown().len(), 2, "the failure and the offer stay");
    shop.press(Intent::Back);
    assert!(shop.0.window.toasts.shown().is_empty(), "Esc takes them all");
    assert!(shop.0.screens.board.filter.open, "and nothing else, for a failure was among them");
}

#[test]
fn without_a_failure_esc_is_for_the_screen_too() {
    let mut shop = Shop::opened().signed_in().at(Step::Summary);
    shop.0.window.toasts.note("copied");
    shop.press(Intent::Back);
    assert!(shop.0.window.toasts.shown().is_empty() && shop.0.at < Step::Summary);
}

#[test]
fn its_time_is_told_by_its_id() {
    let mut shop = remarks(Shop::opened());
    let id = shop.0.window.toasts.shown()[0].id;
    update(&mut shop.0, Msg::Passed(id));
    assert!(shop.0.window.toasts.shown().iter().all(|toast| toast.id != id));
    assert_eq!(shop.0.pulse(), None, "a remark moves nothing");
}
