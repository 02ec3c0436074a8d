//! Whether there are copies, under which identity they are sealed, and when they go.
//!
//! The rule: where the policy allows none, none stay. An identity is made for them by the start of a service alone, as for a
//! value that is derived; whoever only looks changes nothing but what has lost its right to be there.

use std::fs::{self, DirEntry};
use std::sync::Arc;

use time::{Duration, OffsetDateTime};

use super::{Copies, folder};
use crate::identity::{Error, Identity};
use crate::keychain::{Keychain, Place};
use crate::resolve::environments::is_development;
use crate::resolve::open::Open;
use crate::resolve::{IdentitySource, Scope, Sources};
use crate::secret::plain;

/// What is wrong with the copies. Value-free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopiesFlaw {
    /// There was a file that could not be read; it is made anew.
    Damaged,
    /// None can be kept, because there is nothing to seal them under.
    NotKept { says: String, next: String },
}

impl CopiesFlaw {
    fn of(error: &Error) -> Self {
        Self::NotKept { says: plain(&error.to_string()), next: error.remedy().to_string() }
    }
}

/// How long copies hold in `scope`; `None` where there are none to be.
pub(in crate::resolve) fn allowed(scope: Scope<'_>) -> Option<Duration> {
    let span = scope.profile.policy.offline_span()?;
    (is_development(scope.environment) && !scope.profile.store.is_empty()).then_some(span)
}

/// The copies that may stand in for stores, where the policy allows any.
pub(in crate::resolve) async fn open(
    scope: Scope<'_>,
    open: &Open<'_>,
    keychain: Arc<dyn Keychain>,
) -> Result<Option<Copies>, CopiesFlaw> {
    let now = OffsetDateTime::now_utc();
    sweep(scope, now);
    let Some(span) = allowed(scope).filter(|_| open.services().next().is_some()) else { return Ok(None) };
    let starts = scope.only_open;
    let asked = tokio::task::spawn_blocking(move || known_or_new(keychain.as_ref(), starts));
    let Ok(identity) = asked.await else { return Ok(None) };
    Ok(identity?.and_then(|(identity, is_new)| Copies::open(scope, identity, is_new, span, now)))
}

/// The identity, and whether it is a new one that nobody has kept yet.
fn known_or_new(keychain: &dyn Keychain, may_be_new: bool) -> Result<Option<(Identity, bool)>, CopiesFlaw> {
    match Identity::load(keychain).map_err(|error| CopiesFlaw::of(&error))? {
        Some(identity) => Ok(Some((identity, false))),
        None if !may_be_new => Ok(None),
        None if keychain.place() == Place::Memory => Err(CopiesFlaw::NotKept {
            says: "this keychain forgets the identity they would be sealed under".to_owned(),
            next: "unset DEVSECRETS_KEYCHAIN".to_owned(),
        }),
        None => Ok(Some((Identity::fresh().map_err(|error| CopiesFlaw::of(&error))?, true))),
    }
}

/// Removes copies that the policy no longer allows, and those that nobody has renewed for longer than they hold.
pub(super) fn sweep(scope: Scope<'_>, now: OffsetDateTime) {
    let root = scope.root.canonicalize().unwrap_or_else(|_| scope.root.to_owned());
    let Some(folder) = folder(scope.settings, &root) else { return };
    // What cannot be removed now is tried again at the next start.
    let Some(span) = scope.profile.policy.offline_span() else {
        let _ = fs::remove_dir_all(folder);
        return;
    };
    let renewed = |file: &DirEntry| file.metadata().ok()?.modified().ok().map(OffsetDateTime::from);
    let is_over = |file: &DirEntry| renewed(file).is_some_and(|renewed| now - renewed > span);
    for file in fs::read_dir(folder).into_iter().flatten().flatten().filter(is_over) {
        let _ = fs::remove_file(file.path());
    }
}

impl Sources {
    /// Writes the copies down; or holds them until an identity made for them is kept.
    pub(in crate::resolve) fn keep(&mut self, copies: Result<Option<Copies>, CopiesFlaw>) {
        match copies {
            Err(flaw) => self.copies_flaw = Some(flaw),
            Ok(None) => {}
            Ok(Some(copies)) => {
                self.copies_flaw = copies.damaged.then_some(CopiesFlaw::Damaged);
                if !copies.is_new {
                    // Without a place to keep them there are none the next time, which is no reason to fail now.
                    let _ = copies.save();
                } else if !copies.entries.is_empty() {
                    self.identity = IdentitySource::New(copies.identity.clone());
                    self.unsealed = Some(copies);
                }
            }
        }
    }

    /// The identity that was new is kept by now, or another one stands in its place: seals what waited for it.
    pub fn sealed_under(&mut self, stands: Identity) {
        if let Some(mut copies) = self.unsealed.take() {
            copies.identity = stands.clone();
            let _ = copies.save();
        }
        self.identity = IdentitySource::Known(stands);
    }

    /// The identity that was new cannot be kept.
    pub fn never_sealed(&mut self, says: &str, next: &str) {
        self.unsealed = None;
        self.copies_flaw = Some(CopiesFlaw::NotKept { says: says.to_owned(), next: next.to_owned() });
    }
}
