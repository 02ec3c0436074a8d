//! What was asked and how it was answered, for counting round trips. Names only, never values.

use super::operation::Operation;

/// One request that reached the sandbox, in order of arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub operation: Operation,
    pub answer: Answer,
}

/// How a call was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A good reply, sent whole.
    Good,
    /// An error reply.
    Refused {
        /// HTTP status.
        status: u16,
        /// The service's error code, such as `SlowDownException`; blank for a web page.
        code: String,
    },
    /// Performed, but the reply was cut off.
    Cut,
    /// No reply at all: silence or a closed connection.
    None,
}
