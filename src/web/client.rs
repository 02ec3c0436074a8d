//! The HTTP connections of everything we do: one without TLS for loopback stand-ins, one with it for the rest.
//!
//! What a connector reports is judged here, where the way it took is known, and what will not get better by itself is not
//! tried again. A connection answers one request: it follows no redirect, so no key is carried elsewhere.

use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, Connector};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use super::host;
use super::reach::{Reach, Unreached};
use super::route::{Proxy, Route, RouteError, Trust};
use crate::settings::Settings;

/// Connections of an SDK client, for `http://` on this machine. Loads nothing and uses no proxy.
pub fn loopback_client() -> SharedHttpClient {
    SharedHttpClient::new(direct(Builder::new().build_http()))
}

/// Connections of an SDK client, for https. The client keeps its own time limits.
///
/// # Errors
/// When a variable names a proxy or certificates that cannot be used.
pub fn https_client(settings: &Settings) -> Result<SharedHttpClient, RouteError> {
    let route = Route::of(settings)?;
    let (proxy, trust) = (route.proxy.clone(), route.trust.clone());
    let inner = Builder::new().build_with_connector_fn(move |_, parts| tls(&route, parts));
    Ok(SharedHttpClient::new(Judging { inner, proxy, trust }))
}

/// One connection to `url`.
///
/// # Errors
/// When a variable names a proxy or certificates that cannot be used.
pub(super) fn connector(settings: &Settings, url: &str) -> Result<impl HttpConnector, RouteError> {
    if url.starts_with("http:") {
        return Ok(direct(SharedHttpConnector::new(Connector::builder().build_http())));
    }
    let route = Route::of(settings)?;
    let inner = SharedHttpConnector::new(tls(&route, None));
    Ok(Judging { inner, proxy: route.proxy, trust: route.trust })
}

fn tls(route: &Route, components: Option<&RuntimeComponents>) -> Connector {
    let mut builder = Connector::builder().proxy_config(route.config.clone());
    builder.set_sleep_impl(components.and_then(RuntimeComponents::sleep_impl));
    builder.tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(route.certificates.clone()).build()
}

/// Makes connections, or is one, whose errors carry an [`Unreached`].
#[derive(Clone, Debug)]
struct Judging<C> {
    inner: C,
    proxy: Option<Proxy>,
    trust: Trust,
}

fn direct<C>(inner: C) -> Judging<C> {
    Judging { inner, proxy: None, trust: Trust::System }
}

impl HttpClient for Judging<SharedHttpClient> {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Judging { inner, proxy: self.proxy.clone(), trust: self.trust.clone() })
    }
}

impl HttpConnector for Judging<SharedHttpConnector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let host = host(request.uri());
        let (answer, judging) = (self.inner.call(request), self.clone());
        HttpConnectorFuture::new(async move { answer.await.map_err(|error| judging.judge(host, error)) })
    }
}

impl Judging<SharedHttpConnector> {
    fn judge(&self, host: String, error: ConnectorError) -> ConnectorError {
        if error.is_timeout() || error.is_user() {
            return error;
        }
        let reach = Reach::of(&error, self.proxy.as_ref(), &self.trust);
        let lasting = reach.is_lasting();
        let judged = Box::new(Unreached { host, reach });
        if lasting { ConnectorError::other(judged, None) } else { ConnectorError::io(judged) }
    }
}
