//! What went wrong with one call, safe to show.
//!
//! Made from an SDK error by picking the few parts that cannot carry a reply: the kind of
//! failure, the service's error code and its message, stripped of control sequences.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::secret::plain;
use crate::web::{Reach, reach};

/// One failed call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    #[error("{operation}: no answer in time")]
    TimedOut { operation: &'static str },
    #[error("{operation}: {reach}")]
    Unreachable { operation: &'static str, reach: Reach },
    #[error("{operation}: no AWS credentials were found")]
    NoCredentials { operation: &'static str },
    #[error("{operation}: the answer is not one this service gives")]
    Malformed { operation: &'static str },
    #[error("{operation}: {code}{}", after_colon(message))]
    Refused { operation: &'static str, status: u16, code: String, message: String },
}

impl CallError {
    pub fn from_sdk<E: ProvideErrorMetadata>(
        operation: &'static str,
        error: &SdkError<E, HttpResponse>,
    ) -> Self {
        match error {
            SdkError::TimeoutError(_) => Self::TimedOut { operation },
            SdkError::DispatchFailure(failure) if failure.is_timeout() => Self::TimedOut { operation },
            SdkError::DispatchFailure(failure)
                if failure.as_connector_error().is_some_and(|error| lacks_credentials(error)) =>
            {
                Self::NoCredentials { operation }
            }
            SdkError::DispatchFailure(failure) => {
                let reach = failure.as_connector_error().map_or(Reach::Cut, |error| reach(error));
                Self::Unreachable { operation, reach }
            }
            SdkError::ServiceError(service) => {
                refused(operation, service.raw().status().as_u16(), service.err())
            }
            _ => Self::Malformed { operation },
        }
    }

    /// The service's error code, when it gave one.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Refused { code, .. } => Some(code),
            _ => None,
        }
    }

    /// True when the network, not the service, said no.
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::TimedOut { .. } | Self::Unreachable { .. })
    }
}

/// A failure without a code is a reply that could not be read as one.
fn refused(operation: &'static str, status: u16, error: &impl ProvideErrorMetadata) -> CallError {
    match error.code() {
        Some(code) => {
            let message = plain(error.message().unwrap_or_default());
            CallError::Refused { operation, status, code: plain(code), message }
        }
        None if status == 429 || status >= 500 => {
            let code = if status == 429 { "TooManyRequests" } else { "ServerError" };
            CallError::Refused { operation, status, code: code.to_owned(), message: format!("HTTP {status}") }
        }
        None => CallError::Malformed { operation },
    }
}

/// The call was never sent: whoever was asked for keys had none.
fn lacks_credentials(error: &(dyn Error + 'static)) -> bool {
    std::iter::successors(Some(error), |cause| (*cause).source()).any(|cause| cause.is::<CredentialsError>())
}

fn after_colon(message: &str) -> String {
    if message.is_empty() { String::new() } else { format!(": {message}") }
}
