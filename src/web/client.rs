//! The HTTP connections of everything we do: one without TLS for loopback stand-ins, one with it for the rest.
//!
//! `AWS_CA_BUNDLE` is honoured here because the SDK for Rust ignores it (measured); proxies come from
//! the usual variables. A connection answers one request: it follows no redirect, so no key is carried elsewhere.

use aws_smithy_http_client::Connector;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use crate::settings::Settings;

/// Certificates that somebody named cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    #[error("cannot read the certificates in {path}: {source}")]
    Certificates { path: String, source: std::io::Error },
    #[error("the certificates in {path} are not usable")]
    BadCertificates { path: String },
}

/// For `http://` on this machine. Loads nothing and uses no proxy.
pub fn plain() -> Connector {
    Connector::builder().build_http()
}

/// Who is trusted: the system's roots, and the company's where `AWS_CA_BUNDLE` names them.
///
/// # Errors
/// When `AWS_CA_BUNDLE` cannot be used.
pub fn trust(settings: &Settings) -> Result<TlsContext, TrustError> {
    let Some(path) = settings.var("AWS_CA_BUNDLE") else { return Ok(TlsContext::default()) };
    let pem =
        std::fs::read(path).map_err(|source| TrustError::Certificates { path: path.to_owned(), source })?;
    let store = TrustStore::default().with_pem_certificate(pem);
    TlsContext::builder()
        .with_trust_store(store)
        .build()
        .map_err(|_| TrustError::BadCertificates { path: path.to_owned() })
}

/// For https. `components` bring the clock of an SDK client, which keeps its own time limits.
pub fn tls(trusted: TlsContext, components: Option<&RuntimeComponents>) -> Connector {
    let mut builder = Connector::builder().proxy_config(ProxyConfig::from_env());
    builder.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
    builder.tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(trusted).build()
}
