//! Asking the sources: files, stores, keychain and identity, each once.
//!
//! Nothing here decides. A source that fails becomes a fact about that source, so one failure never hides what the
//! others know. Stores are asked side by side, and each secret once however many services read it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use futures_util::future::join_all;

use super::decide::{is_development, is_settled};
use super::sources::FileValue;
use super::{FileSource, IdentitySource, NoValue, NotAsked, Sources, StoreSource};
use crate::envfile::{Document, Journal, Snapshot, decoded};
use crate::identity::Identity;
use crate::keychain::Keychain;
use crate::profile::{self, Need, Profile};
use crate::secret::{SecretValue, plain};
use crate::settings::Settings;
use crate::sso::RoleKeys;
use crate::stores::{Answers, AwsSecretsManager, Miss, Payload, Store as _, ids_for, region_of};
use crate::tokens::{self, Found, Project, Shelf};

/// What is asked about.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub settings: &'a Settings,
    pub profile: &'a Profile,
    /// The project's folder.
    pub root: &'a Path,
    pub environment: &'a str,
    pub services: &'a [String],
    /// Which kept token this project may use.
    pub shelf: &'a Shelf,
    /// Whether stores and keychain are asked only for what this machine leaves open: what starting a service needs.
    pub only_open: bool,
}

impl Scope<'_> {
    fn project(&self) -> Project {
        Project { profile: self.profile.name.clone(), root: self.root.to_owned() }
    }
}

/// With what the managed stores are opened.
#[derive(Clone, Debug)]
pub enum Access {
    /// The profile has no sign-in: whatever the environment offers.
    Ambient,
    /// Keys of the role the person chose.
    Role { account: String, keys: RoleKeys },
    /// Not at all, and why.
    None(NotAsked),
}

/// Asks everything in `scope`.
pub async fn gather(
    scope: Scope<'_>,
    access: &Access,
    keychain: Arc<dyn Keychain>,
    journal: &Journal,
) -> Sources {
    let here = at_hand(scope, journal);
    let open = Open::of(scope, &here);
    let stores = stores(scope, access, &open).await;
    let (tokens, identity) = personal(scope, &open, keychain).await;
    Sources { stores, tokens, identity, ..here }
}

/// What this machine says by itself: its environment and its files. Neither keychain nor network is touched.
pub fn at_hand(scope: Scope<'_>, journal: &Journal) -> Sources {
    Sources { environment: exported(scope), files: files(scope, journal), ..Sources::default() }
}

/// True when some variable in scope is left open by what is at hand.
pub fn leaves_open(scope: Scope<'_>, here: &Sources) -> bool {
    !Open::of(scope, here).0.is_empty()
}

/// The variables stores and keychain are asked about, by service; a service with none is left out.
struct Open<'a>(BTreeMap<&'a str, Vec<&'a str>>);

impl<'a> Open<'a> {
    fn of(scope: Scope<'a>, here: &Sources) -> Self {
        let settled = |service: &str, name: &str| {
            scope.only_open && is_settled(scope.profile, scope.environment, service, name, here)
        };
        let of_service = |service: &'a String| {
            let contract = scope.profile.contract(service, scope.environment).ok()?;
            let asked = contract.iter().filter(|entry| entry.need != Need::Denied);
            let open: Vec<&str> =
                asked.map(|entry| entry.variable).filter(|name| !settled(service, name)).collect();
            (!open.is_empty()).then_some((service.as_str(), open))
        };
        Self(scope.services.iter().filter_map(of_service).collect())
    }
}

/// The same facts with the files as they are now: what a plan rests on.
///
/// The stores are not asked again, so a plan can differ from the matrix before it only by what changed on this
/// machine.
pub async fn reread(
    scope: Scope<'_>,
    mut known: Sources,
    keychain: Arc<dyn Keychain>,
    journal: &Journal,
) -> Sources {
    known.files = files(scope, journal);
    // Another run may have made one since.
    if matches!(known.identity, IdentitySource::New(_)) {
        known.identity = personal(scope, &Open::of(scope, &known), keychain).await.1;
    }
    known
}

fn files(scope: Scope<'_>, journal: &Journal) -> BTreeMap<String, FileSource> {
    scope.services.iter().filter_map(|name| file(scope, name, journal)).collect()
}

/// Every variable name some service in scope has a say about.
fn named<'a>(scope: &Scope<'a>) -> BTreeSet<&'a str> {
    let contracts =
        scope.services.iter().filter_map(|name| scope.profile.contract(name, scope.environment).ok());
    contracts.flatten().map(|entry| entry.variable).collect()
}

fn exported(scope: Scope<'_>) -> crate::stores::Values {
    let value = |name: &str| Some((name.to_owned(), SecretValue::new(scope.settings.var(name)?)));
    named(&scope).into_iter().filter_map(value).collect()
}

/// A file that cannot be read is the same as none here; seeding looks again and says so.
fn file(scope: Scope<'_>, name: &str, journal: &Journal) -> Option<(String, FileSource)> {
    let path = scope.profile.service(name).ok()?.env_file_path()?;
    let full = scope.root.join(&path);
    let snapshot = Snapshot::read(&full).ok()?;
    let document = Document::parse(snapshot.bytes());
    let values = document
        .entries()
        .map(|entry| {
            let ours = journal.wrote(&full, &entry.key, &entry.value);
            let encode = scope.profile.variable(&entry.key).and_then(|variable| variable.encode);
            let value = decoded(&entry.value, encode).unwrap_or(entry.value);
            (entry.key, FileValue { value, ours })
        })
        .collect();
    Some((name.to_owned(), FileSource { path, values }))
}

async fn stores(scope: Scope<'_>, access: &Access, open: &Open<'_>) -> Vec<StoreSource> {
    let asked = scope.profile.store.iter().map(|(name, store)| async move {
        let wanted: BTreeMap<&str, Vec<String>> = open
            .0
            .keys()
            .copied()
            .map(|service| (service, ids_for(scope.settings, store, service, scope.environment)))
            .filter(|(_, ids)| !ids.is_empty())
            .collect();
        let mut unique: Vec<String> = wanted.values().flatten().cloned().collect();
        unique.sort();
        unique.dedup();
        let answers = ask(scope, store, access, &unique).await;
        let answers =
            wanted.into_iter().map(|(service, ids)| (service.to_owned(), pick(&answers, &ids))).collect();
        StoreSource { name: name.clone(), answers }
    });
    join_all(asked).await
}

async fn ask(
    scope: Scope<'_>,
    store: &profile::Store,
    access: &Access,
    ids: &[String],
) -> Result<BTreeMap<String, Result<Payload, Miss>>, NotAsked> {
    if scope.settings.offline {
        return Err(NotAsked::Offline);
    }
    let region = region_of(scope.settings, store).ok_or(NotAsked::NoRegion)?;
    let opened = match access {
        Access::None(why) => return Err(why.clone()),
        Access::Role { account, keys } => {
            AwsSecretsManager::with_keys(scope.settings, &region, account, keys)
        }
        Access::Ambient => AwsSecretsManager::with_ambient(scope.settings, &region).await,
    };
    let opened = opened.map_err(|error| NotAsked::Refused {
        says: error.to_string(),
        next: "correct the variable, then try again".to_owned(),
    })?;
    Ok(opened.fetch(ids).await.into_iter().collect())
}

fn pick(
    answers: &Result<BTreeMap<String, Result<Payload, Miss>>, NotAsked>,
    ids: &[String],
) -> Result<Answers, NotAsked> {
    let answers = answers.as_ref().map_err(Clone::clone)?;
    Ok(ids.iter().filter_map(|id| Some((id.clone(), answers.get(id)?.clone()))).collect())
}

/// The keychain is asked only for what some service needs, and on a thread of its own, because it blocks.
async fn personal(
    scope: Scope<'_>,
    open: &Open<'_>,
    keychain: Arc<dyn Keychain>,
) -> (BTreeMap<String, Result<SecretValue, NoValue>>, IdentitySource) {
    let mut wanted = BTreeSet::new();
    let mut derives = false;
    for variable in open.0.values().flatten().filter_map(|name| scope.profile.variable(name)) {
        wanted.extend(variable.token.clone());
        derives |= variable.generate.is_some() && is_development(scope.environment);
    }
    if wanted.is_empty() && !derives {
        return Default::default();
    }
    let (shelf, project) = (scope.shelf.clone(), scope.project());
    let asked = tokio::task::spawn_blocking(move || {
        let tokens =
            wanted.into_iter().map(|name| token(&shelf, keychain.as_ref(), &project, name)).collect();
        let identity = if derives { identity(keychain.as_ref()) } else { IdentitySource::NotNeeded };
        (tokens, identity)
    });
    asked.await.unwrap_or_default()
}

fn token(
    shelf: &Shelf,
    keychain: &dyn Keychain,
    project: &Project,
    name: String,
) -> (String, Result<SecretValue, NoValue>) {
    let answer = match tokens::find(shelf, keychain, project, &name) {
        Ok(Found::Ours { value, .. }) => Ok(value),
        Ok(Found::Offered(offer)) => {
            Err(NoValue::NotShared { token: name.clone(), from: plain(&offer.from()) })
        }
        Ok(Found::Nothing) => Err(NoValue::NoToken { token: name.clone() }),
        Err(error) => {
            Err(NoValue::Keychain { says: plain(&error.to_string()), next: error.remedy().to_string() })
        }
    };
    (name, answer)
}

/// Where there is none, a new one stands in. It is kept once somebody has agreed to write what it gave, else it dies
/// with this run.
fn identity(keychain: &dyn Keychain) -> IdentitySource {
    let unavailable = |error: crate::identity::Error| IdentitySource::Unavailable {
        says: plain(&error.to_string()),
        next: error.remedy().to_string(),
    };
    match Identity::load(keychain) {
        Ok(Some(identity)) => IdentitySource::Known(identity),
        Ok(None) => Identity::fresh().map_or_else(unavailable, IdentitySource::New),
        Err(error) => unavailable(error),
    }
}
