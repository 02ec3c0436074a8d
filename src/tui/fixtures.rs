//! Situations for the tests, built so that they read as sentences: `Shop::opened().signed_in().matrix(half_ready())`.

mod audit;
mod doctor;
mod people;
mod tables;
mod writing;

use ratatui::layout::Size;
use time::{Duration, OffsetDateTime};

pub use audit::*;
pub use doctor::*;
pub use people::*;
pub use tables::*;
pub use writing::*;

use super::effect::{Effect, TaskId};
use super::keymap::Intent;
use super::model::{Beside, Load, Model, Step};
use super::msg::{Done, Msg, Typed};
use super::screens::audit::AuditDone;
use super::screens::board;
use super::screens::doctor::DoctorDone;
use super::update::update;
use crate::audit::Audited;
use crate::doctor::{Checked, Diagnosis};
use crate::finding::Finding;
use crate::resolve::Matrix;
use crate::secret::{Extent, SecretValue};
use crate::sso::{Event, Method};

/// The moment all fixtures share.
/// The room that so many letters take.
pub fn extent(chars: usize) -> Option<Extent> {
    Extent::of(&SecretValue::new("x".repeat(chars)))
}

pub fn noon() -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::days(20_000) + Duration::hours(12)
}

/// A model on its way through the walk.
pub struct Shop(pub Model);

impl Shop {
    pub fn new() -> Self {
        Self(Model::new(Size { width: 120, height: 40 }, noon()))
    }

    pub fn opened() -> Self {
        let mut shop = Self::new();
        shop.0.facts.profiles = Load::Ready(profiles());
        shop.0.facts.opened = Load::Ready(opened());
        shop
    }

    /// The profile's own words about its variables are known.
    pub fn with_outline(mut self) -> Self {
        self.0.facts.outline = Some(outline());
        self
    }

    /// Day one is over; nobody has been asked about anything yet.
    pub fn at_home() -> Self {
        let mut shop = Self::opened().with_role().with_outline().at(Step::Board);
        shop.0.home = true;
        board::arrived(&mut shop.0);
        shop
    }

    pub fn at(mut self, step: Step) -> Self {
        self.0.at = step;
        self
    }

    /// The tokens screen, beside the walk.
    pub fn tokens(mut self) -> Self {
        self.0.facts.tokens = Load::Ready(tokens());
        self.0.beside = Some(Beside::Tokens);
        self
    }

    /// The identity screen, beside the walk.
    pub fn identity(mut self, facts: Option<crate::onboard::IdentityFacts>) -> Self {
        self.0.facts.identity = Load::Ready(facts);
        self.0.beside = Some(Beside::Identity);
        self
    }

    pub fn sized(mut self, width: u16, height: u16) -> Self {
        self.0.window.size = Size { width, height };
        self
    }

    pub fn waiting_for_approval(self) -> Self {
        self.signing_in([chosen(Method::DeviceCode), code_shown()])
    }

    pub fn waiting_for_the_browser(self) -> Self {
        self.signing_in([chosen(Method::Browser), page_shown()])
    }

    /// A sign-in under way, of which these things were heard.
    pub fn signing_in(mut self, events: impl IntoIterator<Item = Event>) -> Self {
        let id = self.0.tasks.next();
        self.0.facts.session = Load::Busy(id);
        for event in events {
            update(&mut self.0, Msg::SigningIn(id, event, noon()));
        }
        self.at(Step::SignIn)
    }

    pub fn signed_in(mut self) -> Self {
        self.0.facts.session = Load::Ready(signed_in());
        self
    }

    pub fn choosing_an_account(mut self) -> Self {
        self.0.facts.accounts = Load::Ready(accounts());
        self.signed_in().at(Step::Role)
    }

    pub fn with_role(mut self) -> Self {
        self.0.facts.choice = Load::Ready(choice());
        self
    }

    pub fn matrix(mut self, matrix: Matrix) -> Self {
        let id = self.0.tasks.next();
        self.0.facts.matrix = Load::Busy(id);
        update(&mut self.0, Msg::Finished(id, Done::Matrix(Ok(matrix))));
        self.at(Step::Board)
    }

    pub fn previewed(mut self) -> Self {
        let id = self.0.tasks.next();
        self.0.facts.preview = Load::Busy(id);
        update(&mut self.0, Msg::Finished(id, Done::Planned(Ok(preview()))));
        self.at(Step::Preview)
    }

    pub fn written(mut self) -> Self {
        self.0.facts.report = Load::Ready(report());
        self
    }

    /// In the doctor's room, with a few checks that stay the same whatever checks there are.
    pub fn at_the_doctor(mut self) -> Self {
        self.0.facts.examination.listed = checks_listed();
        self.press(Intent::Visit(Beside::Doctor));
        self
    }

    /// So many of these have answered.
    pub fn heard(mut self, checked: Vec<Checked>) -> Self {
        let id = self.0.facts.examination.task().unwrap();
        for one in checked {
            update(&mut self.0, Msg::Checked(id, Box::new(one)));
        }
        self
    }

    /// All have answered, and this came of it.
    pub fn examined(mut self, diagnosis: Diagnosis) -> Self {
        let id = self.0.facts.examination.task().unwrap();
        update(&mut self.0, Msg::Finished(id, Done::Doctor(DoctorDone::Examined(Ok(diagnosis)))));
        self
    }

    /// In the leak scan's room, which looks by itself.
    pub fn at_the_audit(mut self) -> Self {
        self.press(Intent::Visit(Beside::Audit));
        self
    }

    /// It has looked, and this came of it.
    pub fn found(mut self, audited: Audited) -> Self {
        let id = self.0.facts.audit.task().unwrap();
        let done = AuditDone::Looked(Ok(Box::new(audited)));
        update(&mut self.0, Msg::Finished(id, Done::Audit(done)));
        self
    }

    pub fn in_the_demo(mut self) -> Self {
        self.0.facts.banner = Some("demo: a sandbox, nothing real is touched".into());
        self.0.facts.removal = Some("devsecrets demo --clean".into());
        self.0.facts.shell = Some(". /tmp/devsecrets-demo-4f2a/env.sh".into());
        self.0.facts.can_approve = true;
        self
    }

    pub fn pressed(mut self, intents: &[Intent]) -> Self {
        for intent in intents {
            self.press(*intent);
        }
        self
    }

    /// The wishes of the last of these.
    pub fn pressed_for(&mut self, intents: &[Intent]) -> Vec<Effect> {
        intents.iter().map(|intent| self.press(*intent)).last().unwrap_or_default()
    }

    /// The newest remark.
    pub fn told(&self) -> Option<&str> {
        self.0.window.toasts.shown().last().map(|toast| toast.text.as_str())
    }

    pub fn press(&mut self, intent: Intent) -> Vec<Effect> {
        update(&mut self.0, Msg::Press(intent))
    }

    pub fn typed(mut self, text: &str) -> Self {
        for c in text.chars() {
            self.press(Intent::Insert(Typed(c)));
        }
        self
    }

    /// Answers the one job these effects start.
    /// One of the environments that are compared was read.
    pub fn environment(&mut self, effects: &[Effect], name: &str, read: Result<Box<Matrix>, Finding>) {
        update(&mut self.0, Msg::Environment(task(effects), name.into(), read));
    }

    pub fn answer(&mut self, effects: &[Effect], done: Done) -> Vec<Effect> {
        update(&mut self.0, Msg::Finished(task(effects), done))
    }
}

/// The task the only effect starts.
pub fn task(effects: &[Effect]) -> TaskId {
    match effects {
        [Effect::Start(id, _)] | [_, Effect::Start(id, _)] => *id,
        other => panic!("no task in {other:?}"),
    }
}

/// A whole day: everything read, written and kept.
pub fn done() -> Shop {
    Shop::opened().signed_in().with_role().matrix(all_ready()).previewed().written().at(Step::Summary)
}
