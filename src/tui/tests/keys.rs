//! The tables of keys: no key twice in a context, and every key does something.

mod situations;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::board::shown;
use super::{frame, text};
use crate::tui::fixtures::*;
use crate::tui::keymap::{Context, Intent, Key};
use crate::tui::model::{Beside, Load, Step};
use crate::tui::theme::Theme;
pub use situations::situation;

pub const ALL: [Context; 49] = [
    Context::Busy,
    Context::Broken,
    Context::Environments,
    Context::Environment,
    Context::Pick,
    Context::Filter,
    Context::SignInWaiting,
    Context::SignInDemo,
    Context::SignInBrowser,
    Context::SignInPaste,
    Context::SignInFailed,
    Context::SignInDone,
    Context::Accounts,
    Context::Roles,
    Context::Services,
    Context::Board,
    Context::Preview,
    Context::Written,
    Context::Undoable,
    Context::Token,
    Context::TokenKept,
    Context::TokenUnread,
    Context::Tokens,
    Context::TokensKept,
    Context::TokensUnread,
    Context::NoTokens,
    Context::Typing,
    Context::Identity,
    Context::NoIdentity,
    Context::Summary,
    Context::Explained,
    Context::Value,
    Context::DoctorLooking,
    Context::Doctor,
    Context::DoctorFixed,
    Context::DoctorPage,
    Context::AuditLooking,
    Context::Audit,
    Context::AuditAccepted,
    Context::AuditPage,
    Context::AuditEmpty,
    Context::Remedies,
    Context::Help,
    Context::Palette,
    Context::Confirm,
    Context::Consent,
    Context::Offer,
    Context::Passphrase,
    Context::Revealed,
];

fn event(key: Key) -> KeyEvent {
    let modifiers = if key.ctrl { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
    KeyEvent::new(key.code, modifiers)
}

#[test]
fn no_key_stands_twice_in_a_context() {
    for context in ALL {
        let mut seen = Vec::new();
        for key in context.rows().flat_map(|row| row.keys) {
            assert!(!seen.contains(key), "{key} twice in {context:?}");
            seen.push(*key);
        }
    }
}

#[test]
fn every_context_can_be_left_and_quit() {
    for context in ALL {
        let ctrl_c = context.intent(event(Key::ctrl('c')));
        assert_eq!(ctrl_c, Some(Intent::Quit), "{context:?}");
        let esc = context.intent(event(Key::of(KeyCode::Esc)));
        assert_eq!(esc, Some(Intent::Back), "{context:?}");
    }
}

#[test]
fn letters_are_text_where_one_types() {
    let q = event(Key::letter('q'));
    assert!(matches!(Context::Typing.intent(q), Some(Intent::Insert(_))));
    assert_eq!(Context::Board.intent(q), Some(Intent::Quit));
    assert_eq!(Context::Board.intent(event(Key::letter('ß'))), None);
}

/// What stands beside the walk is one key away from every screen, unless one types or is asked.
#[test]
fn what_stands_beside_is_reached_from_every_screen() {
    for context in ALL {
        let shop = situation(context);
        let free = shop.0.overlay.is_none() && !context.takes_text();
        for beside in [Beside::Tokens, Beside::Identity, Beside::Doctor, Beside::Audit] {
            let there = shop.0.beside == Some(beside);
            let leads = context.rows().any(|row| row.intent == Intent::Visit(beside));
            assert_eq!(leads, free && !there, "{beside:?} from {context:?}");
        }
    }
}

#[test]
fn every_key_of_the_help_does_something() {
    let looks = |shop: &mut Shop| {
        let size = shop.0.window.size;
        text(&frame(&mut shop.0, &Theme::plain(), size.width, size.height))
    };
    for context in ALL {
        for row in context.rows() {
            let mut shop = situation(context);
            assert_eq!(shop.0.context(), context);
            let before = looks(&mut shop) + &format!("{:?}", shop.0.at);
            let effects = shop.press(row.intent);
            let after = looks(&mut shop) + &format!("{:?}", shop.0.at);
            // Marks of the selection are styles; the cursor shows in what is in sight or in the effect.
            let moved = cursor(&shop) != cursor(&situation(context));
            assert!(
                before != after || !effects.is_empty() || moved,
                "{:?} does nothing in {context:?}",
                row.intent
            );
        }
    }
}

fn cursor(shop: &Shop) -> String {
    let screens = &shop.0.screens;
    format!(
        "{} {} {} {} {} {} {} {} {} {:?} {} {:?} {} {:?}",
        screens.pick.cursor,
        screens.role.cursor,
        screens.role.role_cursor,
        screens.board.service,
        screens.board.variable,
        screens.preview.cursor,
        screens.token.cursor,
        screens.summary.scroll,
        screens.doctor.cursor,
        screens.doctor.page,
        screens.audit.cursor,
        screens.audit.page,
        screens.audit.filter.open,
        shop.0.overlay,
    )
}

/// What is not in sight is neither shown, copied, typed nor written.
#[test]
fn a_filter_that_finds_nothing_has_no_cell() {
    let mut shop = Shop::at_home().matrix(half_ready()).pressed(&[Intent::Filter]).typed("zzz");
    shop.press(Intent::Enter);
    for intent in [Intent::Reveal, Intent::Copy, Intent::Set, Intent::SeedOne, Intent::Explain, Intent::Run] {
        assert!(shop.press(intent).is_empty(), "{intent:?}");
        assert!(shop.0.overlay.is_none(), "{intent:?}");
    }
    let seen = shown(&mut shop);
    assert!(seen.contains("the filter finds nothing") && seen.contains("nothing is chosen"), "{seen}");
    assert_eq!(crate::tui::screens::place(&shop.0).variable, None);
}

/// On the walk a token that is kept is no reason to stay, and its keys say so.
#[test]
fn from_a_kept_token_one_goes_to_the_next_open_one_and_then_on() {
    let kept = tokens().remove(0);
    let open = crate::onboard::TokenRow { name: "other".into(), ..token() };
    let mut shop = Shop::opened().at(Step::Token);
    shop.0.facts.tokens = Load::Ready(vec![kept.clone(), open]);
    assert_eq!(shop.0.context(), Context::TokenKept);
    let words: Vec<_> = Context::TokenKept.rows().filter_map(|row| row.footer).collect();
    assert!(words.contains(&("Enter", "go on")) && !words.iter().any(|(_, word)| *word == "skip"));
    shop.press(Intent::Enter);
    assert_eq!((shop.0.screens.token.cursor, shop.0.screens.token.typing), (1, false));
    shop.0.facts.tokens = Load::Ready(vec![kept.clone(), kept]);
    shop.press(Intent::Set);
    assert!(shop.0.screens.token.typing, "another in its place");
    shop.press(Intent::Back);
    shop.press(Intent::Enter);
    assert_eq!(shop.0.at, Step::Summary);
}
