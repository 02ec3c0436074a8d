//! The line to AWS: region, endpoint, HTTP client and time limits for every SDK client we make.
//!
//! The rule: no call may wait for ever, no bearer token may leave for an endpoint that is neither
//! https nor on this machine, and no SDK error is ever shown by its `Debug`, which can carry the
//! raw reply with tokens in it (measured). Root certificates cost more than all else at start-up, so they are
//! loaded only for an https endpoint that is really used.

mod advice;
mod call_error;
#[cfg(test)]
mod tests;

use std::time::Duration;

use aws_config::{BehaviorVersion, Region, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

pub use call_error::CallError;

use crate::settings::Settings;
use crate::web;
pub use crate::web::{Advice, Reach};

/// The services we call, with the name each has in `AWS_ENDPOINT_URL_…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    SsoOidc,
    Sso,
    SecretsManager,
    Ssm,
}

impl Service {
    fn variable(self) -> &'static str {
        match self {
            Self::SsoOidc => "AWS_ENDPOINT_URL_SSO_OIDC",
            Self::Sso => "AWS_ENDPOINT_URL_SSO",
            Self::SecretsManager => "AWS_ENDPOINT_URL_SECRETS_MANAGER",
            Self::Ssm => "AWS_ENDPOINT_URL_SSM",
        }
    }

    /// Host of the public endpoint in `region`.
    pub fn host(self, region: &str) -> String {
        let (name, domain) = match self {
            Self::SsoOidc => ("oidc", domain(region)),
            Self::Sso => ("portal.sso", domain(region)),
            Self::SecretsManager => ("secretsmanager", domain(region)),
            Self::Ssm => ("ssm", domain(region)),
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
    Route(#[from] web::RouteError),
}

/// What an SDK client needs to talk to `service` in `region`.
///
/// Calls are tried three times; give single-use grants a client of their own with
/// [`RetryConfig::disabled`], because a retry burns them.
///
/// # Errors
/// When the endpoint is not allowed, or a proxy or certificates cannot be used.
pub fn connect(settings: &Settings, service: Service, region: &str) -> Result<SdkConfig, SetupError> {
    let endpoint = endpoint(settings, service)?;
    let plain_http = endpoint.as_deref().is_some_and(|url| url.starts_with("http:"));
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region.to_owned()))
        .retry_config(RetryConfig::standard())
        .timeout_config(time_limits())
        .http_client(if plain_http { web::loopback_client() } else { http_client(settings)? });
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

/// What the variables of `settings` put in the way of every call. Nothing is sent.
pub fn obstacles(settings: &Settings) -> Vec<SetupError> {
    let services = [Service::SsoOidc, Service::Sso, Service::SecretsManager];
    let unsafe_ones = services.into_iter().filter_map(|service| endpoint(settings, service).err());
    let mut all: Vec<SetupError> = unsafe_ones.chain(http_client(settings).err()).collect();
    all.dedup_by_key(|error| error.to_string());
    all
}

/// The client for https alone, for credential chains that make their own calls.
///
/// # Errors
/// When a variable names a proxy or certificates that cannot be used.
pub fn http_client(settings: &Settings) -> Result<SharedHttpClient, SetupError> {
    Ok(web::https_client(settings)?)
}

/// The SDK itself limits only connecting (measured: a silent server hangs it for ever).
fn time_limits() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(5))
        .operation_attempt_timeout(Duration::from_secs(12))
        .operation_timeout(Duration::from_secs(30))
        .build()
}

/// Variables that send calls to a host that is neither AWS's nor this machine, with that host.
pub fn foreign_endpoints(settings: &Settings) -> Vec<(&'static str, String)> {
    let all = [Service::SsoOidc, Service::Sso, Service::SecretsManager, Service::Ssm];
    let services = all.map(Service::variable);
    let set = services.into_iter().chain(["AWS_ENDPOINT_URL"]).filter(|_| !ignored(settings));
    let named = set.filter_map(|variable| Some((variable, settings.var(variable)?)));
    named
        .filter(|(_, url)| url.starts_with("https://"))
        .map(|(variable, url)| (variable, web::host(url)))
        .filter(|(_, host)| !is_aws(host) && !web::is_this_machine(host))
        .collect()
}

fn is_aws(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or_default();
    [".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".amazonaws.eu"].iter().any(|end| name.ends_with(end))
}

fn ignored(settings: &Settings) -> bool {
    settings.var("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").is_some_and(|v| v.eq_ignore_ascii_case("true"))
}

/// The service's own variable wins over `AWS_ENDPOINT_URL`, as in every SDK.
fn endpoint(settings: &Settings, service: Service) -> Result<Option<String>, SetupError> {
    if ignored(settings) {
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
