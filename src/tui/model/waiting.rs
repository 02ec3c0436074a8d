//! What one waits for, and giving it up.

use super::{Beside, Load, Model, Step};
use crate::finding::{Finding, Remedy};
use crate::tui::effect::{Esc, TaskId, UnderWay};

/// What is before one's eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    Step(Step),
    Beside(Beside),
}

impl Model {
    pub fn seen(&self) -> Seen {
        self.beside.map_or(Seen::Step(self.at), Seen::Beside)
    }

    /// What takes long enough to be spoken of: the newest that does not wait for the person.
    pub fn long(&self) -> Option<&UnderWay> {
        let mut all = self.tasks.under_way().iter().rev();
        all.find(|task| task.long && task.work.esc != Esc::Own)
    }

    /// The same, where the screen says nothing of it.
    pub fn long_unseen(&self) -> Option<&UnderWay> {
        self.long().filter(|task| !task.work.shown.contains(&self.seen()))
    }

    /// Whether Esc would stop it.
    pub fn can_stop(&self) -> bool {
        let free = self.overlay.is_none() && !self.context().takes_text();
        free && self.long().is_some_and(|task| task.work.esc == Esc::Stops)
    }

    /// Nobody waits for `id` any more: the screen is as it was before, or says that it was stopped and how to go on.
    pub fn give_up(&mut self, id: TaskId) {
        let known = self.facts.table().is_some();
        let (facts, screens) = (&mut self.facts, &mut self.screens);
        stop(&mut facts.profiles, id, true);
        stop(&mut facts.opened, id, false);
        if stop(&mut facts.session, id, false) {
            screens.sign_in.forget();
        }
        stop(&mut facts.accounts, id, true);
        if stop(&mut facts.roles, id, false) {
            screens.role.account = None;
        }
        stop(&mut facts.config, id, false);
        stop(&mut facts.matrix, id, !known);
        stop(&mut facts.preview, id, true);
        stop(&mut facts.tokens, id, false);
        stop(&mut facts.identity, id, true);
        stop(&mut screens.token.act, id, false);
        stop(&mut screens.board.act, id, false);
        screens.board.others.stop(id);
        stop(&mut screens.identity.act, id, false);
        if facts.examination.task() == Some(id) {
            facts.examination.stop();
        }
        if facts.audit.task() == Some(id) {
            facts.audit.stop();
        }
        if screens.audit.doing.task() == Some(id) {
            screens.audit.doing = Default::default();
        }
        if screens.doctor.fixing.task() == Some(id) {
            screens.doctor.fixing = Default::default();
        }
    }
}

/// `says`: the screen has nothing else to show.
fn stop<T>(load: &mut Load<T>, id: TaskId, says: bool) -> bool {
    let waited = load.task() == Some(id);
    if waited {
        *load = if says { Load::Broken(stopped()) } else { Load::Idle };
    }
    waited
}

/// The code of what the person gave up.
pub const STOPPED: &str = "DS-STEP-02";

fn stopped() -> Finding {
    let remedy = Remedy::says("r asks again; Esc goes back");
    Finding::note(STOPPED, "you", "this was stopped before the answer came; nothing was changed", remedy)
}
