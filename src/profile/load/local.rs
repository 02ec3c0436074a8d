//! `devsecrets.local.toml`: what differs on one machine.
//!
//! Owns the short list of keys a developer may change for themselves: the usual environment, and
//! where a service and its env file are. Anything else, above all policy, belongs into the shared
//! profile where others see it change.

use std::io::ErrorKind;
use std::path::Path;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{LoadError, read};
use crate::profile::document::Node;
use crate::profile::problem::Sink;
use crate::profile::schema::Profile;
use crate::profile::{check, json_schema, nearest, parse};

/// The whole file.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Local {
    /// The environment meant when none is named.
    environment: Option<String>,
    #[serde(default)]
    services: IndexMap<String, Place>,
}

/// Where a service is on this machine.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Place {
    /// Its folder, relative to the profile.
    path: Option<String>,
    /// Its env file, relative to `path`.
    env_file: Option<String>,
}

/// Applies the file at `path`, if there is one.
pub(super) fn apply(profile: &mut Profile, path: &Path) -> Result<(), LoadError> {
    let (text, origin) = match read(path) {
        Err(LoadError::Unreadable { source, .. }) if source.kind() == ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    if text.trim().is_empty() {
        return Ok(());
    }
    let checks = |local: &Local, at: Node<'_>, sink: &mut Sink<'_>| check(profile, local, at, sink);
    let schema = json_schema::of::<Local>();
    let local = parse::parse_as(&text, &origin, &schema, Some(refusal), checks).map_err(LoadError::Broken)?;
    merge(profile, local);
    Ok(())
}

fn refusal(key: &str) -> String {
    format!("`{key}` cannot be set in a local file, only in the shared profile")
}

fn check(profile: &Profile, local: &Local, at: Node<'_>, sink: &mut Sink<'_>) {
    check::text(at, false, sink);
    if let Some(name) = local.environment.as_ref().filter(|name| !profile.environments.contains(name)) {
        let hint = nearest::hint(name, profile.environments.iter().map(String::as_str));
        sink.note(at.get("environment").place(), format!("no environment named `{name}` is declared"), hint);
    }
    for (name, place) in &local.services {
        let here = at.get("services").get(name);
        if let Err(unknown) = profile.service(name) {
            let hint = nearest::hint(name, profile.services.keys().map(String::as_str));
            sink.note(here.key_place(), format!("no service named `{}` is declared", unknown.name), hint);
        }
        if let Some(path) = &place.path {
            check::path(path, here.get("path"), sink);
        }
        if let Some(file) = &place.env_file {
            check::env_file(file, profile.policy.env_files, here.get("env_file"), sink);
        }
    }
}

/// The first environment is the default one, so the chosen one moves to the front.
fn merge(profile: &mut Profile, local: Local) {
    let chosen =
        local.environment.and_then(|name| profile.environments.iter().position(|known| *known == name));
    if let Some(index) = chosen {
        profile.environments[..=index].rotate_right(1);
    }
    for (name, place) in local.services {
        let Some(service) = profile.services.get_mut(&name) else { continue };
        if let Some(path) = place.path {
            service.path = path;
        }
        service.env_file = place.env_file.or(service.env_file.take());
    }
}
