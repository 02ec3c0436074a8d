//! The browser flow against the sandbox's page and its authorization server, over real sockets.

use super::*;
use crate::sandbox::{Fault, Operation, World};
use crate::sso::fixtures::{Scene, browse, get, get_as, redirected};

async fn begun(scene: &Scene) -> BrowserFlow {
    BrowserFlow::begin(scene.oidc(), OffsetDateTime::now_utc()).await.unwrap()
}

/// Waits for the verdict while `act` plays the browser.
async fn while_browser<T>(flow: &BrowserFlow, act: impl Future<Output = T>) -> (Result<Token, SsoError>, T) {
    tokio::join!(flow.finish(), act)
}

/// RFC 7636 appendix B.
#[test]
fn the_challenge_is_the_rfc_s() {
    assert_eq!(
        challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    );
    let verifier = random(48).unwrap();
    assert_eq!(verifier.len(), 64);
    assert!(verifier.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b)));
}

#[tokio::test]
async fn one_sign_in_is_two_calls_and_a_page() {
    let scene = Scene::new(World::new()).await;
    let flow = begun(&scene).await;
    let (token, answer) = while_browser(&flow, browse(&flow.page.url)).await;
    assert!(token.unwrap().refresh_token.is_some());
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("Approved"), "{answer}");
    assert!(!answer.contains("code="), "the page repeats the code");
    assert_eq!(scene.calls(), [1, 0, 1]);
    assert_eq!(scene.sandbox.log().len(), 3, "{:?}", scene.sandbox.log());
}

#[tokio::test]
async fn strays_are_answered_and_change_nothing() {
    let scene = Scene::new(World::new()).await;
    let flow = begun(&scene).await;
    let back = redirected(&get(&flow.page.url).await);
    let port = flow.listener.expected.host().to_owned();
    let act = async {
        for path in ["favicon.ico", "", "oauth/callback", "oauth/callback/?code=x&state=y", "callback?code=x"]
        {
            assert!(get(&format!("http://{port}/{path}")).await.starts_with("HTTP/1.1 404"), "{path}");
        }
        let foreign = back.replace("state=", "state=x");
        assert!(get(&foreign).await.starts_with("HTTP/1.1 400"));
        let rebound = get_as(&back, "evil.example").await;
        assert!(rebound.starts_with("HTTP/1.1 404"), "another name leads here: {rebound}");
        get(&back).await
    };
    let (token, answer) = while_browser(&flow, act).await;
    assert!(token.is_ok() && answer.starts_with("HTTP/1.1 200"));
    assert_eq!(scene.calls()[2], 1, "one code is bought, and only the right one");
}

#[tokio::test]
async fn a_second_way_back_is_refused() {
    let scene = Scene::new(World::new()).await;
    let flow = begun(&scene).await;
    let back = redirected(&get(&flow.page.url).await);
    assert!(get(&back).await.starts_with("HTTP/1.1 200"));
    assert!(get(&back).await.starts_with("HTTP/1.1 410"));
    assert!(flow.finish().await.is_ok());
    drop(flow);
    tokio::task::yield_now().await;
    assert_eq!(get(&back).await, "", "the port is still open");
}

#[tokio::test]
async fn no_in_the_browser_is_no() {
    let scene = Scene::new(World::new()).await;
    let flow = begun(&scene).await;
    let denied = format!(
        "{}?error=access_denied&state={}",
        flow.listener.expected.redirect, flow.listener.expected.state
    );
    let (token, answer) = while_browser(&flow, get(&denied)).await;
    assert!(matches!(token, Err(SsoError::Denied)));
    assert!(answer.contains("Not approved"));
    assert_eq!(scene.calls()[2], 0);
}

#[tokio::test]
async fn an_error_of_the_page_is_told_in_plain_text() {
    let scene = Scene::new(World::new()).await;
    let flow = begun(&scene).await;
    let error = format!("{}?error=invalid%1b[2J_scope", flow.listener.expected.redirect);
    let (token, _) = while_browser(&flow, get(&error)).await;
    assert_eq!(token.unwrap_err().to_string(), "the sign-in page ended with invalid_scope");
}

#[tokio::test]
async fn a_browser_that_never_comes_back_is_given_up() {
    let scene = Scene::new(World::new()).await;
    let mut flow = begun(&scene).await;
    flow.page.expires_at = OffsetDateTime::now_utc();
    assert!(matches!(flow.finish().await, Err(SsoError::BrowserTimedOut)));
    assert_eq!(scene.calls()[2], 0);
}

#[tokio::test]
async fn the_address_can_be_pasted() {
    let scene = Scene::new(World::new()).await;
    let flow = begun(&scene).await;
    let back = redirected(&get(&flow.page.url).await);
    let wrong = flow.paste(&SecretValue::new("http://127.0.0.1:1/oauth/callback?code=a&state=b"));
    assert!(matches!(wrong, Err(SsoError::NotTheAddress)));
    flow.paste(&SecretValue::new(back)).unwrap();
    assert!(flow.finish().await.is_ok());
}

/// The grant works once: whatever becomes of the call, it is made once.
#[tokio::test]
async fn the_code_is_bought_once() {
    for fault in [Fault::ServerError, Fault::Throttled, Fault::Dropped, Fault::Empty, Fault::Truncated] {
        let scene = Scene::new(World::new()).await;
        let flow = begun(&scene).await;
        scene.sandbox.script(Operation::CreateToken, [fault]);
        let (token, _) = while_browser(&flow, browse(&flow.page.url)).await;
        assert!(token.is_err(), "{fault:?}");
        assert_eq!(scene.calls()[2], 1, "{fault:?}");
    }
}

#[tokio::test]
async fn it_listens_on_this_machine_alone() {
    let listener = Listener::bind("s".to_owned()).await.unwrap();
    let port = listener.expected.host().rsplit(':').next().unwrap().to_owned();
    for other in ["127.0.0.2", "[::1]"] {
        let elsewhere = tokio::net::TcpStream::connect(format!("{other}:{port}")).await;
        assert!(elsewhere.is_err(), "{other}");
    }
}

/// A connection opened in advance and left silent, as browsers do, holds nobody up.
#[tokio::test]
async fn a_silent_visitor_holds_nobody_up() {
    let scene = Scene::new(World::new()).await;
    let flow = begun(&scene).await;
    let _silent = tokio::net::TcpStream::connect(flow.listener.expected.host()).await.unwrap();
    let (token, _) = while_browser(&flow, browse(&flow.page.url)).await;
    assert!(token.is_ok());
}
