//! Endpoints, and what is refused before anything is sent.

mod servers;
mod ways;

use std::path::Path;

use super::*;

fn with(variable: &str, url: &str) -> Settings {
    Settings::bare("/", Path::new("/h")).with(variable, url)
}

#[test]
fn the_services_own_variable_wins() {
    let settings = with("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
        .with("AWS_ENDPOINT_URL_SSO_OIDC", "http://127.0.0.1:2");
    assert_eq!(endpoint(&settings, Service::SsoOidc).unwrap().as_deref(), Some("http://127.0.0.1:2"));
    assert_eq!(endpoint(&settings, Service::Sso).unwrap().as_deref(), Some("http://127.0.0.1:1"));
    let ignored = settings.with("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    assert_eq!(endpoint(&ignored, Service::Sso).unwrap(), None);
}

#[test]
fn a_strange_endpoint_is_refused_by_name() {
    let error = endpoint(&with("AWS_ENDPOINT_URL", "http://evil.example"), Service::Sso).unwrap_err();
    assert_eq!(
        error.to_string(),
        "AWS_ENDPOINT_URL points to http://evil.example, which is neither https nor on this machine"
    );
}

#[test]
fn a_loopback_connection_loads_no_certificates() {
    let broken = with("AWS_ENDPOINT_URL", "http://127.0.0.1:1").with("AWS_CA_BUNDLE", "/nowhere.pem");
    assert!(connect(&broken, Service::Sso, "eu-west-2").is_ok());
    let https = with("AWS_CA_BUNDLE", "/nowhere.pem");
    assert!(matches!(connect(&https, Service::Sso, "eu-west-2"), Err(SetupError::Route(_))));
}
