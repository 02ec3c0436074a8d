//! One visit: everything the checks look at, owned, and all of them looking at once.
//!
//! The rule: a check that hangs holds nobody up. Each looks on a thread of its own until its deadline, and is left behind
//! after it, which is why what it looks at is owned here and shared, and never lent by the session. Calls over the network
//! need no thread: they wait without blocking.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use time::OffsetDateTime;
use tokio::sync::oneshot;

use super::patient::Seen;
use super::{Answer, Check, Checked, Evidence, Look, Patient, Project, Unable};
use crate::envfile::Journal;
use crate::keychain::Keychain;
use crate::profile::{LoadError, Loaded};
use crate::resolve::{Matrix, Resolutions, Sources};
use crate::seed::Preview;
use crate::settings::Settings;
use crate::sso::{Choice, Token};
use crate::tokens::Shelf;

/// What the checks look at. Holds values; what they say does not.
pub struct Visit {
    pub settings: Settings,
    pub keychain: Arc<dyn Keychain>,
    pub journal: Journal,
    pub shelf: Shelf,
    pub now: OffsetDateTime,
    /// Why there is no project to look at.
    pub no_project: Option<Arc<LoadError>>,
    pub token: Option<Token>,
    pub choice: Option<Choice>,
    pub ground: Option<Ground>,
    /// What the sources said, or why they could not be asked.
    pub said: Result<Said, String>,
    pub limits: Limits,
}

/// The project that is looked at.
#[derive(Clone)]
pub struct Ground {
    pub loaded: Arc<Loaded>,
    pub environment: String,
    pub services: Vec<String>,
    seen: Arc<Seen>,
}

/// What the sources said about it.
pub struct Said {
    pub sources: Arc<Sources>,
    pub found: Resolutions,
    /// The same decided as if no file had been edited by hand.
    pub incoming: Resolutions,
    pub matrix: Matrix,
    pub preview: Preview,
}

/// Until when an answer is waited for. The clients' own limits are shorter, so these are the last net.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub here: Duration,
    pub network: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { here: Duration::from_secs(10), network: Duration::from_secs(20) }
    }
}

impl Ground {
    pub fn new(loaded: Loaded, environment: &str, services: &[String]) -> Self {
        Self {
            loaded: Arc::new(loaded),
            environment: environment.to_owned(),
            services: services.to_owned(),
            seen: Arc::default(),
        }
    }
}

impl Visit {
    fn patient(&self) -> Patient<'_> {
        Patient {
            settings: &self.settings,
            keychain: &self.keychain,
            journal: &self.journal,
            shelf: &self.shelf,
            now: self.now,
            no_project: self.no_project.as_deref(),
            token: self.token.as_ref(),
            choice: self.choice.as_ref(),
        }
    }

    fn project(&self) -> Result<Project<'_>, Unable> {
        let no_project = || Unable::Because("there is no profile that can be read".to_owned());
        let ground = self.ground.as_ref().ok_or_else(no_project)?;
        Ok(Project::new(&ground.loaded, &ground.environment, &ground.services, &ground.seen))
    }

    fn evidence(&self) -> Result<Evidence<'_>, Unable> {
        let said = self.said.as_ref().map_err(|why| Unable::Because(why.clone()))?;
        let Said { sources, found, incoming, matrix, preview } = said;
        Ok(Evidence { sources, found, incoming, matrix, preview })
    }
}

/// Lets all of them look at once; `on` hears each as it ends.
pub async fn look(
    checks: &[&'static Check],
    visit: &Arc<Visit>,
    on: &mut dyn FnMut(&Checked),
) -> Vec<Checked> {
    let mut looking: FuturesUnordered<_> = checks.iter().map(|check| one(check, visit)).collect();
    let mut done = Vec::new();
    while let Some(checked) = looking.next().await {
        on(&checked);
        done.push(checked);
    }
    done
}

async fn one(check: &'static Check, visit: &Arc<Visit>) -> Checked {
    let answer = match check.look {
        Look::Network(_) if visit.settings.offline => Err(Unable::Because("offline".to_owned())),
        Look::Network(ask) => match visit.project() {
            Ok(project) => {
                let (patient, limit) = (visit.patient(), visit.limits.network);
                let asked = tokio::time::timeout(limit, ask(&patient, &project)).await;
                asked.unwrap_or_else(|_| Err(late(limit)))
            }
            Err(unable) => Err(unable),
        },
        _ => beside(check, visit).await,
    };
    let root = visit.ground.as_ref().map(|ground| ground.loaded.root.as_path());
    Checked::of(check, answer).seen_from(root)
}

/// Looks on a thread of its own, which is left behind when it does not come back in time.
async fn beside(check: &'static Check, visit: &Arc<Visit>) -> Answer {
    let (limit, visit) = (visit.limits.here, visit.clone());
    let (tell, hear) = oneshot::channel();
    // Nobody listens any more once the time is up.
    let work = move || drop(tell.send(here(check, &visit)));
    if let Err(error) = thread::Builder::new().name(check.code.to_owned()).spawn(work) {
        return Err(Unable::Because(format!("no thread could be started: {error}")));
    }
    match tokio::time::timeout(limit, hear).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => Err(Unable::Because("the check itself broke off".to_owned())),
        Err(_) => Err(late(limit)),
    }
}

fn here(check: &Check, visit: &Visit) -> Answer {
    let patient = visit.patient();
    match check.look {
        Look::Machine(look) => look(&patient),
        Look::Project(look) => look(&patient, &visit.project()?),
        Look::Values(look) => look(&patient, &visit.project()?, &visit.evidence()?),
        // It has no business on a thread.
        Look::Network(_) => Err(Unable::NotHere),
    }
}

fn late(limit: Duration) -> Unable {
    Unable::Because(format!("could not tell: no answer in {} s", limit.as_secs()))
}

#[cfg(test)]
mod tests;
