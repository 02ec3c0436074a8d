//! Names, forms and hardships of the files.

use time::macros::datetime;

use super::form::{json, key, parse_date};
use super::*;

fn session() -> SessionName {
    SessionName {
        session: "corp".into(),
        start_url: "https://d-9067f00d00.awsapps.com/start".into(),
        region: "us-east-1".into(),
    }
}

fn cache(home: &Path) -> Cache {
    Cache::of(&Settings::bare("/", home))
}

fn token() -> Token {
    Token {
        access_token: SecretValue::new("canary-access"),
        expires_at: datetime!(2030-01-02 03:04:05 UTC),
        refresh_token: None,
        client: None,
    }
}

#[test]
fn the_file_name_is_the_cli_s() {
    let path = cache(Path::new("/h")).token_path(&session()).unwrap();
    assert_eq!(path, Path::new("/h/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json"));
}

#[test]
fn the_registration_key_is_botocore_s_form() {
    // The vector of the AWS CLI's own slot, with its tool name put in the place of ours.
    assert_eq!(sha1_hex(&key(&session(), "botocore")), "b5b460f14b8d0e43a697850c01f326c224bec183");
    assert_eq!(json("é😀"), r#""\u00e9\ud83d\ude00""#);
}

#[test]
fn a_token_comes_back_and_is_private() {
    let home = tempfile::tempdir().unwrap();
    let cache = cache(home.path());
    cache.store_token(&session(), &token()).unwrap();
    let text = std::fs::read_to_string(cache.token_path(&session()).unwrap()).unwrap();
    assert_eq!(
        text,
        r#"{"startUrl":"https://d-9067f00d00.awsapps.com/start","region":"us-east-1","accessToken":"canary-access","expiresAt":"2030-01-02T03:04:05Z"}"#
    );
    assert!(cache.token(&session()).unwrap().access_token.same_as(&token().access_token));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&cache.token_path(&session()).unwrap()), 0o600);
        assert_eq!(mode(cache.folder.as_deref().unwrap()), 0o700);
    }
}

#[test]
fn dates_are_read_leniently() {
    for text in [
        "2030-01-02T03:04:05Z",
        "2030-01-02T03:04:05.000Z",
        "2030-01-02T03:04:05+00:00",
        "2030-01-02T03:04:05UTC",
    ] {
        assert_eq!(parse_date(text), Some(datetime!(2030-01-02 03:04:05 UTC)), "{text}");
    }
    assert_eq!(parse_date("tomorrow"), None);
}

#[test]
fn a_broken_file_is_no_token() {
    let home = tempfile::tempdir().unwrap();
    let cache = cache(home.path());
    cache.store_token(&session(), &token()).unwrap();
    for text in ["", "{", "[]", r#"{"accessToken":"x"}"#, r#"{"accessToken":"x","expiresAt":"?"}"#] {
        #[expect(clippy::disallowed_methods, reason = "a test breaks a file on purpose")]
        std::fs::write(cache.token_path(&session()).unwrap(), text).unwrap();
        assert!(cache.token(&session()).is_none(), "{text}");
    }
}
