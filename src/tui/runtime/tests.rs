//! The real loop with the real engine on the demo's sandbox; keys are pressed once their screen is there.

mod audit;
mod board;
mod page;
mod values;

use std::time::Duration;

use crossterm::event::{Event, KeyCode};
use ratatui::layout::Size;

use std::rc::Rc;

use super::*;
use crate::demo::Demo;
use crate::keychain::MemoryKeychain;
use crate::onboard::Request;
use crate::seed::FileOutcome;
use crate::tui::theme::Theme;
use page::Page;

/// A demo whose folder goes with it.
struct World(Demo);

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.folder());
    }
}

async fn world() -> World {
    let home = tempfile::tempdir().unwrap();
    World(Demo::start(&Settings::bare("/", home.path()), false).await.unwrap())
}

fn session(settings: &Settings) -> Session {
    let request = Request { profile: Some("services".into()), ..Request::default() };
    Session::new(settings.clone(), std::sync::Arc::new(MemoryKeychain::default()), request)
}

fn extras(world: &World) -> Extras {
    let handle = world.0.sandbox();
    let approve: Approve = Rc::new(move |code: &str| handle.approve(code));
    Extras {
        banner: None,
        approve: Some(approve),
        questions: None,
        suggested: None,
        removal: None,
        shell: None,
        theme: Theme::plain(),
    }
}

/// Plays `script`: each key once its words are on the screen.
async fn play(world: &World, script: &[(&str, KeyCode)]) -> (Ended, Vec<String>) {
    let settings = &world.0.settings;
    let mut page = Page::new(script);
    let ended = sit(world, session(settings), &mut page).await;
    (ended, page.frames)
}

async fn sit(world: &World, session: Session, page: &mut Page) -> Ended {
    sit_with(session, &world.0.settings, extras(world), page).await
}

async fn sit_with(session: Session, settings: &Settings, extras: Extras, page: &mut Page) -> Ended {
    let model = Model::new(Size { width: 120, height: 40 }, OffsetDateTime::now_utc());
    let mut sitting = Sitting::new(session, settings, extras, model);
    sitting.shown_for = page.shown_for;
    let turn = LocalSet::new();
    let ended = turn.run_until(sitting.turn(page));
    let ended = tokio::time::timeout(Duration::from_secs(60), ended).await;
    ended.unwrap_or_else(|_| panic!("stuck at:\n{}", page.frames.last().unwrap())).unwrap()
}

/// From the first screen to the last: what is waited for, and the key pressed then.
const DAY_ONE: [(&str, KeyCode); 9] = [
    ("approve here", KeyCode::Char('a')),
    ("Acme Development", KeyCode::Enter),
    ("Developer", KeyCode::Enter),
    ("Write ~/.aws/config?", KeyCode::Char('y')),
    ("services ready", KeyCode::Enter),
    ("nothing is written yet", KeyCode::Enter),
    ("Write 6 files?", KeyCode::Enter),
    ("What was written", KeyCode::Enter),
    ("Personal tokens", KeyCode::Char('s')),
];

#[tokio::test]
async fn day_one_by_keys_alone() {
    let world = world().await;
    let script = [&DAY_ONE[..], &[("To take it back", KeyCode::Char('q'))]].concat();
    let (ended, frames) = play(&world, &script).await;
    assert!(ended.finished);
    assert!(ended.report.is_some_and(|report| report.count(FileOutcome::Created) > 0));
    assert!(world.0.settings.folder.join("backend/.env").exists());
    let config = std::fs::read_to_string(world.0.settings.aws_folder().unwrap().join("config")).unwrap();
    assert!(config.contains("[profile services]\nsso_session = services\n"), "{config}");
    assert!(frames[0].contains("looking for profiles…"), "words come before any work:\n{}", frames[0]);
}

fn plain() -> Extras {
    Extras {
        banner: None,
        approve: None,
        questions: None,
        suggested: None,
        removal: None,
        shell: None,
        theme: Theme::plain(),
    }
}

/// Signing in fails here, files are wrong in four ways, and `F` with two consents mends them all.
#[cfg(unix)]
#[tokio::test]
async fn the_doctor_mends_a_broken_world() {
    let world = crate::doctor::fixtures::World::healthy().await;
    world.write(".gitignore", "node_modules\n");
    world.append("api/.env", "MODE=plain\n");
    world.chmod("api/.env", 0o644);
    world.write("web/.env", "");
    let profile = std::fs::read_to_string(world.root.join("devsecrets.toml")).unwrap();
    let web = "[services.web]\npath = \"web\"\nenv_file = \".env\"\nreaders = [\"shell\"]\nrequired = [\"JWT_SECRET\"]\n";
    world.write("devsecrets.toml", &format!("{profile}\n{web}"));
    let script = [
        ("D doctor", KeyCode::Char('D')),
        ("F fix all", KeyCode::Char('F')),
        ("Do these", KeyCode::Enter),
        ("Write 1 file?", KeyCode::Enter),
        ("nothing is wrong · 2 of 2 services ready", KeyCode::Char('u')),
        ("taken back: 1 file", KeyCode::Char('q')),
    ];
    let mut page = Page::new(&script);
    sit_with(world.session(), &world.settings, plain(), &mut page).await;
    let frames = page.frames;
    assert!(frames.iter().any(|frame| frame.contains("what was shown is done") && frame.contains("u undo")));
    assert!(std::fs::read_to_string(world.root.join(".gitignore")).unwrap().contains("/api/.env"));
    assert_eq!(std::fs::read_to_string(world.root.join("web/.env")).unwrap(), "", "the seed was taken back");
}

/// With a profile nobody can read, the doctor says which line it is; mended, the same screen finds it well.
#[tokio::test]
async fn the_doctor_opens_without_a_profile() {
    let world = crate::doctor::fixtures::World::healthy().await;
    world.write("devsecrets.toml", "schema = 1\nname = 3\n");
    let script = [("D doctor", KeyCode::Char('D')), ("DS-PROFILE-05 · the profile", KeyCode::Char('q'))];
    let mut page = Page::new(&script);
    let ended = sit_with(world.session(), &world.settings, plain(), &mut page).await;
    let frames = page.frames;
    assert!(ended.profile.is_none());
    assert!(frames.last().unwrap().contains("devsecrets.toml:2:8: expected"), "{}", frames.last().unwrap());
}

#[tokio::test]
async fn quitting_while_waiting_ends_at_once() {
    let world = world().await;
    let (ended, _) = play(&world, &[("approve here", KeyCode::Char('q'))]).await;
    assert!(!ended.finished && ended.matrix.is_none() && ended.report.is_none());
}
