//! The device flow and the silent refresh against the sandbox, with every round trip counted.

use super::*;
use crate::sandbox::{Fault, Lifetimes, Operation, Sandbox, World};

fn session() -> SessionName {
    SessionName {
        session: "corp".to_owned(),
        start_url: "https://acme.awsapps.com/start".to_owned(),
        region: "eu-west-2".to_owned(),
    }
}

/// A person with a home folder, and the sandbox to sign in to.
struct Scene {
    home: tempfile::TempDir,
    sandbox: Sandbox,
}

impl Scene {
    async fn new(world: World) -> Self {
        let world = world.start_url(session().start_url).auto_approve();
        Self { home: tempfile::tempdir().unwrap(), sandbox: Sandbox::start(world).await.unwrap() }
    }

    fn settings(&self) -> Settings {
        let bare = Settings::bare("/", self.home.path());
        self.sandbox.environment().into_iter().fold(bare, |all, (name, url)| all.with(&name, url))
    }

    async fn signs_in(&self) -> Result<Token, SsoError> {
        let now = OffsetDateTime::now_utc();
        let begun = SignIn::begin(&self.settings(), &session(), now).await?;
        begun.finish(&self.settings()).await.map(|(token, _)| token)
    }

    async fn current(&self) -> Option<Token> {
        current(&self.settings(), &session(), OffsetDateTime::now_utc()).await.unwrap()
    }

    /// Calls of registration, start and token.
    fn calls(&self) -> [usize; 3] {
        let counted =
            [Operation::RegisterClient, Operation::StartDeviceAuthorization, Operation::CreateToken];
        counted.map(|operation| self.sandbox.count(operation))
    }
}

/// Tokens so short that they are near their end at once.
fn short_lived() -> World {
    World::new().lifetimes(Lifetimes { token: Duration::from_secs(300), ..Lifetimes::default() })
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
    scene.sandbox.script(Operation::StartDeviceAuthorization, [refused, refused]);
    assert!(scene.signs_in().await.is_err());
    assert_eq!(scene.calls(), [3, 5, 2]);
}

#[tokio::test]
async fn slow_down_adds_five_seconds_and_pending_none() {
    let scene = Scene::new(World::new()).await;
    let mut begun = SignIn::begin(&scene.settings(), &session(), OffsetDateTime::now_utc()).await.unwrap();
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
        let mut begun =
            SignIn::begin(&scene.settings(), &session(), OffsetDateTime::now_utc()).await.unwrap();
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
async fn a_token_near_its_end_is_refreshed_silently() {
    let scene = Scene::new(short_lived()).await;
    let old = scene.signs_in().await.unwrap();
    let new = scene.current().await.unwrap();
    assert!(!new.access_token.same_as(&old.access_token));
    assert_eq!(scene.calls(), [1, 1, 2]);
    let kept = Cache::of(&scene.settings()).unwrap().token(&session()).unwrap();
    assert!(kept.access_token.same_as(&new.access_token));
}

/// Refresh tokens are single-use; whoever comes second takes the winner's token from the cache, or keeps a live one.
#[tokio::test]
async fn a_lost_race_for_the_refresh_costs_nobody_the_session() {
    let scene = Scene::new(short_lived()).await;
    scene.signs_in().await.unwrap();
    let (one, two) = tokio::join!(scene.current(), scene.current());
    assert!(one.is_some() && two.is_some());
    assert_eq!(scene.calls()[1], 1);
}

#[tokio::test]
async fn a_refresh_that_fails_keeps_a_token_that_lives() {
    for fault in [Fault::InvalidGrant, Fault::Empty, Fault::Malformed, Fault::ServerError] {
        let scene = Scene::new(short_lived()).await;
        scene.signs_in().await.unwrap();
        scene.sandbox.script(Operation::CreateToken, [fault]);
        assert!(scene.current().await.is_some(), "{fault:?}");
    }
}

#[tokio::test]
async fn an_unknown_start_url_is_told_from_other_trouble() {
    let scene = Scene::new(World::new()).await;
    let wrong = SessionName { start_url: "https://other.awsapps.com/start".to_owned(), ..session() };
    let begun = SignIn::begin(&scene.settings(), &wrong, OffsetDateTime::now_utc()).await;
    assert!(matches!(begun, Err(SsoError::WrongPortal { .. })));
}
