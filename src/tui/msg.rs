//! Everything that can happen to the model.
//!
//! The rule: a message holds names and facts. The two exceptions are typed and pasted text, which may be a token;
//! they travel in types whose `Debug` is masked.

use std::fmt;

use time::OffsetDateTime;

use super::effect::TaskId;
use super::keymap::Intent;
use super::model::{Mood, ToastId};
use super::screens::audit::AuditDone;
use super::screens::board::BoardDone;
use super::screens::doctor::DoctorDone;
use super::screens::identity::IdentityDone;
use super::screens::token::TokenDone;
use crate::doctor::Checked;
use crate::finding::Finding;
use crate::onboard::{ConfigWritten, Opened, Outline, ProfileChoice, SignedIn, TokenKept, TokenRow};
use crate::resolve::Matrix;
use crate::secret::SecretValue;
use crate::seed::{Preview, Report};
use crate::sso::config_file::ConfigPlan;
use crate::sso::{Account, Choice, Event as SignInEvent, Role};

/// One event.
#[derive(Debug)]
pub enum Msg {
    Press(Intent),
    Pasted(SecretValue),
    /// Columns and rows.
    Resized(u16, u16),
    /// Comes only while something is under way.
    Tick(OffsetDateTime),
    /// What happens during a sign-in.
    SigningIn(TaskId, SignInEvent, OffsetDateTime),
    /// So many of so many are done.
    Counted(TaskId, usize, usize),
    /// What is wrong with the env files beneath the table that is being read.
    Flaws(TaskId, Vec<Finding>),
    /// It takes long enough to be spoken of.
    Long(TaskId),
    /// One of the doctor's checks has ended.
    Checked(TaskId, Box<Checked>),
    /// One of the environments that are compared.
    Environment(TaskId, String, Answer<Box<Matrix>>),
    Finished(TaskId, Done),
    /// A keychain call waits for a passphrase; for a file yet to be made it is asked twice.
    Asked {
        new_file: bool,
    },
    /// The value on the screen has been there long enough.
    Hide,
    /// A short remark.
    Noticed(Mood, String),
    /// A page was handed to the browser, or none could be started for it.
    PageOpens(bool),
    /// A remark has stood long enough.
    Passed(ToastId),
}

/// A job's answer: what was asked for, or what stood in the way.
pub type Answer<T> = Result<T, Finding>;

/// The answer of each job.
#[derive(Debug)]
pub enum Done {
    /// `None`: nothing says which profile is meant.
    Found(Option<Answer<Opened>>, Option<Box<Outline>>),
    Listed(Vec<ProfileChoice>),
    Opened(Answer<Opened>, Option<Box<Outline>>),
    /// `None`: the person has to sign in. The choice is the account and role from before.
    Resumed(Answer<Option<SignedIn>>, Option<Choice>),
    SignedIn(Answer<SignedIn>, Option<Choice>),
    Accounts(Answer<Vec<Account>>),
    Roles(Answer<Vec<Role>>),
    Chose(Answer<Choice>),
    ConfigPlanned(Answer<ConfigPlan>),
    ConfigWritten(Answer<ConfigWritten>),
    ConfigDeclined,
    WalkOver,
    Matrix(Answer<Matrix>),
    Planned(Answer<Preview>),
    Applied(Answer<Report>),
    /// The files are as they were before the last write.
    Undone(Answer<Report>),
    Tokens(Answer<Vec<TokenRow>>),
    /// With the rows as they are since.
    Kept(Answer<TokenKept>, Option<Vec<TokenRow>>),
    Token(Answer<TokenDone>, Option<Vec<TokenRow>>),
    Board(Answer<BoardDone>),
    /// All environments that are compared were told.
    Compared,
    Allowed(Answer<()>),
    Identity(Answer<IdentityDone>),
    Doctor(DoctorDone),
    Audit(AuditDone),
}

/// One typed character, which may be part of a token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Typed(pub char);

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed(masked)")
    }
}
