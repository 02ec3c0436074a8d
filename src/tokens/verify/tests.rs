//! Services on this machine, well-behaved and hostile, and what is made of their answers.

#[path = "../../../tests/support/stand_in.rs"]
mod stand_in;

use std::path::Path;

use stand_in::{StandIn, good, reply};
use time::macros::datetime;

use super::*;

const KEY: &str = "lin_api_c4narycanarycanary0123";

fn settings(stand_in: &StandIn) -> Settings {
    let bare = Settings::bare("/", Path::new("/h"));
    ["LINEAR", "GITHUB", "NPM"]
        .iter()
        .fold(bare, |all, name| all.with(&format!("DEVSECRETS_ENDPOINT_{name}"), stand_in.url.clone()))
}

fn token(verify: &str) -> Token {
    toml::from_str(&format!("title = \"Key\"\npage = \"https://make.one\"\n{verify}")).unwrap()
}

async fn asking(stand_in: &StandIn, verify: &str, key: &str) -> Result<Account, Refusal> {
    super::verify(&settings(stand_in), &token(verify), &SecretValue::new(key)).await
}

const LINEAR: &str = "verify = \"linear\"";
const GITHUB: &str = "verify = \"github\"";

#[tokio::test]
async fn linear_says_who_and_where() {
    let body =
        r#"{"data":{"viewer":{"name":"Jane Doe","email":"jane@acme.test","organization":{"name":"Acme"}}}}"#;
    let stand_in = StandIn::saying(good(body));
    let account = asking(&stand_in, LINEAR, KEY).await.unwrap();
    assert_eq!(
        (account.name.as_str(), account.organization.as_deref()),
        ("Jane Doe (jane@acme.test)", Some("Acme"))
    );
    let asked = &stand_in.asked()[0];
    assert!(asked.starts_with("post /graphql ") && asked.contains("viewer"), "{asked}");
    assert!(asked.contains(&format!("authorization: {KEY}\r\n")), "a personal key goes without Bearer");
}

#[tokio::test]
async fn github_says_who_and_until_when() {
    for (end, at) in [
        ("2027-05-12 21:29:23 UTC", datetime!(2027-05-12 21:29:23 UTC)),
        ("2027-05-12 23:29:23 +0200", datetime!(2027-05-12 21:29:23 UTC)),
    ] {
        let header = format!("github-authentication-token-expiration: {end}\r\n");
        let stand_in = StandIn::saying(reply("200 OK", &header, r#"{"login":"jane","email":null}"#));
        let account = asking(&stand_in, GITHUB, "ghp_abc").await.unwrap();
        assert_eq!((account.name.as_str(), account.expires_at), ("jane", Some(at)));
        let asked = &stand_in.asked()[0];
        assert!(
            asked.starts_with("get /user ") && asked.contains("authorization: bearer ghp_abc"),
            "{asked}"
        );
        assert!(asked.contains("user-agent: devsecrets/"), "GitHub refuses who does not say who they are");
    }
}

#[tokio::test]
async fn npm_says_who() {
    let stand_in = StandIn::saying(good(r#"{"username":"jane"}"#));
    assert_eq!(asking(&stand_in, "verify = \"npm\"", "npm_x").await.unwrap().name, "jane");
    assert!(stand_in.asked()[0].starts_with("get /-/whoami "));
}

#[tokio::test]
async fn a_check_of_the_profile_s_own() {
    let stand_in = StandIn::saying(good(r#"{"user":{"id":7},"ends":1800000000}"#));
    let url = &stand_in.url;
    let check = format!(
        "verify = {{ url = \"{url}/me\", header = \"X-Key: k {{token}}\", account = \"/user/id\", expires = \"/ends\" }}"
    );
    let account = asking(&stand_in, &check, KEY).await.unwrap();
    assert_eq!((account.name.as_str(), account.expires_at.unwrap().unix_timestamp()), ("7", 1_800_000_000));
    assert!(stand_in.asked()[0].contains(&format!("x-key: k {KEY}\r\n")));
    let enterprise = format!("verify = {{ service = \"github\", url = \"{url}/api/v3/\" }}");
    asking(&stand_in, &enterprise, "ghp_x").await.unwrap_err();
    assert!(stand_in.asked()[1].starts_with("get /api/v3/user "));
}

async fn refused(verify: &str, key: &str, answer: String) -> (Refusal, Vec<String>) {
    let stand_in = StandIn::saying(answer);
    let refusal = asking(&stand_in, verify, key).await.unwrap_err();
    let finding = refusal.finding("t", &token(verify));
    assert!(!format!("{refusal:?} {finding:?}").contains("c4nary"), "{refusal:?}");
    (refusal, stand_in.asked())
}

#[tokio::test]
async fn each_no_is_told_apart() {
    let code = |code: &str| format!(r#"{{"errors":[{{"message":"x","extensions":{{"code":"{code}"}}}}]}}"#);
    let cases = [
        (GITHUB, reply("401 Unauthorized", "", r#"{"message":"Bad credentials"}"#), "DS-TOKEN-06"),
        (GITHUB, reply("403 Forbidden", "", "{}"), "DS-TOKEN-06"),
        (GITHUB, reply("403 Forbidden", "x-ratelimit-remaining: 0\r\n", "{}"), "DS-TOKEN-09"),
        (GITHUB, reply("429 Too Many Requests", "retry-after: 30\r\n", "{}"), "DS-TOKEN-09"),
        (LINEAR, reply("400 Bad Request", "", &code("AUTHENTICATION_ERROR")), "DS-TOKEN-06"),
        (LINEAR, reply("400 Bad Request", "", &code("RATELIMITED")), "DS-TOKEN-09"),
        (LINEAR, good(&code("FORBIDDEN")), "DS-TOKEN-06"),
        (GITHUB, reply("503 Service Unavailable", "", "<html>"), "DS-TOKEN-08"),
        (GITHUB, reply("404 Not Found", "", "{}"), "DS-TOKEN-10"),
        (GITHUB, good("<html>not JSON"), "DS-TOKEN-10"),
        (GITHUB, good("[]"), "DS-TOKEN-10"),
        (GITHUB, good(r#"{"login":"  "}"#), "DS-TOKEN-10"),
        (LINEAR, good(r#"{"data":{"viewer":null}}"#), "DS-TOKEN-10"),
        ("", String::new(), "DS-TOKEN-11"),
    ];
    for (verify, answer, code) in cases {
        let key = if verify == LINEAR { KEY } else { "ghp_c4nary" };
        let (refusal, _) = refused(verify, key, answer.clone()).await;
        assert_eq!(refusal.code(), code, "{answer}: {refusal}");
    }
    let (refusal, _) = refused(GITHUB, "ghp_c4nary", reply("429 X", "retry-after: 30\r\n", "{}")).await;
    assert!(refusal.to_string().ends_with("in 30 s"), "{refusal}");
}

/// The key is never carried to where an answer points.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = StandIn::saying(good(r#"{"login":"thief"}"#));
    let location = format!("location: {}/user\r\n", elsewhere.url);
    let (refusal, _) = refused(GITHUB, "ghp_c4nary", reply("302 Found", &location, "")).await;
    assert_eq!(refusal.code(), "DS-TOKEN-10");
    assert!(elsewhere.asked().is_empty());
}

#[tokio::test]
async fn another_vendor_s_token_is_not_sent() {
    for (verify, key) in [(LINEAR, "ghp_c4nary"), (GITHUB, KEY), ("verify = \"npm\"", "sk-ant-c4nary")] {
        let (refusal, asked) = refused(verify, key, good("{}")).await;
        assert!(matches!(refusal, Refusal::Foreign { .. }), "{refusal:?}");
        assert!(asked.is_empty());
    }
}

/// Names come from outside: no sequence, no novel, and never the key itself.
#[tokio::test]
async fn a_hostile_answer_is_tamed() {
    let body =
        serde_json::json!({ "login": format!("\u{1b}]0;owned\u{7}ja\u{202e}ne\r\n{}", "x".repeat(500)) });
    let account = asking(&StandIn::saying(good(&body.to_string())), GITHUB, "ghp_x").await.unwrap();
    assert!(account.name.starts_with("jane ") && account.name.chars().count() <= 80, "{account:?}");
    let echo = r#"{"data":{"viewer":{"name":"you sent c4narycanarycanary"}}}"#;
    let (refusal, _) = refused(LINEAR, KEY, good(echo)).await;
    assert!(matches!(refusal, Refusal::Unclear { why: "it repeats the token", .. }), "{refusal:?}");
    let (refusal, _) = refused(GITHUB, "ghp_c4nary", good(&"x".repeat(70_000))).await;
    assert!(matches!(refusal, Refusal::Web(web::Error::TooLong { .. })), "{refusal:?}");
    let (refusal, _) =
        refused(GITHUB, "ghp_c4nary", "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{".to_owned()).await;
    assert!(matches!(refusal, Refusal::Web(web::Error::NotReached { .. })), "{refusal:?}");
}

#[tokio::test]
async fn offline_and_unsafe_addresses_send_nothing() {
    let stand_in = StandIn::saying(good(r#"{"login":"jane"}"#));
    let value = SecretValue::new("ghp_x");
    let mut offline = settings(&stand_in);
    offline.offline = true;
    let refusal = super::verify(&offline, &token(GITHUB), &value).await.unwrap_err();
    assert_eq!(refusal.code(), "DS-TOKEN-16");
    let unsafe_one = settings(&stand_in).with("DEVSECRETS_ENDPOINT_GITHUB", "http://example.com");
    let refusal = super::verify(&unsafe_one, &token(GITHUB), &value).await.unwrap_err();
    assert!(matches!(refusal, Refusal::Web(web::Error::Unsafe(_))), "{refusal:?}");
    assert!(stand_in.asked().is_empty());
}
