//! What a service is started with.
//!
//! The values go to the run room in a type that nobody else can look into.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::session::Session;
use super::{failures, start};
use crate::finding::{Finding, Remedy, Severity};
use crate::profile::{Profile, Service, Source};
use crate::resolve::{Deadline, IdentitySource, Scope, Sources, View, decide, gather};
use crate::run::{Beside, Environment, Outcome, Pass};
use crate::seed::readers;
use crate::settings::Settings;

impl Session {
    /// The service meant: the one asked for, else the one whose folder we stand in, else the only one.
    ///
    /// # Errors
    /// When no profile is open, or it could be any of several.
    pub fn service_to_run(&self) -> Result<String, Finding> {
        let project = self.project()?;
        if self.request.services.len() > 1 {
            return Err(failures::one_at_a_time(&self.request.services));
        }
        let named = (project.services.len() == 1).then(|| project.services[0].clone());
        let folder = std::fs::canonicalize(&self.settings.folder).ok();
        let root = std::fs::canonicalize(&project.loaded.root).ok();
        let below = folder.zip(root).and_then(|(folder, root)| {
            let inside = folder.strip_prefix(root).ok()?.to_owned();
            around(project.profile(), &project.services, &inside)
        });
        named.or(below).ok_or_else(|| failures::which_service(&project.services))
    }

    /// What `service` is started with. Stores and keychain are asked only for what neither the process environment
    /// nor a hand-edited file settles, so that a run that needs neither touches neither.
    ///
    /// # Errors
    /// When no profile is open or it has no such service, or a new identity cannot be kept. What a source could not say is
    /// for the environment to tell. The note says that an identity was made.
    pub async fn environment_for(
        &mut self,
        service: &str,
    ) -> Result<(Environment, Option<Finding>), Finding> {
        let project = self.project.as_mut().ok_or_else(failures::no_profile_open)?;
        project.services = vec![service.to_owned()];
        let deadline = Deadline::begin(&self.settings);
        let access = self.access(deadline, true).await?;
        let scope = Scope { deadline, only_open: true, ..self.scope()? };
        let mut sources = Box::pin(gather(scope, &access, self.keychain.clone(), &self.journal)).await;
        let mut decided = decide(scope.profile, scope.environment, scope.services, &sources, View::Running);
        let derives = decided.derives();
        let is_new = matches!(sources.identity, IdentitySource::New(_));
        let made = self.keep_new(&mut sources, derives).await?;
        if is_new && derives {
            decided = decide(scope.profile, scope.environment, scope.services, &sources, View::Running);
        }
        self.remember_own(&decided);
        let loading = decided.loading(&sources, service);
        Environment::of(scope.profile, &decided, service, loading)
            .map(|environment| (environment, made))
            .ok_or_else(|| failures::which_service(&[service.to_owned()]))
    }

    /// Keeps an identity that was made in this run, where something is derived from it or is to be sealed under it. The note
    /// says so.
    async fn keep_new(&self, sources: &mut Sources, derives: bool) -> Result<Option<Finding>, Finding> {
        let IdentitySource::New(new) = &sources.identity else { return Ok(None) };
        if !derives && sources.unsealed.is_none() {
            return Ok(None);
        }
        match self.keep_identity(new.clone()).await {
            Ok((stands, note)) => {
                sources.sealed_under(stands);
                Ok(note)
            }
            Err(finding) if derives => Err(finding),
            Err(finding) => {
                sources.never_sealed(&finding.says, &finding.remedy.to_string());
                Ok(None)
            }
        }
    }

    /// The environment, to be written for the programs that read the service's env file. They are looked for in its folder,
    /// which a start has no need of.
    ///
    /// # Errors
    /// When no profile is open.
    pub fn for_its_readers(&self, environment: Environment) -> Result<Environment, Finding> {
        let project = self.project()?;
        let readers = readers(project.profile(), &project.loaded.root, environment.service());
        Ok(environment.read_by(readers))
    }

    /// A start of `service` by its own command, for a face that stays meanwhile.
    ///
    /// # Errors
    /// As for [`Session::environment_for`]; and when something it needs is missing, or nobody knows how it is started.
    pub async fn launch(&mut self, service: &str) -> Result<Launch, Finding> {
        let scope = self.project()?.services.clone();
        let asked = self.environment_for(service).await;
        // Only this start is about one service.
        self.project.as_mut().ok_or_else(failures::no_profile_open)?.services = scope;
        let (environment, _) = asked?;
        let stops = environment.findings(false).into_iter().find(|one| one.severity == Severity::Error);
        if let Some(finding) = stops {
            return Err(finding);
        }
        let project = self.project()?;
        let declared = project.profile().service(service).ok();
        let folder =
            project.loaded.root.join(declared.map(|service| service.path.as_str()).unwrap_or_default());
        let start = declared.and_then(|service| service.start.clone()).or_else(|| start::command(&folder));
        let Some(start) = start else {
            let remedy = Remedy::run("name the command", format!("devsecrets run -s {service} -- COMMAND"));
            let says = "neither the profile nor its files say how it is started";
            return Err(Finding::error("DS-RUN-11", service, says, remedy));
        };
        Ok(Launch { environment, settings: self.settings.clone(), folder, start })
    }

    /// The files that decide what `service` is started with: those it reads, and the project's profile.
    pub fn files_behind(&self, service: &str) -> Vec<PathBuf> {
        let Ok(project) = self.project() else { return Vec::new() };
        let root = &project.loaded.root;
        let declared = project.profile().service(service).ok();
        let env_file = declared.and_then(Service::env_file_path).into_iter();
        let besides = declared.map(|service| {
            let environment = &project.environment;
            [service.fallback_paths(environment), service.stand_in_paths(environment)].concat()
        });
        let mut files: Vec<PathBuf> =
            env_file.chain(besides.into_iter().flatten()).map(|file| root.join(file)).collect();
        if let Source::File(path) = &project.loaded.source {
            files.extend([path.clone(), root.join("devsecrets.local.toml")]);
        }
        files
    }
}

/// A service about to be started by its own command. Holds values, so there is no `Debug`.
pub struct Launch {
    environment: Environment,
    settings: Settings,
    folder: PathBuf,
    start: String,
}

impl Launch {
    /// What is started.
    pub fn command(&self) -> &str {
        &self.start
    }

    /// Starts it and stays beside it until it ends. The exit code.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn run(self) -> Result<u8, Finding> {
        // The folder is handed over as a word, so nothing in its name means anything to the shell.
        let script = "cd \"$1\" && eval \"$2\"";
        let words: [OsString; 6] =
            ["sh".into(), "-c".into(), script.into(), "sh".into(), self.folder.into(), self.start.into()];
        let beside = Beside::new(&words, &self.settings, Pass::Inherited);
        let mut beside = beside.map_err(|error| {
            let says = format!("cannot stay beside the command: {error}");
            Finding::error("DS-RUN-08", "run", says, Remedy::says("start it with devsecrets run"))
        })?;
        match beside.run(&self.environment, None, std::future::pending()).await {
            Ok(Outcome::Ended(code) | Outcome::Told(code)) => Ok(code),
            // Nothing was waited for, so nothing stopped it.
            Ok(Outcome::Stopped(_)) => Ok(0),
            Err(error) => Err(error.finding()),
        }
    }
}

/// The service whose folder is `inside` or the nearest above it; `None` also where two share that folder.
fn around(profile: &Profile, services: &[String], inside: &Path) -> Option<String> {
    let depth = |name: &String| {
        let path = profile.services.get(name)?.path.trim_start_matches("./").trim_end_matches('/');
        let path = if path == "." { "" } else { path };
        inside.starts_with(path).then(|| Path::new(path).components().count())
    };
    let deepest = services.iter().filter_map(depth).max()?;
    let mut there = services.iter().filter(|name| depth(name) == Some(deepest));
    there.next().filter(|_| there.next().is_none()).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(inside: &str) -> Option<String> {
        let text = "schema = 1\nname = \"n\"\ntitle = \"N\"\n[services.web]\npath = \"web\"\n\
            [services.admin]\npath = \"./web/admin/\"\n[services.one]\npath = \"pair\"\n[services.two]\npath = \"pair\"\n";
        let profile = crate::profile::parse(text, "t").unwrap();
        let services: Vec<String> = profile.services.keys().cloned().collect();
        around(&profile, &services, Path::new(inside))
    }

    #[test]
    fn the_nearest_folder_above_decides() {
        assert_eq!(found("web").as_deref(), Some("web"));
        assert_eq!(found("web/src").as_deref(), Some("web"));
        assert_eq!(found("web/admin/src").as_deref(), Some("admin"));
        assert_eq!(found("webby"), None);
        assert_eq!(found(""), None);
        assert_eq!(found("pair"), None, "it could be either");
    }
}
