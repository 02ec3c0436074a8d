//! What people see: every screen in its situations, at three sizes, as text.

mod beside;
mod environments;
mod states;

use super::{frame, text};
use crate::finding::{Finding, Remedy};
use crate::tui::fixtures::*;
use crate::tui::keymap::Intent;
use crate::tui::model::{Load, Step};
use crate::tui::msg::Msg;
use crate::tui::theme::{Depth, Theme};
use crate::tui::update::update;

pub const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (60, 18)];

pub fn shows(name: &str, shop: Shop) {
    let Shop(mut model) = shop;
    for (width, height) in SIZES {
        let shown = text(&frame(&mut model, &Theme::plain(), width, height));
        insta::assert_snapshot!(format!("{name}_{width}x{height}"), shown);
    }
}

fn busy(mut shop: Shop, set: impl FnOnce(&mut crate::tui::model::Facts, crate::tui::effect::TaskId)) -> Shop {
    let id = shop.0.tasks.next();
    set(&mut shop.0.facts, id);
    shop
}

#[test]
fn pick() {
    shows("pick_busy", busy(Shop::new(), |facts, id| facts.profiles = Load::Busy(id)));
    let mut empty = Shop::new();
    empty.0.facts.profiles = Load::Ready(Vec::new());
    shows("pick_empty", empty);
    let mut full = Shop::new();
    full.0.facts.profiles = Load::Ready(profiles());
    shows("pick_full", full);
    let mut broken = Shop::new();
    broken.0.facts.profiles = Load::Ready(profiles());
    shows("pick_broken", broken.pressed(&[Intent::Last]));
    let mut filtered = Shop::new();
    filtered.0.facts.profiles = Load::Ready(profiles());
    shows("pick_filtered", filtered.pressed(&[Intent::Filter]).typed("serv"));
}

#[test]
fn sign_in() {
    let asking = busy(Shop::opened().at(Step::SignIn), |facts, id| facts.session = Load::Busy(id));
    shows("sign_in_busy", asking);
    shows("sign_in_waiting", Shop::opened().waiting_for_approval());
    shows("sign_in_demo", Shop::opened().in_the_demo().waiting_for_approval());
    shows("sign_in_browser", Shop::opened().waiting_for_the_browser());
    shows(
        "sign_in_paste",
        Shop::opened().waiting_for_the_browser().pressed(&[Intent::Paste]).typed("http://127"),
    );
    shows("sign_in_behind", Shop::opened().signing_in([behind()]));
    shows("sign_in_done", Shop::opened().signed_in().at(Step::SignIn));
    let mut denied = Shop::opened().at(Step::SignIn);
    denied.0.facts.session = Load::Broken(trouble());
    shows("sign_in_denied", denied);
    let mut expired = Shop::opened().waiting_for_approval();
    expired.0.window.now = code().expires_at;
    shows("sign_in_expired", expired);
}

#[test]
fn role() {
    let asking = busy(Shop::opened().signed_in().at(Step::Role), |facts, id| facts.accounts = Load::Busy(id));
    shows("role_busy", asking);
    shows("role_accounts", Shop::opened().choosing_an_account());
    let mut roles_of = Shop::opened().choosing_an_account().with_role();
    let effects = roles_of.press(Intent::Enter);
    roles_of.answer(&effects, crate::tui::msg::Done::Roles(Ok(roles())));
    shows("role_roles", roles_of);
    let mut production = Shop::opened().choosing_an_account().pressed(&[Intent::Down]);
    let effects = production.press(Intent::Enter);
    production.answer(&effects, crate::tui::msg::Done::Roles(Ok(roles())));
    shows("role_production", production);
    let mut broken = Shop::opened().signed_in().at(Step::Role);
    broken.0.facts.accounts = Load::Broken(trouble());
    shows("role_broken", broken);
}

/// Two hundred accounts, one used before and one of production; then what the config file would get.
#[test]
fn many_accounts_and_the_config_file() {
    let mut many = Shop::opened().choosing_an_account();
    many.0.facts.opened = Load::Ready(crate::onboard::Opened { recent: vec![choice()], ..opened() });
    many.0.facts.accounts = Load::Ready(many_accounts());
    shows("role_many", many.pressed(&[Intent::PageDown]));
    let mut found = Shop::opened().choosing_an_account();
    found.0.facts.accounts = Load::Ready(many_accounts());
    shows("role_many_filtered", found.pressed(&[Intent::Filter]).typed("team 17"));
    for (name, plan) in [("config_new", config_plan()), ("config_instead", config_instead())] {
        let mut shop = Shop::opened().signed_in().with_role().matrix(half_ready());
        let planned = crate::tui::overlays::config::plan(&mut shop.0);
        shop.answer(&[planned], crate::tui::msg::Done::ConfigPlanned(Ok(plan)));
        shows(name, shop);
    }
}

#[test]
fn board() {
    let reading = busy(Shop::opened().at(Step::Board), |facts, id| facts.matrix = Load::Busy(id));
    shows("board_busy", reading);
    shows("board_full", Shop::opened().signed_in().with_role().matrix(half_ready()));
    shows("board_by_service", Shop::at_home().matrix(half_ready()).pressed(&[Intent::Toggle]));
    shows(
        "board_by_variable",
        Shop::at_home().matrix(half_ready()).pressed(&[Intent::Toggle, Intent::Toggle]),
    );
    shows("board_first", Shop::at_home());
    shows("board_home", Shop::at_home().signed_in().matrix(half_ready()));
    let found = Shop::at_home().signed_in().matrix(half_ready()).pressed(&[Intent::Filter]).typed("s3");
    shows("board_found", found);
    let mut production = Shop::at_home().signed_in().matrix(half_ready());
    production.0.facts.choice =
        Load::Ready(crate::sso::Choice { account_id: "444455556666".into(), ..choice() });
    shows("board_production", production);
    let mut why = Shop::at_home().signed_in().matrix(half_ready());
    let asked = why.press(Intent::Explain);
    let told = crate::tui::screens::board::BoardDone::Explained(Box::new(explanation()));
    why.answer(&asked, crate::tui::msg::Done::Board(Ok(told)));
    shows("board_why", why);
    shows(
        "board_set",
        Shop::at_home().signed_in().matrix(half_ready()).pressed(&[Intent::Set]).typed("secret"),
    );
    let mut failed = Shop::at_home().signed_in().matrix(half_ready());
    let run = failed.press(Intent::Run);
    failed.answer(&run, crate::tui::msg::Done::Board(Err(trouble())));
    shows("board_failed", failed);
    shows("board_huge", Shop::at_home().signed_in().matrix(huge()));
    shows("board_ready", Shop::at_home().signed_in().matrix(all_ready()));
    let mut none = half_ready();
    none.services.clear();
    none.ready = 0;
    shows("board_empty", Shop::opened().matrix(none));
    let mut broken = Shop::opened().at(Step::Board);
    broken.0.facts.matrix = Load::Broken(trouble());
    shows("board_broken", broken);
}

#[test]
fn preview() {
    let planning = busy(Shop::opened().at(Step::Preview), |facts, id| facts.preview = Load::Busy(id));
    shows("preview_busy", planning);
    shows("preview_full", Shop::opened().previewed());
    shows("preview_confirm", Shop::opened().previewed().pressed(&[Intent::Enter]));
    shows("preview_writing", Shop::opened().previewed().pressed(&[Intent::Enter, Intent::Enter]));
    let mut counting = Shop::opened().previewed().pressed(&[Intent::Enter, Intent::Enter]);
    let writing = counting.0.facts.report.task().unwrap();
    update(&mut counting.0, Msg::Counted(writing, 42, 200));
    shows("preview_counting", counting);
    shows("preview_written", Shop::opened().previewed().written());
    let mut failed = Shop::opened().previewed();
    failed.0.facts.report = Load::Broken(Finding::error(
        "DS-SEED-02",
        "backend/.env",
        "the file changed since the preview",
        Remedy::says("look again: r"),
    ));
    shows("preview_failed", failed);
}

#[test]
fn token() {
    let shop = || Shop::opened().at(Step::Token);
    shows("token_invitation", shop());
    shows("token_typing", shop().pressed(&[Intent::Enter]).typed("lin_api_ab"));
    shows("token_matches", shop().pressed(&[Intent::Enter]).typed("lin_api_abcdefgh"));
    shows("token_differs", shop().pressed(&[Intent::Enter]).typed("ghp_abc"));
    let keeping = shop().pressed(&[Intent::Enter]).typed("lin_api_abcdefgh").pressed(&[Intent::Enter]);
    shows("token_keeping", keeping);
    let mut broken = shop();
    broken.0.facts.keeping = Load::Broken(trouble());
    shows("token_broken", broken);
}

#[test]
fn summary() {
    shows("summary_full", done());
    shows("summary_demo", done().in_the_demo());
    let open = Shop::opened().matrix(half_ready()).at(Step::Summary);
    shows("summary_open", open);
}

#[test]
fn overlays() {
    shows("help", Shop::opened().matrix(half_ready()).pressed(&[Intent::Help]));
    let writing = Shop::opened().previewed().pressed(&[Intent::Enter, Intent::Enter, Intent::Quit]);
    shows("leave", writing);
}

#[test]
fn small_windows_get_a_kind_word() {
    let Shop(mut model) = Shop::opened();
    for (width, height, words) in [
        (39, 10, "please enlarge to 40×10"),
        (80, 9, "A little more room"),
        (9, 3, "enlarge"),
        (9, 2, "too small"),
        (20, 5, "A little more room,"),
    ] {
        assert!(text(&frame(&mut model, &Theme::plain(), width, height)).contains(words));
    }
}

/// What comes from outside may neither steer the terminal nor break the columns.
#[test]
fn hostile_and_wide_texts_stay_in_their_place() {
    let mut matrix = half_ready();
    matrix.title = "\u{1b}[2J\u{1b}]0;owned\u{7}店舗サービス".into();
    matrix.services[0].service = "バックエンドサービス".into();
    matrix.services[0].cells[0].variable = "\u{202e}JWT_秘密".into();
    let mut shop = Shop::opened().matrix(matrix);
    for (width, height) in SIZES {
        let buffer = frame(&mut shop.0, &Theme::dark(Depth::True), width, height);
        let shown = text(&buffer);
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{shown}");
        assert!(!shown.contains("owned"), "{shown}");
        let right =
            shown.lines().filter(|line| line.ends_with('│')).map(unicode_width::UnicodeWidthStr::width);
        assert!(right.collect::<std::collections::BTreeSet<_>>().len() <= 1, "{shown}");
    }
}

/// The typed token reaches neither a frame nor a message's Debug.
#[test]
fn a_typed_token_is_never_shown() {
    let mut shop = Shop::opened().at(Step::Token).pressed(&[Intent::Enter]).typed("lin_api_canary77");
    let shown = text(&frame(&mut shop.0, &Theme::plain(), 120, 40));
    assert!(!shown.contains("canary") && shown.contains("16 characters"), "{shown}");
    let effects = format!("{:?}", shop.press(Intent::Enter));
    assert!(effects.contains("KeepToken") && !effects.contains("canary"), "{effects}");
}
