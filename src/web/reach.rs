//! What kept a request from its server, told from the chain of causes.

use std::error::Error;
use std::fmt;

/// Why a host could not be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    NoSuchHost,
    Refused,
    Tls,
    Cut,
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSuchHost => "the host name cannot be resolved",
            Self::Refused => "the connection was refused",
            Self::Tls => "no trusted TLS connection could be made",
            Self::Cut => "the connection was cut",
        })
    }
}

/// The connector hides its cause, so the chain of sources is searched for a telling one.
pub fn reach(error: &(dyn Error + 'static)) -> Reach {
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(cause) = next {
        if let Some(io) = cause.downcast_ref::<std::io::Error>()
            && io.kind() == std::io::ErrorKind::ConnectionRefused
        {
            return Reach::Refused;
        }
        let text = cause.to_string();
        if text.contains("dns error") || text.contains("failed to lookup address") {
            return Reach::NoSuchHost;
        }
        if text.contains("certificate") || text.contains("handshake") {
            return Reach::Tls;
        }
        next = cause.source();
    }
    Reach::Cut
}
