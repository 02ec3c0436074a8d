//! The silent refresh against the sandbox: once, whoever asks, and never at the price of a live session.

use super::*;
use crate::sandbox::{Fault, Operation};
use crate::sso::fixtures::{Scene, session, short_lived};

#[tokio::test]
async fn a_token_near_its_end_is_refreshed_silently() {
    let scene = Scene::new(short_lived()).await;
    let old = scene.signs_in().await.unwrap();
    let new = scene.current().await.unwrap();
    assert!(!new.access_token.same_as(&old.access_token));
    assert_eq!(scene.calls(), [1, 1, 2]);
    let kept = Cache::of(&scene.settings()).token(&session()).unwrap();
    assert!(kept.access_token.same_as(&new.access_token));
}

/// Each of them finds the token stale again, because it is short; but never two spend the same refresh token.
#[tokio::test]
async fn those_who_come_at_once_take_turns() {
    let scene = Scene::new(short_lived()).await;
    scene.signs_in().await.unwrap();
    let (one, two, three) = tokio::join!(scene.current(), scene.current(), scene.current());
    assert!(one.is_some() && two.is_some() && three.is_some());
    let refused = |call: &crate::sandbox::Call| call.answer != crate::sandbox::Answer::Good;
    assert!(!scene.sandbox.log().iter().any(refused), "{:?}", scene.sandbox.log());
}

#[tokio::test]
async fn a_refresh_that_fails_keeps_a_token_that_lives() {
    for fault in [Fault::InvalidGrant, Fault::Empty, Fault::Malformed, Fault::ServerError] {
        let scene = Scene::new(short_lived()).await;
        scene.signs_in().await.unwrap();
        scene.sandbox.script(Operation::CreateToken, [fault]);
        assert!(scene.current().await.is_some(), "{fault:?}");
        assert_eq!(scene.calls()[2], 2, "{fault:?}: tried once and no more");
    }
}

/// Nobody has said no, so nobody is sent to sign in.
#[tokio::test]
async fn a_renewal_that_nobody_answers_is_no_end_of_the_session() {
    let scene = Scene::new(short_lived()).await;
    let old = scene.signs_in().await.unwrap();
    let over = Token { expires_at: OffsetDateTime::now_utc(), ..old };
    Cache::of(&scene.settings()).store_token(&session(), &over).unwrap();
    scene.sandbox.script(Operation::CreateToken, [Fault::Dropped; 5]);
    let found = current(&scene.settings(), &session(), OffsetDateTime::now_utc()).await;
    assert!(matches!(&found, Err(SsoError::Call(call)) if call.is_offline()), "{found:?}");
}

/// The AWS CLI knows nothing of our lock: it may have spent the refresh token and written its own.
#[tokio::test]
async fn somebody_else_s_token_is_taken_after_a_lost_race() {
    let scene = Scene::new(short_lived()).await;
    let old = scene.signs_in().await.unwrap();
    let cache = Cache::of(&scene.settings());
    let expired = Token { expires_at: OffsetDateTime::now_utc(), ..old };
    cache.store_token(&session(), &expired).unwrap();
    scene.sandbox.script(Operation::CreateToken, [Fault::InvalidGrant]);
    let winner = Token {
        access_token: crate::secret::SecretValue::new("theirs"),
        expires_at: OffsetDateTime::now_utc() + time::Duration::hours(1),
        ..expired
    };
    let theirs = async {
        while scene.calls()[2] < 2 {
            tokio::task::yield_now().await;
        }
        cache.store_token(&session(), &winner).unwrap();
    };
    let (found, ()) = tokio::join!(scene.current(), theirs);
    assert!(found.unwrap().access_token.same_as(&winner.access_token));
}

#[tokio::test]
async fn offline_nothing_is_refreshed() {
    let scene = Scene::new(short_lived()).await;
    scene.signs_in().await.unwrap();
    let mut settings = scene.settings();
    settings.offline = true;
    assert!(current(&settings, &session(), OffsetDateTime::now_utc()).await.unwrap().is_some());
    let later = OffsetDateTime::now_utc() + time::Duration::hours(1);
    assert!(current(&settings, &session(), later).await.unwrap().is_none());
    assert_eq!(scene.calls(), [1, 1, 1]);
}
