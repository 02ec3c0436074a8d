//! The end of a sitting: what is being written is finished, and nothing else is waited for.

use std::io;

use super::stage::Stage;
use super::{Ended, Sitting};
use crate::tui::model::Step;
use crate::tui::update::update;

impl Sitting {
    /// Says what is waited for, where something is still being written.
    pub(super) fn last_frame(&self, stage: &mut impl Stage) -> io::Result<()> {
        if self.model.is_writing() { stage.draw(&self.model) } else { Ok(()) }
    }

    /// Reads are cut off, writes are let finish.
    pub(super) async fn settle(&mut self) {
        self.world.leave();
        // Whoever waits for a passphrase goes on without one.
        (self.questions, self.question) = (None, None);
        // Nobody is lent the terminal any more.
        self.asides.close();
        for task in self.running.drain(..) {
            if task.must_finish {
                // A task that panicked has already said so.
                let _ = task.handle.await;
            } else {
                task.handle.abort();
            }
        }
        while let Ok(msg) = self.receiver.try_recv() {
            update(&mut self.model, msg);
        }
    }

    pub(super) fn ended(self) -> Ended {
        let facts = self.model.facts;
        Ended {
            profile: facts.opened.ready().map(|opened| opened.title.clone()),
            matrix: facts.matrix.ready().cloned(),
            report: facts.report.ready().cloned(),
            finished: self.model.home || self.model.at == Step::Summary,
        }
    }
}
