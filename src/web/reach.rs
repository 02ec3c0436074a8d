//! Why a host was not reached, read off what the connector reports.
//!
//! The types of that report are private to the libraries below, so their texts are looked at; the tests meet each with a
//! real server. A proxy is told by its variable and its address; what stands before the `@` never gets this far.

use std::error::Error;
use std::fmt;
use std::io::{self, ErrorKind};

use super::route::{Proxy, Trust};

/// Why a call never got an answer, with the host it was meant for. Source of the connector's error.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{reach} ({host})")]
pub struct Unreached {
    pub host: String,
    pub reach: Reach,
}

impl Unreached {
    /// The one among the causes of a failed call.
    pub fn within<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a Self> {
        std::iter::successors(Some(error), |cause| (*cause).source()).find_map(|cause| cause.downcast_ref())
    }
}

/// Why a host could not be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    NoSuchHost,
    /// No network, or no name server answers.
    Offline,
    Refused,
    Cut,
    /// Signed by nobody on the list.
    Untrusted(Trust),
    /// Not valid yet, or not any more, by our clock.
    CertificateDate,
    /// A certificate for another host, or no TLS at all.
    Tls,
    Proxy(Proxy, ProxySays),
}

/// What a proxy did with us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxySays {
    /// HTTP 407.
    WhoAreYou,
    /// It answered, and opened no way through.
    No,
    /// It was not reached itself.
    Nothing,
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchHost => f.write_str("the host name cannot be resolved"),
            Self::Offline => f.write_str("this machine has no network"),
            Self::Refused => f.write_str("the connection was refused"),
            Self::Cut => f.write_str("the connection was cut"),
            Self::Untrusted(trust) => write!(f, "its certificate is signed by nobody in {trust}"),
            Self::CertificateDate => f.write_str("by this machine's clock its certificate is not valid"),
            Self::Tls => f.write_str("no trusted TLS connection could be made"),
            Self::Proxy(proxy, ProxySays::WhoAreYou) => write!(f, "{proxy} asks for a name and password"),
            Self::Proxy(proxy, ProxySays::No) => write!(f, "{proxy} lets nothing through"),
            Self::Proxy(proxy, ProxySays::Nothing) => write!(f, "{proxy} cannot be reached"),
        }
    }
}

impl Reach {
    /// Waiting a second will not change it.
    pub(super) fn is_lasting(&self) -> bool {
        !matches!(self, Self::Offline | Self::Refused | Self::Cut)
    }

    /// `proxy` is the one that https goes through, if any.
    pub(super) fn of(error: &(dyn Error + 'static), proxy: Option<&Proxy>, trust: &Trust) -> Self {
        let causes: Vec<&(dyn Error + 'static)> =
            std::iter::successors(Some(error), |cause| (*cause).source()).collect();
        let says: Vec<String> = causes.iter().map(|cause| cause.to_string()).collect();
        let one_says = |words: &[&str]| says.iter().any(|text| words.iter().any(|word| text.contains(word)));
        if let (true, Some(proxy)) = (one_says(&["tunnel error"]), proxy) {
            return Self::Proxy(proxy.clone(), tunnel(&one_says));
        }
        if one_says(&["certificate expired", "certificate not valid yet"]) {
            return Self::CertificateDate;
        }
        if one_says(&["UnknownIssuer", "CaUsedAsEndEntity", "BadSignature"]) {
            return Self::Untrusted(trust.clone());
        }
        let kinds = causes.iter().filter_map(|cause| Some(cause.downcast_ref::<io::Error>()?.kind()));
        let found = kinds.filter_map(of_kind).next();
        found.unwrap_or_else(|| match () {
            () if one_says(&["Temporary failure in name resolution"]) => Self::Offline,
            () if one_says(&["dns error", "failed to lookup address"]) => Self::NoSuchHost,
            () if one_says(&[
                "certificate",
                "handshake",
                "received corrupt message",
                "received fatal alert",
            ]) =>
            {
                Self::Tls
            }
            () => Self::Cut,
        })
    }
}

fn tunnel(one_says: &impl Fn(&[&str]) -> bool) -> ProxySays {
    if one_says(&["proxy authorization required"]) {
        ProxySays::WhoAreYou
    } else if one_says(&["failed to create underlying connection"]) {
        ProxySays::Nothing
    } else {
        ProxySays::No
    }
}

fn of_kind(kind: ErrorKind) -> Option<Reach> {
    match kind {
        ErrorKind::ConnectionRefused => Some(Reach::Refused),
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::NetworkDown => {
            Some(Reach::Offline)
        }
        _ => None,
    }
}
