//! A small healthy world that tests break on purpose: one service, seeded, in a git repository.

mod faults;
mod network;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use tempfile::TempDir;

use super::{Checked, Diagnosis, Selection};
use crate::keychain::{Error, Item, Keychain, MemoryKeychain, Place, Problem};
use crate::onboard::{Request, Session};
use crate::private_file;
use crate::sandbox::Sandbox;
use crate::secret::SecretValue;
use crate::settings::Settings;
use crate::sso::{Cache, Choice, SessionName, Token, remember_choice};
use crate::tokens::{Account, Project, Shelf};

const PROFILE: &str = r#"schema = 1
name = "shop"
title = "A small shop"

[policy]
production_accounts = ["111122223333"]
rotation_days = 90

[sso]
session = "shop"
start_url = "https://shop.awsapps.com/start"
region = "eu-west-2"

[variables.JWT_SECRET]
about = "Signs session tokens"
generate = { format = "base64url", bytes = 48 }
min_length = 32
[variables.PEPPER]
about = "Beneath every hash"
generate = { format = "base64url", bytes = 48 }
[variables.MODE]
secret = false
default = "plain"

[services.api]
path = "api"
env_file = ".env"
readers = ["shell", "node-dotenv"]
required = ["JWT_SECRET", "PEPPER", "MODE"]

[tokens.linear]
title = "Linear API key"
shape = "lin_api_[a-z]+"
file = ".env.linear"
"#;

/// Home, project and everything checks look at.
pub struct World {
    _folder: TempDir,
    pub home: PathBuf,
    pub root: PathBuf,
    pub settings: Settings,
    pub keychain: Arc<dyn Keychain>,
    pub(super) sandbox: Option<Sandbox>,
}

impl World {
    /// Nothing is wrong with it.
    pub async fn healthy() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (home, root) = (folder.path().join("home"), folder.path().join("shop"));
        private_file::create_folder(&home).unwrap();
        private_file::create_folder(&root.join("api")).unwrap();
        let path = Settings::from_process().unwrap().var("PATH").unwrap_or_default().to_owned();
        let mut settings = Settings::bare(&root, &home).with("PATH", path);
        settings.offline = true;
        let world = Self {
            _folder: folder,
            home,
            root,
            settings,
            keychain: Arc::new(MemoryKeychain::default()),
            sandbox: None,
        };
        world.git(&["init", "--quiet"]);
        world.write("devsecrets.toml", PROFILE);
        world.write(".gitignore", "api/.env\n");
        world.seed().await;
        world.keep_token().await;
        let checked = |record: &mut crate::identity::Record| record.phrase_checked = record.created;
        crate::identity::Identity::note(&*world.keychain, checked).unwrap();
        world
    }

    pub fn session(&self) -> Session {
        Session::new(self.settings.clone(), self.keychain.clone(), Request::default())
    }

    pub async fn seed(&self) {
        let mut session = self.session();
        session.preferred().unwrap().unwrap();
        let preview = session.plan(false).await.unwrap();
        assert!(session.apply(&preview).await.unwrap().is_clean());
    }

    async fn keep_token(&self) {
        let mut session = self.session();
        session.preferred().unwrap().unwrap();
        let kept = session.keep_token("linear", SecretValue::new("lin_api_canary")).await.unwrap();
        assert!(kept.findings.is_empty(), "{:?}", kept.findings);
    }

    /// What every check says, or one of them.
    pub async fn examine(&self, only: &[&str]) -> Diagnosis {
        let only = only.iter().map(|code| (*code).to_owned()).collect();
        let selection = Selection { only, ..Selection::default() };
        self.session().examine(&selection, &mut |_| {}).await.unwrap()
    }

    pub async fn check(&self, code: &str) -> Checked {
        self.examine(&[code]).await.checks.into_iter().next().unwrap()
    }

    /// Does what the last look offered; true when anything was to be done.
    pub async fn heal(&self, code: &str) -> bool {
        let mut session = self.session();
        let selection = Selection { only: vec![code.to_owned()], ..Selection::default() };
        let found = session.examine(&selection, &mut |_| {}).await.unwrap();
        let cures: Vec<_> = found.problems().filter_map(|problem| problem.cure.clone()).collect();
        let remedies = session.remedies(&cures).unwrap();
        let report = session.heal(&remedies).await.unwrap();
        assert!(report.is_clean() && report.findings.is_empty(), "{report:?}");
        if !remedies.seeds.is_empty() {
            let preview = session.plan_seeds(&remedies).await.unwrap();
            assert!(session.apply(&preview).await.unwrap().is_clean());
        }
        !cures.is_empty()
    }
}

pub(super) fn choice(account: &str, role: &str) -> Choice {
    let account_id = account.to_owned();
    Choice { account_name: "Shop".to_owned(), role_name: role.to_owned(), account_id }
}

/// As the profile names it.
fn session() -> SessionName {
    SessionName {
        session: "shop".to_owned(),
        start_url: "https://shop.awsapps.com/start".to_owned(),
        region: "eu-west-2".to_owned(),
    }
}

#[cfg(unix)]
fn chmod(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// A keychain that is there and says no.
struct Locked;

impl Locked {
    fn error() -> Error {
        Error::new(Place::Memory, Problem::Locked)
    }
}

impl Keychain for Locked {
    fn place(&self) -> Place {
        Place::Memory
    }
    fn get(&self, _: &Item) -> Result<Option<SecretValue>, Error> {
        Err(Self::error())
    }
    fn set(&self, _: &Item, _: &SecretValue) -> Result<(), Error> {
        Err(Self::error())
    }
    fn remove(&self, _: &Item) -> Result<bool, Error> {
        Err(Self::error())
    }
    fn create(&self, _: &Item, _: &SecretValue) -> Result<SecretValue, Error> {
        Err(Self::error())
    }
}
