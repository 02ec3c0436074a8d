//! Many items of the Secret Service in one call, and what there is of ours.
//!
//! Owns what `keyring` and `secret-service` leave out of the Secret Service API 0.2: `SearchItems` for all our items at
//! once and `GetSecrets` for any number of them. Only what is unlocked is read; nothing here unlocks, so nobody is
//! prompted. The names of locked items are still known.

use std::collections::{BTreeMap, HashMap};

use futures_util::future::try_join_all;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use zbus::Connection;
use zbus::zvariant::{DynamicType, OwnedObjectPath, OwnedValue, Type, Value};
use zeroize::Zeroizing;

use super::failure;
use super::session::{ALGORITHM, Key, Offer};
use crate::keychain::{Item, Problem, SERVICE};
use crate::secret::SecretValue;

const BUS_NAME: &str = "org.freedesktop.secrets";
const ROOT: &str = "/org/freedesktop/secrets";
const SECRET_SERVICE: &str = "org.freedesktop.Secret.Service";

/// What one call brought.
#[derive(Default)]
pub(super) struct Read {
    pub answers: BTreeMap<Item, Result<SecretValue, Problem>>,
    /// Items that are kept in a keyring that is locked.
    pub locked: Vec<Item>,
}

#[derive(Deserialize, Type)]
struct Found {
    unlocked: Vec<OwnedObjectPath>,
    locked: Vec<OwnedObjectPath>,
}

#[derive(Deserialize, Type)]
struct Opened {
    theirs: OwnedValue,
    session: OwnedObjectPath,
}

#[derive(Deserialize, Type)]
struct Secret {
    _session: OwnedObjectPath,
    iv: Vec<u8>,
    sealed: Vec<u8>,
    _content_type: String,
}

/// Reads those of `items` that are kept.
pub(super) fn read(items: &[Item]) -> Result<Read, Problem> {
    zbus::block_on(async {
        let bus = Bus::connect().await?;
        let found = bus.search().await?;
        let (unlocked, locked) = (bus.named(found.unlocked).await?, bus.named(found.locked).await?);
        let mut read = Read::default();
        let mut wanted = HashMap::new();
        for item in items {
            let of = |all: &[(Item, OwnedObjectPath)]| {
                let same = all.iter().filter(|(name, _)| name == item);
                same.map(|(_, path)| path.clone()).collect::<Vec<_>>()
            };
            let (open, shut) = (of(&unlocked), of(&locked));
            match (open.as_slice(), shut.len()) {
                ([], 0) => {}
                ([], _) => read.locked.push(item.clone()),
                ([path], 0) => _ = wanted.insert(path.clone(), item),
                _ => _ = read.answers.insert(item.clone(), Err(foreign(item, failure::TWICE))),
            }
        }
        for (path, value) in bus.secrets(wanted.keys().collect()).await? {
            let Some(item) = wanted.get(&path) else { continue };
            read.answers.insert((*item).clone(), value.and_then(|bytes| text(item, bytes)));
        }
        Ok(read)
    })
}

/// Names of everything that is kept under our service, locked or not.
pub(super) fn items() -> Result<Vec<Item>, Problem> {
    zbus::block_on(async {
        let bus = Bus::connect().await?;
        let Found { mut unlocked, locked } = bus.search().await?;
        unlocked.extend(locked);
        let mut names: Vec<Item> = bus.named(unlocked).await?.into_iter().map(|(item, _)| item).collect();
        names.sort();
        names.dedup();
        Ok(names)
    })
}

fn text(item: &Item, bytes: Zeroizing<Vec<u8>>) -> Result<SecretValue, Problem> {
    match str::from_utf8(&bytes) {
        Ok(text) => Ok(SecretValue::new(text)),
        Err(_) => Err(foreign(item, failure::NOT_TEXT)),
    }
}

fn foreign(item: &Item, why: &'static str) -> Problem {
    Problem::Foreign { item: item.clone(), why }
}

/// A connection of our own, which ends its session when it is dropped.
struct Bus(Connection);

impl Bus {
    async fn connect() -> Result<Self, Problem> {
        Connection::session().await.map(Self).map_err(|error| failure::of_bus(&error))
    }

    async fn call<B, R>(&self, path: &str, interface: &str, method: &str, body: &B) -> Result<R, Problem>
    where
        B: Serialize + DynamicType,
        R: DeserializeOwned + Type,
    {
        let asked = self.0.call_method(Some(BUS_NAME), path, Some(interface), method, body).await;
        let answer = asked.map_err(|error| failure::of_bus(&error))?;
        answer.body().deserialize().map_err(|error| failure::of_bus(&error))
    }

    /// Every item of ours.
    async fn search(&self) -> Result<Found, Problem> {
        let ours = HashMap::from([("service", SERVICE)]);
        self.call(ROOT, SECRET_SERVICE, "SearchItems", &ours).await
    }

    /// The name under which each is kept; one without a name is nobody's of ours. The questions go out together.
    async fn named(&self, paths: Vec<OwnedObjectPath>) -> Result<Vec<(Item, OwnedObjectPath)>, Problem> {
        let named = try_join_all(paths.into_iter().map(async |path| {
            let asked = ("org.freedesktop.Secret.Item", "Attributes");
            let value: OwnedValue =
                self.call(path.as_str(), "org.freedesktop.DBus.Properties", "Get", &asked).await?;
            let attributes = HashMap::<String, String>::try_from(value).unwrap_or_default();
            Ok::<_, Problem>(attributes.get("username").map(|name| (Item::named(name), path)))
        }));
        Ok(named.await?.into_iter().flatten().collect())
    }

    /// The values at `paths`, in one call.
    async fn secrets(
        &self,
        paths: Vec<&OwnedObjectPath>,
    ) -> Result<Vec<(OwnedObjectPath, Result<Zeroizing<Vec<u8>>, Problem>)>, Problem> {
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        let (session, key) = self.session().await?;
        let asked = (paths, session);
        let secrets: HashMap<OwnedObjectPath, Secret> =
            self.call(ROOT, SECRET_SERVICE, "GetSecrets", &asked).await?;
        let opened = |(path, secret): (_, Secret)| {
            (path, key.open(&secret.iv, &secret.sealed).ok_or_else(|| failure::garbled("a value")))
        };
        Ok(secrets.into_iter().map(opened).collect())
    }

    async fn session(&self) -> Result<(OwnedObjectPath, Key), Problem> {
        let offer = Offer::new().ok_or_else(|| failure::garbled("the system's random bytes"))?;
        let asked = (ALGORITHM, Value::from(offer.public()));
        let opened: Opened = self.call(ROOT, SECRET_SERVICE, "OpenSession", &asked).await?;
        let theirs = Vec::<u8>::try_from(opened.theirs).unwrap_or_default();
        let key = offer.agree(&theirs).ok_or_else(|| failure::garbled("its half of the key"))?;
        Ok((opened.session, key))
    }
}
