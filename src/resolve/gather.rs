//! Asking the sources: files, stores, keychain and identity, each once.
//!
//! Nothing here decides. A source that fails becomes a fact about that source, so one failure never hides what the
//! others know. The managed stores have a file of their own, `stores`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::environments::is_development;
use super::files::Filed;
use super::open::Open;
use super::stores::ask_all;
use super::{IdentitySource, Inherited, NoValue, NotAsked, Sources, copies};
use crate::envfile::Journal;
use crate::identity::Identity;
use crate::keychain::{Ahead, Item, Keychain};
use crate::profile::{Map, Profile};
use crate::secret::{SecretValue, plain};
use crate::settings::Settings;
use crate::sso::RoleKeys;
use crate::stores::{Consents, Deadline};
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
    /// Which programs the person has agreed to.
    pub consents: &'a Consents,
    /// Whether stores and keychain are asked only for what this machine leaves open: what starting a service needs.
    pub only_open: bool,
    /// Until when stores are waited for.
    pub deadline: Deadline,
    /// Who hears that a store takes its time.
    pub on_wait: &'a OnWait,
    /// Who hears how many of all secrets have been answered for.
    pub on_count: &'a OnCount,
}

impl Scope<'_> {
    fn project(&self) -> Project {
        Project { profile: self.profile.name.clone(), root: self.root.to_owned() }
    }
}

/// Hears that a store, by name, has not answered yet, and how many seconds more it is given.
pub type OnWait = dyn Fn(&str, u64) + Send + Sync;

/// Hears that so many of so many secrets have been answered for. It is told from wherever stores are asked.
pub type OnCount = Arc<dyn Fn(usize, usize) + Send + Sync>;

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
    let mut copies = copies::open(scope, &open, keychain.clone()).await;
    let kept = copies.as_mut().ok().and_then(Option::as_mut);
    let stores = ask_all(scope, access, &open, &here, kept).await;
    let (tokens, identity) = personal(scope, &open, keychain).await;
    let mut sources = Sources { stores, tokens, identity, ..here };
    sources.keep(copies);
    Filed::standing_in(scope, sources, journal)
}

/// What this machine says by itself: its environment and its files. Neither keychain nor network is touched.
pub fn at_hand(scope: Scope<'_>, journal: &Journal) -> Sources {
    let (named, homeless) = (named(&scope), homeless(scope));
    let exported = |name: &&str| Some(((*name).to_owned(), SecretValue::new(scope.settings.var(name)?)));
    let environment = named.keys().filter_map(exported).collect();
    let opaque = named.keys().filter(|name| scope.settings.is_opaque(name));
    let opaque = opaque.map(|name| (*name).to_owned()).collect();
    let inherited = Inherited::read(scope.settings);
    Filed::of(scope, journal).into(Sources { environment, inherited, opaque, homeless, ..Sources::default() })
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
    known = Filed::standing_in(scope, Filed::of(scope, journal).into(known), journal);
    known.homeless = homeless(scope);
    // Another run may have made one since.
    if matches!(known.identity, IdentitySource::New(_)) {
        known.identity = personal(scope, &Open::of(scope, &known), keychain).await.1;
    }
    known
}

fn homeless(scope: Scope<'_>) -> BTreeSet<String> {
    let there = |name: &String| scope.profile.service(name).map(|own| scope.root.join(&own.path).is_dir());
    scope.services.iter().filter(|name| there(name) == Ok(false)).cloned().collect()
}

/// Every variable name some service in scope has a say about.
fn named<'a>(scope: &Scope<'a>) -> Map<&'a str, ()> {
    let contracts =
        scope.services.iter().filter_map(|name| scope.profile.contract(name, scope.environment).ok());
    contracts.flatten().map(|entry| (entry.variable, ())).collect()
}

/// The keychain is asked only for what some service needs, in one call, and on a thread of its own, because it blocks.
async fn personal(
    scope: Scope<'_>,
    open: &Open<'_>,
    keychain: Arc<dyn Keychain>,
) -> (BTreeMap<String, Result<SecretValue, NoValue>>, IdentitySource) {
    let mut wanted = BTreeSet::new();
    let mut derives = false;
    for variable in open.variables().filter_map(|name| scope.profile.variable(name)) {
        wanted.extend(variable.token.clone());
        derives |= variable.generate.is_some() && is_development(scope.environment);
    }
    if wanted.is_empty() && !derives {
        return Default::default();
    }
    let (shelf, project) = (scope.shelf.clone(), scope.project());
    let asked = tokio::task::spawn_blocking(move || {
        let items = wanted.iter().filter_map(|name| tokens::looked_at(&shelf, &project, name));
        let ahead = Ahead::of(keychain.as_ref(), items.chain(derives.then(Item::identity)));
        let tokens = wanted.into_iter().map(|name| token(&shelf, &ahead, &project, name)).collect();
        let identity = if derives { identity(&ahead) } else { IdentitySource::NotNeeded };
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
/// with this run. One that could not be kept would be of no use.
fn identity(keychain: &dyn Keychain) -> IdentitySource {
    let unavailable = |error: crate::identity::Error| IdentitySource::Unavailable {
        says: plain(&error.to_string()),
        next: error.remedy().to_string(),
    };
    match Identity::load(keychain) {
        Ok(Some(identity)) => IdentitySource::Known(identity),
        Ok(None) => match keychain.could_keep() {
            Ok(()) => Identity::fresh().map_or_else(unavailable, IdentitySource::New),
            Err(error) => unavailable(error.into()),
        },
        Err(error) => unavailable(error),
    }
}
