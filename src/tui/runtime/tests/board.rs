//! Day one to the board, a value set by hand and shown there, and the next day, which begins at the board.

use std::sync::Arc;

use super::*;
use crate::tui::overlays::Overlay;

const CANARY: &str = "canary-0815-set-by-hand-on-the-board-and-long-enough";

fn of(settings: &Settings, keychain: &Arc<MemoryKeychain>) -> Session {
    let request = Request { profile: Some("services".into()), ..Request::default() };
    Session::new(settings.clone(), keychain.clone(), request)
}

fn keys(script: &[(&str, KeyCode)]) -> Vec<(String, Event)> {
    script.iter().map(|(words, key)| ((*words).to_owned(), Event::Key((*key).into()))).collect()
}

#[tokio::test]
async fn day_one_leads_to_the_board_and_day_two_begins_there() {
    let world = world().await;
    let keychain = Arc::new(MemoryKeychain::default());
    let enter = KeyCode::Enter;
    let mut script = keys(&DAY_ONE);
    script.extend(keys(&[
        ("To take it back", enter),
        ("n next to do", KeyCode::Home),
        ("required is there", KeyCode::Char('e')),
    ]));
    script.push(("You see what would change".into(), Event::Paste(CANARY.into())));
    script.extend(keys(&[
        ("52 characters", enter),
        ("nothing is written yet", enter),
        ("Write 1 file?", enter),
        ("What was written", enter),
        ("services ready", KeyCode::Char(' ')),
        ("canary-0815", KeyCode::Char('x')),
        ("services ready", KeyCode::Char('w')),
        ("Esc close", KeyCode::Esc),
        ("services ready", KeyCode::Char('q')),
    ]));
    let mut page = Page::playing(script);
    let ended = sit(&world, of(&world.0.settings, &keychain), &mut page).await;
    assert!(ended.finished);
    assert_eq!(page.revealed.len(), 1);
    assert!(page.revealed[0].contains(CANARY), "{}", page.revealed[0]);
    for text in page.frames.iter().chain(&page.models) {
        assert!(!text.contains("canary"), "{text}");
    }
    let written = std::fs::read_to_string(world.0.settings.folder.join("backend/.env")).unwrap();
    assert!(written.contains(CANARY), "{written}");

    // The next day: no step of the walk, and the board before anybody has been asked anything.
    let script = keys(&[
        ("renewed by itself", KeyCode::Char('r')),
        ("everything required is there", KeyCode::Char('q')),
    ]);
    let mut page = Page::playing(script);
    sit(&world, of(&world.0.settings, &keychain), &mut page).await;
    let first = page.frames.iter().find(|frame| !frame.contains("looking for profiles")).unwrap();
    assert!(first.contains("JWT_SECRET") && first.contains("reading what"), "{first}");
    assert!(page.frames.iter().all(|frame| !frame.contains("nothing is written yet")), "day one is over");
}

/// An apply that was cut off leaves its intention in the journal: the walk goes on at the files.
#[tokio::test]
async fn a_walk_cut_off_goes_on_where_it_was() {
    let world = world().await;
    let keychain = Arc::new(MemoryKeychain::default());
    let enter = KeyCode::Enter;
    let script = keys(&[
        ("approve here", KeyCode::Char('a')),
        ("Acme Development", enter),
        ("Developer", enter),
        ("Write ~/.aws/config?", KeyCode::Char('y')),
        ("services ready", KeyCode::Char('q')),
    ]);
    sit(&world, of(&world.0.settings, &keychain), &mut Page::playing(script)).await;
    let mut again = of(&world.0.settings, &keychain);
    let opened = again.preferred();
    assert!(opened.is_some_and(|opened| opened.is_ok()));
    let set_up = again.outline().unwrap().set_up;
    assert!(set_up.role && !set_up.files, "{set_up:?}");
    // Nothing is asked twice: session and role are there, and the services stand before the person at once.
    let mut page = Page::playing(keys(&[("services ready", KeyCode::Char('q'))]));
    sit(&world, of(&world.0.settings, &keychain), &mut page).await;
    let last = page.frames.last().unwrap();
    assert!(last.contains("4 Services") && !last.contains("approve here"), "{last}");
}

/// Files were written, tokens not asked for: the walk goes on there, and is over once its end was seen.
#[tokio::test]
async fn a_walk_left_at_the_tokens_goes_on_there() {
    let world = world().await;
    let keychain = Arc::new(MemoryKeychain::default());
    let last = DAY_ONE.len() - 1;
    let script = [&DAY_ONE[..last], &[("Personal tokens", KeyCode::Char('q'))]].concat();
    sit(&world, of(&world.0.settings, &keychain), &mut Page::playing(keys(&script))).await;
    let set_up = || {
        let mut session = of(&world.0.settings, &keychain);
        assert!(session.preferred().is_some_and(|opened| opened.is_ok()));
        session.outline().unwrap().set_up
    };
    assert!(set_up().lacks_its_end(), "{:?}", set_up());
    let script = keys(&[("Personal tokens", KeyCode::Char('s')), ("services ready", KeyCode::Char('q'))]);
    let mut page = Page::playing(script);
    sit(&world, of(&world.0.settings, &keychain), &mut page).await;
    assert!(page.frames.iter().all(|frame| !frame.contains("approve here")), "nobody signs in for that");
    assert!(set_up().is_whole(), "{:?}", set_up());
}

/// Only the overlays that hide what is typed can hold it, and they say so.
#[test]
fn what_is_typed_is_masked_wherever_it_is_told() {
    use crate::tui::fixtures::Shop;
    use crate::tui::keymap::Intent;
    let shop =
        Shop::at_home().matrix(crate::tui::fixtures::half_ready()).pressed(&[Intent::Set]).typed("canary-1");
    assert!(matches!(shop.0.overlay, Some(Overlay::Value(_))));
    assert!(format!("{:?}", shop.0.overlay).contains("MaskedInput(masked)"));
}
