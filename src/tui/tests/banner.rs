//! What is said of the session, and when it changes by itself.

use super::board::shown;
use crate::tui::fixtures::*;
use crate::tui::model::Load;

/// Without anything happening, one moment at a time, and none for a session that is renewed or not on the screen.
#[test]
fn the_end_of_a_session_shows_when_it_comes() {
    let mut shop = Shop::at_home().matrix(half_ready());
    let end = noon() + time::Duration::minutes(10);
    let session = |renews| Load::Ready(crate::onboard::SignedIn { expires_at: end, renews, warning: None });
    shop.0.facts.session = session(true);
    assert_eq!(shop.0.turns_at(), None);
    shop.0.facts.session = session(false);
    assert!(shown(&mut shop).contains("session ends within 15 min"));
    for (words, next) in [("within 5 min", Some(end)), ("the session has ended · A signs in", None)] {
        shop.0.window.now = shop.0.turns_at().unwrap();
        assert!(shown(&mut shop).contains(words), "{words}");
        assert_eq!(shop.0.turns_at(), next);
    }
    let mut walking = Shop::opened().signed_in();
    walking.0.facts.session = session(false);
    assert_eq!(walking.0.turns_at(), None, "the steps do not show it");
}
