//! What can go wrong while signing in, with the next step for each.

use std::path::PathBuf;

use crate::aws::{Advice, CallError, SetupError};
use crate::finding::{Finding, Remedy};

#[derive(Debug, thiserror::Error)]
pub enum SsoError {
    #[error("the sign-in was refused in the browser")]
    Denied,
    #[error("the code expired before it was approved")]
    CodeExpired,
    #[error("no start URL answers to {start_url} in region {region}")]
    WrongPortal { start_url: String, region: String },
    #[error("the session has ended")]
    SessionEnded,
    /// `near` is the assigned role of the nearest name, `assigned` all others that are, as far as they could be asked for.
    #[error("role {role} in account {account} is not assigned to you{}", did_you_mean(near.as_deref()))]
    NotAssigned { account: String, role: String, near: Option<String>, assigned: Vec<String> },
    #[error("the sign-in service left out {field} in its answer")]
    Incomplete { field: &'static str },
    #[error("the browser did not come back in time")]
    BrowserTimedOut,
    #[error("the sign-in page ended with {says}")]
    Browser { says: String },
    #[error("that is not the address this sign-in ends at")]
    NotTheAddress,
    #[error("another process is still signing in to this session")]
    StillBusy,
    #[error("no port of 127.0.0.1 can be had: {0}")]
    CannotListen(std::io::Error),
    #[error("the system has no random numbers to give")]
    NoRandomness,
    #[error("{flag} {text} cannot be used")]
    BadName { flag: &'static str, text: String, like: &'static str },
    #[error("offline: signing in needs the network")]
    Offline,
    #[error("HOME is not set, so there is no place for the AWS token cache")]
    NoHome,
    #[error("cannot write {path}: {source}")]
    Write { path: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Setup(#[from] SetupError),
    #[error(transparent)]
    Call(CallError),
}

impl SsoError {
    /// Stable code, for scripts and `explain`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Denied => "DS-SSO-01",
            Self::CodeExpired => "DS-SSO-02",
            Self::WrongPortal { .. } => "DS-SSO-03",
            Self::SessionEnded => "DS-SSO-04",
            Self::NotAssigned { .. } => "DS-SSO-05",
            Self::Incomplete { .. } => "DS-SSO-06",
            Self::BrowserTimedOut => "DS-SSO-31",
            Self::Browser { .. } => "DS-SSO-32",
            Self::NotTheAddress => "DS-SSO-33",
            Self::StillBusy => "DS-SSO-34",
            Self::CannotListen(_) => "DS-SSO-35",
            Self::NoRandomness => "DS-SSO-36",
            Self::BadName { .. } => "DS-SSO-37",
            Self::Offline => "DS-SSO-07",
            Self::NoHome => "DS-SSO-08",
            Self::Write { .. } => "DS-SSO-09",
            Self::Setup(setup) => setup.advice().code,
            Self::Call(call) => refusal(call).code,
        }
    }

    /// The one next step.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Denied => Remedy::run("sign in again and choose Allow", "devsecrets login"),
            Self::CodeExpired => Remedy::run("ask for a new code", "devsecrets login"),
            Self::WrongPortal { .. } => Remedy::says(
                "check start_url and region under [sso] in the profile against the AWS access portal",
            ),
            Self::SessionEnded => Remedy::run("sign in again", "devsecrets login"),
            Self::NotAssigned { assigned, .. } => not_assigned(assigned),
            Self::Incomplete { .. } => {
                Remedy::says("check that no proxy rewrites the answer, then try again")
            }
            Self::BrowserTimedOut | Self::Browser { .. } | Self::CannotListen(_) => {
                Remedy::run("approve a code on any device instead", "devsecrets login --use-device-code")
            }
            Self::NotTheAddress => Remedy::says(
                "copy the whole address, from http://127.0.0.1 on, out of the browser that signed in",
            ),
            Self::BadName { like, .. } => Remedy::says(format!("it looks like {like}")),
            Self::StillBusy => Remedy::says("finish or end that one, then try again"),
            Self::NoRandomness => Remedy::says("restart the machine; no program can make keys on it"),
            Self::Offline => Remedy::says("run again without --offline"),
            Self::NoHome => Remedy::says("set HOME to your home folder"),
            Self::Write { .. } => {
                Remedy::says("make the folder writable; the session lasts for this run only")
            }
            Self::Setup(setup) => setup.advice().remedy,
            Self::Call(call) => refusal(call).remedy,
        }
    }

    pub fn finding(&self) -> Finding {
        Finding::error(self.code(), "sign-in", self.to_string(), self.remedy())
    }
}

fn did_you_mean(near: Option<&str>) -> String {
    near.map(|near| format!(", did you mean {near}?")).unwrap_or_default()
}

fn not_assigned(assigned: &[String]) -> Remedy {
    let says = match assigned {
        [] => "choose one that is, or ask for access".to_owned(),
        names => format!("assigned there: {}; choose anew, or ask for access", names.join(", ")),
    };
    Remedy::run(says, "devsecrets login --choose")
}

/// What the line to AWS advises, else what this answer of the sign-in service means.
fn refusal(call: &CallError) -> Advice {
    if let Some(advice) = call.advice() {
        return advice;
    }
    if let CallError::Refused { kms: Some(_), .. } = call {
        let says = "ask whoever administers Identity Center to look at its KMS key";
        return Advice { code: "DS-SSO-17", remedy: Remedy::says(says) };
    }
    let (code, remedy) = match call.code() {
        Some("InvalidGrantException") => ("DS-SSO-18", Remedy::run("sign in again", "devsecrets login")),
        Some("InvalidClientException" | "UnauthorizedClientException") => {
            ("DS-SSO-19", Remedy::run("sign in again, which registers anew", "devsecrets login"))
        }
        Some("AccessDeniedException" | "ForbiddenException") => {
            ("DS-SSO-20", Remedy::says("ask whoever administers Identity Center for access"))
        }
        _ => ("DS-SSO-12", Remedy::says("try again in a moment")),
    };
    Advice { code, remedy }
}
