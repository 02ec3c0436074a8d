//! The way from here to a host: through which proxy, and whose certificates are trusted.
//!
//! Owns the variables that decide it. The rule: all of them come from `Settings`, as everything of the environment does,
//! and an address is shown without the name and password it may hold. `AWS_CA_BUNDLE` is honoured here because the SDK
//! for Rust ignores it (measured).

use std::fmt;

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{TlsContext, TrustStore};

use super::host;
use crate::secret::plain;
use crate::settings::Settings;

/// Asked in this order, as the AWS CLI, curl and the SDK do.
const PROXIES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// A variable keeps every connection from being made. Nothing was sent.
#[derive(Debug, thiserror::Error)]
pub enum RouteError {
    #[error("cannot read the certificates in {path}: {source}")]
    Certificates { path: String, source: std::io::Error },
    #[error("the certificates in {path} are not usable")]
    BadCertificates { path: String },
    #[error("{variable} is not the address of an http proxy")]
    BadProxy { variable: &'static str },
}

/// What an https connection is made with. Has no `Debug`: the proxy's address holds a password.
#[derive(Clone)]
pub(super) struct Route {
    /// To be used.
    pub config: ProxyConfig,
    pub certificates: TlsContext,
    /// To be shown.
    pub proxy: Option<Proxy>,
    pub trust: Trust,
}

impl Route {
    /// # Errors
    /// When a variable names a proxy or certificates that cannot be used.
    pub fn of(settings: &Settings) -> Result<Self, RouteError> {
        let certificates = certificates(settings)?;
        let (proxy, config) = proxy(settings)?;
        Ok(Self { config, certificates, proxy, trust: Trust::of(settings) })
    }
}

/// The proxy https goes through. Shown as `the proxy HOST:PORT, named by HTTPS_PROXY,`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy {
    pub variable: &'static str,
    /// Host and port alone.
    pub address: String,
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the proxy {}, named by {},", self.address, self.variable)
    }
}

/// Whose certificates count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// The system's list.
    System,
    /// The file or folder named by a variable; `AWS_CA_BUNDLE` counts beside the system's list.
    Named { variable: &'static str, path: String },
}

impl fmt::Display for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str("the system's list of certificates"),
            Self::Named { variable, path } => write!(f, "{path}, named by {variable}"),
        }
    }
}

impl Trust {
    /// `SSL_CERT_FILE` and `SSL_CERT_DIR` are obeyed by the library that loads the system's list (rustls-native-certs).
    fn of(settings: &Settings) -> Self {
        let named = ["AWS_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"]
            .into_iter()
            .find_map(|variable| Some((variable, settings.var(variable)?)));
        named.map_or(Self::System, |(variable, path)| Self::Named { variable, path: plain(path) })
    }
}

/// The system's roots, and the company's where `AWS_CA_BUNDLE` names them.
fn certificates(settings: &Settings) -> Result<TlsContext, RouteError> {
    let Some(path) = settings.var("AWS_CA_BUNDLE") else { return Ok(TlsContext::default()) };
    let pem = std::fs::read(path).map_err(|source| RouteError::Certificates { path: plain(path), source })?;
    let store = TrustStore::default().with_pem_certificate(pem);
    TlsContext::builder()
        .with_trust_store(store)
        .build()
        .map_err(|_| RouteError::BadCertificates { path: plain(path) })
}

/// The proxy named by the environment, in two forms: to be shown, and to be used.
fn proxy(settings: &Settings) -> Result<(Option<Proxy>, ProxyConfig), RouteError> {
    let named = PROXIES.into_iter().find_map(|variable| Some((variable, settings.var(variable)?.trim())));
    let Some((variable, url)) = named else { return Ok((None, ProxyConfig::disabled())) };
    // Without a scheme it is plain http, as everywhere.
    let url = if url.contains("://") { url.to_owned() } else { format!("http://{url}") };
    let config = ProxyConfig::https(url.as_str()).map_err(|_| RouteError::BadProxy { variable })?;
    let exempt = ["NO_PROXY", "no_proxy"].into_iter().find_map(|name| settings.var(name));
    let config = match exempt {
        Some(hosts) => config.no_proxy(hosts),
        None => config,
    };
    Ok((Some(Proxy { variable, address: host(&url) }), config))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn with(variables: &[(&str, &str)]) -> Settings {
        let bare = Settings::bare("/", Path::new("/h"));
        variables.iter().fold(bare, |all, (name, value)| all.with(name, *value))
    }

    #[test]
    fn a_proxy_is_shown_without_its_password() {
        for url in
            ["http://me:canary-1@corp:3128", "me:canary-1@corp:3128", "http://me:can@ary-1@corp:3128/x"]
        {
            let Ok((Some(proxy), config)) = proxy(&with(&[("HTTPS_PROXY", url)])) else { continue };
            assert_eq!(proxy.to_string(), "the proxy corp:3128, named by HTTPS_PROXY,", "{url}");
            assert!(!config.is_disabled());
        }
        assert_eq!(host("http://me:can@ary-1@corp:3128/x"), "corp:3128");
    }

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let named =
            |variables: &[(&str, &str)]| proxy(&with(variables)).unwrap().0.map(|proxy| proxy.variable);
        assert_eq!(named(&[]), None);
        assert_eq!(named(&[("all_proxy", "a:1"), ("https_proxy", "b:1")]), Some("https_proxy"));
        assert_eq!(named(&[("HTTPS_PROXY", " "), ("ALL_PROXY", "b:1")]), Some("ALL_PROXY"));
    }

    #[test]
    fn what_is_no_address_is_refused_without_showing_it() {
        let error = proxy(&with(&[("HTTPS_PROXY", "socks5://me:canary-1@corp:1080")])).unwrap_err();
        assert_eq!(error.to_string(), "HTTPS_PROXY is not the address of an http proxy");
    }

    #[test]
    fn trust_is_told_by_the_variable_that_counts() {
        assert_eq!(Trust::of(&with(&[])).to_string(), "the system's list of certificates");
        let both = [("SSL_CERT_FILE", "/a.pem"), ("AWS_CA_BUNDLE", "/b.pem")];
        assert_eq!(Trust::of(&with(&both)).to_string(), "/b.pem, named by AWS_CA_BUNDLE");
    }
}
