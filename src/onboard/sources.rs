//! Asking the sources: with which keys, until when, and who hears that it takes a while.
//!
//! The rule: no sign-in, no portal and no keychain is touched unless something in scope needs it.

use std::sync::Arc;

use time::OffsetDateTime;

use super::session::Session;
use crate::finding::Finding;
use crate::resolve::{Access, Deadline, NotAsked, OnWait, Scope, asks_aws, at_hand, gather};

impl Session {
    /// From now on `hear` is told when a store takes its time: its name, and the seconds it is still given.
    pub fn on_wait(&mut self, hear: impl Fn(&str, u64) + Send + Sync + 'static) {
        let hear: Box<OnWait> = Box::new(hear);
        self.on_wait = hear;
    }

    /// From now on `hear` is told how many of all secrets the stores have answered for.
    pub fn on_count(&mut self, hear: impl Fn(usize, usize) + Send + Sync + 'static) {
        self.on_count = Arc::new(hear);
    }

    pub(super) async fn gather(&mut self) -> Result<(), Finding> {
        let deadline = Deadline::begin(&self.settings);
        let access = self.access(deadline, false).await?;
        let scope = Scope { deadline, ..self.scope()? };
        let gathering = Box::pin(gather(scope, &access, self.keychain.clone(), &self.journal));
        self.sources = Some(gathering.await);
        Ok(())
    }

    pub(super) fn scope(&self) -> Result<Scope<'_>, Finding> {
        let project = self.project()?;
        Ok(Scope {
            settings: &self.settings,
            profile: project.profile(),
            root: &project.loaded.root,
            environment: &project.environment,
            services: &project.services,
            shelf: &self.shelf,
            consents: &self.consents,
            only_open: false,
            deadline: Deadline::begin(&self.settings),
            on_wait: &self.on_wait,
            on_count: &self.on_count,
        })
    }

    /// Keys for the stores, got only when one of them will be asked.
    pub(super) async fn access(&mut self, deadline: Deadline, only_open: bool) -> Result<Access, Finding> {
        let environment = self.project()?.environment.clone();
        self.access_in(&environment, deadline, only_open).await
    }

    /// The same for an environment that need not be the open one.
    pub(super) async fn access_in(
        &mut self,
        environment: &str,
        deadline: Deadline,
        only_open: bool,
    ) -> Result<Access, Finding> {
        let scope = Scope { only_open, environment, ..self.scope()? };
        if scope.profile.sso.is_none() {
            return Ok(Access::Ambient);
        }
        if !asks_aws(scope, &at_hand(scope, &self.journal)) {
            let offline = self.settings.offline;
            return Ok(Access::None(if offline { NotAsked::Offline } else { NotAsked::NotSignedIn }));
        }
        // Boxed: a timeout around the SDK's own futures is more type than the compiler takes.
        let asked = deadline.bound(Box::pin(self.role_keys(OffsetDateTime::now_utc()))).await;
        Ok(match asked.unwrap_or(Err(NotAsked::TooSlow { seconds: deadline.seconds })) {
            Ok((account, keys)) => Access::Role { account, keys },
            Err(why) => Access::None(why),
        })
    }
}
