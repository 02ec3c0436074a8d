//! Code and next step of a call to AWS that went wrong on the way.
//!
//! The family is the one of `web`; here stands what only AWS's hosts have: their region and endpoint variables, clocks that
//! signatures depend on, throttling. What a service itself says no to belongs to the room that asked; those calls have no
//! advice here.

use super::{CallError, SetupError};
use crate::finding::Remedy;
use crate::web::{Advice, ProxySays, Reach};

impl CallError {
    /// `None` where the service answered and its answer is a matter of the room that asked.
    pub fn advice(&self) -> Option<Advice> {
        Some(match self {
            Self::TimedOut { .. } => Advice::timed_out(),
            Self::Unreachable { host, reach, .. } => at_aws(host, reach),
            Self::Malformed { .. } => Advice::says(
                "DS-NET-06",
                "open any web page and pass the network's own sign-in, then try again",
            ),
            Self::Refused { code, message, skew, .. } if is_about_time(code, message, *skew) => {
                Advice::says("DS-NET-13", "let the system set the clock from the network, then try again")
            }
            Self::Refused { status, code, .. } if is_throttled(*status, code) => {
                Advice::says("DS-NET-14", "wait a minute, then try again")
            }
            Self::Refused { status: 500.., .. } => Advice::says("DS-NET-15", "try again in a few minutes"),
            Self::Refused { .. } | Self::NoCredentials { .. } => return None,
        })
    }
}

/// AWS's hosts follow from the region or an endpoint variable, so these are what to look at.
fn at_aws(host: &str, reach: &Reach) -> Advice {
    let general = reach.advice(host);
    let says = match reach {
        Reach::NoSuchHost => {
            "check `region` in the profile; if it is right, the network's name server".into()
        }
        Reach::Refused => "check AWS_ENDPOINT_URL and the firewall".into(),
        Reach::Tls => "check HTTPS_PROXY and AWS_ENDPOINT_URL: something else answers there".into(),
        Reach::Proxy(proxy, ProxySays::No) => {
            format!("ask for *.amazonaws.com to be let through, or unset {}", proxy.variable)
        }
        _ => return general,
    };
    Advice { remedy: Remedy::says(says), ..general }
}

/// Signatures are refused when clocks differ. The code alone may as well mean wrong keys, so it takes a second witness.
fn is_about_time(code: &str, message: &str, skew: Option<i64>) -> bool {
    let code = code.strip_suffix("Exception").unwrap_or(code);
    match code {
        "RequestExpired" | "RequestTimeTooSkewed" | "RequestInTheFuture" => true,
        "InvalidSignature" | "SignatureDoesNotMatch" | "AccessDenied" | "IncompleteSignature" => {
            let says = |words: &str| message.contains(words);
            let signature = code != "AccessDenied" && skew.is_some();
            signature || says("Signature expired") || says("Signature not yet current")
        }
        _ => false,
    }
}

fn is_throttled(status: u16, code: &str) -> bool {
    status == 429 || code.starts_with("Throttling") || code.starts_with("TooManyRequests")
}

impl SetupError {
    /// Nothing was sent; one variable is in the way.
    pub fn advice(&self) -> Advice {
        match self {
            Self::UnsafeEndpoint { variable, .. } => Advice {
                code: "DS-NET-16",
                remedy: Remedy::run("correct it, or go without", format!("unset {variable}")),
            },
            Self::Route(error) => error.advice(),
        }
    }
}
