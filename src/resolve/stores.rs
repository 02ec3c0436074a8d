//! Asking the managed stores: side by side, each secret once however many services read it.
//!
//! The rule: nothing is opened, signed in to or asked unless some service in scope reads from it, and nothing is
//! waited for beyond the run's deadline. A store that takes its time is spoken of while it does.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;

use super::copies::Copies;
use super::open::Open;
use super::{Access, NotAsked, OnCount, Scope, Sources, StoreSource};
use crate::aws::Service;
use crate::profile::{self, StaticCredentials, StoreKind};
use crate::stores::{
    Answers, AwsLine, AwsParameterStore, AwsSecretsManager, CommandStore, Idle, Miss, Payload, Place,
    Progress, Request, Store as _, Wanted, keys_are_long_lived, wanted,
};

/// After this long a person wonders.
const SLOW: Duration = Duration::from_secs(2);

pub(super) type Found = BTreeMap<Place, Result<Payload, Miss>>;

/// Whether any service in scope reads from a store that AWS keys open.
pub fn asks_aws(scope: Scope<'_>, here: &Sources) -> bool {
    let open = Open::of(scope, here);
    !scope.settings.offline
        && scope
            .profile
            .store
            .values()
            .any(|store| store.kind.is_aws() && plan(scope, store, &open, here).values().any(Result::is_ok))
}

pub(super) async fn ask_all(
    scope: Scope<'_>,
    access: &Access,
    open: &Open<'_>,
    here: &Sources,
    copies: Option<&mut Copies>,
) -> Vec<StoreSource> {
    let copies = RefCell::new(copies);
    let copies = &copies;
    let planned: Vec<Planned<'_>> = scope
        .profile
        .store
        .iter()
        .map(|(name, store)| {
            let plan = plan(scope, store, open, here);
            let places = plan.values().flatten().flat_map(|wanted| wanted.places.iter().cloned()).collect();
            Planned { name, store, plan, places }
        })
        .collect();
    let progress = &counted(scope.on_count, planned.iter().map(|one| one.places.len()).sum());
    let asked = planned.into_iter().map(|Planned { name, store, plan, places }| async move {
        // Boxed, so that the types of all SDK calls do not end up in the type of every command.
        let asking = Asking { scope, access, progress };
        let work: Pin<Box<dyn Future<Output = _>>> = Box::pin(find(asking, name, store, &places));
        let found = spoken_of(scope, name, limit(scope, store, places.len()), work).await;
        let mut found = match &mut *copies.borrow_mut() {
            Some(copies) => copies.stand_in(name, &places, found),
            None => found,
        };
        let (mut conventional, last) = (BTreeSet::new(), plan.len().saturating_sub(1));
        let answers = plan.into_iter().enumerate().filter_map(|(at, (service, wanted))| {
            let answer = match wanted {
                Ok(wanted) => {
                    let answer = pick(&mut found, &wanted, at == last);
                    conventional.extend(wanted.conventional);
                    answer
                }
                Err(idle) => Err(NotAsked::idle(idle)?),
            };
            Some((service.to_owned(), answer))
        });
        let answers = answers.collect();
        StoreSource { name: name.clone(), kind: store.kind, answers, conventional }
    });
    join_all(asked).await
}

/// One store, and what is wanted of it.
struct Planned<'a> {
    name: &'a String,
    store: &'a profile::Store,
    plan: BTreeMap<&'a str, Result<Wanted, Idle>>,
    places: BTreeSet<Place>,
}

/// What every question shares.
#[derive(Clone, Copy)]
struct Asking<'a> {
    scope: Scope<'a>,
    access: &'a Access,
    progress: &'a Progress,
}

/// Answers from all stores, as one count.
fn counted(hear: &OnCount, all: usize) -> Progress {
    let (hear, done) = (hear.clone(), AtomicUsize::new(0));
    Progress::to(move |more| hear(done.fetch_add(more, Ordering::Relaxed) + more, all))
}

/// What each service reads from `store`.
fn plan<'a>(
    scope: Scope<'a>,
    store: &profile::Store,
    open: &Open<'a>,
    here: &Sources,
) -> BTreeMap<&'a str, Result<Wanted, Idle>> {
    let of = |service: &'a str| {
        let told = |name: &str| told(scope, here, service, name);
        (service, wanted(store, service, scope.environment, told))
    };
    open.services().map(of).collect()
}

/// A variable that steers the loader, looked up where the service itself would.
fn told(scope: Scope<'_>, here: &Sources, service: &str, name: &str) -> Option<String> {
    let besides = here.fallbacks.get(service).into_iter().flatten();
    let mut files = here.files.get(service).into_iter().chain(besides);
    let filed = || {
        let found = files.find_map(|file| file.values.get(name).filter(|file| !file.value.is_blank()))?;
        Some(found.value.expose_to(str::to_owned))
    };
    let default = || scope.profile.variable(name)?.default_for(service, scope.environment);
    scope.settings.var(name).map(str::to_owned).or_else(filed).or_else(default)
}

/// Everything the services want of one store, a connection for each region.
async fn find(
    asking: Asking<'_>,
    name: &str,
    store: &profile::Store,
    places: &BTreeSet<Place>,
) -> Result<Found, NotAsked> {
    let mut parts: BTreeMap<Option<&str>, Vec<String>> = BTreeMap::new();
    for (part, id) in places {
        parts.entry(part.as_deref()).or_default().push(id.clone());
    }
    let asked = parts.iter().map(|(part, ids)| async move {
        let answers = ask(asking, name, store, *part, ids).await?;
        Ok(answers.into_iter().map(|(id, answer)| ((part.map(str::to_owned), id), answer)))
    });
    let mut found = Found::new();
    for answers in join_all(asked).await {
        found.extend(answers?);
    }
    Ok(found)
}

async fn ask(
    asking: Asking<'_>,
    name: &str,
    store: &profile::Store,
    part: Option<&str>,
    ids: &[String],
) -> Result<Answers, NotAsked> {
    let Asking { scope, access, progress } = asking;
    let telling = |line: AwsLine| line.telling(progress.clone());
    if scope.settings.offline {
        return Err(NotAsked::Offline);
    }
    match store.kind {
        StoreKind::AwsSecretsManager => {
            let line = line(scope, Service::SecretsManager, access, part).await?;
            Ok(AwsSecretsManager::over(telling(line), store.json).fetch(ids, scope.deadline).await)
        }
        StoreKind::AwsParameterStore => {
            let line = line(scope, Service::Ssm, access, part).await?;
            Ok(AwsParameterStore::over(telling(line), store.json).fetch(ids, scope.deadline).await)
        }
        StoreKind::Command => {
            allowed(scope, name, store)?;
            let Scope { settings, root, environment, .. } = scope;
            let progress = progress.clone();
            let command = CommandStore { store, settings, root, environment, service: part, progress };
            Ok(command.fetch(ids, scope.deadline).await)
        }
    }
}

/// A program runs with the person's consent alone. One that is not there needs none.
fn allowed(scope: Scope<'_>, name: &str, store: &profile::Store) -> Result<(), NotAsked> {
    let request = Request::of(scope.settings, scope.profile, scope.root, name, store);
    match request.filter(|request| !scope.consents.covers(request)) {
        None => Ok(()),
        Some(request) => {
            let changed = scope.consents.covered(&request);
            Err(NotAsked::NotAllowed { program: store.program().to_owned(), changed })
        }
    }
}

async fn line(
    scope: Scope<'_>,
    service: Service,
    access: &Access,
    region: Option<&str>,
) -> Result<AwsLine, NotAsked> {
    let region = region.ok_or(NotAsked::NoRegion)?;
    let line = match access {
        Access::None(why) => return Err(why.clone()),
        Access::Role { account, keys } => AwsLine::of_role(scope.settings, service, region, account, keys),
        Access::Ambient if forbids_keys(scope) => return Err(NotAsked::LongLivedKeys),
        Access::Ambient => Box::pin(AwsLine::ambient(scope.settings, service, region)).await,
    };
    line.map_err(|error| NotAsked::setup(&error))
}

fn forbids_keys(scope: Scope<'_>) -> bool {
    scope.profile.policy.static_credentials == StaticCredentials::Forbidden
        && keys_are_long_lived(scope.settings)
}

/// Seconds until a store that does not answer is given up. A program of its own may be sooner.
fn limit(scope: Scope<'_>, store: &profile::Store, asked: usize) -> u64 {
    let calls = u64::try_from(asked).unwrap_or(u64::MAX);
    let program = store.timeout.map_or(u64::MAX, |seconds| u64::from(seconds).saturating_mul(calls));
    // Some of it has passed since it began.
    let left = scope.deadline.left() + Duration::from_millis(500);
    left.as_secs().min(program)
}

/// Says so when `work` takes long, and goes on waiting, `limit` seconds from now at most.
async fn spoken_of<T>(scope: Scope<'_>, name: &str, limit: u64, work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    match tokio::time::timeout(SLOW, &mut work).await {
        Ok(done) => done,
        Err(_) => {
            match limit.saturating_sub(SLOW.as_secs()) {
                0 => {}
                left => (scope.on_wait)(name, left),
            }
            work.await
        }
    }
}

/// What one service wants of it. The `last` one takes it away: nobody else wants it, and values are copied as seldom as can be.
fn pick(found: &mut Result<Found, NotAsked>, wanted: &Wanted, last: bool) -> Result<Answers, NotAsked> {
    let found = found.as_mut().map_err(|why| why.clone())?;
    let mut of = |place: &Place| if last { found.remove(place) } else { found.get(place).cloned() };
    let answer = |place: &Place| Some((place.1.clone(), of(place)?));
    Ok(wanted.places.iter().filter_map(answer).collect())
}
