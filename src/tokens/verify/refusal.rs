//! Why a service did not say whose a token is, each with its next step.

use crate::finding::{Finding, Remedy};
use crate::profile::Token;
use crate::secret::plain;
use crate::web;

/// There is no account to tell.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("the profile names nobody who could say whose it is")]
    NoCheck,
    #[error("it looks like {vendor}, so it was not sent to {service}")]
    Foreign { vendor: &'static str, service: &'static str },
    #[error("nobody was asked: offline")]
    Offline,
    #[error("{host} does not accept it: it was revoked, has expired, or was never whole")]
    Refused { host: String },
    #[error("{host} accepts it, but not for this question: it lacks a right")]
    NoRight { host: String },
    #[error("{host} asks for fewer questions{}", wait(.seconds))]
    Limited { host: String, seconds: Option<u64> },
    #[error("the answer of {host} cannot be used: {why}")]
    Unclear { host: String, why: &'static str },
    #[error("{host} has trouble of its own (HTTP {status})")]
    Trouble { host: String, status: u16 },
    #[error(transparent)]
    Web(#[from] web::Error),
}

fn wait(seconds: &Option<u64>) -> String {
    seconds.map(|seconds| format!("; it will answer again in {seconds} s")).unwrap_or_default()
}

impl Refusal {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused { .. } | Self::NoRight { .. } => "DS-TOKEN-06",
            Self::Foreign { .. } => "DS-TOKEN-07",
            Self::Limited { .. } => "DS-TOKEN-09",
            Self::Unclear { .. } => "DS-TOKEN-10",
            Self::NoCheck => "DS-TOKEN-11",
            Self::Offline => "DS-TOKEN-16",
            Self::Trouble { .. } | Self::Web(_) => "DS-TOKEN-08",
        }
    }

    pub fn finding(&self, name: &str, token: &Token) -> Finding {
        Finding::error(self.code(), name, plain(&self.to_string()), self.remedy(name, token))
    }

    fn remedy(&self, name: &str, token: &Token) -> Remedy {
        let again = format!("devsecrets token verify {name}");
        let set = format!("devsecrets token set {name}");
        match self {
            Self::NoCheck => Remedy::says(format!("name one: `verify` under [tokens.{name}] in the profile")),
            Self::Foreign { .. } | Self::Refused { .. } => {
                let at = token.page.as_ref().map(|page| format!(" at {page}")).unwrap_or_default();
                Remedy::run(format!("make a new one{at}, then keep it"), set)
            }
            Self::NoRight { .. } => {
                let rights = if token.scopes.is_empty() {
                    String::new()
                } else {
                    format!(": {}", token.scopes.join(", "))
                };
                Remedy::run(format!("make one with the rights it needs{rights}"), set)
            }
            Self::Offline => Remedy::run("ask without --offline", again),
            Self::Limited { .. } | Self::Trouble { .. } => Remedy::run("ask again later", again),
            Self::Unclear { .. } => Remedy::says(format!(
                "check `verify` under [tokens.{name}], and that nothing stands in between"
            )),
            Self::Web(error) => web_remedy(error, &again),
        }
    }
}

fn web_remedy(error: &web::Error, again: &str) -> Remedy {
    use web::Reach;
    let again = || Remedy::run("check the network and the proxy, then ask again", again);
    match error {
        web::Error::Unsafe(_) => Remedy::says("correct the address: https, or a port of this machine"),
        web::Error::NoHeader => Remedy::says("keep the token again; it holds characters no token has"),
        web::Error::Route(error) => error.advice().remedy,
        web::Error::NotReached { reach: Reach::Refused | Reach::Cut, .. } => again(),
        web::Error::NotReached { host, reach } => reach.advice(host).remedy,
        web::Error::TimedOut { .. } | web::Error::TooLong { .. } | web::Error::NotText { .. } => again(),
    }
}
