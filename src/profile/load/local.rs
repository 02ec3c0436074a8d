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

/// What differs on this machine.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "devsecrets.local.toml")]
pub(in crate::profile) struct Local {
    /// The environment meant when none is named.
    environment: Option<String>,
    /// Where services are, by name.
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

/// A key of a local file that says what the profile says anyway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle {
    /// As in `services.api.path`.
    pub key: String,
    /// The line it has for itself, counted from 1.
    pub line: Option<usize>,
}

/// Applies the file at `path`, if there is one; tells what of it changes nothing.
pub(super) fn apply(profile: &mut Profile, path: &Path) -> Result<Vec<Idle>, LoadError> {
    let (text, origin) = match read(path) {
        Err(LoadError::Unreadable { source, .. }) if source.kind() == ErrorKind::NotFound => {
            return Ok(Vec::new());
        }
        other => other?,
    };
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut idle = Vec::new();
    let checks = |local: &Local, at: Node<'_>, sink: &mut Sink<'_>| {
        check(profile, local, at, sink);
        idle = self::idle(profile, local, at, text);
    };
    let (local, _) = parse::parse_as(text, &origin, &json_schema::LOCAL, Some(refusal), checks)
        .map_err(LoadError::Broken)?;
    merge(profile, local);
    Ok(idle)
}

fn idle(profile: &Profile, local: &Local, at: Node<'_>, text: &str) -> Vec<Idle> {
    let mut idle = Vec::new();
    let mut same = |key: &str, node: Node<'_>, mine: Option<&String>, shared: Option<&String>| {
        if mine.is_some() && mine == shared {
            idle.push(Idle { key: key.to_owned(), line: line_of_its_own(node, text) });
        }
    };
    same("environment", at.get("environment"), local.environment.as_ref(), profile.environments.first());
    for (name, place) in &local.services {
        let Ok(shared) = profile.service(name) else { continue };
        let here = at.get("services").get(name);
        same(&format!("services.{name}.path"), here.get("path"), place.path.as_ref(), Some(&shared.path));
        let (mine, shared) = (place.env_file.as_ref(), shared.env_file.as_ref());
        same(&format!("services.{name}.env_file"), here.get("env_file"), mine, shared);
    }
    idle
}

/// `None` when something else stands on it, such as the rest of an inline table.
fn line_of_its_own(node: Node<'_>, text: &str) -> Option<usize> {
    let (key, value) = (node.key_place()?, node.place()?);
    let start = text[..key.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[value.end..].find('\n').map_or(text.len(), |at| value.end + at);
    let before = text[start..key.start].trim().trim_start_matches("services.");
    let after = text[value.end..end].trim();
    let alone =
        (before.is_empty() || !before.contains(['{', '='])) && (after.is_empty() || after.starts_with('#'));
    (alone && !text[key.start..value.end].contains('\n')).then(|| text[..start].matches('\n').count() + 1)
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
            check::written_file(file, here.get("env_file"), sink);
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
