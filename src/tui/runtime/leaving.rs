//! The end of a sitting: what is being written is finished, and nothing else is waited for.

use super::{Ended, Sitting};
use crate::tui::model::Step;
use crate::tui::update::update;

impl Sitting {
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
