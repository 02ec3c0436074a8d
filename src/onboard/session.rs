//! One person's sitting with one project: the only owner of values between steps.
//!
//! No Debug, no Clone, nothing to serialise. The faces hold what the steps return and nothing else.

use std::path::Path;
use std::sync::Arc;

use super::{Opened, ProfileChoice, TokenRow, failures, profiles, start};
use crate::envfile::Journal;
use crate::finding::Finding;
use crate::keychain::Keychain;
use crate::profile::{EnvFiles, Loaded, Profile, Source, find};
use crate::resolve::{Matrix, OnCount, OnWait, Resolutions, Sources, View, decide, reread};
use crate::seed::{Adoption, Draft, Lock, Plan, Preview, Spot, adopt, draft};
use crate::settings::Settings;
use crate::sso::config_file::Draft as ConfigDraft;
use crate::sso::{Choice, RoleKeys, SessionName, Token, recall_choice, surroundings};
use crate::stores::Consents;
use crate::tokens::Shelf;

/// What was asked for, by flags or by picking.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Name or path; absent: found from the working folder.
    pub profile: Option<String>,
    /// Absent: the profile's first.
    pub environment: Option<String>,
    /// Empty: all of the profile.
    pub services: Vec<String>,
    /// Empty: all of each service.
    pub variables: Vec<Spot>,
    /// Hand edits that give way to the incoming value.
    pub take: Vec<Spot>,
    /// Remove what we wrote and the profile no longer names.
    pub prune: bool,
    /// Write down what happens to be exported, too.
    pub from_env: bool,
    /// The session to sign in to, whatever the profile says or whether there is one.
    pub sign_in: Option<SessionName>,
}

/// The engine of day one.
pub struct Session {
    pub(super) settings: Settings,
    pub(super) keychain: Arc<dyn Keychain>,
    pub(super) project: Option<Project>,
    pub(super) token: Option<Token>,
    pub(super) choice: Option<Choice>,
    pub(super) keys: Option<RoleKeys>,
    pub(super) request: Request,
    pub(super) journal: Journal,
    pub(super) shelf: Shelf,
    pub(super) consents: Consents,
    pub(super) sources: Option<Sources>,
    pub(super) on_wait: Box<OnWait>,
    pub(super) on_count: OnCount,
    pub(super) plan: Option<Plan>,
    pub(super) config: Option<ConfigDraft>,
    pub(super) lock: Option<Lock>,
}

/// The profile that is open, and how far it reaches.
pub(super) struct Project {
    pub loaded: Loaded,
    pub environment: String,
    pub services: Vec<String>,
}

impl Project {
    pub fn profile(&self) -> &Profile {
        &self.loaded.profile
    }
}

impl Session {
    pub fn new(settings: Settings, keychain: Arc<dyn Keychain>, request: Request) -> Self {
        let named = request.sign_in.as_ref();
        Self {
            choice: named.and_then(|named| recall_choice(&settings, &super::sign_in::named_memory(named))),
            journal: Journal::open(&settings),
            shelf: Shelf::open(&settings),
            consents: Consents::open(&settings),
            settings,
            keychain,
            request,
            project: None,
            token: None,
            keys: None,
            sources: None,
            on_wait: Box::new(|_, _| {}),
            on_count: Arc::new(|_, _| {}),
            plan: None,
            config: None,
            lock: None,
        }
    }

    /// Another sitting, which reads everything anew; the keychain is the same, so that nobody is asked to unlock it again.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self::new(self.settings.clone(), Arc::clone(&self.keychain), self.request.clone())
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Profiles to pick from; broken ones are listed with their problem.
    pub fn choices(&self) -> Vec<ProfileChoice> {
        profiles::choices(&self.settings)
    }

    /// Opens the profile that flag, variable or `devsecrets.toml` point to; `None` when nothing does.
    pub fn preferred(&mut self) -> Option<Result<Opened, Finding>> {
        match self.located() {
            Err(crate::profile::LoadError::None) => None,
            Err(error) => Some(Err(failures::profile(&error))),
            Ok(loaded) => Some(self.adopt(loaded)),
        }
    }

    /// Opens a profile by bundled name or path.
    ///
    /// # Errors
    /// When it cannot be found or read, or lacks the service or environment asked for.
    pub fn open(&mut self, profile: &str) -> Result<Opened, Finding> {
        let loaded = find(&self.settings, Some(profile)).map_err(|error| failures::profile(&error))?;
        self.adopt(loaded)
    }

    /// What to say when no profile applies.
    pub fn no_profile(&self) -> Finding {
        failures::profile(&crate::profile::LoadError::None)
    }

    /// A profile error with its code and next step.
    pub fn profile_finding(&self, error: &crate::profile::LoadError) -> Finding {
        failures::profile(error)
    }

    /// The profile that is meant without asking.
    pub(super) fn located(&self) -> Result<Loaded, crate::profile::LoadError> {
        find(&self.settings, self.request.profile.as_deref())
    }

    pub(super) fn adopt(&mut self, loaded: Loaded) -> Result<Opened, Finding> {
        let profile = &loaded.profile;
        let known: Vec<String> = profile.services.keys().cloned().collect();
        for name in &self.request.services {
            profile.service(name).map_err(|error| failures::service(&error, &known))?;
        }
        let services = if self.request.services.is_empty() { known } else { self.request.services.clone() };
        let wanted = self.request.environment.as_deref().or_else(|| self.settings.var("DEVSECRETS_ENV"));
        let environment = wanted.unwrap_or_else(|| profile.default_environment()).to_owned();
        if !profile.environments().contains(&environment) {
            return Err(failures::environment(&environment, profile.environments()));
        }
        self.choice = self.known_choice(profile);
        (self.keys, self.token, self.sources, self.plan) = (None, None, None, None);
        self.config = None;
        let project = Project { loaded, environment, services };
        let mut opened = opened(&project);
        if opened.start_url.is_some() {
            opened.warnings = surroundings(&self.settings);
        }
        self.project = Some(project);
        Ok(Opened { recent: self.used_last(), ..opened })
    }

    pub(super) fn project(&self) -> Result<&Project, Finding> {
        self.project
            .as_ref()
            .ok_or_else(|| failures::too_early("no profile is open", "devsecrets profile list"))
    }

    /// The project's folder, once a profile is open.
    pub fn root(&self) -> Option<&Path> {
        self.project.as_ref().map(|project| project.loaded.root.as_path())
    }

    /// Asks every source and decides every variable.
    ///
    /// # Errors
    /// When no profile is open. What a source could not say stands in the matrix.
    pub async fn matrix(&mut self) -> Result<Matrix, Finding> {
        let matrix = self.looked_at().await?;
        self.remember_own(&self.resolutions(View::Running)?);
        Ok(matrix)
    }

    /// The same, and nothing is kept of it: who looks for what is wrong changes nothing.
    pub(super) async fn looked_at(&mut self) -> Result<Matrix, Finding> {
        self.project()?;
        self.gather().await?;
        self.decided(View::Running)
    }

    /// Plans what seeding would write. A `rehearsal` cannot be applied.
    ///
    /// # Errors
    /// When no profile is open.
    pub async fn plan(&mut self, rehearsal: bool) -> Result<Preview, Finding> {
        let services = self.project()?.services.clone();
        self.plan_for(&services, rehearsal).await
    }

    /// The same for some services of those in scope.
    ///
    /// # Errors
    /// When no profile is open.
    pub async fn plan_for(&mut self, services: &[String], rehearsal: bool) -> Result<Preview, Finding> {
        self.look_again().await?;
        let plan = self.drafted(services, &self.request.variables, rehearsal)?;
        Ok(self.planned(plan))
    }

    /// The same for one variable of one service; every other byte of its file stays.
    ///
    /// # Errors
    /// When no profile is open.
    pub async fn plan_one(&mut self, service: &str, variable: &str) -> Result<Preview, Finding> {
        self.plan_part(&[service.to_owned()], &[Spot::of(service, variable)]).await
    }

    /// Some services, and of these some variables; empty: all.
    pub(super) async fn plan_part(&mut self, services: &[String], only: &[Spot]) -> Result<Preview, Finding> {
        self.look_again().await?;
        let plan = self.drafted(services, only, false)?;
        Ok(self.planned(plan))
    }

    fn planned(&mut self, plan: Plan) -> Preview {
        let preview = plan.preview().clone();
        self.plan = Some(plan);
        preview
    }

    /// The sources as they are now; stores are asked once.
    async fn look_again(&mut self) -> Result<(), Finding> {
        self.project()?;
        match self.sources.take() {
            None => self.gather().await,
            Some(sources) => {
                let scope = self.scope()?;
                let keychain = self.keychain.clone();
                self.sources = Some(reread(scope, sources, keychain, &self.journal).await);
                Ok(())
            }
        }
    }

    /// What was gathered or planned no longer holds.
    pub(super) fn start_over(&mut self) {
        (self.sources, self.plan) = (None, None);
    }

    /// Takes the env files as they are into account, without touching them.
    ///
    /// # Errors
    /// When no profile is open.
    pub async fn adopt_files(&mut self) -> Result<Adoption, Finding> {
        self.gather().await?;
        let project = self.project.as_ref().ok_or_else(failures::no_profile_open)?;
        let (profile, services, empty) = (project.profile(), &project.services, Sources::default());
        let sources = self.sources.as_ref().unwrap_or(&empty);
        let incoming = decide(profile, &project.environment, services, sources, View::Incoming);
        Ok(adopt(profile, &project.loaded.root, &incoming, services, &mut self.journal))
    }

    /// Takes the incoming value in the next plan, or keeps the hand edit again.
    pub fn settle(&mut self, edit: &Spot, take: bool) {
        self.request.take.retain(|known| known != edit);
        if take {
            self.request.take.push(edit.clone());
        }
    }

    pub(super) fn resolutions(&self, view: View) -> Result<Resolutions, Finding> {
        let project = self.project()?;
        let empty = Sources::default();
        let sources = self.sources.as_ref().unwrap_or(&empty);
        Ok(decide(project.profile(), &project.environment, &project.services, sources, view))
    }

    pub(super) fn decided(&self, view: View) -> Result<Matrix, Finding> {
        let project = self.project()?;
        let found = self.resolutions(view)?;
        let mut matrix = found.matrix(project.profile(), &project.services);
        for row in &mut matrix.services {
            let folder = project.loaded.root.join(&row.path);
            row.start = row.start.take().or_else(|| start::command(&folder));
        }
        Ok(matrix)
    }

    /// The AWS accounts in use: that of the role, and those which values of the stores are from. 12 digits each.
    pub(super) fn accounts_in_use(&self) -> Vec<&str> {
        let chosen = self.choice.as_ref().map(|choice| choice.account_id.as_str());
        let told = self.sources.as_ref().map(Sources::accounts).unwrap_or_default();
        chosen.into_iter().chain(told).collect()
    }

    fn drafted(&self, services: &[String], only: &[Spot], rehearsal: bool) -> Result<Plan, Finding> {
        let project = self.project()?;
        let empty = Sources::default();
        let sources = self.sources.as_ref().unwrap_or(&empty);
        let view = if self.request.from_env { View::Running } else { View::Seeding };
        let profile = project.profile();
        let found = decide(profile, &project.environment, services, sources, view);
        let exported = decide(profile, &project.environment, services, sources, View::Running);
        let incoming = decide(profile, &project.environment, services, sources, View::Incoming);
        Ok(draft(&Draft {
            profile,
            root: &project.loaded.root,
            services,
            accounts: &self.accounts_in_use(),
            matrix: &found.matrix(profile, services),
            found: &found,
            exported: &exported,
            incoming: &incoming,
            journal: &self.journal,
            variables: only,
            take: &self.request.take,
            prune: self.request.prune,
            rehearsal,
        }))
    }
}

pub(super) fn opened(project: &Project) -> Opened {
    let profile = project.profile();
    Opened {
        profile: profile.name.clone(),
        title: profile.title.clone(),
        root: project.loaded.root.display().to_string(),
        environment: project.environment.clone(),
        start_url: profile.sso.as_ref().map(|sso| sso.start_url.clone()),
        seeds_files: profile.policy.env_files == EnvFiles::Allowed,
        production_accounts: profile.policy.production_accounts.clone(),
        warnings: Vec::new(),
        tokens: profile.tokens.iter().map(|(name, token)| TokenRow::of(name, token)).collect(),
        remembered: matches!(project.loaded.source, Source::Remembered(_)),
        bundled: !matches!(project.loaded.source, Source::File(_)),
        recent: Vec::new(),
    }
}
