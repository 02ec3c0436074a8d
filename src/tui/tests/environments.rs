//! The other environments: when they are read, and going over to one.

use super::board::{jobs, shown};
use crate::onboard::Outline;
use crate::tui::effect::Effect;
use crate::tui::fixtures::*;
use crate::tui::keymap::{Context, Intent};
use crate::tui::msg::Done;
use crate::tui::screens::board::BoardDone;

/// Far from the ends of its list, with something looked for.
pub fn situation(context: Context) -> Shop {
    let mut shop = Shop::at_home().matrix(half_ready());
    if context == Context::Environments {
        let found = shop.pressed(&[Intent::Compare, Intent::Filter]).typed("e").pressed(&[Intent::Enter]);
        let moved = found.pressed(&[Intent::First, Intent::Down, Intent::Right]);
        return moved.pressed(&[Intent::NextTrouble, Intent::Up]);
    }
    let environments = (0..30).map(|n| format!("preview-{n}")).collect();
    shop.0.facts.outline = Some(Box::new(Outline { environments, ..*outline() }));
    shop.pressed(&[Intent::Environment, Intent::PageDown, Intent::Down])
}

/// The others are read when they are asked for, one by one; Esc stops that, and again leads back.
#[test]
fn other_environments_are_read_when_the_view_is_opened() {
    let mut shop = Shop::at_home().matrix(half_ready());
    let compare = shop.press(Intent::Compare);
    assert_eq!(jobs(&compare), ["Board(Compare([\"staging\", \"production\"]))"]);
    assert!(shown(&mut shop).contains("reading staging, 1 of 2"), "{}", shown(&mut shop));
    shop.environment(&compare, "staging", Ok(Box::new(all_ready())));
    let half = shown(&mut shop);
    assert!(half.contains("reading production, 2 of 2") && half.contains("5 of 5 ready"), "{half}");
    let stopped = shop.press(Intent::Back);
    assert!(matches!(stopped[..], [Effect::Cancel(_)]) && shop.0.context() == Context::Environments);
    shop.environment(&compare, "production", Ok(Box::new(all_ready())));
    assert!(shown(&mut shop).contains("? not read"), "an answer nobody waits for is dropped");
    assert!(shop.press(Intent::Back).is_empty() && shop.0.context() == Context::Board);
}

/// The sign-in and the role stay; all that was read or planned for the other environment is void.
#[test]
fn going_over_to_another_environment_reads_it() {
    let mut shop = Shop::at_home().signed_in().matrix(half_ready());
    let asked = shop.pressed_for(&[Intent::Environment, Intent::Down, Intent::Enter]);
    assert_eq!(jobs(&asked), ["Board(WorkIn(\"staging\"))"]);
    let there = crate::onboard::Opened { environment: "staging".into(), ..opened() };
    let read = shop.answer(&asked, Done::Board(Ok(BoardDone::WorksIn(Box::new(there), Some(outline())))));
    assert_eq!((jobs(&read), shop.told()), (vec!["ReadMatrix".to_owned()], Some("now in staging")));
    assert!(shop.0.facts.session.ready().is_some() && shop.0.facts.choice.ready().is_some());
    assert!(shown(&mut shop).contains("· staging"), "{}", shown(&mut shop));
    assert!(shop.pressed_for(&[Intent::Environment, Intent::Enter]).is_empty(), "there already");
    // The same from beside the others.
    let mut shop = Shop::at_home().matrix(half_ready());
    let there = shop.pressed_for(&[Intent::Compare, Intent::Right, Intent::Right, Intent::Enter]);
    assert_eq!(jobs(&there)[1..], ["Board(WorkIn(\"production\"))"]);
    assert_eq!(shop.0.context(), Context::Board);
}
