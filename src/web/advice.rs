//! Code and next step of whatever stands between us and a host.
//!
//! The family is `DS-NET`, and it is the same whoever called: a wrong proxy is a wrong proxy for sign-in, store and token
//! check alike. A caller that knows more of its hosts gives a better next step, under the same code.

use super::reach::{ProxySays, Reach};
use super::route::{RouteError, Trust};
use crate::finding::Remedy;

/// What a code of `DS-NET` stands for, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    pub code: &'static str,
    pub remedy: Remedy,
}

impl Advice {
    pub fn says(code: &'static str, text: impl Into<String>) -> Self {
        Self { code, remedy: Remedy::says(text) }
    }

    fn run(code: &'static str, text: impl Into<String>, command: impl Into<String>) -> Self {
        Self { code, remedy: Remedy::run(text, command) }
    }

    /// No answer in time.
    pub fn timed_out() -> Self {
        Self::says("DS-NET-04", "check the network, the VPN and HTTPS_PROXY, then try again")
    }
}

impl Reach {
    pub fn advice(&self, host: &str) -> Advice {
        match self {
            Self::NoSuchHost => {
                Advice::says("DS-NET-01", "check the address; if it is right, the network's name server")
            }
            Self::Offline => Advice::says("DS-NET-02", "connect to the network or the VPN, then try again"),
            Self::Refused => Advice::says("DS-NET-03", "check the address and the firewall"),
            Self::Cut => {
                Advice::says("DS-NET-05", "check the network, the VPN and HTTPS_PROXY, then try again")
            }
            Self::Untrusted(trust) => untrusted(trust),
            Self::CertificateDate => {
                Advice::says("DS-NET-08", "let the system set the clock from the network, then try again")
            }
            Self::Tls => {
                Advice::says("DS-NET-09", "check HTTPS_PROXY and the address: something else answers there")
            }
            Self::Proxy(proxy, ProxySays::WhoAreYou) => Advice::says(
                "DS-NET-10",
                format!("set {} to http://NAME:PASSWORD@{}", proxy.variable, proxy.address),
            ),
            Self::Proxy(proxy, ProxySays::No) => Advice::says(
                "DS-NET-11",
                format!("ask for {host} to be let through, or unset {}", proxy.variable),
            ),
            Self::Proxy(proxy, ProxySays::Nothing) => {
                Advice::run("DS-NET-12", "correct it, or go without", format!("unset {}", proxy.variable))
            }
        }
    }
}

fn untrusted(trust: &Trust) -> Advice {
    match trust {
        Trust::System => Advice::run(
            "DS-NET-07",
            "name the company's certificates, in PEM form, as its network inspects TLS",
            "export AWS_CA_BUNDLE=PATH",
        ),
        Trust::Named { variable, .. } => Advice::says(
            "DS-NET-07",
            format!("add the certificate of whoever inspects TLS here to the file in {variable}"),
        ),
    }
}

impl RouteError {
    /// One variable is in the way.
    pub fn advice(&self) -> Advice {
        match self {
            Self::Certificates { .. } | Self::BadCertificates { .. } => {
                Advice::says("DS-NET-17", "let AWS_CA_BUNDLE name a file with certificates in PEM form")
            }
            Self::BadProxy { variable } => {
                Advice::says("DS-NET-18", format!("write {variable} as http://HOST:PORT"))
            }
        }
    }
}
