//! The whole state of the UI.
//!
//! The rule: no value. Facts are the engine's value-free tables; what a screen remembers is cursors, folds and filters.
//! The one exception is [`MaskedInput`](crate::secret::MaskedInput). Situations are enums, so that two
//! that exclude each other cannot both hold.

mod left;
mod load;
mod pulse;
mod table;
mod toast;
mod waiting;

use ratatui::layout::Size;
use time::OffsetDateTime;

pub use left::Left;
pub use load::Load;
pub use pulse::Pulse;
pub use toast::{Mood, Toast, ToastId, Toasts};
pub use waiting::{STOPPED, Seen};

use super::effect::Tasks;
use super::keymap::{Context, Intent, Key, Row};
use super::overlays::{Overlay, Question};
use super::screens::audit::Scan;
use super::screens::doctor::Examination;
use super::screens::{self, Screens};
use crate::finding::Finding;
use crate::onboard::{
    ConfigWritten, IdentityFacts, Opened, Outline, ProfileChoice, SignedIn, TokenKept, TokenRow,
};
use crate::resolve::Matrix;
use crate::seed::{Preview, Report};
use crate::sso::config_file::ConfigPlan;
use crate::sso::{Account, Choice, Role};

/// The key of what a remark offers to take back.
pub const UNDO: Key = Key::letter('u');

/// Everything there is to draw.
#[derive(Debug)]
pub struct Model {
    /// When this sitting began.
    pub begun: OffsetDateTime,
    pub at: Step,
    /// Day one is over: the board is where one is, and the steps are visited from it.
    pub home: bool,
    /// What is looked at instead of the step; the walk goes on beneath.
    pub beside: Option<Beside>,
    pub facts: Facts,
    pub screens: Screens,
    pub overlay: Option<Overlay>,
    /// Asked as soon as nothing else is.
    pub waiting: Option<Question>,
    pub window: Window,
    pub tasks: Tasks,
}

/// The steps of day one, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Pick,
    SignIn,
    Role,
    Board,
    Preview,
    Token,
    Summary,
}

impl Step {
    pub const ALL: [Self; 7] =
        [Self::Pick, Self::SignIn, Self::Role, Self::Board, Self::Preview, Self::Token, Self::Summary];

    pub fn title(self) -> &'static str {
        match self {
            Self::Pick => "Profile",
            Self::SignIn => "Sign in",
            Self::Role => "Role",
            Self::Board => "Services",
            Self::Preview => "Preview",
            Self::Token => "Tokens",
            Self::Summary => "Done",
        }
    }

    /// From 1.
    pub fn number(self) -> usize {
        self as usize + 1
    }
}

/// What can be looked at from anywhere on the walk; Esc leads back to the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    Tokens,
    Identity,
    Doctor,
    Audit,
}

impl Beside {
    pub fn title(self) -> &'static str {
        match self {
            Self::Tokens => "Tokens",
            Self::Identity => "Identity",
            Self::Doctor => "Doctor",
            Self::Audit => "Leak scan",
        }
    }
}

/// How a step stands on the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Done,
    Here,
    Ahead,
    /// The profile has no need of it.
    Skipped,
}

/// What is known, shared by all screens.
#[derive(Debug, Default)]
pub struct Facts {
    pub profiles: Load<Vec<ProfileChoice>>,
    pub opened: Load<Opened>,
    pub session: Load<SignedIn>,
    pub accounts: Load<Vec<Account>>,
    pub roles: Load<Vec<Role>>,
    pub choice: Load<Choice>,
    pub config: Load<ConfigPlan>,
    pub config_written: Load<ConfigWritten>,
    /// What is known without asking anybody.
    pub outline: Option<Box<Outline>>,
    pub matrix: Load<Matrix>,
    /// What is wrong with the env files, as the programs read them that the services declare.
    pub flaws: Vec<Finding>,
    /// As it was before it was asked anew.
    pub before: Option<Matrix>,
    pub preview: Load<Preview>,
    pub report: Load<Report>,
    pub tokens: Load<Vec<TokenRow>>,
    pub keeping: Load<()>,
    /// Tokens kept in this run.
    pub kept: Vec<TokenKept>,
    /// The person's, if there is one.
    pub identity: Load<Option<IdentityFacts>>,
    /// What the doctor has found so far.
    pub examination: Examination,
    /// What the leak scan has found so far.
    pub audit: Scan,
    /// A line for the title bar, such as the demo's.
    pub banner: Option<String>,
    /// The command that removes the demo.
    pub removal: Option<String>,
    /// What leads another shell into the demo.
    pub shell: Option<String>,
    /// The profile the cursor starts at.
    pub suggested: Option<String>,
    /// Whether the sign-in can be approved from here; only in the demo.
    pub can_approve: bool,
}

/// The terminal and the moment.
#[derive(Debug)]
pub struct Window {
    pub size: Size,
    /// As of the last frame.
    pub now: OffsetDateTime,
    /// Counts ticks, for what moves while we wait.
    pub beat: usize,
    pub toasts: Toasts,
}

impl Model {
    pub fn new(size: Size, now: OffsetDateTime) -> Self {
        Self {
            begun: now,
            at: Step::Pick,
            home: false,
            beside: None,
            facts: Facts::default(),
            screens: Screens::default(),
            overlay: None,
            waiting: None,
            window: Window { size, now, beat: 0, toasts: Toasts::default() },
            tasks: Tasks::default(),
        }
    }

    /// Which keys mean what at this moment.
    pub fn context(&self) -> Context {
        match &self.overlay {
            Some(overlay) => overlay.context(),
            None => screens::context(self),
        }
    }

    /// Its rows, without those that could only refuse.
    pub fn rows(&self) -> Vec<&'static Row> {
        let offers = |row: &&Row| self.overlay.is_some() || screens::offers(self, row.intent);
        self.context().rows().filter(offers).collect()
    }

    /// Whether something is offered to be taken back, and its key means nothing else here.
    pub fn undo_key(&self) -> bool {
        let context = self.context();
        let free = !context.takes_text() && context.rows().all(|row| !row.keys.contains(&UNDO));
        let means_it = context.rows().any(|row| row.intent == Intent::Undo);
        self.overlay.is_none() && self.window.toasts.offers_undo() && (free || means_it)
    }

    /// Whether the open profile needs this step.
    pub fn needs(&self, step: Step) -> bool {
        let Some(opened) = self.facts.opened.ready() else { return true };
        match step {
            Step::SignIn | Step::Role => opened.start_url.is_some(),
            Step::Preview => opened.seeds_files,
            Step::Token => !opened.tokens.is_empty(),
            _ => true,
        }
    }

    pub fn standing(&self, step: Step) -> Standing {
        let facts = &self.facts;
        let done = match step {
            Step::Pick => facts.opened.ready().is_some(),
            Step::SignIn => facts.session.ready().is_some(),
            Step::Role => facts.choice.ready().is_some(),
            Step::Board => self.at > Step::Board,
            Step::Preview => facts.report.ready().is_some(),
            Step::Token => self.at > Step::Token,
            Step::Summary => false,
        };
        match () {
            () if step == self.at => Standing::Here,
            () if !self.needs(step) => Standing::Skipped,
            () if done => Standing::Done,
            () => Standing::Ahead,
        }
    }

    /// Something is being written that must not be cut off.
    pub fn is_writing(&self) -> bool {
        self.facts.report.is_busy()
            || self.facts.choice.is_busy()
            || self.facts.keeping.is_busy()
            || self.facts.config_written.is_busy()
            || self.screens.identity.is_writing()
            || self.screens.preview.undoing.is_busy()
            || self.screens.doctor.fixing.is_writing()
            || self.screens.audit.doing.is_writing()
    }

    /// When what the screen says of the session becomes something else, though nothing happens.
    pub fn turns_at(&self) -> Option<OffsetDateTime> {
        let session = self.facts.session.ready().filter(|session| self.home && !session.renews)?;
        Left::of(session.expires_at, self.window.now).changes(session.expires_at)
    }

    /// How often the screen changes by itself; `None` means never, so nothing wakes up.
    pub fn pulse(&self) -> Option<Pulse> {
        let facts = &self.facts;
        let reads = [
            facts.profiles.is_busy(),
            facts.opened.is_busy(),
            facts.session.is_busy(),
            facts.accounts.is_busy(),
            facts.roles.is_busy(),
            facts.matrix.is_busy(),
            facts.preview.is_busy(),
            facts.tokens.is_busy(),
            facts.identity.is_busy(),
            self.screens.token.act.is_busy(),
            self.screens.board.act.is_busy(),
            self.screens.board.others.is_reading(),
            self.screens.identity.act.is_busy(),
            facts.examination.is_looking(),
            self.screens.doctor.fixing.task().is_some(),
            facts.audit.is_looking(),
            self.screens.audit.doing.task().is_some(),
        ];
        let counts =
            self.screens.sign_in.prompt().is_some() || matches!(self.overlay, Some(Overlay::Revealed(_)));
        match () {
            () if counts => Some(Pulse::Seconds),
            () if self.is_writing() || self.long().is_some() || reads.contains(&true) => Some(Pulse::Motion),
            () => None,
        }
    }
}
