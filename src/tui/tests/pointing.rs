//! Clicks and the wheel, on frames as they are drawn.

use super::{frame, text};
use crate::tui::fixtures::*;
use crate::tui::keymap::Intent;
use crate::tui::theme::Theme;

/// What a click on `words` means in the frame of this moment.
fn on(shop: &mut Shop, words: &str) -> Option<Intent> {
    let theme = Theme::plain();
    let shown = text(&frame(&mut shop.0, &theme, 100, 30));
    let (row, line) = shown.lines().enumerate().find(|(_, line)| line.contains(words)).unwrap();
    let before = unicode_width::UnicodeWidthStr::width(&line[..line.find(words).unwrap()]);
    theme.touch.at(u16::try_from(before).unwrap(), u16::try_from(row).unwrap())
}

#[test]
fn a_click_on_a_row_puts_the_cursor_there() {
    let mut shop = Shop::opened().choosing_an_account();
    let names: Vec<String> =
        shop.0.screens.role.accounts(&shop.0.facts).iter().map(|account| account.name.clone()).collect();
    let click = on(&mut shop, &names[1]).unwrap();
    assert_eq!(click, Intent::At(1));
    shop.press(click);
    assert_eq!(shop.0.screens.role.cursor, 1);
}

#[test]
fn a_question_takes_all_clicks_and_its_answers_are_two_of_them() {
    let mut shop = Shop::opened().previewed();
    assert!(matches!(on(&mut shop, "backend/.env"), Some(Intent::At(_))));
    let mut shop = shop.pressed(&[Intent::Enter]);
    assert_eq!(on(&mut shop, "write    Esc"), Some(Intent::Enter));
    assert_eq!(on(&mut shop, "not yet"), Some(Intent::Back));
    assert_eq!(on(&mut shop, "Hand edits stay"), None);
}

#[test]
fn a_click_in_the_palette_does_what_stands_there() {
    let mut shop = Shop::opened().matrix(half_ready()).pressed(&[Intent::Palette]).typed("token");
    let click = on(&mut shop, "your personal tokens").unwrap();
    shop.press(click);
    assert!(shop.0.overlay.is_none() && shop.0.beside.is_some());
}

/// A row out of the list, as after a resize, is the last one.
#[test]
fn a_click_from_an_older_frame_stays_in_the_list() {
    let mut shop = Shop::opened().choosing_an_account();
    shop.press(Intent::At(4000));
    assert_eq!(shop.0.screens.role.cursor, accounts().len() - 1);
}
