//! Any store that has a program of its own: the program is run, and what it prints is the secret.
//!
//! The rule: a program runs only after the person's consent, which holds for one project and one exact call
//! ([`Consents`]); there is no shell, and no word of the call comes from anywhere but the profile. The program sees a
//! small environment, is given a limit, and goes with everything it started when the limit is over. What it prints on
//! standard error is shown by its first line at most, never raw.

mod call;
mod child;
mod consent;
mod output;
mod verdict;

use std::path::Path;

pub use call::Call;
pub use consent::{Consents, Request};

use super::deadline::side_by_side;
use super::{Answer, Deadline, Fetching, Miss, Progress, Store};
use crate::profile;
use crate::settings::Settings;
use child::Failed;

/// A store behind a program, for one service of one environment.
#[derive(Debug)]
pub struct CommandStore<'a> {
    pub store: &'a profile::Store,
    pub settings: &'a Settings,
    /// The project's folder, in which the program runs.
    pub root: &'a Path,
    pub environment: &'a str,
    /// Absent where the call does not name it.
    pub service: Option<&'a str>,
    /// Who hears of each answer.
    pub progress: Progress,
}

impl CommandStore<'_> {
    async fn one(&self, id: &str, deadline: Deadline) -> Answer {
        let program = self.store.program();
        let words = call::filled(self.store, id, self.service.unwrap_or_default(), self.environment)?;
        let found = call::locate(self.settings, self.root, program);
        let found = found.ok_or_else(|| call::not_found(self.root, program))?;
        let environment = call::environment(self.settings, &self.store.pass);
        let child =
            child::Child { program: &found, words: &words, environment: &environment, folder: self.root };
        let seconds = self.store.seconds();
        let ran = match deadline.bound(child.run(seconds)).await {
            None => return Err(deadline.missed()),
            Some(ran) => ran.map_err(|failed| self.failed(id, failed))?,
        };
        if ran.status.success() {
            return output::read(self.store, id, &ran.out);
        }
        let secrets =
            environment.iter().filter(|(name, _)| call::may_be_secret(name)).map(|(_, value)| &**value);
        Err(verdict::miss(self.store, id, &ran, secrets))
    }

    fn failed(&self, id: &str, failed: Failed) -> Miss {
        let program = self.store.program().to_owned();
        match failed {
            Failed::TooSlow => Miss::Stopped { program, seconds: self.store.seconds() },
            Failed::TooLarge => Miss::TooLarge { id: id.to_owned(), limit: child::LARGEST },
            Failed::NotStarted(says) => {
                Miss::Failed { program, how: "could not be started".to_owned(), says }
            }
        }
    }
}

impl Store for CommandStore<'_> {
    fn fetch<'a>(&'a self, ids: &'a [String], deadline: Deadline) -> Fetching<'a> {
        let each = ids.iter().map(move |id| async move {
            let answer = self.one(id, deadline).await;
            self.progress.answered(1);
            (id.clone(), answer)
        });
        Box::pin(side_by_side(each))
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
