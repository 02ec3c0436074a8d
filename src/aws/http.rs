//! HTTP clients: one without TLS for loopback stand-ins, one with it for everything else.
//!
//! `AWS_CA_BUNDLE` is honoured here because the SDK for Rust ignores it (measured); proxies come from
//! the usual variables.

use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

use super::SetupError;
use crate::settings::Settings;

/// For `http://` on this machine. Loads nothing and uses no proxy.
pub(super) fn plain() -> SharedHttpClient {
    Builder::new().build_http()
}

/// For https, with the company's certificates where `AWS_CA_BUNDLE` names them.
pub(super) fn tls(settings: &Settings) -> Result<SharedHttpClient, SetupError> {
    let context = trust(settings)?;
    Ok(Builder::new().build_with_connector_fn(move |_, components| {
        let mut builder = Connector::builder().proxy_config(ProxyConfig::from_env());
        builder.set_sleep_impl(components.and_then(|parts| parts.sleep_impl()));
        builder.tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(context.clone()).build()
    }))
}

fn trust(settings: &Settings) -> Result<TlsContext, SetupError> {
    let Some(path) = settings.var("AWS_CA_BUNDLE") else { return Ok(TlsContext::default()) };
    let pem =
        std::fs::read(path).map_err(|source| SetupError::Certificates { path: path.to_owned(), source })?;
    let store = TrustStore::default().with_pem_certificate(pem);
    TlsContext::builder()
        .with_trust_store(store)
        .build()
        .map_err(|_| SetupError::BadCertificates { path: path.to_owned() })
}
