//! Whole sign-ins: over both methods, from one to the other, and many at once.

use super::*;
use crate::sandbox::{Fault, Operation, World};
use crate::secret::SecretValue;
use crate::sso::fixtures::{Scene, Steered, browse, browser, get, redirected, session};

fn method(prompt: &Prompt) -> Method {
    match prompt {
        Prompt::Code(_) => Method::DeviceCode,
        Prompt::Page(_) => Method::Browser,
    }
}

#[tokio::test]
async fn by_browser_then_again_with_the_known_registration() {
    let scene = Scene::new(World::new()).await;
    for calls in [[1, 0, 1], [1, 0, 2]] {
        let mut steered = Steered::begin(scene.settings(), browser());
        let prompt = steered.prompt().await;
        browse(prompt.page()).await;
        let granted = steered.ends().await.unwrap();
        assert!(granted.not_kept.is_none());
        assert_eq!(scene.calls(), calls);
    }
    let kept = Cache::of(&scene.settings()).token(&session()).unwrap();
    assert!(kept.renews(OffsetDateTime::now_utc()));
}

/// That the service has forgotten us, its page tells the person alone; a new try helps, and so does a new run.
#[tokio::test]
async fn a_registration_forgotten_before_the_browser_is_made_anew_on_a_new_try() {
    let scene = Scene::new(World::new()).await;
    let mut first = Steered::begin(scene.settings(), browser());
    browse(first.prompt().await.page()).await;
    first.ends().await.unwrap();
    scene.sandbox.forget_registrations();
    let mut second = Steered::begin(scene.settings(), browser());
    let dead = second.prompt().await;
    assert!(get(dead.page()).await.starts_with("HTTP/1.1 400"));
    second.commands.send(Command::Again).unwrap();
    let alive = second.prompt().await;
    browse(alive.page()).await;
    second.ends().await.unwrap();
    assert_eq!(scene.calls(), [2, 0, 2]);
}

#[tokio::test]
async fn from_one_method_to_the_other_and_back() {
    let scene = Scene::asking(World::new()).await;
    let mut steered = Steered::begin(scene.settings(), browser());
    assert_eq!(method(&steered.prompt().await), Method::Browser);
    steered.commands.send(Command::Switch).unwrap();
    let code = steered.prompt().await;
    assert_eq!(method(&code), Method::DeviceCode);
    steered.commands.send(Command::Switch).unwrap();
    assert_eq!(method(&steered.prompt().await), Method::Browser);
    steered.commands.send(Command::Switch).unwrap();
    let Prompt::Code(code) = steered.prompt().await else { panic!() };
    assert!(scene.sandbox.approve(&code.user_code));
    steered.ends().await.unwrap();
    let place = Place::of(&scene.settings());
    assert_eq!(recall_method(&scene.settings(), "corp", place), Some(Method::DeviceCode));
}

#[cfg(unix)]
#[tokio::test]
async fn without_a_browser_to_start_it_goes_on_with_a_code() {
    let scene = Scene::new(World::new()).await;
    let settings = scene.settings().with("BROWSER", "/nowhere/browser");
    let mut steered = Steered::begin(settings, Wish { no_browser: false, ..browser() });
    assert_eq!(method(&steered.prompt().await), Method::Browser);
    let Event::Chosen(chosen) = steered.event().await else { panic!() };
    assert_eq!(chosen, Chosen { method: Method::DeviceCode, because: Because::NoBrowser });
    assert_eq!(method(&steered.prompt().await), Method::DeviceCode);
    steered.ends().await.unwrap();
}

#[tokio::test]
async fn a_pasted_address_that_is_wrong_is_told_and_the_right_one_taken() {
    let scene = Scene::new(World::new()).await;
    let mut steered = Steered::begin(scene.settings(), browser());
    let prompt = steered.prompt().await;
    steered.commands.send(Command::Paste(SecretValue::new("https://example.com"))).unwrap();
    assert!(matches!(steered.event().await, Event::Refused(SsoError::NotTheAddress)));
    let back = redirected(&get(prompt.page()).await);
    steered.commands.send(Command::Paste(SecretValue::new(back))).unwrap();
    steered.ends().await.unwrap();
}

#[tokio::test]
async fn of_many_at_once_one_asks() {
    let scene = Scene::asking(World::new()).await;
    let mut first = Steered::begin(scene.settings(), Wish::default());
    let Prompt::Code(code) = first.prompt().await else { panic!() };
    let mut others: Vec<_> = (0..5).map(|_| Steered::begin(scene.settings(), Wish::default())).collect();
    for other in &mut others {
        assert!(matches!(other.event().await, Event::Behind(Some(_))));
    }
    scene.sandbox.approve(&code.user_code);
    let token = first.ends().await.unwrap().token;
    for other in others {
        assert!(other.ends().await.unwrap().token.access_token.same_as(&token.access_token));
    }
    assert_eq!(scene.calls()[..2], [1, 1]);
}

#[tokio::test]
async fn a_refusal_is_everybody_s() {
    let scene = Scene::asking(World::new()).await;
    let mut first = Steered::begin(scene.settings(), Wish::default());
    let Prompt::Code(code) = first.prompt().await else { panic!() };
    let mut second = Steered::begin(scene.settings(), Wish::default());
    assert!(matches!(second.event().await, Event::Behind(_)));
    scene.sandbox.deny(&code.user_code);
    assert!(matches!(first.ends().await, Err(SsoError::Denied)));
    assert!(matches!(second.ends().await, Err(SsoError::Denied)));
    assert_eq!(scene.calls()[1], 1);
}

#[tokio::test]
async fn whoever_waits_takes_over_when_the_first_is_gone() {
    let scene = Scene::new(World::new()).await;
    scene.sandbox.script(Operation::CreateToken, [Fault::Hang]);
    let mut first = Steered::begin(scene.settings(), Wish::default());
    first.prompt().await;
    let mut second = Steered::begin(scene.settings(), Wish::default());
    assert!(matches!(second.event().await, Event::Behind(_)));
    first.ended.abort();
    assert_eq!(method(&second.prompt().await), Method::DeviceCode);
    second.commands.send(Command::Again).unwrap();
    second.ends().await.unwrap();
}

/// Every call, with every fault: an error or a token, never a hang or a panic, and the next sign-in works.
#[tokio::test]
async fn faults_at_every_call_leave_a_way_to_sign_in() {
    let calls = [Operation::RegisterClient, Operation::StartDeviceAuthorization, Operation::CreateToken];
    let faults = [
        Fault::ServerError,
        Fault::Throttled,
        Fault::Dropped,
        Fault::Truncated,
        Fault::Malformed,
        Fault::Empty,
        Fault::Hostile,
        Fault::InvalidGrant,
        Fault::ForgottenRegistration,
    ];
    let pairs = calls.iter().flat_map(|&operation| faults.map(|fault| (operation, fault)));
    // Side by side: most of their time is waiting.
    futures_util::future::join_all(pairs.map(|(operation, fault)| survives(operation, fault))).await;
}

async fn survives(operation: Operation, fault: Fault) {
    let scene = Scene::new(World::new()).await;
    scene.sandbox.script(operation, [fault]);
    if let Err(error) = scene.signs_in().await {
        let shown = format!("{error} {}", error.remedy());
        assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{operation}: {shown:?}");
    }
    scene.signs_in().await.unwrap_or_else(|error| panic!("{operation} after {fault:?}: {error}"));
}
