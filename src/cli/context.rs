//! From arguments and environment to the world a command works in.

use std::io::{self, IsTerminal as _};
use std::sync::Arc;

use super::args::{Global, Seed};
use super::ask;
use super::output::Output;
use crate::keychain;
use crate::onboard::{Request, Session};
use crate::settings::Settings;

/// What every command is handed.
pub(super) struct Context {
    pub settings: Settings,
    pub global: Global,
    pub out: Output,
}

impl Context {
    pub fn new(settings: Settings, global: Global) -> Self {
        let asked_not_to = global.no_input || settings.var("CI").is_some();
        let mut settings = settings;
        settings.interactive = !asked_not_to && io::stdin().is_terminal() && io::stderr().is_terminal();
        settings.offline = global.offline || settings.var("DEVSECRETS_OFFLINE").is_some();
        let out = Output::new(&settings, global.color, global.json, global.quiet);
        Self { settings, global, out }
    }

    /// A session over this world; no keychain, network or AWS file is touched yet.
    pub fn session(&self) -> Session {
        self.session_for(&Seed::default())
    }

    /// A session that seeds as `seed` says.
    pub fn session_for(&self, seed: &Seed) -> Session {
        let (keychain, _) = keychain::open(&self.settings, ask::passphrase(&self.settings));
        let request = Request {
            profile: self.global.profile.clone(),
            environment: self.global.environment.clone(),
            services: self.global.service.clone(),
            variables: Vec::new(),
            take: seed.take.clone(),
            prune: false,
            from_env: seed.from_env,
        };
        Session::new(self.settings.clone(), Arc::from(keychain), request)
    }
}
