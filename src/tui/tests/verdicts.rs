//! What is said of a whole, where the usual words would be wrong; and what is asked before a former sitting's work goes.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::frames::{SIZES, shows};
use super::{frame, text};
use crate::envfile::guard::READABLE;
use crate::finding::{Finding, Remedy};
use crate::resolve::{Origin, Unwritten};
use crate::seed::{FileState, Preview, Undoable};
use crate::tui::effect::{Effect, Job};
use crate::tui::fixtures::*;
use crate::tui::keymap::{Context, Intent};
use crate::tui::model::Load;
use crate::tui::msg::{Done, Msg};
use crate::tui::overlays::{Overlay, Question};
use crate::tui::screens;
use crate::tui::screens::board::{BoardAct, BoardDone};
use crate::tui::theme::Theme;
use crate::tui::update::update;

fn said(shop: &mut Shop, columns: u16) -> String {
    text(&frame(&mut shop.0, &Theme::plain(), columns, 40))
}

#[test]
fn what_is_refused_is_not_nothing_to_do() {
    let mut shop = Shop::opened().previewed();
    let mut preview = preview();
    preview.files.retain(|file| file.state == FileState::Refused);
    shop.0.facts.preview = Load::Ready(preview);
    let shown = said(&mut shop, 80);
    assert!(shown.contains("1 file refused  nothing can be written"), "{shown}");
}

/// Folders are missing, variables are not.
#[test]
fn no_service_is_ready_and_no_variable_to_blame() {
    let mut matrix = half_ready();
    for row in &mut matrix.services {
        row.cells.retain(|cell| !cell.status.stops());
        row.obstacle = Some(crate::resolve::Obstacle::no_folder(&row.path));
    }
    matrix.ready = 0;
    let mut shop = Shop::at_home().matrix(matrix);
    let shown = said(&mut shop, 120);
    assert!(shown.contains("services ready   every variable is there"), "{shown}");
}

/// Ready, and yet no file says so.
#[test]
fn values_that_no_file_holds_yet_are_told() {
    let mut matrix = all_ready();
    matrix.services[0].cells[0].unwritten = Some(Unwritten::Absent);
    let mut shop = Shop::at_home().matrix(matrix.clone());
    for (columns, _) in SIZES {
        let shown = said(&mut shop, columns);
        assert!(shown.contains("1 to write; a seeds"), "{shown}");
    }
    assert!(said(&mut shop, 120).contains("not in backend/.env yet; s seeds"));
    matrix.services[0].env_file = None;
    let shown = said(&mut Shop::at_home().matrix(matrix), 80);
    assert!(shown.contains("everything required is there"), "{shown}");
}

#[test]
fn a_verdict_that_is_cut_says_so() {
    let mut matrix = half_ready();
    let one = matrix.services[0].clone();
    let many = (0..40).map(|n| crate::resolve::ServiceRow { service: format!("s{n}"), ..one.clone() });
    matrix.services.extend(many);
    let mut shop = Shop::at_home().matrix(matrix);
    for (columns, _) in SIZES {
        let shown = said(&mut shop, columns);
        let line = shown.lines().find(|line| line.contains("services ready")).unwrap();
        assert!(line.ends_with("to go") || line.ends_with('…'), "{line}");
    }
}

#[test]
fn starting_a_service_names_what_starts_it() {
    let shop = Shop::at_home().matrix(half_ready());
    let row = Context::Board.rows().find(|row| row.intent == Intent::Run).unwrap();
    let place = screens::place(&shop.0);
    assert_eq!(
        row.twin.command(&place).unwrap(),
        format!(
            "devsecrets run --service {} -- {} --profile services",
            place.service.clone().unwrap(),
            place.start.clone().unwrap_or_else(|| "COMMAND".into())
        )
    );
}

fn taking_back(last: Undoable) -> (Shop, Vec<Effect>) {
    let mut shop = Shop::at_home().matrix(half_ready());
    let asked = shop.press(Intent::Undo);
    assert!(matches!(asked[..], [Effect::Start(_, Job::Board(BoardAct::LastWrite))]), "{asked:?}");
    let effects = shop.answer(&asked, Done::Board(Ok(BoardDone::LastWrite(last))));
    (shop, effects)
}

fn undoes(effects: &[Effect]) -> bool {
    matches!(effects, [Effect::Start(_, Job::Board(BoardAct::Undo(id)))] if *id == last_write().id)
}

#[test]
fn what_a_former_sitting_wrote_is_named_before_it_is_taken_back() {
    let (mut shop, effects) = taking_back(last_write());
    assert!(effects.is_empty() && matches!(shop.0.overlay, Some(Overlay::Confirm(Question::Undo))));
    let asked = screens::board::undo::question(&shop.0).unwrap().says.join(" ");
    for words in ["2024-10-03 12:00 UTC", "backend/.env", "development"] {
        assert!(asked.contains(words), "{asked}");
    }
    assert!(undoes(&shop.press(Intent::Enter)));
    let (mut shop, _) = taking_back(last_write());
    assert!(shop.press(Intent::Back).is_empty() && shop.0.overlay.is_none());
    let (shop, _) = taking_back(last_write());
    shows("board_undo", shop);
}

#[test]
fn what_this_sitting_wrote_goes_back_at_one_key() {
    let (shop, effects) = taking_back(Undoable { at: noon(), ..last_write() });
    assert!(undoes(&effects) && shop.0.overlay.is_none());
}

/// The matrix looks at values; a file that some program reads otherwise is told beside it, as `status` does.
#[test]
fn a_file_that_a_reader_refuses_is_told_on_the_board() {
    let text = "CORS_ORIGIN='a\n";
    let file = crate::envfile::Document::parse(text.as_bytes());
    let readers = [crate::envfile::Reader::Shell, crate::envfile::Reader::Compose];
    let mut matrix = half_ready();
    for row in &mut matrix.services {
        row.cells.retain(|cell| !cell.status.stops());
        row.ready = true;
    }
    matrix.ready = matrix.services.len();
    let path = matrix.services[0].env_file.clone().unwrap();
    let flaws = crate::envfile::review(&file, &path, &readers);
    assert!(!flaws.is_empty());
    let mut shop = Shop::at_home();
    let read = shop.press(Intent::Retry);
    let [Effect::Start(id, Job::ReadMatrix)] = read[..] else { panic!("{read:?}") };
    update(&mut shop.0, Msg::Flaws(id, flaws.clone()));
    shop.answer(&read, Done::Matrix(Ok(matrix)));
    for columns in [60, 80, 120] {
        let shown = said(&mut shop, columns);
        assert!(!shown.contains("everything required is there"), "{shown}");
        assert!(shown.contains("file problems, see D"), "{shown}");
        assert!(columns < 80 || shown.contains(&format!("{path}:")), "{shown}");
    }
    shows("board_flawed", shop);
}

/// It comes up when an answer does; the Enter that was meant for the board must not be a yes.
#[test]
fn what_comes_up_by_itself_is_agreed_to_by_y_alone() {
    for context in [Context::Consent, Context::Offer] {
        let enter = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
        let y = KeyEvent::new(KeyCode::Char('y'), KeyModifiers::NONE);
        assert_eq!((context.intent(enter), context.intent(y)), (None, Some(Intent::Enter)), "{context:?}");
    }
}

/// What is written for another environment than the usual says so before it is.
#[test]
fn writing_for_production_names_it() {
    let mut shop = Shop::opened().previewed();
    shop.0.facts.preview = Load::Ready(Preview { environment: "production".into(), ..preview() });
    let shown = said(&mut shop.pressed(&[Intent::Enter]), 80);
    assert!(shown.contains("files for PRODUCTION?"), "{shown}");
}

/// A value that was typed replaces one that was.
#[test]
fn what_was_typed_is_not_said_to_leave_hand_edits_alone() {
    let mut shop = Shop::opened().previewed();
    let mut typed = preview();
    typed.files.truncate(2);
    typed.files[1].lines.truncate(1);
    typed.files[1].lines[0].origin = Some(Origin::File);
    shop.0.facts.preview = Load::Ready(typed);
    let shown = said(&mut shop.pressed(&[Intent::Enter]), 80);
    assert!(shown.contains("What you typed") && !shown.contains("Hand edits stay"), "{shown}");
}

/// Written, it is readable by its owner alone; what else is wrong with it still is.
#[test]
fn a_finding_that_writing_mended_goes() {
    let mut shop = Shop::opened().previewed();
    let open = Finding::warning(READABLE, "services/media/.env", "others may read it", Remedy::says("x"));
    let mut before = preview();
    before.files[2].findings.push(open);
    let kept = before.files[2].findings.len() - 1;
    shop.0.facts.preview = Load::Ready(before);
    shop.press(Intent::Enter);
    let effects = shop.press(Intent::Enter);
    shop.answer(&effects, Done::Applied(Ok(report())));
    assert_eq!(shop.0.facts.preview.ready().unwrap().files[2].findings.len(), kept);
}
