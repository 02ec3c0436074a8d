//! From arguments and environment to the world a command works in.

use std::io::{self, IsTerminal as _};
use std::rc::Rc;
use std::sync::Arc;

use super::args::{Color, Global, Named, Seed};
use super::commands::Screen;
use super::output::{Output, mean};
use super::{Talk, ask};
use crate::demo::Demo;
use crate::finding::Finding;
use crate::keychain;
use crate::onboard::{Request, Session};
use crate::settings::Settings;
use crate::sso::SessionName;

/// The terminal that only knows lines (terminfo's `dumb`).
const DUMB: &str = "dumb";

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
        let mut color = global.color;
        if global.plain {
            // What a terminal that cannot be drawn on says of itself.
            settings = settings.with("TERM", DUMB);
            color = Color::Never;
        }
        settings.interactive = !asked_not_to && io::stdin().is_terminal() && io::stderr().is_terminal();
        settings.offline = global.offline || settings.var("DEVSECRETS_OFFLINE").is_some();
        mean(&global);
        let out = Output::new(&settings, color, global.json, global.quiet);
        Self { settings, global, out }
    }

    /// True where nothing may be drawn or written anew: asked for, or all the terminal can do.
    pub fn is_plain(&self) -> bool {
        self.settings.var("TERM") == Some(DUMB)
    }

    /// A session over this world; no keychain, network or AWS file is touched yet.
    pub fn session(&self) -> Session {
        self.session_for(&Seed::default())
    }

    /// A session for the portal the flags name; without them, the profile's.
    ///
    /// # Errors
    /// When one of the flags cannot be what it is for.
    pub fn session_named(&self, named: &Named) -> Result<Session, Finding> {
        let Some((url, region)) = named.start_url.as_deref().zip(named.region.as_deref()) else {
            return Ok(self.session());
        };
        let sign_in = SessionName::named(url, region, named.session.as_deref());
        let sign_in = sign_in.map_err(|error| error.finding())?;
        let request = Request { sign_in: Some(sign_in), ..self.request(&Seed::default()) };
        Ok(self.session_with(request))
    }

    /// What the terminal UI starts with. Its keychain asks on the screen, not on the terminal beneath it.
    pub fn screen(self, demo: Option<Rc<Demo>>) -> Screen {
        let (ask, questions) = keychain::questions(&self.settings);
        let keychain = keychain::open(&self.settings, ask);
        let request = self.request(&Seed::default());
        let session = Session::new(self.settings.clone(), Arc::new(keychain), request);
        Screen { session, settings: self.settings, questions, demo, talk: Talk(self.out) }
    }

    /// A session that seeds as `seed` says.
    pub fn session_for(&self, seed: &Seed) -> Session {
        self.session_with(self.request(seed))
    }

    fn session_with(&self, request: Request) -> Session {
        let keychain = keychain::open(&self.settings, ask::passphrase(&self.settings));
        let mut session = Session::new(self.settings.clone(), Arc::new(keychain), request);
        self.tell_waits(&mut session);
        session
    }

    /// Has `session` say when a store keeps it waiting.
    pub fn tell_waits(&self, session: &mut Session) {
        let out = self.out;
        session.on_wait(move |store, seconds| {
            out.say(|_| format!("{store} has not answered yet; waiting up to {seconds} s more"));
        });
    }

    fn request(&self, seed: &Seed) -> Request {
        Request {
            profile: self.global.profile.clone(),
            environment: self.global.environment.first().cloned(),
            services: self.global.service.clone(),
            variables: Vec::new(),
            take: seed.take.clone(),
            prune: seed.prune,
            from_env: seed.from_env,
            sign_in: None,
        }
    }
}
