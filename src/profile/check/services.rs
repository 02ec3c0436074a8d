//! Services and deploy targets: their paths, and the variables they name.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Node, Sink, names, paths};
use crate::profile::expand::concrete;
use crate::profile::lists::{EVERYWHERE, Names};
use crate::profile::nearest;
use crate::profile::schema::{Deploy, Profile, Service};

pub(super) fn check(profile: &Profile, at: Node<'_>, sink: &mut Sink<'_>) {
    let members = members(profile);
    if profile.services.is_empty() {
        let hint = "a profile has at least one `[services.NAME]` with a `path`".to_owned();
        sink.note(at.get("services").place(), "no service is declared", hint);
    }
    for (name, service) in &profile.services {
        let here = at.get("services").get(name);
        names::plain_key(name, here, sink);
        self::service(profile, service, here, sink);
        for (key, list) in lists(service) {
            variables(profile, &members, list, here.get(key), sink);
        }
        contradictions(profile, service, here.get("denied"), sink);
    }
    for (name, target) in &profile.deploy {
        let here = at.get("deploy").get(name);
        names::plain_key(name, here, sink);
        files(target, here, sink);
        variables(profile, &members, &target.variables, here.get("variables"), sink);
    }
}

/// What a list may hold besides the names declared.
fn members(profile: &Profile) -> HashSet<Cow<'_, str>> {
    let families = profile.variables.iter().filter(|(_, variable)| !variable.regions.is_empty());
    families.flat_map(|(name, variable)| concrete(name, variable)).collect()
}

fn lists(service: &Service) -> [(&'static str, &Names); 3] {
    [("required", &service.required), ("optional", &service.optional), ("denied", &service.denied)]
}

fn service(profile: &Profile, service: &Service, at: Node<'_>, sink: &mut Sink<'_>) {
    paths::check(&service.path, at.get("path"), sink);
    if let Some(file) = &service.env_file {
        paths::env_file(file, profile.policy.env_files, at.get("env_file"), sink);
    }
    for (index, file) in service.also_reads.iter().enumerate() {
        let node = at.get("also_reads").item(index);
        paths::env_file(file, profile.policy.env_files, node, sink);
        names::placeholders(file, &["{environment}"], node, sink);
    }
}

fn files(target: &Deploy, at: Node<'_>, sink: &mut Sink<'_>) {
    if let Some(file) = &target.file {
        paths::check(file, at.get("file"), sink);
    }
    for (index, file) in target.files.iter().enumerate() {
        paths::check(file, at.get("files").item(index), sink);
    }
}

fn variables(
    profile: &Profile,
    members: &HashSet<Cow<'_, str>>,
    list: &Names,
    at: Node<'_>,
    sink: &mut Sink<'_>,
) {
    for (environment, list) in list.lists() {
        let here = environment.map_or(at, |name| at.get(name));
        if let Some(name) = environment {
            names::environment(profile, name, true, here, sink);
        }
        let known = |name: &str| profile.variables.contains_key(name) || members.contains(name);
        for (index, name) in list.iter().enumerate().filter(|(_, name)| !known(name)) {
            let declared =
                profile.variables.keys().map(String::as_str).chain(members.iter().map(|name| &**name));
            let hint = nearest::nearest(name, declared).map_or_else(
                || format!("declare it: [variables.{name}]"),
                |near| format!("did you mean `{near}`?"),
            );
            sink.note(here.item(index).place(), format!("no variable named `{name}` is declared"), hint);
        }
    }
}

/// A variable cannot be required and denied in one environment.
fn contradictions(profile: &Profile, service: &Service, at: Node<'_>, sink: &mut Sink<'_>) {
    for (environment, denied) in service.denied.lists() {
        let here = environment.map_or(at, |name| at.get(name));
        let everywhere = environment.is_none_or(|name| name == EVERYWHERE);
        for (index, name) in denied.iter().enumerate() {
            let mut places =
                profile.environments.iter().filter(|place| everywhere || Some(place.as_str()) == environment);
            if let Some(place) = places.find(|place| requires(service, name, place)) {
                let hint = "remove it from one of the two lists".to_owned();
                sink.note(
                    here.item(index).place(),
                    format!("`{name}` is both required and denied in {place}"),
                    hint,
                );
            }
        }
    }
}

fn requires(service: &Service, variable: &str, environment: &str) -> bool {
    let lists = [service.required.of(environment), service.required.of(EVERYWHERE)];
    lists.into_iter().flatten().any(|name| name == variable)
}
