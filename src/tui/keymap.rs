//! Keys as data: for each context, rows of keys, the intent and the words for it.
//!
//! The rule: screens know intents, never keys. The footer, the help and the palette are made from these rows, so they
//! cannot tell of a key that does nothing or forget one that does something; each row names its command.

mod key;
mod rows;
mod twin;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

pub use key::Key;
pub use twin::{Place, Twin};

use super::model::Beside;
use super::msg::Typed;

/// What a person wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    First,
    Last,
    /// To the nth row of the list that has the keys, from 0: what a click means.
    At(usize),
    /// The main thing: open, choose, go on.
    Enter,
    Back,
    Quit,
    /// To the shell and back.
    Suspend,
    Help,
    /// Every action that is possible now.
    Palette,
    Filter,
    Retry,
    Open,
    Copy,
    Approve,
    /// The other way of doing the same.
    Switch,
    /// Type or paste what is asked for.
    Paste,
    Skip,
    Toggle,
    /// Between a hand edit and its source's value.
    Take,
    Fold,
    FoldAll,
    Insert(Typed),
    Erase,
    EraseWord,
    EraseAll,
    /// To what stands beside the walk.
    Visit(Beside),
    /// Ask whose it is.
    Verify,
    /// Show a value for some seconds.
    Reveal,
    /// Let this project use what another one keeps.
    Share,
    Remove,
    /// Write the recovery phrase down.
    Export,
    /// Bring an identity from its phrase.
    Import,
    Rotate,
    /// Open it in the person's editor.
    Edit,
    /// Accept a finding of the leak scan.
    Allow,
    /// Why it has the value it has.
    Explain,
    /// Type a value for it.
    Set,
    /// Start the service.
    Run,
    /// Write down the variable under the cursor.
    SeedOne,
    /// All that its service needs.
    Seed,
    SeedAll,
    /// Other environments, side by side.
    Compare,
    /// Work in another environment.
    Environment,
    /// In another order.
    Order,
    NextTrouble,
    /// Sign in, or change account and role.
    Account,
    /// Another project.
    Profiles,
    /// Mend what is under the cursor.
    Fix,
    FixAll,
    RetryAll,
    Undo,
    /// All remarks are read.
    Dismiss,
}

impl Intent {
    /// Whether it moves the cursor and nothing else.
    pub fn moves(self) -> bool {
        use Intent::{At, Down, First, Last, Left, PageDown, PageUp, Right, Up};
        matches!(self, At(_) | Up | Down | Left | Right | PageUp | PageDown | First | Last)
    }
}

/// A situation with keys of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Something is under way and can only be left.
    Busy,
    /// Something failed and can be tried again.
    Broken,
    Pick,
    Filter,
    SignInWaiting,
    /// Waiting, and the demo offers to approve.
    SignInDemo,
    /// Waiting for the browser to come back.
    SignInBrowser,
    /// Typing the address it ended at.
    SignInPaste,
    SignInFailed,
    SignInDone,
    Accounts,
    Roles,
    /// The board as a step of day one.
    Services,
    /// The board at home.
    Board,
    /// Environments side by side.
    Environments,
    /// Which one to work in.
    Environment,
    Preview,
    Written,
    /// Something was written that can be taken back.
    Undoable,
    Token,
    /// One that is kept.
    TokenKept,
    /// The keychain could not be asked.
    TokenUnread,
    /// The same two, beside the walk.
    Tokens,
    TokensKept,
    TokensUnread,
    /// The profile asks for none.
    NoTokens,
    Typing,
    Identity,
    /// There is none yet.
    NoIdentity,
    Summary,
    /// Why a variable has its value.
    Explained,
    /// Typing a variable's value.
    Value,
    /// Checks are under way.
    DoctorLooking,
    Doctor,
    /// Something was fixed that can be taken back.
    DoctorFixed,
    /// One finding, with all there is to say about it.
    DoctorPage,
    /// The leak scan is under way.
    AuditLooking,
    Audit,
    /// A finding was accepted, which can be taken back.
    AuditAccepted,
    /// One finding, with all there is to say about it.
    AuditPage,
    /// Nothing is listed.
    AuditEmpty,
    /// What would be done.
    Remedies,
    Help,
    Palette,
    Confirm,
    /// The same, where nobody's key asked for the question.
    Consent,
    /// The lines for the AWS config file.
    Offer,
    Passphrase,
    /// A value is on the screen; any key takes it off.
    Revealed,
}

/// One line of a context's table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub keys: &'static [Key],
    pub intent: Intent,
    /// What it does, for the help.
    pub help: &'static str,
    /// Keys and word for the footer; `None` keeps it out.
    pub footer: Option<(&'static str, &'static str)>,
    /// How the command line says it.
    pub twin: Twin,
}

impl Row {
    /// All its keys.
    pub fn keys(&self) -> String {
        self.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join("  ")
    }
}

impl Context {
    /// Its rows, in the order of the help.
    pub fn rows(self) -> impl Iterator<Item = &'static Row> {
        let here = self.beside().map(Intent::Visit);
        let all = rows::tables(self).iter().flat_map(|table| table.iter());
        all.filter(move |row| Some(row.intent) != here)
    }

    /// What stands beside the walk and is on the screen.
    fn beside(self) -> Option<Beside> {
        use Context::{
            Audit, AuditAccepted, AuditEmpty, AuditLooking, AuditPage, Doctor, DoctorFixed, DoctorLooking,
            DoctorPage, Identity, NoIdentity, NoTokens, Tokens, TokensKept, TokensUnread,
        };
        match self {
            Doctor | DoctorFixed | DoctorLooking | DoctorPage => Some(Beside::Doctor),
            Audit | AuditAccepted | AuditEmpty | AuditLooking | AuditPage => Some(Beside::Audit),
            Tokens | TokensKept | TokensUnread | NoTokens => Some(Beside::Tokens),
            Identity | NoIdentity => Some(Beside::Identity),
            _ => None,
        }
    }

    /// Contexts in which a letter is text.
    pub fn takes_text(self) -> bool {
        matches!(
            self,
            Self::Value | Self::Filter | Self::Palette | Self::Typing | Self::Passphrase | Self::SignInPaste
        )
    }

    /// Between two steps there is time to look beside the walk; else one is about something.
    pub fn is_walk(self) -> bool {
        use Context::{
            Accounts, Board, Environments, Pick, Preview, Roles, Services, SignInDone, Summary, Undoable,
            Written,
        };
        matches!(
            self,
            Accounts
                | Board
                | Environments
                | Pick
                | Preview
                | Roles
                | Services
                | SignInDone
                | Summary
                | Undoable
                | Written
        )
    }

    /// What pressing this key means here.
    pub fn intent(self, event: KeyEvent) -> Option<Intent> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let key = Key::from(event);
        let row = self.rows().find(|row| row.keys.contains(&key));
        row.map(|row| row.intent).or_else(|| self.other(event))
    }

    /// What a key means that stands in no row.
    fn other(self, event: KeyEvent) -> Option<Intent> {
        let plain = !event.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        match event.code {
            KeyCode::Char(c) if plain && self.takes_text() => Some(Intent::Insert(Typed(c))),
            KeyCode::Char('z') if Key::from(event) == Key::ctrl('z') => Some(Intent::Suspend),
            _ if self == Self::Revealed => Some(Intent::Back),
            _ => None,
        }
    }
}
