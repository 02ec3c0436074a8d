//! The doctor's room: what keys do there, what it looks like, and that it says what the command says.

use super::frames::{SIZES, shows};
use super::{frame, text};
use crate::doctor::{Diagnosis, Group, Problem};
use crate::finding::{Finding, Remedy, Severity};
use crate::tui::effect::{Effect, Job, TaskId};
use crate::tui::fixtures::*;
use crate::tui::keymap::{Context, Intent};
use crate::tui::model::{Beside, Load, Step};
use crate::tui::msg::{Done, Msg};
use crate::tui::overlays::{Overlay, Question};
use crate::tui::screens;
use crate::tui::screens::doctor::{DoctorAct, DoctorDone, Row};
use crate::tui::theme::{Depth, Theme};
use crate::tui::update::update;

fn at_broken() -> Shop {
    Shop::opened().matrix(half_ready()).at_the_doctor().examined(broken())
}

/// The one thing these effects start, and what it is.
fn wish(effects: &[Effect]) -> (TaskId, &DoctorAct) {
    match effects {
        [Effect::Start(id, Job::Doctor(act))] | [_, Effect::Start(id, Job::Doctor(act))] => (*id, act),
        other => panic!("no wish in {other:?}"),
    }
}

fn answered(shop: &mut Shop, effects: &[Effect], done: DoctorDone) -> Vec<Effect> {
    let (id, _) = wish(effects);
    update(&mut shop.0, Msg::Finished(id, Done::Doctor(done)))
}

#[test]
fn screens() {
    let shop = || Shop::opened().matrix(half_ready()).at_the_doctor();
    shows("doctor_empty", shop().pressed(&[Intent::Back]));
    let some = broken().checks.into_iter().take(5).collect();
    shows("doctor_running", shop().heard(some));
    shows("doctor_healthy", shop().examined(healthy()));
    shows("doctor_broken", at_broken());
    shows("doctor_all", at_broken().pressed(&[Intent::Toggle]));
    shows("doctor_page", at_broken().pressed(&[Intent::Enter]));
    shows("doctor_by_hand", at_broken().pressed(&[Intent::Last]));
    let mut fixing = at_broken();
    let effects = fixing.press(Intent::FixAll);
    answered(&mut fixing, &effects, DoctorDone::Planned(Ok(Box::new(remedies()))));
    shows("doctor_fix", fixing);
    let mut seeding = at_broken();
    let effects = seeding.press(Intent::FixAll);
    let seeds = crate::onboard::Remedies { cures: Vec::new(), files: nothing(), ..remedies() };
    let effects = answered(&mut seeding, &effects, DoctorDone::Planned(Ok(Box::new(seeds))));
    answered(&mut seeding, &effects, DoctorDone::SeedPlanned(Ok(preview())));
    shows("doctor_seed", seeding);
    let mut nobody = shop();
    let id = nobody.0.facts.examination.task().unwrap();
    update(&mut nobody.0, Msg::Finished(id, Done::Doctor(DoctorDone::Examined(Err(trouble())))));
    shows("doctor_impossible", nobody);
}

fn nothing() -> crate::seed::Preview {
    crate::seed::Preview { files: Vec::new(), ..preview() }
}

/// Colour is never all there is: without it the same words stand there.
#[test]
fn colours_add_nothing_to_the_words() {
    for (width, height) in SIZES {
        let mut shop = at_broken();
        let plain = text(&frame(&mut shop.0, &Theme::plain(), width, height));
        for theme in [Theme::dark(Depth::True), Theme::light(Depth::True), Theme::either(Depth::Named)] {
            assert_eq!(text(&frame(&mut shop.0, &theme, width, height)), plain);
        }
    }
}

/// Every problem, group and check of the command's report is a row here, in the same words, and nothing else is.
#[test]
fn the_rows_are_those_of_the_command() {
    for diagnosis in [broken(), healthy()] {
        let mut shop = Shop::opened().sized(140, 60).at_the_doctor().examined(diagnosis.clone());
        let shown = text(&frame(&mut shop.0, &Theme::plain(), 140, 60));
        let spoken = crate::cli::diagnosis_text(&diagnosis);
        let json = serde_json::to_value(&diagnosis).unwrap();
        let rows = shop.0.facts.examination.rows(false);
        let problems = rows.iter().filter(|row| matches!(row, Row::Problem(..))).count();
        let listed = json["checks"].as_array().unwrap().iter();
        let in_json: usize = listed.filter_map(|one| one["problems"].as_array()).map(Vec::len).sum();
        assert_eq!((problems, in_json), (diagnosis.problems().count(), diagnosis.problems().count()));
        for problem in diagnosis.problems() {
            let line = problem.line();
            assert!(spoken.contains(&line), "{line}\n{spoken}");
            let start: String = line.chars().take(40).collect();
            assert!(shown.contains(&start), "{start}\n{shown}");
        }
        for group in Group::ALL.into_iter().filter(|group| !diagnosis.of_group(*group).is_empty()) {
            let tally = crate::doctor::Tally::of(group, &diagnosis.of_group(group));
            for word in [tally.word(), tally.done()] {
                let is_line = |line: &&str| line.contains(group.word()) && line.contains(&word);
                assert!(spoken.lines().any(|line| is_line(&line)), "{group} {word}\n{spoken}");
                assert!(shown.lines().any(|line| is_line(&line)), "{group} {word}\n{shown}");
            }
        }
        assert!(spoken.contains(&diagnosis.in_short()) && shown.contains(&diagnosis.in_short()), "{shown}");
        assert_eq!(json["readiness"]["says"], diagnosis.readiness.as_ref().unwrap().says);
        assert!(shown.contains(&diagnosis.readiness.unwrap().says));
    }
}

#[test]
fn it_looks_by_itself_and_each_answer_is_shown_as_it_comes() {
    let mut shop = Shop::new();
    let effects = shop.press(Intent::Visit(Beside::Doctor));
    let (id, act) = wish(&effects);
    assert!(matches!(act, DoctorAct::Examine(only) if only.is_empty()));
    shop.0.facts.examination.listed = checks_listed();
    shop.0.facts.examination.begin(id, None);
    let shop = shop.heard(broken().checks.into_iter().take(5).collect());
    assert_eq!(shop.0.facts.examination.progress(), (5, 7));
    assert_eq!(shop.0.facts.examination.diagnosis.problems().count(), 1);
    let mut shop = shop;
    update(&mut shop.0, Msg::Checked(TaskId::default(), Box::new(healthy().checks.remove(6))));
    assert_eq!(shop.0.facts.examination.progress(), (5, 7), "an answer nobody waits for is dropped");
}

#[test]
fn esc_stops_looking_and_then_leads_back() {
    let mut shop = Shop::opened().matrix(half_ready()).at_the_doctor();
    assert_eq!(shop.0.context(), Context::DoctorLooking);
    assert!(matches!(shop.press(Intent::Back)[..], [Effect::Cancel(_)]));
    assert!(!shop.0.facts.examination.is_looking() && shop.0.beside.is_some());
    shop.press(Intent::Back);
    assert_eq!((shop.0.beside, shop.0.at), (None, Step::Board));
}

/// The cursor stays on what it was on while rows come in above it.
#[test]
fn the_cursor_stays_on_its_row() {
    let shop = Shop::opened().at_the_doctor().heard(broken().checks.split_off(6)).pressed(&[Intent::Last]);
    let row = crate::tui::screens::doctor::here(&shop.0);
    assert_eq!(row, Some(Row::Problem("DS-VALUE-01", 0)));
    let shop = shop.heard(broken().checks);
    assert_eq!(crate::tui::screens::doctor::here(&shop.0), row);
}

#[test]
fn one_check_is_looked_at_again_alone() {
    let mut shop = at_broken().pressed(&[Intent::Last]);
    let effects = shop.press(Intent::Retry);
    assert!(matches!(wish(&effects).1, DoctorAct::Examine(only) if only == &["DS-VALUE-01"]));
    let good = healthy().checks.remove(6);
    let shop = shop.examined(Diagnosis { checks: vec![good], ..Diagnosis::empty() });
    assert_eq!(shop.0.facts.examination.diagnosis.problems().count(), 3, "the others stand as they were");
    assert!(shop.0.facts.examination.diagnosis.readiness.is_some());
}

/// Planned, shown, agreed to; then the files, shown and agreed to; then looked at again, and undone.
#[test]
fn a_fix_is_shown_done_looked_at_again_and_taken_back() {
    let mut shop = at_broken();
    let plan = shop.press(Intent::FixAll);
    assert!(matches!(wish(&plan).1, DoctorAct::Plan(cures) if cures.len() == 3));
    answered(&mut shop, &plan, DoctorDone::Planned(Ok(Box::new(remedies()))));
    assert_eq!(shop.0.context(), Context::Remedies);
    let heal = shop.press(Intent::Enter);
    assert!(matches!(wish(&heal).1, DoctorAct::Heal(_)) && shop.0.is_writing());
    assert!(shop.press(Intent::Back).is_empty() && shop.0.is_writing(), "a write is let finish");
    let seed = answered(&mut shop, &heal, DoctorDone::Healed(Ok(mended())));
    assert!(matches!(wish(&seed).1, DoctorAct::PlanSeed(remedies) if remedies.seeds.len() == 2));
    answered(&mut shop, &seed, DoctorDone::SeedPlanned(Ok(preview())));
    let write = shop.press(Intent::Enter);
    assert!(matches!(wish(&write).1, DoctorAct::Seed(_)));
    let look = answered(&mut shop, &write, DoctorDone::Seeded(Ok(mended())));
    assert!(matches!(wish(&look).1, DoctorAct::Examine(only) if only.is_empty()));
    let mut shop = shop.examined(healthy());
    assert_eq!(shop.0.context(), Context::DoctorFixed);
    assert!(matches!(shop.0.facts.matrix, Load::Idle), "what was read before is read again");
    let undo = shop.press(Intent::Undo);
    let look = answered(&mut shop, &undo, DoctorDone::Undone(Ok(mended())));
    assert!(matches!(wish(&look).1, DoctorAct::Examine(_)));
    assert_eq!(shop.0.screens.doctor.undoable, 1);
}

#[test]
fn no_means_nothing_was_changed() {
    let mut shop = at_broken();
    let plan = shop.press(Intent::Fix);
    assert!(matches!(wish(&plan).1, DoctorAct::Plan(cures) if cures.len() == 1));
    answered(&mut shop, &plan, DoctorDone::Planned(Ok(Box::new(remedies()))));
    assert!(matches!(shop.0.overlay, Some(Overlay::Confirm(Question::Fix { .. }))));
    assert!(shop.press(Intent::Back).is_empty());
    assert!(shop.0.screens.doctor.fixing.task().is_none() && shop.0.overlay.is_none());
    assert_eq!(shop.told(), Some("nothing was changed"));
}

#[test]
fn what_cannot_be_fixed_from_here_says_so() {
    let mut shop = at_broken().pressed(&[Intent::Last]);
    assert!(shop.press(Intent::Fix).is_empty());
    assert!(shop.told().is_some_and(|notice| notice.contains("needs you")));
}

/// A broken profile is what the doctor is for: reachable there, and what was mended is found on the way back.
#[test]
fn it_is_reached_from_a_broken_profile() {
    let mut shop = Shop::new();
    shop.0.facts.profiles = Load::Ready(profiles());
    let remedy = Remedy::run("mend the line", "devsecrets profile lint");
    let broken = Finding::error("DS-PROFILE-05", "profile", "it is broken", remedy);
    shop.0.facts.opened = Load::Broken(broken);
    let shown = text(&frame(&mut shop.0, &Theme::plain(), 80, 24));
    assert!(shown.contains("D doctor"), "{shown}");
    let mut shop = shop.at_the_doctor().examined(healthy());
    let effects = shop.press(Intent::Back);
    assert!(matches!(effects[..], [Effect::Start(_, Job::Find)]), "{effects:?}");
}

/// Who has not moved stands on the worst, and is offered what can be done about it.
#[test]
fn it_opens_on_the_worst_and_offers_what_there_is() {
    let mut all = broken();
    let note = |problem: &mut Problem| problem.finding.severity = Severity::Note;
    all.checks[4].problems.iter_mut().for_each(note);
    let shop = Shop::opened().at_the_doctor().examined(all);
    assert_eq!(screens::doctor::here(&shop.0), Some(Row::Problem("DS-VALUE-01", 0)));
    let offers = |shop: &Shop| {
        let all = [Intent::Fix, Intent::FixAll, Intent::Copy];
        all.map(|intent| screens::offers(&shop.0, intent))
    };
    assert_eq!(offers(&shop), [false, true, false], "it needs a person, others do not");
    let on_a_group = shop.pressed(&[Intent::First]);
    assert!(matches!(screens::doctor::here(&on_a_group.0), Some(Row::Group(_))));
    assert_eq!(screens::place(&on_a_group.0).code, None, "a group is no code");
    assert_eq!(offers(&Shop::opened().at_the_doctor().examined(healthy())), [false; 3]);
}
