//! The board: what the first moment shows, where the cursor goes, what is found, and what each action leads to.

use super::{frame, text};
use crate::onboard::SetUp;
use crate::resolve::Status;
use crate::tui::effect::{Effect, Job, Part};
use crate::tui::fixtures::*;
use crate::tui::keymap::{Context, Intent};
use crate::tui::model::{Beside, Load, Step};
use crate::tui::msg::Done;
use crate::tui::screens::board::{self, BoardDone, Form, Order};
use crate::tui::screens::doctor::DoctorDone;
use crate::tui::theme::Theme;
use crate::tui::walk;

fn found(set_up: SetUp) -> Done {
    let outline = crate::onboard::Outline { set_up, choice: set_up.role.then(choice), ..*outline() };
    Done::Found(Some(Ok(opened())), Some(Box::new(outline)))
}

pub fn jobs(effects: &[Effect]) -> Vec<String> {
    let job = |effect: &Effect| match effect {
        Effect::Start(_, job) => format!("{job:?}"),
        other => format!("{other:?}"),
    };
    effects.iter().map(job).collect()
}

fn here(shop: &Shop) -> (&str, &str) {
    let (service, cell) = board::current(&shop.0).unwrap();
    (&service.service, &cell.variable)
}

pub fn shown(shop: &mut Shop) -> String {
    text(&frame(&mut shop.0, &Theme::plain(), 120, 40))
}

#[test]
fn who_is_set_up_is_at_home_at_once() {
    let mut shop = Shop::new();
    let find = walk::begin(&mut shop.0);
    let effects = shop.answer(&find, found(SetUp { role: true, files: true, end: true }));
    assert_eq!(jobs(&effects), ["Resume", "ReadMatrix"]);
    assert_eq!((shop.0.home, shop.0.at, shop.0.context()), (true, Step::Board, Context::Board));
    let shown = shown(&mut shop);
    for words in ["Acme Development · Developer", "… asking", "TYPESENSE_API_KEY", "looking for your session"]
    {
        assert!(shown.contains(words), "{words}:\n{shown}");
    }
}

/// What is true decides, so an interrupted walk goes on where it was.
#[test]
fn who_is_not_goes_on_with_the_first_step_that_is_open() {
    for set_up in
        [SetUp { role: false, files: true, end: true }, SetUp { role: true, files: false, end: true }]
    {
        let mut shop = Shop::new();
        let find = walk::begin(&mut shop.0);
        let resume = shop.answer(&find, found(set_up));
        assert_eq!((jobs(&resume), shop.0.home), (vec!["Resume".to_owned()], false));
        let choice = set_up.role.then(choice);
        let effects = shop.answer(&resume, Done::Resumed(Ok(Some(signed_in())), choice));
        assert!(!effects.is_empty());
        assert_eq!(shop.0.at, if set_up.role { Step::Board } else { Step::Role }, "{set_up:?}");
    }
}

#[test]
fn a_session_that_has_ended_is_asked_for_when_it_is_wanted() {
    let mut shop = Shop::at_home().matrix(half_ready());
    let id = shop.0.tasks.next();
    shop.0.facts.session = Load::Busy(id);
    let done = crate::tui::msg::Msg::Finished(id, Done::Resumed(Ok(None), None));
    assert!(crate::tui::update::update(&mut shop.0, done).is_empty());
    assert_eq!((shop.0.at, shop.0.context()), (Step::Board, Context::Board));
    assert!(shown(&mut shop).contains("not signed in · A signs in"));
    let resume = shop.press(Intent::Account);
    assert_eq!((jobs(&resume), shop.0.at), (vec!["Resume".to_owned()], Step::SignIn));
    let ask = shop.answer(&resume, Done::Resumed(Ok(None), None));
    let back = shop.answer(&ask, Done::SignedIn(Ok(signed_in()), Some(choice())));
    assert_eq!(
        (jobs(&back), shop.0.at),
        (vec!["PlanConfig".to_owned(), "ReadMatrix".to_owned()], Step::Board)
    );
}

#[test]
fn what_is_known_stays_in_sight_while_it_is_read_again() {
    let mut shop = Shop::at_home().matrix(half_ready());
    let read = shop.press(Intent::Retry);
    assert_eq!(jobs(&read), ["ReadMatrix"]);
    let reading = shown(&mut shop);
    assert!(reading.contains("3 of 5 services ready a moment ago; reading again…"), "{reading}");
    assert!(reading.contains("✗ missing") && !reading.contains("asking"), "{reading}");
    shop.answer(&read, Done::Matrix(Ok(all_ready())));
    assert!(shown(&mut shop).contains("5 of 5 services ready"));
}

#[test]
fn the_cursor_keeps_its_cell_in_every_form_and_order() {
    let mut shop = Shop::at_home().matrix(half_ready()).pressed(&[Intent::NextTrouble]);
    let before = (here(&shop).0.to_owned(), here(&shop).1.to_owned());
    assert_eq!(before, ("media".into(), "S3_SECRET_ACCESS_KEY".into()));
    for (intent, steps) in [(Intent::Toggle, 3), (Intent::Order, 4)] {
        for _ in 0..steps {
            shop.press(intent);
            assert_eq!(here(&shop), (before.0.as_str(), before.1.as_str()));
        }
    }
    assert_eq!((shop.0.screens.board.form, shop.0.screens.board.order), (Some(Form::Grid), Order::Profile));
}

#[test]
fn troubles_are_gone_through_in_a_circle() {
    let mut shop = Shop::at_home().matrix(half_ready());
    let mut met = vec![here(&shop).1.to_owned()];
    for _ in 0..3 {
        shop.press(Intent::NextTrouble);
        met.push(here(&shop).1.to_owned());
    }
    assert_eq!(met, ["CORS_ORIGIN", "S3_SECRET_ACCESS_KEY", "TYPESENSE_API_KEY", "CORS_ORIGIN"]);
}

#[test]
fn a_few_letters_find_names_states_and_origins() {
    for (query, count, first) in [
        ("s3", 3, "S3_BUCKET"),
        ("tak", 1, "TYPESENSE_API_KEY"),
        ("keychain", 1, "EVENTS_SECRET_KEY"),
        ("missing", 1, "TYPESENSE_API_KEY"),
        ("events jwt", 1, "JWT_SECRET"),
    ] {
        let mut shop = Shop::at_home().matrix(half_ready()).pressed(&[Intent::Filter]).typed(query);
        assert_eq!(here(&shop).1, first, "{query}");
        let says = format!("{count} found");
        assert!(shown(&mut shop).contains(&says), "{query}:\n{}", shown(&mut shop));
        let mut shop = shop.pressed(&[Intent::Enter, Intent::Back]);
        assert!(!shown(&mut shop).contains("found") && shown(&mut shop).contains("OTP_PEPPER"));
    }
    let mut none =
        Shop::at_home().matrix(half_ready()).pressed(&[Intent::Toggle, Intent::Filter]).typed("zzz");
    assert!(shown(&mut none).contains("Nothing is found."));
    assert!(none.pressed(&[Intent::Enter, Intent::Seed, Intent::Fix, Intent::Open]).0.overlay.is_none());
}

#[test]
fn seeding_is_for_one_variable_for_its_service_or_for_all() {
    let plan = |services: &[&str], variable: Option<&str>| {
        let services = services.iter().map(|name| (*name).to_owned()).collect();
        vec![format!("{:?}", Job::Plan(Part { services, variable: variable.map(str::to_owned) }))]
    };
    let mut shop = Shop::at_home().matrix(half_ready());
    for (intent, planned) in [
        (Intent::SeedOne, plan(&["media"], Some("CORS_ORIGIN"))),
        (Intent::Seed, plan(&["media"], None)),
        (Intent::SeedAll, plan(&[], None)),
    ] {
        assert_eq!((jobs(&shop.press(intent)), shop.0.at), (planned.clone(), Step::Preview));
        // Looking again is about the same.
        shop.0.facts.preview = Load::Ready(preview());
        assert_eq!(jobs(&shop.press(Intent::Retry)), planned);
        shop = shop.pressed(&[Intent::Back]);
        assert_eq!(shop.0.at, Step::Board);
    }
}

#[test]
fn what_was_written_is_looked_at_anew() {
    let mut shop = Shop::at_home().matrix(half_ready());
    let plan = shop.press(Intent::SeedAll);
    shop.answer(&plan, Done::Planned(Ok(preview())));
    shop.press(Intent::Enter);
    let write = shop.press(Intent::Enter);
    assert!(matches!(write[..], [Effect::Start(_, Job::Apply { walk: false, .. })]));
    shop.answer(&write, Done::Applied(Ok(report())));
    let back = shop.press(Intent::Enter);
    assert_eq!((jobs(&back), shop.0.at), (vec!["ReadMatrix".to_owned()], Step::Board));
}

#[test]
fn each_trouble_has_its_place_to_be_mended() {
    let mut matrix = half_ready();
    matrix.services[4].cells[1].status = Status::Missing;
    matrix.services[4].cells[0].status = Status::Blocked;
    matrix.services[4].cells[0].next = Some("sign in: devsecrets login".into());
    let mut shop = Shop::at_home().matrix(matrix);
    let at = |mut shop: Shop, variable: &str| {
        while here(&shop).1 != variable {
            shop.press(Intent::NextTrouble);
        }
        shop
    };
    shop = at(shop, "EVENTS_SECRET_KEY");
    shop.press(Intent::Fix);
    assert_eq!(shop.0.beside, Some(Beside::Tokens));
    shop = at(shop.pressed(&[Intent::Back]), "EVENTS_DATABASE_URL");
    shop.press(Intent::Fix);
    assert_eq!((shop.0.beside, shop.0.at), (None, Step::SignIn));
    shop = at(shop.pressed(&[Intent::Back, Intent::Back]), "CORS_ORIGIN");
    let twin = |shop: &Shop| crate::tui::screens::place(&shop.0).fix.unwrap();
    assert_eq!(twin(&shop), "doctor --fix --only media/CORS_ORIGIN");
    let mend = shop.press(Intent::Fix);
    assert_eq!(jobs(&mend), ["Board(Mend(Spot { service: \"media\", variable: \"CORS_ORIGIN\" }))"]);
    // What would be done is asked about here, done, and the board looks again.
    shop.answer(&mend, Done::Board(Ok(BoardDone::Mend(Ok(Box::new(remedies()))))));
    assert_eq!((shop.0.context(), shop.0.beside), (Context::Remedies, None));
    let heal = shop.press(Intent::Enter);
    let done = DoctorDone::Healed(Err(trouble()));
    assert_eq!(jobs(&shop.answer(&heal, Done::Doctor(done))), ["ReadMatrix"]);
    // What nobody but a person can do is said.
    let mend = shop.press(Intent::Fix);
    shop.answer(&mend, Done::Board(Ok(BoardDone::Mend(Err(Some(trouble()))))));
    assert!(shop.told().unwrap().contains("this one needs you"), "{:?}", shop.told());
}

#[test]
fn a_page_is_opened_where_there_is_one() {
    let mut shop = Shop::at_home().matrix(half_ready()).pressed(&[Intent::NextTrouble]);
    assert!(matches!(&shop.press(Intent::Open)[..], [Effect::OpenPage(page)] if page.ends_with("/s3")));
    let mut shop = shop.pressed(&[Intent::NextTrouble, Intent::NextTrouble]);
    assert!(shop.press(Intent::Open).is_empty() && shop.told().is_some());
}

#[test]
fn a_value_is_shown_past_the_model_and_taken_off_again() {
    let mut shop = Shop::at_home().matrix(all_ready());
    let reveal = shop.press(Intent::Reveal);
    assert_eq!(jobs(&reveal), ["Board(Reveal(Spot { service: \"backend\", variable: \"JWT_SECRET\" }))"]);
    shop.answer(&reveal, Done::Board(Ok(BoardDone::Revealed { extent: extent(40) })));
    assert_eq!(shop.0.context(), Context::Revealed);
    assert!(shown(&mut shop).contains("JWT_SECRET · backend"));
    assert_eq!(shop.pressed(&[Intent::Down]).0.context(), Context::Board);
}

/// What is typed is nowhere but in the masked input and in the effect that takes it away.
#[test]
fn a_typed_value_goes_to_the_preview_and_leaves_nothing_behind() {
    let mut shop = Shop::at_home().matrix(half_ready()).pressed(&[Intent::Set]).typed("canary-4711");
    assert_eq!(shop.0.context(), Context::Value);
    assert!(shown(&mut shop).contains("•••••••••••▏  11 characters"), "{}", shown(&mut shop));
    assert!(!format!("{:?}", shop.0).contains("canary") && !shown(&mut shop).contains("canary"));
    let plan = shop.press(Intent::Enter);
    assert!(matches!(&plan[..], [Effect::Start(_, Job::PlanByHand { service, variable, value })]
        if service == "media" && variable == "CORS_ORIGIN" && value.chars() == 11));
    assert!(!format!("{plan:?}").contains("canary") && !format!("{:?}", shop.0).contains("canary"));
    assert_eq!((shop.0.at, shop.0.overlay.is_none()), (Step::Preview, true));
    // A personal token is kept where tokens are.
    let mut shop = Shop::at_home().matrix(half_ready()).pressed(&[Intent::Filter]).typed("events_secret");
    shop = shop.pressed(&[Intent::Enter, Intent::Set]);
    assert_eq!((shop.0.beside, shop.0.overlay.is_none()), (Some(Beside::Tokens), true));
}

#[test]
fn why_a_variable_has_its_value_is_told_over_the_board() {
    let mut shop = Shop::at_home().matrix(half_ready());
    let asked = shop.press(Intent::Explain);
    assert_eq!(jobs(&asked), ["Board(Explain(\"CORS_ORIGIN\"))"]);
    shop.answer(&asked, Done::Board(Ok(BoardDone::Explained(Box::new(explanation())))));
    assert!(shown(&mut shop).contains("agent9-search/development has no key of this name"));
    assert_eq!(shop.pressed(&[Intent::Back]).0.context(), Context::Board);
}

#[test]
fn what_did_not_work_is_said_until_the_next_key() {
    let mut shop = Shop::at_home().matrix(half_ready());
    let run = shop.press(Intent::Run);
    shop.answer(&run, Done::Board(Err(trouble())));
    assert!(shown(&mut shop).contains("That did not work"));
    assert!(!shown(&mut shop.pressed(&[Intent::Down])).contains("That did not work"));
}

/// What a service or an undo may have changed is read again.
#[test]
fn after_a_service_has_run_the_board_looks_again() {
    let mut shop = Shop::at_home().matrix(half_ready());
    let run = shop.press(Intent::Run);
    let done = BoardDone::Ran { service: "media".into(), code: 3 };
    assert_eq!(jobs(&shop.answer(&run, Done::Board(Ok(done)))), ["ReadMatrix"]);
    assert_eq!(shop.told(), Some("media ended with 3"));
}

/// Two hundred services: the table is made once, and a frame holds what is in sight.
#[test]
fn a_huge_board_moves_and_finds() {
    let mut shop = Shop::at_home().matrix(huge()).pressed(&[Intent::Toggle, Intent::Last]);
    assert_eq!(here(&shop), ("service-199", "VARIABLE_39"));
    assert!(shown(&mut shop).contains("200 services · 40 variables"));
    let mut shop = shop.pressed(&[Intent::Filter]).typed("service-042 missing");
    assert!(shown(&mut shop).contains("/ service-042 missing▏  5 found"), "{}", shown(&mut shop));
}

#[test]
fn production_is_said_in_a_word() {
    let mut shop = Shop::at_home().signed_in().matrix(half_ready());
    assert!(!shown(&mut shop).contains("PRODUCTION"));
    shop.0.facts.opened =
        Load::Ready(crate::onboard::Opened { environment: "production".into(), ..opened() });
    assert!(shown(&mut shop).contains(" PRODUCTION "));
}
