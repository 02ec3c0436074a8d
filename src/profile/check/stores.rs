//! Stores: what each kind must have, and ids that a store of its kind could hold at all.

use super::{Node, Sink, names};
use crate::profile::lists::PerEnvironment;
use crate::profile::schema::{CommandOutput, Profile, Store, StoreKind};
use crate::profile::{nearest, store_preset};

pub(super) fn check(profile: &Profile, at: Node<'_>, sink: &mut Sink<'_>) {
    for (name, store) in &profile.store {
        let here = at.get(name);
        names::plain_key(name, here, sink);
        regions(profile, store, here.get("region"), sink);
        let environments = profile.environments.iter().map(String::as_str);
        limit("environment", &store.environments, environments, here.get("environments"), sink);
        let services = profile.services.keys().map(String::as_str);
        limit("service", &store.services, services, here.get("services"), sink);
        command(store, here, sink);
        ids(store, here, sink);
    }
}

fn regions(profile: &Profile, store: &Store, node: Node<'_>, sink: &mut Sink<'_>) {
    if !store.kind.is_aws() {
        sink.note(node.place(), "only a store of AWS has a region", "remove it".to_owned());
        return;
    }
    match &store.region {
        None => {}
        Some(PerEnvironment::Everywhere(region)) => names::region(region, node, sink),
        Some(PerEnvironment::In(table)) => {
            for (environment, region) in table {
                let here = node.get(environment);
                names::environment(profile, environment, false, here, sink);
                names::region(region, here, sink);
            }
        }
    }
}

/// The environments or services that a store is for.
fn limit<'p>(
    what: &str,
    named: &[String],
    declared: impl Iterator<Item = &'p str> + Clone,
    node: Node<'_>,
    sink: &mut Sink<'_>,
) {
    if named.is_empty() {
        let hint = format!("leave it out to have the store asked for every {what}");
        sink.note(node.place(), "this list is empty", hint);
    }
    for (index, name) in
        named.iter().enumerate().filter(|(_, name)| !declared.clone().any(|known| known == *name))
    {
        let hint = nearest::hint(name, declared.clone());
        sink.note(node.item(index).place(), format!("no {what} named `{name}` is declared"), hint);
    }
}

/// What only a command has, and what a command must have.
fn command(store: &Store, at: Node<'_>, sink: &mut Sink<'_>) {
    let own = ["preset", "command", "output", "within", "pass", "timeout"];
    if store.kind != StoreKind::Command {
        for key in own.into_iter().filter(|key| at.get(key).place().is_some()) {
            sink.note(at.get(key).place(), "only a store of kind `command` has this", None);
        }
        return;
    }
    program(store, at, sink);
    let known = ["{id}", "{path}", "{name}", "{service}", "{environment}"];
    for (index, word) in store.command.iter().enumerate() {
        names::placeholders(word, &known, at.get("command").item(index), sink);
    }
    if !store.within.is_empty() && store.preset.is_none() && store.output != Some(CommandOutput::Json) {
        let hint = "say that the program prints JSON: `output = \"json\"`".to_owned();
        sink.note(at.get("within").key_place(), "there is no such place in what is not JSON", hint);
    }
    for (index, id) in store.ids.iter().enumerate() {
        if let Some(form) = store.preset.and_then(|preset| store_preset::unlike(id, preset)) {
            let says = format!("this does not look like what the preset reads: {form}");
            sink.note(at.get("ids").item(index).place(), says, None);
        }
    }
    for (index, place) in store.within.iter().enumerate().filter(|(_, place)| !place.starts_with('/')) {
        let hint = format!("did you mean `/{place}`?");
        sink.note(at.get("within").item(index).place(), "a JSON pointer begins with `/`", hint);
    }
    for (index, name) in store.pass.iter().enumerate() {
        if !names::is_variable(name.strip_suffix('*').unwrap_or(name)) {
            sink.note(at.get("pass").item(index).place(), "this is not the name of a variable", None);
        }
    }
    if store.timeout.is_some_and(|seconds| !(1..=600).contains(&seconds)) {
        sink.note(at.get("timeout").place(), "expected 1 to 600 seconds", None);
    }
}

fn program(store: &Store, at: Node<'_>, sink: &mut Sink<'_>) {
    let hint = || "give a preset, or program and arguments as `command`".to_owned();
    match (store.preset, store.command.first()) {
        (None, None) => {
            // A command of the wrong type is noted at its own place already.
            let place = at.get("command").place().or(at.place());
            sink.note(place, "this command store names no program", hint());
        }
        (Some(_), Some(_)) => {
            sink.note(at.get("command").place(), "the preset has a command of its own", hint());
        }
        (None, Some(program)) if program.trim().is_empty() || program.contains('{') => {
            sink.note(at.get("command").item(0).place(), "the program itself has to be named", None);
        }
        _ => {}
    }
}

fn ids(store: &Store, at: Node<'_>, sink: &mut Sink<'_>) {
    let list = at.get("ids");
    if store.ids.is_empty() {
        match store.kind {
            StoreKind::AwsParameterStore => {
                let hint =
                    "name parameters or paths: `ids = [\"/shop/{service}/{environment}/\"]`".to_owned();
                sink.note(list.place().or(at.key_place()), "this store is asked for nothing", hint);
            }
            // `AWS_SECRETS_MANAGER_SECRET_IDS` lists them.
            StoreKind::AwsSecretsManager => {}
            StoreKind::Command => {
                let hint = "leave it out: then the one id is `{service}/{environment}`".to_owned();
                sink.note(list.place(), "this list is empty", hint);
            }
        }
    }
    for (index, id) in store.ids.iter().enumerate() {
        self::id(store.kind, id, list.item(index), sink);
    }
}

fn id(kind: StoreKind, id: &str, node: Node<'_>, sink: &mut Sink<'_>) {
    if id.is_empty() {
        sink.note(node.place(), "this id is empty", None);
    } else if id.contains("${") {
        let hint = format!("did you mean `{}`?", id.replace("${", "{"));
        sink.note(node.place(), "a placeholder begins without `$`", hint);
    }
    names::placeholders(id, PLACEHOLDERS, node, sink);
    match kind {
        StoreKind::Command => {}
        _ if id.starts_with("arn:") => arn(kind, id, node, sink),
        _ => name(kind, id, node, sink),
    }
}

const PLACEHOLDERS: &[&str] = &["{service}", "{environment}"];

/// AWS API reference: CreateSecret, besides the `!` of secrets that a service of AWS manages; and PutParameter, besides
/// the `:` before a version or label.
fn name(kind: StoreKind, id: &str, node: Node<'_>, sink: &mut Sink<'_>) {
    let parameter = kind == StoreKind::AwsParameterStore;
    if parameter && id.contains('/') && !id.starts_with('/') {
        sink.note(node.place(), "a parameter's path begins with `/`", format!("did you mean `/{id}`?"));
    }
    let signs = if parameter { "/_.-:" } else { "/_+=.@-!" };
    let name = PLACEHOLDERS.iter().fold(id.to_owned(), |rest, placeholder| rest.replace(placeholder, ""));
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c)) {
        let hint = format!("names there hold letters, digits and `{signs}`");
        sink.note(node.place(), format!("{} has no such name", kind.title()), hint);
    }
}

/// `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`, any part of which may be a placeholder.
fn arn(kind: StoreKind, id: &str, node: Node<'_>, sink: &mut Sink<'_>) {
    let (service, begins) = match kind {
        StoreKind::AwsSecretsManager => ("secretsmanager", "secret:"),
        StoreKind::AwsParameterStore => ("ssm", "parameter/"),
        StoreKind::Command => return,
    };
    let fields: Vec<&str> = id.splitn(6, ':').collect();
    let fault = match fields[..] {
        [_, _, of, _, _, resource] if of != service || !resource.starts_with(begins) => {
            format!("this ARN is none of {}", kind.title())
        }
        [_, _, _, region, _, _] if !region.contains('{') && !names::is_region(region) => {
            "this ARN names no AWS region".to_owned()
        }
        [_, _, _, _, account, _] if !account.contains('{') && !names::is_account(account) => {
            "this ARN names no account: an AWS account id has 12 digits".to_owned()
        }
        [_, _, _, _, _, _] => return,
        _ => "this ARN is cut short".to_owned(),
    };
    let hint = format!("it looks like `arn:aws:{service}:eu-west-2:111122223333:{begins}NAME`");
    sink.note(node.place(), fault, hint);
}
