//! From arguments and environment to the world a command works in.

use std::io::{self, IsTerminal as _};
use std::rc::Rc;
use std::sync::Arc;

use super::args::{Global, Seed};
use super::commands::Screen;
use super::output::Output;
use super::{Talk, ask};
use crate::demo::Demo;
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

    /// What the terminal UI starts with. Its keychain asks on the screen, not on the terminal beneath it.
    pub fn screen(self, demo: Option<Rc<Demo>>) -> Screen {
        let (ask, questions) = keychain::questions(&self.settings);
        let (keychain, _) = keychain::open(&self.settings, ask);
        let request = self.request(&Seed::default());
        let session = Session::new(self.settings.clone(), Arc::from(keychain), request);
        Screen { session, settings: self.settings, questions, demo, talk: Talk(self.out) }
    }

    /// A session that seeds as `seed` says.
    pub fn session_for(&self, seed: &Seed) -> Session {
        let (keychain, _) = keychain::open(&self.settings, ask::passphrase(&self.settings));
        Session::new(self.settings.clone(), Arc::from(keychain), self.request(seed))
    }

    fn request(&self, seed: &Seed) -> Request {
        Request {
            profile: self.global.profile.clone(),
            environment: self.global.environment.clone(),
            services: self.global.service.clone(),
            variables: Vec::new(),
            take: seed.take.clone(),
            prune: seed.prune,
            from_env: seed.from_env,
        }
    }
}
