//! What stores and keychain are asked about.
//!
//! The rule: whoever starts a service waits for no source that cannot matter. A variable that the process environment
//! or a hand edit settles is nobody else's business then; a matrix asks about all of them.

use std::collections::BTreeMap;

use super::decide::is_settled;
use super::{Scope, Sources};
use crate::profile::Need;

/// The variables stores and keychain are asked about, by service; a service with none is left out.
pub(super) struct Open<'a>(BTreeMap<&'a str, Vec<&'a str>>);

impl<'a> Open<'a> {
    pub fn of(scope: Scope<'a>, here: &Sources) -> Self {
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

    pub fn services(&self) -> impl Iterator<Item = &'a str> {
        self.0.keys().copied()
    }

    pub fn variables(&self) -> impl Iterator<Item = &'a str> {
        self.0.values().flatten().copied()
    }
}
