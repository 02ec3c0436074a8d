//! Every screen empty, busy, full and broken, and what lies over them: the table of it, and the frames not made elsewhere.

use std::path::Path;

use super::{SIZES, busy, frame, shows, text};
use crate::finding::{Finding, Remedy};
use crate::onboard::Program;
use crate::tui::fixtures::*;
use crate::tui::keymap::Intent;
use crate::tui::model::{Load, Step};
use crate::tui::msg::{Done, Msg};
use crate::tui::overlays::{Overlay, Question};
use crate::tui::tests::keys::{ALL, situation};
use crate::tui::theme::{Depth, Theme};
use crate::tui::update::update;

/// Screen, and the frame of each state: nothing there, under way, as on a good day, and with a problem. `-`: it cannot be.
const TABLE: [(&str, [&str; 4]); 10] = [
    ("pick", ["empty", "busy", "full", "broken"]),
    ("sign_in", ["idle", "busy", "waiting", "denied"]),
    ("role", ["empty", "busy", "accounts", "broken"]),
    ("board", ["empty", "busy", "full", "broken"]),
    ("preview", ["nothing", "busy", "full", "broken"]),
    ("token", ["invitation", "keeping", "matches", "broken"]),
    ("summary", ["untouched", "busy", "full", "broken"]),
    ("tokens", ["empty", "busy", "full", "broken"]),
    ("identity", ["none", "busy", "new", "broken"]),
    ("doctor", ["empty", "running", "broken", "impossible"]),
];

#[test]
fn no_state_of_a_screen_is_without_a_frame() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tui/tests/snapshots");
    let kept: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    for (screen, states) in TABLE {
        for state in states {
            for (width, height) in SIZES {
                let name = format!("__{screen}_{state}_{width}x{height}.snap");
                assert!(kept.iter().any(|kept| kept.ends_with(&name)), "no frame {name}");
            }
        }
    }
}

#[test]
fn states_that_are_rare() {
    let mut strangers = Shop::new();
    let bundled = profiles().into_iter().filter(|choice| choice.from == "bundled");
    strangers.0.facts.profiles = Load::Ready(bundled.collect());
    shows("pick_strangers", strangers);
    let mut nowhere = Shop::opened().signed_in().at(Step::Role);
    nowhere.0.facts.accounts = Load::Ready(Vec::new());
    shows("role_empty", nowhere);
    let mut roleless = Shop::opened().choosing_an_account();
    let asked = roleless.press(Intent::Enter);
    roleless.answer(&asked, Done::Roles(Ok(Vec::new())));
    shows("role_without_roles", roleless);
    shows("sign_in_idle", Shop::opened().at(Step::SignIn));
    let mut nothing = preview();
    nothing.files.clear();
    let mut unchanged = Shop::opened().at(Step::Preview);
    unchanged.0.facts.preview = Load::Ready(nothing);
    shows("preview_nothing", unchanged);
    let mut broken = Shop::opened().at(Step::Preview);
    broken.0.facts.preview = Load::Broken(trouble());
    shows("preview_broken", broken);
    shows("summary_untouched", Shop::opened().at(Step::Summary));
    shows("summary_busy", busy(done(), |facts, id| facts.matrix = Load::Busy(id)));
    let mut unread = done();
    unread.0.facts.matrix = Load::Broken(trouble());
    shows("summary_broken", unread);
}

#[test]
fn what_lies_over_a_screen() {
    let mut asks = Shop::at_home().signed_in().matrix(half_ready());
    asks.0.facts.outline.as_mut().unwrap().programs = vec![Program::example()];
    asks.0.overlay = Some(Overlay::Confirm(Question::Program));
    shows("program", asks);
    for (name, new_file) in [("passphrase", false), ("passphrase_new", true)] {
        let mut shop = Shop::opened().tokens();
        update(&mut shop.0, Msg::Asked { new_file });
        shows(name, shop.typed("seven12"));
    }
    shows("help_at_home", Shop::at_home().matrix(half_ready()).pressed(&[Intent::Help]));
}

/// What takes long, in a corner and on the screen's own line; and given up.
#[test]
fn waiting() {
    let mut copying = Shop::at_home().signed_in().matrix(half_ready());
    let id = task(&copying.press(Intent::Copy));
    update(&mut copying.0, Msg::Long(id));
    shows("long_in_a_corner", copying);
    let mut reading = Shop::at_home().signed_in().matrix(half_ready());
    let id = task(&reading.press(Intent::Retry));
    update(&mut reading.0, Msg::Long(id));
    update(&mut reading.0, Msg::Counted(id, 12, 40));
    shows("long_on_its_line", reading);
    let mut stopped = Shop::opened().signed_in().previewed();
    let id = task(&stopped.press(Intent::Retry));
    update(&mut stopped.0, Msg::Long(id));
    shows("stopped", stopped.pressed(&[Intent::Back]));
}

/// Colour adds a style to a frame and nothing else: every state has a word as well.
#[test]
fn all_themes_say_the_same() {
    let themes = [
        Theme::dark(Depth::True),
        Theme::light(Depth::True),
        Theme::contrast(Depth::True),
        Theme::either(Depth::Indexed),
        Theme::terminal(),
    ];
    for context in ALL {
        for (width, height) in SIZES {
            let plain = text(&frame(&mut situation(context).0, &Theme::plain(), width, height));
            for theme in &themes {
                // The code to scan is drawn only where its colours are sure.
                let theme = Theme { colours: false, ..theme.clone() };
                let shown = text(&frame(&mut situation(context).0, &theme, width, height));
                assert_eq!(plain, shown, "{context:?} at {width}x{height}");
            }
        }
    }
}

/// Each sign we draw has one in ASCII: a question mark stands for letters of other people's names alone.
#[test]
fn in_ascii_every_sign_has_its_own() {
    let ascii = Theme { ascii: true, ..Theme::plain() };
    for context in ALL {
        for (width, height) in SIZES {
            let drawn = frame(&mut situation(context).0, &Theme::plain(), width, height);
            let shown = frame(&mut situation(context).0, &ascii, width, height);
            for (sign, there) in drawn.content().iter().zip(shown.content()) {
                assert!(
                    there.symbol() != "?"
                        || sign.symbol() == "?"
                        || sign.symbol().chars().any(char::is_alphabetic),
                    "{context:?}: {} has no sign in ASCII",
                    sign.symbol()
                );
            }
        }
    }
}

/// A finding that has much to say leaves its next step in sight where there is room for it.
#[test]
fn a_long_finding_keeps_its_next_step() {
    let remedy = Remedy::run("ask the owner of the account for the role", "devsecrets login --choose");
    let says = "the role was taken away ".repeat(4);
    let mut failed = Shop::opened().identity(Some(identity()));
    let effects = failed.press(Intent::Export);
    let finding = Finding::error("DS-AWS-04", "account 111122223333", says, remedy);
    failed.answer(&effects, Done::Identity(Err(finding)));
    for (width, height) in SIZES {
        let shown = text(&frame(&mut failed.0, &Theme::plain(), width, height));
        assert!(shown.contains("ask the owner"), "{shown}");
    }
}
