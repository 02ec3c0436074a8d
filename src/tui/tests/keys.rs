//! The tables of keys: no key twice in a context, and every key does something.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{frame, text};
use crate::secret::SecretValue;
use crate::tui::fixtures::*;
use crate::tui::keymap::{Context, Intent, Key};
use crate::tui::model::{Load, Step};
use crate::tui::msg::{Done, Msg};
use crate::tui::screens::board::BoardDone;
use crate::tui::screens::doctor::DoctorDone;
use crate::tui::screens::token::TokenDone;
use crate::tui::theme::Theme;
use crate::tui::update::update;

pub const ALL: [Context; 40] = [
    Context::Busy,
    Context::Broken,
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
    Context::Remedies,
    Context::Help,
    Context::Palette,
    Context::Confirm,
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

/// A situation for each context in which all of its keys have something to do.
pub fn situation(context: Context) -> Shop {
    let many = |mut shop: Shop| {
        let one = accounts().remove(0);
        let all = (0..30).map(|n| crate::sso::Account { id: format!("{n:012}"), ..one.clone() });
        shop.0.facts.accounts = Load::Ready(all.collect());
        shop
    };
    let middle = [Intent::PageDown, Intent::Down];
    match context {
        Context::Accounts => many(Shop::opened().choosing_an_account()).pressed(&middle),
        Context::Roles => {
            let mut shop = Shop::opened().choosing_an_account();
            let effects = shop.press(Intent::Enter);
            let one = roles().remove(0);
            let all = (0..30).map(|n| crate::sso::Role { name: format!("Role{n:02}"), ..one.clone() });
            shop.answer(&effects, Done::Roles(Ok(all.collect())));
            shop.pressed(&middle)
        }
        Context::Pick | Context::Filter => {
            let mut shop = Shop::new();
            let one = profiles().remove(0);
            let all =
                (0..30).map(|n| crate::onboard::ProfileChoice { name: format!("p{n:02}"), ..one.clone() });
            shop.0.facts.profiles = Load::Ready(all.collect());
            let shop = shop.pressed(&[Intent::Filter]).typed("p ").pressed(&middle);
            let shop = if context == Context::Pick { shop.pressed(&[Intent::Enter]) } else { shop };
            shop.pressed(&middle)
        }
        Context::SignInWaiting => Shop::opened().waiting_for_approval(),
        Context::SignInDemo => Shop::opened().in_the_demo().waiting_for_approval(),
        Context::SignInBrowser => Shop::opened().waiting_for_the_browser(),
        Context::SignInPaste => {
            Shop::opened().waiting_for_the_browser().pressed(&[Intent::Paste]).typed("ab")
        }
        Context::SignInFailed => {
            let mut shop = Shop::opened().at(Step::SignIn);
            shop.0.facts.session = Load::Broken(trouble());
            shop
        }
        Context::SignInDone => Shop::opened().signed_in().at(Step::SignIn),
        Context::Services => Shop::opened().with_outline().matrix(half_ready()).pressed(&[
            Intent::First,
            Intent::Down,
            Intent::Left,
        ]),
        Context::Board => {
            let found = Shop::at_home().matrix(half_ready()).pressed(&[Intent::Filter]).typed("e");
            found.pressed(&[Intent::Enter, Intent::Toggle, Intent::First, Intent::Right, Intent::Down])
        }
        Context::Preview => Shop::opened().previewed().pressed(&[Intent::PageDown]),
        Context::Written => {
            let mut shop = Shop::opened().previewed();
            let mut report = report();
            report.files.iter_mut().for_each(|file| file.written = 0);
            shop.0.facts.report = Load::Ready(report);
            shop.pressed(&[Intent::PageDown])
        }
        Context::Undoable => Shop::opened().previewed().written().pressed(&[Intent::PageDown]),
        Context::Token => with_tokens(Shop::opened().at(Step::Token), token()).pressed(&middle),
        Context::TokenKept => {
            with_tokens(Shop::opened().at(Step::Token), tokens().remove(0)).pressed(&middle)
        }
        Context::TokenUnread | Context::TokensUnread => {
            let Shop(mut model) = with_tokens(Shop::opened().at(Step::Token), token());
            let rows = std::mem::replace(&mut model.facts.tokens, Load::Broken(trouble()));
            let Load::Ready(tokens) = rows else { panic!("they were just given") };
            model.facts.opened = Load::Ready(crate::onboard::Opened { tokens, ..opened() });
            model.beside = (context == Context::TokensUnread).then_some(crate::tui::model::Beside::Tokens);
            Shop(model).pressed(&middle)
        }
        Context::Tokens => with_tokens(Shop::opened().tokens(), tokens().remove(2)).pressed(&middle),
        Context::TokensKept => with_tokens(Shop::opened().tokens(), tokens().remove(0)).pressed(&middle),
        Context::Identity => Shop::opened().identity(Some(identity())),
        Context::NoIdentity => Shop::opened().identity(None),
        Context::Revealed => {
            let mut shop = Shop::opened().tokens();
            let reveal = shop.press(Intent::Reveal);
            shop.answer(&reveal, Done::Token(Ok(TokenDone::Revealed { chars: Some(40) }), None));
            shop
        }
        Context::Typing => Shop::opened().at(Step::Token).pressed(&[Intent::Enter]).typed("ab"),
        Context::Summary => done().sized(60, 18).pressed(&middle),
        Context::DoctorLooking
        | Context::Doctor
        | Context::DoctorFixed
        | Context::DoctorPage
        | Context::Remedies => doctor(context),
        Context::Busy => {
            let mut shop = Shop::opened().at(Step::Board);
            let id = shop.0.tasks.next();
            shop.0.facts.matrix = Load::Busy(id);
            shop
        }
        Context::Broken => {
            let mut shop = Shop::opened().at(Step::Board);
            shop.0.facts.matrix = Load::Broken(trouble());
            shop
        }
        Context::Explained => {
            let mut shop = Shop::at_home().matrix(half_ready()).sized(60, 18);
            let asked = shop.press(Intent::Explain);
            let told = crate::onboard::Explanation { services: vec![explained(); 9], ..explanation() };
            shop.answer(&asked, Done::Board(Ok(BoardDone::Explained(Box::new(told)))));
            shop.pressed(&middle)
        }
        Context::Value => Shop::at_home().matrix(half_ready()).pressed(&[Intent::Set]).typed("ab"),
        Context::Help => {
            Shop::opened().matrix(half_ready()).pressed(&[Intent::Help, Intent::Down, Intent::Down])
        }
        Context::Palette => Shop::opened()
            .matrix(half_ready())
            .pressed(&[Intent::Palette])
            .typed("e")
            .pressed(&[Intent::Down, Intent::Down]),
        Context::Offer => {
            let mut shop = Shop::opened().matrix(half_ready());
            let planned = crate::tui::overlays::config::plan(&mut shop.0);
            let one = config_plan().lines.remove(0);
            let plan = crate::sso::config_file::ConfigPlan { lines: vec![one; 60], ..config_plan() };
            shop.answer(&[planned], Done::ConfigPlanned(Ok(plan)));
            shop.pressed(&middle)
        }
        Context::Confirm => Shop::opened().previewed().pressed(&[Intent::Enter]),
        Context::Passphrase => {
            let mut shop = Shop::opened().previewed();
            update(&mut shop.0, Msg::Asked { new_file: false });
            update(&mut shop.0, Msg::Pasted(SecretValue::new("typed already")));
            shop
        }
    }
}

fn with_tokens(mut shop: Shop, like: crate::onboard::TokenRow) -> Shop {
    let all = (0..30).map(|n| crate::onboard::TokenRow { name: format!("t{n}"), ..like.clone() });
    shop.0.facts.tokens = Load::Ready(all.collect());
    shop
}

fn doctor(context: Context) -> Shop {
    let mut many = broken();
    many.checks[5].problems = vec![many.checks[5].problems[0].clone(); 30];
    let middle = [Intent::First, Intent::PageDown, Intent::Down, Intent::Down];
    let shop = Shop::opened().at_the_doctor();
    if context == Context::DoctorLooking {
        return shop.heard(many.checks).pressed(&middle);
    }
    let mut shop = shop.examined(many).pressed(&middle);
    match context {
        Context::DoctorFixed => shop.0.screens.doctor.undoable = 1,
        Context::DoctorPage => {
            shop = shop.sized(60, 18).pressed(&[Intent::Enter, Intent::Down, Intent::Down])
        }
        Context::Remedies => {
            let effects = shop.press(Intent::FixAll);
            let cures = vec![remedies().cures.remove(0); 60];
            let plan = crate::onboard::Remedies { cures, ..remedies() };
            let done = DoctorDone::Planned(Ok(Box::new(plan)));
            shop.answer(&effects, Done::Doctor(done));
            shop = shop.pressed(&middle);
        }
        _ => {}
    }
    shop
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
        "{} {} {} {} {} {} {} {} {} {:?} {:?}",
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
        shop.0.overlay,
    )
}
