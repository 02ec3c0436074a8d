//! Files we write: each is of a kind that is written, and has owners who agree on it.
//!
//! Services may share one env file. A token's file holds the token alone, so nobody else can have it.

use std::collections::BTreeMap;

use super::{Node, Sink};
use crate::profile::contract::Need;
use crate::profile::schema::{Profile, Scope, Service};

/// Endings of what programs read as something else than `NAME=value` lines.
const OTHER_FORMATS: [&str; 17] = [
    "cjs",
    "htm",
    "html",
    "ini",
    "js",
    "json",
    "lock",
    "md",
    "mjs",
    "properties",
    "py",
    "rb",
    "toml",
    "ts",
    "xml",
    "yaml",
    "yml",
];

/// Words for a file that shows which variables there are, and is committed so that everybody sees it.
const TEMPLATES: [&str; 7] = ["default", "defaults", "dist", "example", "sample", "schema", "template"];

pub(super) fn check(profile: &Profile, at: Node<'_>, sink: &mut Sink<'_>) {
    let services = at.get("services");
    for (name, service) in &profile.services {
        if let Some(file) = &service.env_file {
            env_file(file, services.get(name).get("env_file"), sink);
        }
    }
    tokens(profile, at.get("tokens"), sink);
    shared(profile, services, sink);
}

/// Services that have one, with its path from the profile's folder.
fn env_files(profile: &Profile) -> impl Iterator<Item = (&str, String)> {
    profile
        .services
        .iter()
        .filter_map(|(name, service)| Some((name.as_str(), plain(&service.env_file_path()?))))
}

/// One spelling for one file: `./a//b` is `a/b`.
pub(super) fn plain(path: &str) -> String {
    path.split('/').filter(|part| !part.is_empty() && *part != ".").collect::<Vec<_>>().join("/")
}

/// Notes a file, written relative to any folder, that secrets have no business in.
pub(in crate::profile) fn env_file(file: &str, node: Node<'_>, sink: &mut Sink<'_>) {
    let name = file.rsplit('/').next().unwrap_or(file).to_ascii_lowercase();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let hint = |text: &str| text.to_owned();
    if !file.is_empty() && matches!(name.as_str(), "" | ".") {
        sink.note(node.place(), "this is a folder", hint("name the file in it, such as `.env`"));
    } else if ending.is_some_and(|ending| OTHER_FORMATS.contains(&ending)) || name == ".gitignore" {
        let ignored = hint("an env file holds lines of `NAME=value`, and git ignores it: such as `.env`");
        sink.note(node.place(), "this is no env file", ignored);
    } else if is_template(&name) {
        let other =
            hint("templates are committed and hold no secrets; name the file made from it, such as `.env`");
        sink.note(node.place(), "this is the template of an env file", other);
    }
}

/// `.env.example`, and `example.env` alike.
fn is_template(name: &str) -> bool {
    let last = name.strip_suffix(".env").unwrap_or(name).rsplit('.').next();
    last.is_some_and(|word| TEMPLATES.contains(&word))
}

fn tokens(profile: &Profile, at: Node<'_>, sink: &mut Sink<'_>) {
    let mut owners: BTreeMap<String, String> =
        env_files(profile).map(|(name, file)| (file, format!("service `{name}`"))).collect();
    for (name, token) in &profile.tokens {
        let Some(file) = &token.file else { continue };
        let node = at.get(name).get("file");
        env_file(file, node, sink);
        if let Some(owner) = owners.insert(plain(file), format!("token `{name}`")) {
            let hint = format!("the token is alone in its file: name another, such as `.env.{name}`");
            sink.note(node.place(), format!("this is the file of {owner}"), hint);
        }
    }
}

/// Two services in one file that want it with and without a variable, or with two values of it.
fn shared(profile: &Profile, at: Node<'_>, sink: &mut Sink<'_>) {
    let mut first_of: BTreeMap<String, &str> = BTreeMap::new();
    for (name, file) in env_files(profile) {
        let first = *first_of.entry(file).or_insert(name);
        let Some(variable) = quarrel(profile, &profile.services[first], &profile.services[name]) else {
            continue;
        };
        let hint = "give each service an `env_file` of its own".to_owned();
        let says = format!("`{first}` has this file, too, and wants `{variable}` otherwise");
        sink.note(at.get(name).get("env_file").place(), says, hint);
    }
}

/// A variable of which both cannot have their way in one file.
fn quarrel(profile: &Profile, one: &Service, other: &Service) -> Option<String> {
    if std::ptr::eq(one, other) {
        return None;
    }
    profile.environments.iter().find_map(|environment| {
        let theirs = other.contract(environment);
        one.contract(environment).into_iter().find_map(|entry| {
            let other = theirs.iter().find(|other| other.variable == entry.variable)?;
            let denied = (entry.need == Need::Denied) != (other.need == Need::Denied);
            let two_values = entry.need != Need::Denied && is_for_each_service(profile, entry.variable);
            (denied || two_values).then(|| entry.variable.to_owned())
        })
    })
}

fn is_for_each_service(profile: &Profile, variable: &str) -> bool {
    let generate = profile.variables.get(variable).and_then(|variable| variable.generate.as_ref());
    generate.is_some_and(|generate| generate.scope == Scope::Service)
}
