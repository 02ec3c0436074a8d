//! The walk as tables of what happens and what it leads to.

use crate::secret::SecretValue;
use crate::sso::Command;
use crate::tui::effect::Effect;
use crate::tui::fixtures::*;
use crate::tui::keymap::{Context, Intent};
use crate::tui::model::{Load, Pulse, Standing, Step};
use crate::tui::msg::{Answer, Done, Msg};
use crate::tui::update::update;
use crate::tui::walk;

/// The names of effects, as a table compares them.
fn names(effects: &[Effect]) -> Vec<String> {
    let name = |effect: &Effect| match effect {
        Effect::Start(_, job) => format!("{job:?}").split(['(', ' ']).next().unwrap_or_default().to_owned(),
        other => format!("{other:?}").split('(').next().unwrap_or_default().to_owned(),
    };
    effects.iter().map(name).collect()
}

fn found(preferred: Option<Answer<crate::onboard::Opened>>) -> Done {
    Done::Found(preferred, None)
}

#[test]
fn a_found_profile_goes_straight_to_the_sign_in() {
    let mut shop = Shop::new();
    let find = walk::begin(&mut shop.0);
    assert_eq!(names(&find), ["Find"]);
    let found = found(Some(Ok(opened())));
    assert_eq!(names(&shop.answer(&find, found)), ["Resume"]);
    assert_eq!((shop.0.at, shop.0.standing(Step::Pick)), (Step::SignIn, Standing::Done));
}

#[test]
fn without_one_the_picker_stays() {
    let mut shop = Shop::new();
    let find = walk::begin(&mut shop.0);
    let list = shop.answer(&find, found(None));
    assert_eq!(names(&list), ["List"], "made for those who pick from it");
    assert!(shop.answer(&list, Done::Listed(profiles())).is_empty());
    assert_eq!(shop.0.context(), Context::Pick);
    assert_eq!(names(&shop.press(Intent::Enter)), ["Open"]);
}

#[test]
fn a_broken_profile_is_not_opened() {
    let mut shop = Shop::new();
    shop.0.facts.profiles = Load::Ready(profiles());
    assert!(shop.press(Intent::Last).is_empty());
    assert!(shop.press(Intent::Enter).is_empty());
    assert!(shop.told().is_some());
}

#[test]
fn a_profile_without_sign_in_skips_to_the_services() {
    let mut shop = Shop::new();
    let find = walk::begin(&mut shop.0);
    let plain = crate::onboard::Opened { start_url: None, tokens: vec![], ..opened() };
    let effects = shop.answer(&find, found(Some(Ok(plain))));
    assert_eq!((names(&effects), shop.0.at), (vec!["ReadMatrix".to_owned()], Step::Board));
    assert_eq!(shop.0.standing(Step::SignIn), Standing::Skipped);
    assert_eq!(shop.0.standing(Step::Token), Standing::Skipped);
}

#[test]
fn day_one_from_the_code_to_the_summary() {
    let mut shop = Shop::opened();
    let resume = walk::forward(&mut shop.0);
    let ask = shop.answer(&resume, Done::Resumed(Ok(None), None));
    assert_eq!(names(&ask), ["SignIn"]);
    update(&mut shop.0, Msg::SigningIn(task(&ask), code_shown(), noon()));
    assert_eq!((shop.0.context(), shop.0.pulse()), (Context::SignInWaiting, Some(Pulse::Seconds)));
    let list = shop.answer(&ask, Done::SignedIn(Ok(signed_in()), None));
    assert_eq!((names(&list), shop.0.at), (vec!["Accounts".to_owned()], Step::Role));
    assert!(shop.answer(&list, Done::Accounts(Ok(accounts()))).is_empty());
    let roles_of = shop.press(Intent::Enter);
    assert_eq!(names(&roles_of), ["Roles"]);
    shop.answer(&roles_of, Done::Roles(Ok(roles())));
    let choose = shop.press(Intent::Enter);
    assert_eq!(names(&choose), ["Choose"]);
    let read = shop.answer(&choose, Done::Chose(Ok(choice())));
    assert_eq!(
        (names(&read), shop.0.at),
        (vec!["PlanConfig".to_owned(), "ReadMatrix".to_owned()], Step::Board)
    );
    shop.answer(&read, Done::Matrix(Ok(half_ready())));
    assert_eq!(shop.0.pulse(), None, "nothing wakes up while nothing is under way");
    let plan = shop.press(Intent::Enter);
    shop.answer(&plan, Done::Planned(Ok(preview())));
    assert!(shop.press(Intent::Enter).is_empty(), "nothing is written before the answer");
    let apply = shop.press(Intent::Enter);
    assert_eq!(names(&apply), ["Apply"]);
    shop.answer(&apply, Done::Applied(Ok(report())));
    assert_eq!(names(&shop.press(Intent::Enter)), ["Tokens"]);
    assert_eq!(names(&shop.press(Intent::Skip)), ["WalkOver", "ReadMatrix"]);
    assert_eq!(shop.0.at, Step::Summary);
}

/// Files are there, tokens were not asked for: nobody signs in for that, and the end is seen.
#[test]
fn a_walk_that_was_left_at_the_tokens_goes_on_there() {
    let mut shop = Shop::new();
    let find = walk::begin(&mut shop.0);
    let set_up = crate::onboard::SetUp { role: true, files: true, end: false };
    let outline = crate::onboard::Outline { set_up, choice: Some(choice()), ..*outline() };
    let on = shop.answer(&find, Done::Found(Some(Ok(opened())), Some(Box::new(outline))));
    assert_eq!((names(&on), shop.0.at), (vec!["Resume".to_owned(), "Tokens".to_owned()], Step::Token));
    assert!(!shop.0.home);
    let nobody = update(&mut shop.0, Msg::Finished(task(&on[..1]), Done::Resumed(Ok(None), None)));
    assert!(nobody.is_empty() && shop.0.at == Step::Token, "no sign-in by itself: {nobody:?}");
    assert_eq!(names(&shop.press(Intent::Skip)), ["WalkOver", "ReadMatrix"]);
    assert_eq!(shop.0.at, Step::Summary);
    shop.press(Intent::Enter);
    assert!(shop.0.home && shop.0.at == Step::Board);
}

#[test]
fn a_session_and_a_role_from_before_need_no_key() {
    let mut shop = Shop::opened();
    let resume = walk::forward(&mut shop.0);
    let effects = shop.answer(&resume, Done::Resumed(Ok(Some(signed_in())), Some(choice())));
    let both = vec!["PlanConfig".to_owned(), "ReadMatrix".to_owned()];
    assert_eq!((names(&effects), shop.0.at), (both, Step::Board));
}

/// A role was taken; the answer about the config file is here.
fn with_a_config_plan(plan: crate::sso::config_file::ConfigPlan) -> Shop {
    let mut shop = Shop::opened().signed_in().with_role().matrix(half_ready());
    let planned = crate::tui::overlays::config::plan(&mut shop.0);
    shop.answer(&[planned], Done::ConfigPlanned(Ok(plan)));
    shop
}

#[test]
fn the_config_file_is_offered_and_one_key_writes_it() {
    let mut shop = with_a_config_plan(config_plan());
    assert_eq!(shop.0.context(), Context::Offer);
    let write = shop.press(Intent::Enter);
    assert_eq!((names(&write), shop.0.is_writing()), (vec!["WriteConfig".to_owned()], true));
    shop.answer(&write, Done::ConfigWritten(Ok(config_written())));
    assert!(shop.told().unwrap().contains("aws --profile shop works"));
}

#[test]
fn a_no_to_the_config_file_is_remembered() {
    let mut shop = with_a_config_plan(config_plan());
    assert_eq!(names(&shop.press(Intent::Back)), ["DeclineConfig"]);
    assert_eq!(shop.0.context(), Context::Services);
    let declined = crate::sso::config_file::ConfigPlan { declined: true, ..config_plan() };
    assert!(with_a_config_plan(declined).0.overlay.is_none(), "it is not asked again");
}

#[test]
fn the_config_file_waits_for_the_passphrase() {
    let mut shop = Shop::opened().signed_in().with_role().matrix(half_ready());
    let planned = crate::tui::overlays::config::plan(&mut shop.0);
    update(&mut shop.0, Msg::Asked { new_file: false });
    shop.answer(&[planned], Done::ConfigPlanned(Ok(config_plan())));
    assert_eq!(shop.0.context(), Context::Passphrase);
    shop.press(Intent::Back);
    assert_eq!(shop.0.context(), Context::Offer);
    update(&mut shop.0, Msg::Asked { new_file: false });
    shop.press(Intent::Back);
    assert_eq!(shop.0.context(), Context::Offer, "asked again after the passphrase");
}

#[test]
fn an_answer_nobody_awaits_is_dropped() {
    let mut shop = Shop::opened().at(Step::SignIn).waiting_for_approval();
    let old = shop.0.facts.session.task().unwrap();
    shop.0.screens.sign_in.forget();
    let effects = shop.press(Intent::Retry);
    assert_eq!(names(&effects), ["Cancel", "SignIn"]);
    let late = Msg::Finished(old, Done::SignedIn(Ok(signed_in()), None));
    assert!(update(&mut shop.0, late).is_empty());
    assert!(shop.0.facts.session.is_busy());
    update(&mut shop.0, Msg::SigningIn(old, code_shown(), noon()));
    assert!(shop.0.screens.sign_in.prompt().is_none());
}

/// The engine keeps its turn through a change of method, so nothing is cancelled and begun anew.
#[test]
fn another_method_or_try_is_the_same_sign_in() {
    let mut shop = Shop::opened().waiting_for_approval();
    let id = shop.0.facts.session.task().unwrap();
    assert!(matches!(shop.press(Intent::Switch)[..], [Effect::Tell(Command::Switch)]));
    assert_eq!(shop.0.context(), Context::Busy);
    update(&mut shop.0, Msg::SigningIn(id, page_shown(), noon()));
    assert_eq!(shop.0.context(), Context::SignInBrowser);
    assert!(matches!(shop.press(Intent::Retry)[..], [Effect::Tell(Command::Again)]));
    assert_eq!(shop.0.facts.session.task(), Some(id));
}

#[test]
fn the_address_of_a_browser_elsewhere_is_pasted_or_typed() {
    let mut shop = Shop::opened().waiting_for_the_browser();
    let pasted = |shop: &mut Shop| update(&mut shop.0, Msg::Pasted(SecretValue::new("http://127.0.0.1:1/x")));
    assert!(matches!(pasted(&mut shop)[..], [Effect::Tell(Command::Paste(_))]));
    shop.press(Intent::Paste);
    assert_eq!(shop.0.context(), Context::SignInPaste);
    assert!(pasted(&mut shop).is_empty());
    assert!(matches!(shop.press(Intent::Enter)[..], [Effect::Tell(Command::Paste(_))]));
    assert_eq!(shop.0.context(), Context::SignInBrowser);
    let mut coded = Shop::opened().waiting_for_approval();
    assert!(pasted(&mut coded).is_empty());
}

#[test]
fn a_warning_is_read_before_going_on() {
    let mut shop = Shop::opened().waiting_for_approval();
    let id = shop.0.facts.session.task().unwrap();
    let warned = crate::onboard::SignedIn { warning: Some(trouble()), ..signed_in() };
    assert!(update(&mut shop.0, Msg::Finished(id, Done::SignedIn(Ok(warned), None))).is_empty());
    assert_eq!((shop.0.at, shop.0.context()), (Step::SignIn, Context::SignInDone));
}

#[test]
fn without_aws_one_can_still_go_on() {
    let mut shop = Shop::opened().waiting_for_approval();
    assert_eq!(names(&shop.press(Intent::Skip)), ["Cancel", "ReadMatrix"]);
    assert_eq!(shop.0.at, Step::Board);
    shop.press(Intent::Back);
    assert_eq!(shop.0.at, Step::SignIn, "no role can be chosen without a session");
}

#[test]
fn quitting_asks_nothing_and_says_what_is_finished_first() {
    let mut shop = Shop::opened().previewed();
    assert_eq!((names(&shop.press(Intent::Quit)), shop.told()), (vec!["Quit".to_owned()], None));
    let mut shop = shop.pressed(&[Intent::Enter, Intent::Enter]);
    assert_eq!(names(&shop.press(Intent::Quit)), ["Quit"]);
    assert!(shop.told().is_some_and(|text| text.contains("finished first")));
}

#[test]
fn a_step_back_while_writing_waits() {
    let mut shop = Shop::opened().previewed().pressed(&[Intent::Enter, Intent::Enter]);
    assert!(shop.press(Intent::Back).is_empty());
    assert_eq!(shop.0.at, Step::Preview);
}

#[test]
fn a_policy_without_env_files_has_no_preview() {
    let mut shop = Shop::opened();
    shop.0.facts.opened = Load::Ready(crate::onboard::Opened { seeds_files: false, ..opened() });
    let mut shop = shop.matrix(all_ready());
    shop.press(Intent::Enter);
    assert_eq!((shop.0.at, shop.0.standing(Step::Preview)), (Step::Token, Standing::Skipped));
}

#[test]
fn the_cursor_starts_where_something_is_wrong() {
    let shop = Shop::opened().matrix(half_ready());
    let (service, cell) = crate::tui::screens::board::current(&shop.0).unwrap();
    assert_eq!((service.service.as_str(), cell.variable.as_str()), ("media", "CORS_ORIGIN"));
}

#[test]
fn a_pasted_token_is_taken_without_a_key_and_moved_out_on_enter() {
    let mut shop = Shop::opened().at(Step::Token);
    update(&mut shop.0, Msg::Pasted(crate::secret::SecretValue::new(" lin_api_abcdefgh\n")));
    assert_eq!((shop.0.context(), shop.0.screens.token.input.chars()), (Context::Typing, 16));
    assert_eq!(names(&shop.press(Intent::Enter)), ["KeepToken"]);
    assert_eq!(shop.0.screens.token.input.chars(), 0);
}

#[test]
fn forgetting_a_typed_token_wipes_it() {
    let shop = Shop::opened().at(Step::Token).pressed(&[Intent::Enter]).typed("lin").pressed(&[Intent::Back]);
    assert_eq!((shop.0.context(), shop.0.screens.token.input.chars()), (Context::Token, 0));
}

#[test]
fn another_profile_forgets_what_the_first_one_knew() {
    let mut shop = done().at(Step::Pick);
    let open = shop.press(Intent::Enter);
    assert_eq!(names(&open), ["Open"]);
    let other = crate::onboard::Opened { profile: "platform".into(), ..opened() };
    shop.answer(&open, Done::Opened(Ok(other), None));
    let facts = &shop.0.facts;
    assert!(
        facts.report.ready().is_none() && facts.choice.ready().is_none() && facts.matrix.ready().is_none()
    );
}
