//! Day one, step by step: the one engine behind the terminal UI, text and JSON.

mod facts;

pub use facts::{Opened, ProfileChoice, SignedIn, TokenKept, TokenRow};
