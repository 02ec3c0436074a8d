//! Managed places secrets live, and the one way to ask any of them.
//!
//! The rule: asking is partial by nature. One secret that is denied must not hide forty good ones, so a
//! store answers for each id on its own, and each kind of failure stays what it is. No answer is waited for
//! beyond the run's one [`Deadline`].

mod aws_line;
mod aws_parameter_store;
mod aws_secrets_manager;
mod batches;
mod command;
mod deadline;
#[cfg(test)]
mod fixtures;
mod loader;
mod miss;
mod payload;
mod progress;
mod whose;

use std::future::Future;
use std::pin::Pin;

pub use aws_line::AwsLine;
pub use aws_parameter_store::AwsParameterStore;
pub use aws_secrets_manager::AwsSecretsManager;
pub use command::{Call, CommandStore, Consents, Request};
pub use deadline::Deadline;
pub use loader::{Idle, Place, Wanted, steers, wanted};
pub use miss::Miss;
pub use payload::{Payload, Values, variable_name};
pub use progress::Progress;
pub use whose::keys_are_long_lived;

/// What a store says of one id.
pub type Answer = Result<Payload, Miss>;

/// What a store says of each id that was asked, in the order asked.
pub type Answers = Vec<(String, Answer)>;

/// The answer a store owes, boxed so that stores of every kind can stand side by side.
pub type Fetching<'a> = Pin<Box<dyn Future<Output = Answers> + 'a>>;

/// A managed store. Reads only: nothing here can change a secret.
pub trait Store {
    /// Asks for every id, each once. Never fails as a whole, and never waits beyond `deadline`.
    fn fetch<'a>(&'a self, ids: &'a [String], deadline: Deadline) -> Fetching<'a>;
}
