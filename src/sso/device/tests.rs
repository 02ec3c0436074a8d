//! The device flow against the sandbox, with every round trip counted.

use super::*;
use crate::sandbox::{Fault, Operation, World};
use crate::sso::fixtures::{Scene, session};

async fn begun(scene: &Scene) -> DeviceFlow {
    DeviceFlow::begin(scene.oidc(), OffsetDateTime::now_utc()).await.unwrap()
}

#[tokio::test]
async fn one_sign_in_is_three_calls_and_the_next_none() {
    let scene = Scene::new(World::new()).await;
    let token = scene.signs_in().await.unwrap();
    assert_eq!(scene.calls(), [1, 1, 1]);
    assert!(scene.current().await.unwrap().access_token.same_as(&token.access_token));
    assert_eq!(scene.sandbox.log().len(), 3);
}

#[tokio::test]
async fn a_known_registration_is_used_again() {
    let scene = Scene::new(World::new()).await;
    scene.signs_in().await.unwrap();
    scene.signs_in().await.unwrap();
    assert_eq!(scene.calls(), [1, 2, 2]);
}

#[tokio::test]
async fn a_forgotten_registration_is_made_anew_once() {
    let scene = Scene::new(World::new()).await;
    scene.signs_in().await.unwrap();
    scene.sandbox.forget_registrations();
    scene.signs_in().await.unwrap();
    assert_eq!(scene.calls(), [2, 3, 2]);
    let refused = Fault::ForgottenRegistration;
    scene.sandbox.script(Operation::StartDeviceAuthorization, [refused; 9]);
    assert!(scene.signs_in().await.is_err());
}

#[tokio::test]
async fn slow_down_adds_five_seconds_and_pending_none() {
    let scene = Scene::new(World::new()).await;
    let mut begun = begun(&scene).await;
    scene.sandbox.script(Operation::CreateToken, [Fault::Pending, Fault::SlowDown, Fault::SlowDown]);
    let mut waits = Vec::new();
    for _ in 0..3 {
        assert!(begun.poll().await.unwrap().is_none());
        waits.push(begun.interval.as_secs());
    }
    assert_eq!(waits, [1, 6, 11]);
    assert!(begun.poll().await.unwrap().is_some());
}

/// A code is single-use: whatever happens to a poll, the SDK must not repeat it by itself.
#[tokio::test]
async fn a_poll_is_one_call() {
    for fault in [Fault::ServerError, Fault::Throttled, Fault::Dropped] {
        let scene = Scene::new(World::new()).await;
        let mut begun = begun(&scene).await;
        scene.sandbox.script(Operation::CreateToken, [fault]);
        assert!(begun.poll().await.unwrap().is_none(), "{fault:?}");
        assert_eq!(scene.calls()[2], 1, "{fault:?}");
    }
}

#[tokio::test]
async fn refusal_and_expiry_end_the_wait() {
    let scene = Scene::new(World::new()).await;
    scene.sandbox.script(Operation::CreateToken, [Fault::Denied, Fault::Expired]);
    assert!(matches!(scene.signs_in().await, Err(SsoError::Denied)));
    assert!(matches!(scene.signs_in().await, Err(SsoError::CodeExpired)));
    assert!(scene.current().await.is_none());
}

#[tokio::test]
async fn an_unknown_start_url_is_told_from_other_trouble() {
    let scene = Scene::new(World::new()).await;
    let start_url = "https://other.awsapps.com/start".to_owned();
    let mut oidc = scene.oidc();
    oidc.session = SessionName { start_url, ..session() };
    let begun = DeviceFlow::begin(oidc, OffsetDateTime::now_utc()).await;
    assert!(matches!(begun, Err(SsoError::WrongPortal { .. })));
}

/// A poll cut off in the middle leaves nothing behind that stops the next sign-in.
#[tokio::test]
async fn cancelled_in_the_middle_of_a_poll() {
    let scene = Scene::new(World::new()).await;
    let mut begun = begun(&scene).await;
    scene.sandbox.script(Operation::CreateToken, [Fault::Hang]);
    let cut = tokio::time::timeout(Duration::from_millis(300), begun.poll()).await;
    assert!(cut.is_err());
    drop(begun);
    scene.signs_in().await.unwrap();
    assert!(scene.current().await.is_some());
}
