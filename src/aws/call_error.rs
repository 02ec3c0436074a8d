//! What went wrong with one call, safe to show.
//!
//! Made from an SDK error by picking the few parts that cannot carry a reply: the kind of failure, the service's error
//! code and its message, stripped of control sequences. What to do about it stands in `advice`.

use std::error::Error;
use std::time::SystemTime;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::secret::plain;
use crate::web::{Reach, Unreached};

/// Clocks that differ by less are no trouble: AWS accepts signatures up to five minutes off.
const TOLERATED: i64 = 300;

/// One failed call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    #[error("{operation}: no answer in time")]
    TimedOut { operation: &'static str },
    #[error("{operation}: {reach}{}", in_brackets(host))]
    Unreachable { operation: &'static str, host: String, reach: Reach },
    #[error("{operation}: no AWS credentials were found")]
    NoCredentials { operation: &'static str },
    #[error("{operation}: the answer is not one this service gives")]
    Malformed { operation: &'static str },
    #[error("{operation}: {code}{}{}{}", after_colon(message), in_brackets(kms.as_deref().unwrap_or_default()), off_by(*skew))]
    Refused {
        operation: &'static str,
        status: u16,
        code: String,
        message: String,
        /// Seconds our clock is ahead of the service's, when that is enough to matter.
        skew: Option<i64>,
        /// Why a key of the customer's kept the service from its own data: `KMS_…`.
        kms: Option<String>,
    },
}

impl CallError {
    pub fn from_sdk<E: ProvideErrorMetadata>(
        operation: &'static str,
        error: &SdkError<E, HttpResponse>,
    ) -> Self {
        match error {
            SdkError::TimeoutError(_) => Self::TimedOut { operation },
            SdkError::DispatchFailure(failure) if failure.is_timeout() => Self::TimedOut { operation },
            SdkError::DispatchFailure(failure) => {
                let error = failure.as_connector_error().map(|error| error as &(dyn Error + 'static));
                error.map_or(Self::cut(operation), |error| Self::unsent(operation, error))
            }
            SdkError::ServiceError(service) => refused(operation, service.raw(), service.err()),
            _ => Self::Malformed { operation },
        }
    }

    fn cut(operation: &'static str) -> Self {
        Self::Unreachable { operation, host: String::new(), reach: Reach::Cut }
    }

    /// No answer came, or the call was never sent: whoever was asked for keys had none.
    fn unsent(operation: &'static str, error: &(dyn Error + 'static)) -> Self {
        if let Some(Unreached { host, reach }) = Unreached::within(error) {
            return Self::Unreachable { operation, host: host.clone(), reach: reach.clone() };
        }
        let mut causes = std::iter::successors(Some(error), |cause| (*cause).source());
        match causes.any(|cause| cause.is::<CredentialsError>()) {
            true => Self::NoCredentials { operation },
            false => Self::cut(operation),
        }
    }

    /// The service's error code, when it gave one.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Refused { code, .. } => Some(code),
            _ => None,
        }
    }

    /// True when the service named its error and told nothing about it.
    pub fn is_wordless(&self) -> bool {
        matches!(self, Self::Refused { message, .. } if message.is_empty())
    }

    /// True when the network, not the service, said no.
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::TimedOut { .. } | Self::Unreachable { .. })
    }
}

/// A failure without a code is a reply that could not be read as one.
fn refused(operation: &'static str, raw: &HttpResponse, error: &impl ProvideErrorMetadata) -> CallError {
    let status = raw.status().as_u16();
    let body = body(raw);
    let field = |name: &str| body.get(name).and_then(serde_json::Value::as_str).map(plain);
    let (skew, kms) = (skew(raw), field("reason").filter(|reason| reason.starts_with("KMS_")));
    match error.code() {
        Some(code) => {
            // The OIDC service calls it otherwise, and the SDK leaves it out (measured).
            let message = error.message().filter(|text| !text.is_empty()).map(plain);
            let message = message.or_else(|| field("error_description")).unwrap_or_default();
            CallError::Refused { operation, status, code: plain(code), message, skew, kms }
        }
        None if status == 429 || status >= 500 => {
            let code = if status == 429 { "TooManyRequests" } else { "ServerError" }.to_owned();
            CallError::Refused { operation, status, code, message: format!("HTTP {status}"), skew, kms }
        }
        None => CallError::Malformed { operation },
    }
}

/// The body of an error reply, which holds no token.
fn body(raw: &HttpResponse) -> serde_json::Value {
    raw.body().bytes().and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default()
}

/// From the reply's `Date`, which every service sends.
fn skew(raw: &HttpResponse) -> Option<i64> {
    let theirs = aws_smithy_types::DateTime::from_str(raw.headers().get("date")?, Format::HttpDate).ok()?;
    let ours = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    let skew = i64::try_from(ours).ok()?.checked_sub(theirs.secs())?;
    (skew.abs() > TOLERATED).then_some(skew)
}

fn after_colon(message: &str) -> String {
    if message.is_empty() { String::new() } else { format!(": {message}") }
}

fn in_brackets(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" ({text})") }
}

fn off_by(skew: Option<i64>) -> String {
    let Some(skew) = skew else { return String::new() };
    let (minutes, way) = (skew.unsigned_abs() / 60, if skew > 0 { "ahead of" } else { "behind" });
    format!("; this machine's clock is {minutes} min {way} the service's")
}
