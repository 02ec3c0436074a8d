//! From arguments and environment to the world a command works in.

use std::io::{self, IsTerminal as _};
use std::sync::Arc;

use super::args::Global;
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
    pub fn session(&self, from_env: bool) -> Session {
        let (keychain, _) = keychain::open(&self.settings, ask::passphrase(&self.settings));
        Session::new(self.settings.clone(), Arc::from(keychain), self.request(from_env))
    }

    pub fn request(&self, from_env: bool) -> Request {
        Request {
            profile: self.global.profile.clone(),
            environment: self.global.environment.clone(),
            services: self.global.service.clone(),
            from_env,
        }
    }
}
