//! The line to AWS: region, endpoint, HTTP client and time limits for every SDK client we make.
//!
//! The rule: no call may wait for ever, no bearer token may leave for an endpoint that is neither
//! https nor on this machine, and no SDK error is ever shown by its `Debug`, which can carry the
//! raw reply with tokens in it (measured). Root certificates cost more than all else at start-up, so they are
//! loaded only for an https endpoint that is really used.

mod call_error;

use std::time::Duration;

use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_smithy_http_client::Builder;
use aws_smithy_runtime_api::client::http::SharedHttpClient;

pub use call_error::CallError;

use crate::settings::Settings;
use crate::web;
pub use crate::web::Reach;

/// The services we call, with the name each has in `AWS_ENDPOINT_URL_…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    SsoOidc,
    Sso,
    SecretsManager,
}

impl Service {
    fn variable(self) -> &'static str {
        match self {
            Self::SsoOidc => "AWS_ENDPOINT_URL_SSO_OIDC",
            Self::Sso => "AWS_ENDPOINT_URL_SSO",
            Self::SecretsManager => "AWS_ENDPOINT_URL_SECRETS_MANAGER",
        }
    }

    /// Host of the public endpoint in `region`.
    pub fn host(self, region: &str) -> String {
        let (name, domain) = match self {
            Self::SsoOidc => ("oidc", domain(region)),
            Self::Sso => ("portal.sso", domain(region)),
            Self::SecretsManager => ("secretsmanager", domain(region)),
        };
        format!("{name}.{region}.{domain}")
    }
}

fn domain(region: &str) -> &'static str {
    if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" }
}

/// Why no connection can be set up. Nothing was sent.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    #[error("{variable} points to {url}, which is neither https nor on this machine")]
    UnsafeEndpoint { variable: &'static str, url: String },
    #[error(transparent)]
    Trust(#[from] web::TrustError),
}

/// What an SDK client needs to talk to `service` in `region`.
///
/// Calls are tried three times; give single-use grants a client of their own with
/// [`RetryConfig::disabled`], because a retry burns them.
///
/// # Errors
/// When the endpoint is not allowed or the certificates cannot be loaded.
pub fn connect(settings: &Settings, service: Service, region: &str) -> Result<SdkConfig, SetupError> {
    let endpoint = endpoint(settings, service)?;
    let plain_http = endpoint.as_deref().is_some_and(|url| url.starts_with("http:"));
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region.to_owned()))
        .retry_config(RetryConfig::standard())
        .timeout_config(time_limits())
        .http_client(if plain_http { Builder::new().build_http() } else { http_client(settings)? });
    config.set_endpoint_url(endpoint);
    Ok(config.build())
}

/// Where `service` is, for an address a person opens.
///
/// # Errors
/// When a variable points to an endpoint that is not allowed.
pub fn address(settings: &Settings, service: Service, region: &str) -> Result<String, SetupError> {
    let named = endpoint(settings, service)?.map(|url| url.trim_end_matches('/').to_owned());
    Ok(named.unwrap_or_else(|| format!("https://{}", service.host(region))))
}

/// The client for https alone, for credential chains that make their own calls.
///
/// # Errors
/// When `AWS_CA_BUNDLE` cannot be used.
pub fn http_client(settings: &Settings) -> Result<SharedHttpClient, SetupError> {
    let trusted = web::trust(settings)?;
    Ok(Builder::new().build_with_connector_fn(move |_, components| web::tls(trusted.clone(), components)))
}

/// The SDK itself limits only connecting (measured: a silent server hangs it for ever).
fn time_limits() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(5))
        .operation_attempt_timeout(Duration::from_secs(12))
        .operation_timeout(Duration::from_secs(30))
        .build()
}

/// The service's own variable wins over `AWS_ENDPOINT_URL`, as in every SDK.
fn endpoint(settings: &Settings, service: Service) -> Result<Option<String>, SetupError> {
    if settings.var("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").is_some_and(|v| v.eq_ignore_ascii_case("true")) {
        return Ok(None);
    }
    let named = [service.variable(), "AWS_ENDPOINT_URL"]
        .into_iter()
        .find_map(|variable| Some((variable, settings.var(variable)?)));
    match named {
        None => Ok(None),
        Some((_, url)) if web::is_safe(url) => Ok(Some(url.to_owned())),
        Some((variable, url)) => Err(SetupError::UnsafeEndpoint { variable, url: crate::secret::plain(url) }),
    }
}

#[cfg(test)]
mod tests {
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
        assert!(matches!(connect(&https, Service::Sso, "eu-west-2"), Err(SetupError::Trust(_))));
    }
}
