//! Day one, step by step: the one engine behind the terminal UI, text and JSON.
//!
//! Owns the [`Session`], which alone keeps values between steps. Every step answers with a type that cannot hold
//! a secret, or with a [`Finding`](crate::finding::Finding) that says what to do next; the faces only ask and show.

mod apply;
mod audit;
mod aws_config;
mod bundle;
mod environments;
mod examine;
mod explain;
mod facts;
mod failures;
mod flaws;
mod forget;
mod heal;
mod identity;
mod keychain;
mod narrow;
mod outline;
mod own_values;
mod picked;
mod profiles;
mod programs;
mod role_keys;
mod run;
mod session;
mod sign_in;
mod signing_in;
mod sources;
mod start;
mod token;
mod undo;
mod value;

pub use audit::inspection;
pub use explain::{Explained, Explanation};
pub use facts::{ConfigWritten, Opened, ProfileChoice, SignedIn};
pub use heal::{Remedies, RemedyRow};
pub use identity::{IdentityFacts, Import, NO_IDENTITY, NO_ROTATIONS, Rotated, rotating, to_carry_over};
pub use outline::{Declared, Outline, SetUp};
pub use programs::Program;
pub use run::Launch;
pub use session::{Request, Session};
pub use sign_in::LoggedOut;
pub use signing_in::SigningIn;
pub use token::{
    COPIED_FOR, SHOWN_FOR, TokenAccount, TokenChecked, TokenKept, TokenRemoved, TokenRow, TokenState,
    no_clipboard, no_clipboard_for, not_cleared,
};

pub use crate::forget::{ByHand, Farewell, Kind as ForgetKind, Outcome as ForgetOutcome, Survey};
pub use crate::migrate::{Count as KeychainCount, Move, Moved, Status as KeychainStatus};
pub use crate::tokens::{Fit, beginning, fit};
