//! Things that go wrong on request.
//!
//! Owns the list of faults and what each one says in a service's own dialect. How the faults that
//! are not replies are carried out (silence, cut connections) stands in `server`.

use super::operation::Dialect;
use super::reply::Refusal;

/// How the next call of an operation shall fail. Nothing is performed unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `AuthorizationPendingException`.
    Pending,
    /// `SlowDownException`.
    SlowDown,
    /// The code, token or role keys have expired.
    Expired,
    /// The person refused, the role is not assigned, or the policy does not allow it.
    Denied,
    /// `InvalidGrantException`: a used code, or a session that has ended.
    InvalidGrant,
    /// `InvalidClientException`: the server no longer knows the registration.
    ForgottenRegistration,
    /// Too many requests: HTTP 429, or Secrets Manager's `ThrottlingException`.
    Throttled,
    /// HTTP 500 with the service's own code.
    ServerError,
    /// Any HTTP status and error code.
    Status(u16, &'static str),
    /// An error whose text holds terminal control sequences.
    Hostile,
    /// The call **is performed**, and its reply lacks the closing brace: tokens in it, but no JSON.
    Malformed,
    /// HTTP 200 and `{}`, which the Rust SDK takes for a good reply.
    Empty,
    /// No answer, ever.
    Hang,
    /// The connection closes before a byte of the answer.
    Dropped,
    /// The call **is performed**, half of its reply arrives, the connection closes.
    Truncated,
}

/// Clears the screen, sets the title, writes to the clipboard, colours, turns text around.
pub(super) const HOSTILE: &str =
    "\u{1b}[2J\u{1b}[H\u{1b}]0;owned\u{7}\u{1b}]52;c;b3duZWQ=\u{7}\u{1b}[32mall good\u{1b}[0m\u{202e}\r\u{8}";

impl Fault {
    /// The reply this fault is, or `None` for those that are not an error reply.
    pub(super) fn refusal(self, dialect: Dialect) -> Option<Refusal> {
        Some(match self {
            Self::Pending => Refusal::new("AuthorizationPendingException", ""),
            Self::SlowDown => Refusal::new("SlowDownException", ""),
            Self::Expired => expired(dialect),
            Self::Denied => denied(dialect),
            Self::InvalidGrant => Refusal::new("InvalidGrantException", ""),
            Self::ForgottenRegistration => Refusal::with_status(401, "InvalidClientException", ""),
            Self::Throttled => throttled(dialect),
            Self::ServerError => broken(dialect),
            Self::Status(status, code) => Refusal::with_status(status, code, "scripted"),
            Self::Hostile => Refusal::new("InvalidRequestException", HOSTILE),
            Self::Malformed | Self::Empty | Self::Hang | Self::Dropped | Self::Truncated => return None,
        })
    }
}

fn expired(dialect: Dialect) -> Refusal {
    match dialect {
        Dialect::Portal => {
            Refusal::with_status(401, "UnauthorizedException", "Session token not found or invalid")
        }
        Dialect::Oidc => Refusal::new("ExpiredTokenException", "Device code has expired"),
        Dialect::Json11 => {
            Refusal::new("ExpiredTokenException", "The security token included in the request is expired")
        }
    }
}

fn denied(dialect: Dialect) -> Refusal {
    match dialect {
        Dialect::Portal => Refusal::with_status(403, "ForbiddenException", "No access"),
        Dialect::Oidc => Refusal::new("AccessDeniedException", "User denied the request"),
        Dialect::Json11 => Refusal::new("AccessDeniedException", "not authorized to perform this action"),
    }
}

fn throttled(dialect: Dialect) -> Refusal {
    match dialect {
        Dialect::Portal | Dialect::Oidc => {
            Refusal::with_status(429, "TooManyRequestsException", "Too many requests")
        }
        Dialect::Json11 => Refusal::new("ThrottlingException", "Rate exceeded"),
    }
}

fn broken(dialect: Dialect) -> Refusal {
    let code = match dialect {
        Dialect::Portal => "InternalFailure",
        Dialect::Oidc => "InternalServerException",
        Dialect::Json11 => "InternalServiceError",
    };
    Refusal::with_status(500, code, "An internal error occurred")
}
