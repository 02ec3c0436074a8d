//! The leak scan's room: what keys do there, what it looks like, and that it says what the command says.

use super::frames::{SIZES, shows};
use super::{frame, text};
use crate::audit::Source;
use crate::onboard::Declared;
use crate::tui::effect::{Effect, Job, TaskId};
use crate::tui::fixtures::*;
use crate::tui::keymap::{Context, Intent};
use crate::tui::model::{Beside, Step};
use crate::tui::msg::{Done, Msg};
use crate::tui::overlays::{Overlay, Question};
use crate::tui::screens;
use crate::tui::screens::audit::{AuditAct, AuditDone, Item};
use crate::tui::theme::{Depth, Theme};
use crate::tui::update::update;

/// The one thing these effects start.
fn wish(effects: &[Effect]) -> (TaskId, &AuditAct) {
    match effects {
        [Effect::Start(id, Job::Audit(act))] | [_, Effect::Start(id, Job::Audit(act))] => (*id, act),
        other => panic!("no wish in {other:?}"),
    }
}

fn answered(shop: &mut Shop, effects: &[Effect], done: AuditDone) -> Vec<Effect> {
    let (id, _) = wish(effects);
    update(&mut shop.0, Msg::Finished(id, Done::Audit(done)))
}

/// With the cursor on the `nth` finding.
fn on(nth: usize) -> Shop {
    let mut shop = Shop::at_home().matrix(half_ready()).at_the_audit().found(audited(leaks()));
    while screens::audit::here(&shop.0) != Some(Item::Leak(nth)) {
        let before = shop.0.screens.audit.cursor;
        shop.press(Intent::Down);
        assert_ne!(before, shop.0.screens.audit.cursor, "there is no finding {nth}");
    }
    shop
}

fn notice(shop: &Shop) -> &str {
    shop.told().unwrap_or_default()
}

#[test]
fn screens_in_all_situations() {
    let shop = || Shop::at_home().matrix(half_ready()).at_the_audit();
    shows("audit_listing", shop());
    let mut running = shop();
    let id = running.0.facts.audit.task().unwrap();
    update(&mut running.0, Msg::Counted(id, 312, 1204));
    update(&mut running.0, Msg::Long(id));
    shows("audit_running", running);
    shows("audit_empty", shop().found(audited(Vec::new())));
    shows("audit_full", shop().found(half_audited()));
    shows("audit_vendor", on(2));
    shows("audit_skipped", shop().found(half_audited()).pressed(&[Intent::Last]));
    shows("audit_page", on(0).pressed(&[Intent::Enter]));
    shows("audit_filtered", on(0).pressed(&[Intent::Filter]).typed("git"));
    shows("audit_accept", on(2).pressed(&[Intent::Allow]));
    let mut broken = shop();
    let id = broken.0.facts.audit.task().unwrap();
    update(&mut broken.0, Msg::Finished(id, Done::Audit(AuditDone::Looked(Err(no_repository())))));
    shows("audit_broken", broken);
    shows("audit_unasked", shop().pressed(&[Intent::Back]));
}

/// Colour is never all there is: without it the same words stand there.
#[test]
fn colours_add_nothing_to_the_words() {
    for (width, height) in SIZES {
        let mut shop = on(3);
        let plain = text(&frame(&mut shop.0, &Theme::plain(), width, height));
        for theme in [Theme::dark(Depth::True), Theme::light(Depth::True), Theme::either(Depth::Named)] {
            assert_eq!(text(&frame(&mut shop.0, &theme, width, height)), plain);
        }
    }
}

/// Every finding of the command's text and JSON is a row here, in the same words, and nothing else is.
#[test]
fn the_rows_are_those_of_the_command() {
    for audited in [audited(leaks()), half_audited(), audited(Vec::new())] {
        let mut shop = Shop::opened().sized(160, 60).at_the_audit().found(audited.clone());
        let shown = text(&frame(&mut shop.0, &Theme::plain(), 160, 60));
        let spoken = crate::cli::audit_text(&audited.audit);
        let json = serde_json::to_value(&audited.audit).unwrap();
        let in_json = json["findings"].as_array().unwrap();
        assert_eq!(in_json.len(), audited.audit.leaks.len());
        for (leak, told) in audited.audit.leaks.iter().zip(in_json) {
            assert!(spoken.contains(&format!("{}: {}", leak.place(), leak.says())), "{spoken}");
            assert_eq!(
                (told["path"].as_str(), told["line"].as_u64()),
                (Some(&*leak.path), Some(leak.line as u64))
            );
            let start: String = leak.says().chars().take(36).collect();
            let place = format!("{}:{} ", leak.line, leak.column);
            let is_row = |line: &str| line.contains(&place) && line.contains(&start);
            assert!(shown.lines().any(is_row) && shown.contains(&leak.path), "{place}{start}\n{shown}");
        }
        assert_eq!(shown.matches("••••").count() > 0, spoken.matches("••••").count() > 0);
        for skipped in &audited.audit.skipped {
            assert!(spoken.contains(&format!("{}: {}", skipped.path, skipped.why)), "{spoken}");
            assert!(shown.contains(&format!("{}: {}", skipped.path, skipped.why)), "{shown}");
        }
        for words in [audited.audit.in_short(), audited.audit.passed()] {
            assert!(spoken.contains(&words) && shown.contains(&words), "{words}\n{shown}");
        }
    }
}

#[test]
fn it_looks_by_itself_once_and_stays_in_sight_while_one_looks_again() {
    let mut shop = Shop::at_home().matrix(half_ready());
    let effects = shop.press(Intent::Visit(Beside::Audit));
    assert!(matches!(wish(&effects).1, AuditAct::Look(Source::Tracked)));
    assert_eq!(shop.0.context(), Context::AuditLooking);
    assert!(shop.0.pulse().is_some());
    let mut shop = shop.found(audited(leaks()));
    assert_eq!((shop.0.context(), shop.0.pulse().is_some()), (Context::Audit, false));
    shop.press(Intent::Back);
    assert!(shop.press(Intent::Visit(Beside::Audit)).is_empty(), "what is known is shown");
    let again = shop.press(Intent::Retry);
    assert!(matches!(wish(&again).1, AuditAct::Look(_)));
    assert_eq!(shop.0.facts.audit.leaks().len(), leaks().len());
    let late =
        Msg::Finished(TaskId::default(), Done::Audit(AuditDone::Looked(Ok(Box::new(audited(vec![]))))));
    update(&mut shop.0, late);
    assert_eq!(shop.0.facts.audit.leaks().len(), leaks().len());
}

#[test]
fn esc_stops_looking_and_then_leads_back() {
    let mut shop = Shop::at_home().matrix(half_ready()).at_the_audit();
    assert!(matches!(shop.press(Intent::Back)[..], [Effect::Cancel(_)]));
    assert!(!shop.0.facts.audit.is_looking() && shop.0.beside.is_some());
    shop.press(Intent::Back);
    assert_eq!((shop.0.beside, shop.0.at), (None, Step::Board));
}

#[test]
fn it_looks_elsewhere_and_its_commands_say_where() {
    let mut shop = on(2);
    let next = |shop: &Shop| {
        let row = Context::Audit.rows().find(|row| row.intent == Intent::Toggle).unwrap();
        row.twin.command(&screens::place(&shop.0)).unwrap()
    };
    assert_eq!(next(&shop), "devsecrets audit --staged --profile services");
    let staged = shop.press(Intent::Toggle);
    assert_eq!(next(&shop), "devsecrets audit --history --profile services");
    assert!(matches!(wish(&staged).1, AuditAct::Look(Source::Staged)));
    let history = shop.press(Intent::Toggle);
    assert!(matches!(history[0], Effect::Cancel(_)), "the one before is not waited for");
    assert!(matches!(wish(&history).1, AuditAct::Look(Source::History)));
    assert_eq!(next(&shop), "devsecrets audit --profile services");
    let shop = shop.found(audited(leaks()));
    let row = Context::Audit.rows().find(|row| row.intent == Intent::Allow).unwrap();
    let command = row.twin.command(&screens::place(&shop.0)).unwrap();
    assert!(command.starts_with("devsecrets audit --history --allow "), "{command}");
}

#[test]
fn a_finding_is_opened_in_the_editor_and_then_looked_at_again() {
    let mut shop = on(3);
    let open = shop.press(Intent::Edit);
    assert!(matches!(wish(&open).1, AuditAct::Open { leak, .. } if leak.line == 40));
    assert_eq!(shop.0.context(), Context::Busy);
    let again = answered(&mut shop, &open, AuditDone::Opened(Ok("nvim".into())));
    assert!(matches!(wish(&again).1, AuditAct::Look(_)) && notice(&shop).starts_with("back from nvim"));
    let mut shop = on(3);
    let open = shop.press(Intent::Edit);
    answered(&mut shop, &open, AuditDone::Opened(Err(no_repository())));
    assert!(notice(&shop).contains("there is no git repository here"));
}

/// Shown, agreed to, written; both places of the value leave the list; taken back and looked at again.
#[test]
fn a_finding_is_accepted_wherever_it_stands_and_taken_back() {
    let mut shop = on(2);
    assert!(shop.press(Intent::Allow).is_empty());
    assert!(matches!(shop.0.overlay, Some(Overlay::Confirm(Question::Accept))));
    let asked = screens::audit::question(&shop.0).unwrap().says.join("\n");
    for words in ["docs/notes.md:3:14", "/home/dev/shop/.devsecrets-baseline", " github-token", "2 places"] {
        assert!(asked.contains(words), "{asked}");
    }
    let allow = shop.press(Intent::Enter);
    assert!(matches!(wish(&allow).1, AuditAct::Allow(leak) if leak.line == 3) && shop.0.is_writing());
    assert!(shop.press(Intent::Back).is_empty() && shop.0.is_writing(), "a write is let finish");
    answered(&mut shop, &allow, AuditDone::Allowed(Ok(())));
    assert!(shop.0.facts.audit.leaks().iter().all(|leak| leak.rule != "github-token"));
    assert_eq!(shop.0.facts.audit.seen.as_ref().unwrap().audit.accepted, 2);
    assert_eq!(shop.0.context(), Context::AuditAccepted);
    let undo = shop.press(Intent::Undo);
    assert!(matches!(wish(&undo).1, AuditAct::Disallow(leak) if leak.line == 3));
    let again = answered(&mut shop, &undo, AuditDone::Disallowed(Ok(())));
    assert!(matches!(wish(&again).1, AuditAct::Look(_)));
    let mut shop = shop.found(audited(leaks()));
    assert_eq!(shop.0.context(), Context::Audit);
    assert!(shop.press(Intent::Undo).is_empty(), "there is nothing more to be taken back");
}

#[test]
fn no_means_that_nothing_is_accepted() {
    let mut shop = on(2).pressed(&[Intent::Allow]);
    assert!(shop.press(Intent::Back).is_empty() && shop.0.overlay.is_none());
    assert_eq!(shop.0.facts.audit.leaks().len(), leaks().len());
}

#[test]
fn an_own_value_is_never_accepted() {
    for nth in [0, 1, 4, 5] {
        let mut shop = on(nth);
        assert!(shop.press(Intent::Allow).is_empty() && shop.0.overlay.is_none());
        assert!(notice(&shop).contains("never accepted") && notice(&shop).contains("rotated"));
    }
}

/// Each kind of finding has its way, and the command beside it says the same.
#[test]
fn rotating_leads_to_where_it_is_done() {
    let said = |shop: &Shop| screens::place(&shop.0).remedy.unwrap();
    let mut derived = on(0);
    assert_eq!(said(&derived), "devsecrets identity rotate JWT_SECRET");
    derived.press(Intent::Rotate);
    assert_eq!(derived.0.beside, Some(Beside::Identity));
    assert!(matches!(derived.0.overlay, Some(Overlay::Confirm(Question::Identity(_)))));

    let mut stored = on(1);
    assert_eq!(said(&stored), "devsecrets explain STRIPE_KEY");
    assert!(stored.press(Intent::Rotate).is_empty() && notice(&stored).contains("STRIPE_KEY"));
    let declared = Declared { request: Some("https://acme.io/ask".into()), ..Declared::default() };
    stored.0.facts.outline.as_mut().unwrap().variables.insert("STRIPE_KEY".into(), declared);
    assert!(
        matches!(&stored.press(Intent::Rotate)[..], [Effect::OpenPage(page)] if page == "https://acme.io/ask")
    );

    let mut vendor = on(2);
    assert_eq!(said(&vendor), "devsecrets explain DS-AUDIT-01");
    let opened = vendor.press(Intent::Rotate);
    assert!(matches!(&opened[..], [Effect::OpenPage(page)] if page == "https://github.com/settings/tokens"));

    let mut elsewhere = on(4);
    assert!(elsewhere.press(Intent::Rotate).is_empty() && notice(&elsewhere).contains("project letters"));

    let mut kept = on(5);
    let token = Declared { token: Some("linear".into()), ..Declared::default() };
    kept.0.facts.outline.as_mut().unwrap().variables.insert("LINEAR_API_KEY".into(), token);
    assert_eq!(said(&kept), "devsecrets token set linear");
    kept.press(Intent::Rotate);
    assert_eq!(kept.0.beside, Some(Beside::Tokens));

    let mut file = on(6);
    assert!(file.press(Intent::Rotate).is_empty() && notice(&file).contains("no page is known"));
    assert!(matches!(&on(6).press(Intent::Copy)[..], [Effect::Copy(command)] if command.contains("explain")));
}

/// What is typed to search is no key, and what it finds is what is gone through.
#[test]
fn findings_are_searched() {
    let mut shop = on(0).pressed(&[Intent::Filter]).typed("github").pressed(&[Intent::Enter]);
    assert_eq!(screens::audit::here(&shop.0), Some(Item::Leak(2)));
    shop.press(Intent::Last);
    assert_eq!(screens::audit::here(&shop.0), Some(Item::Leak(3)));
    shop.press(Intent::Back);
    assert!(shop.0.beside.is_some() && shop.0.screens.audit.filter.text.is_empty());
}

#[test]
fn a_click_goes_to_the_finding_and_never_to_a_heading() {
    let mut shop = on(0);
    shop.press(Intent::At(0));
    assert_eq!(screens::audit::here(&shop.0), Some(Item::Leak(0)), "the first beneath the heading");
    shop.press(Intent::At(4));
    assert_eq!(screens::audit::here(&shop.0), Some(Item::Leak(2)));
}
