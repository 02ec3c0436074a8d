//! The palette: search, do, copy; and nothing by mistake.

use super::frames::shows;
use crate::tui::effect::Effect;
use crate::tui::fixtures::*;
use crate::tui::keymap::Intent;
use crate::tui::model::{Beside, Load};
use crate::tui::overlays::Overlay;

fn asking(typed: &str) -> Shop {
    Shop::opened().signed_in().with_role().matrix(half_ready()).pressed(&[Intent::Palette]).typed(typed)
}

#[test]
fn palette() {
    shows("palette", asking(""));
    shows("palette_filtered", asking("tok"));
    shows("palette_nothing", asking("zzzz"));
}

#[test]
fn enter_does_what_stands_under_the_cursor() {
    let mut shop = asking("token");
    let effects = shop.press(Intent::Enter);
    assert_eq!(shop.0.beside, Some(Beside::Tokens));
    assert!(shop.0.overlay.is_none() && matches!(effects[..], [Effect::Start(..)]));
}

#[test]
fn its_command_can_be_copied_and_the_palette_stays() {
    let mut shop = asking("token");
    let effects = shop.press(Intent::Copy);
    assert!(
        matches!(&effects[..], [Effect::Copy(text)] if text == "devsecrets token list --profile services")
    );
    assert!(matches!(shop.0.overlay, Some(Overlay::Palette(_))));
    let mut quit = asking("quit");
    assert!(quit.press(Intent::Copy).is_empty() && quit.told().is_some());
}

/// The matrix became unreadable while the palette was open.
#[test]
fn what_is_no_longer_possible_is_not_done() {
    let mut shop = asking("grid");
    shop.0.facts.matrix = Load::Broken(trouble());
    assert!(shop.press(Intent::Enter).is_empty());
    assert!(shop.told().is_some_and(|text| text.contains("changed")));
}

#[test]
fn nothing_found_does_nothing() {
    let mut shop = asking("zzzz");
    assert!(shop.press(Intent::Enter).is_empty() && shop.0.overlay.is_none());
}
