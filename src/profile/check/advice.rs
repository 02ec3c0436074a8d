//! What is allowed and most likely not meant: warnings, which refuse nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Node, Sink, written};
use crate::profile::expand::concrete;
use crate::profile::lists::PerEnvironment;
use crate::profile::schema::{Profile, Variable};

pub(super) fn check(profile: &Profile, at: Node<'_>, sink: &mut Sink<'_>) {
    let named = named(profile);
    for (name, variable) in &profile.variables {
        let here = at.get("variables").get(name);
        let mut members = concrete(name, variable);
        if !named.contains(name.as_str()) && !members.any(|member| named.contains(&*member)) {
            let hint = "name it in `required` or `optional` of a service, or remove it".to_owned();
            sink.warn(here.key_place(), "no service has this variable", hint);
        }
        pasted(variable, here.get("default"), sink);
        steering(name, variable, here.get("default"), sink);
    }
    one_folder(profile, at.get("services"), sink);
}

/// Every variable that a service or a deploy target names.
fn named(profile: &Profile) -> BTreeSet<&str> {
    let of_services =
        profile.services.values().flat_map(|service| [&service.required, &service.optional, &service.denied]);
    let of_targets = profile.deploy.values().map(|target| &target.variables);
    of_services.chain(of_targets).flat_map(|names| names.all()).collect()
}

fn pasted(variable: &Variable, node: Node<'_>, sink: &mut Sink<'_>) {
    let defaults: Vec<(&str, Node<'_>)> = match &variable.default {
        Some(PerEnvironment::Everywhere(text)) => vec![(text, node)],
        Some(PerEnvironment::In(table)) => {
            table.iter().map(|(name, text)| (text.as_str(), node.get(name))).collect()
        }
        None => Vec::new(),
    };
    for (_, node) in defaults.into_iter().filter(|(text, _)| variable.secret && looks_random(text)) {
        let hint = "a profile is committed: keep it in a store, replace it if it is in use, or let `generate` make one";
        sink.warn(node.place(), "this default looks like a secret", hint.to_owned());
    }
}

/// Variables by which a shell, the loader or a runtime is told to run something else, before the service itself.
const STEERING: [&str; 17] = [
    "BASH_ENV",
    "DYLD_INSERT_LIBRARIES",
    "DYLD_LIBRARY_PATH",
    "ENV",
    "GIT_EXTERNAL_DIFF",
    "GIT_SSH_COMMAND",
    "JAVA_TOOL_OPTIONS",
    "LD_AUDIT",
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "NODE_OPTIONS",
    "PATH",
    "PERL5OPT",
    "PROMPT_COMMAND",
    "PYTHONPATH",
    "PYTHONSTARTUP",
    "RUBYOPT",
];

fn steering(name: &str, variable: &Variable, node: Node<'_>, sink: &mut Sink<'_>) {
    if variable.default.is_some() && STEERING.contains(&name) {
        let hint = "whoever starts anything with this profile runs it: leave it to each machine, or to the service's `start`";
        sink.warn(node.place(), "this default decides which programs run", hint.to_owned());
    }
}

/// One word, long, of letters and digits mixed: what programs make and people do not.
fn looks_random(text: &str) -> bool {
    let word = text.chars().all(|c| c.is_ascii_alphanumeric() || "+/=_-.".contains(c));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    word && text.len() >= 20 && digits >= 4 && letters >= 4
}

/// `API` and `api` are one folder on macOS and Windows, and two elsewhere.
fn one_folder(profile: &Profile, at: Node<'_>, sink: &mut Sink<'_>) {
    let mut spelled: BTreeMap<String, String> = BTreeMap::new();
    for (name, service) in &profile.services {
        let path = written::plain(&service.path);
        let first = spelled.entry(path.to_lowercase()).or_insert_with(|| path.clone());
        if *first != path {
            let hint = format!("spell it `{first}`, as it stands above, if it is the same folder");
            let says =
                "this path differs from another one in case alone, which macOS and Windows do not tell apart";
            sink.warn(at.get(name).get("path").place(), says, hint);
        }
    }
}
