//! The pictures of the README are frames of these tests, so they cannot go stale.

use std::path::Path;

use super::frame;
use crate::settings::Settings;
use crate::tui::fixtures::*;
use crate::tui::keymap::Intent;
use crate::tui::model::Load;
use crate::tui::picture::{svg, tour};
use crate::tui::theme::{Depth, Theme};

fn pictured(name: &str, title: &str, shop: Shop, (width, height): (u16, u16), theme: &Theme) {
    let Shop(mut model) = shop;
    kept(name, &svg(&frame(&mut model, theme, width, height), theme, title));
}

/// Fails when the file differs from what is drawn now; `UPDATE_PICTURES=1` writes it.
fn kept(name: &str, drawn: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(format!("{name}.svg"));
    let update = Settings::from_process().unwrap().var("UPDATE_PICTURES").is_some();
    if update {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        crate::private_file::replace(&path, drawn.as_bytes()).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == drawn, "assets/{name}.svg is stale: run the tests with UPDATE_PICTURES=1");
}

/// Day one from the first screen to the last.
#[test]
fn the_tour_goes_through_the_screens_as_they_are() {
    let dark = Theme::dark(Depth::True);
    let mut profiles_there = Shop::new();
    profiles_there.0.facts.profiles = Load::Ready(profiles());
    let stops = [
        profiles_there,
        Shop::opened().waiting_for_approval(),
        Shop::opened().choosing_an_account(),
        Shop::opened().signed_in().with_role().matrix(half_ready()),
        Shop::opened().signed_in().with_role().matrix(half_ready()).previewed(),
        Shop::opened().signed_in().with_role().matrix(half_ready()).pressed(&[Intent::Palette]).typed("to"),
        done(),
    ];
    let frames: Vec<_> = stops.into_iter().map(|Shop(mut model)| frame(&mut model, &dark, 96, 28)).collect();
    kept("tour", &tour(&frames, &dark, "devsecrets: from git clone to running"));
}

#[test]
fn the_pictures_show_the_screens_as_they_are() {
    let dark = Theme::dark(Depth::True);
    let light = Theme::light(Depth::True);
    let to_the_missing_one = [Intent::Right, Intent::Last, Intent::Up, Intent::Up];
    let board = || Shop::at_home().signed_in().matrix(half_ready()).pressed(&to_the_missing_one);
    let preview = || Shop::opened().signed_in().with_role().matrix(half_ready()).previewed();
    let sign_in = || Shop::opened().waiting_for_approval();
    pictured("sign-in", "devsecrets: sign in", sign_in(), (120, 30), &dark);
    pictured("board", "devsecrets: the board", board(), (110, 32), &dark);
    pictured("board-light", "devsecrets: the board", board(), (110, 32), &light);
    pictured("preview", "devsecrets: preview", preview(), (110, 32), &dark);
    let tokens = || Shop::opened().tokens().pressed(&[Intent::Down]);
    let identity = || Shop::opened().identity(Some(old_identity()));
    pictured("tokens", "devsecrets: tokens", tokens(), (110, 24), &dark);
    pictured("tokens-light", "devsecrets: tokens", tokens(), (110, 24), &light);
    pictured("identity", "devsecrets: identity", identity(), (110, 20), &dark);
    pictured("identity-light", "devsecrets: identity", identity(), (110, 20), &light);
    let leaks = || Shop::at_home().at_the_audit().found(audited(leaks())).pressed(&[Intent::Down; 2]);
    pictured("leaks", "devsecrets: the leak scan", leaks(), (110, 26), &dark);
    pictured("summary", "devsecrets: done", done(), (110, 34), &dark);
}
