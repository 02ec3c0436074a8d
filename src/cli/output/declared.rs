//! A profile as text: everything it declares, in the order of the file format.

use std::fmt::Write as _;

use super::text::{pad, width};
use super::{Paint, Tone};
use crate::profile::{
    EnvFiles, Format, Generate, Loaded, Names, PerEnvironment, Policy, Profile, Scope, Service,
    StaticCredentials, Store, StoreKind, Variable,
};

/// What a profile declares, its rules included.
pub(in crate::cli) fn profile(paint: Paint, loaded: &Loaded) -> String {
    let profile = &loaded.profile;
    let mut out = String::new();
    let _ = writeln!(out, "{}", paint.tone(Tone::Heading, &profile.title));
    if let Some(about) = &profile.about {
        let _ = writeln!(out, "{about}");
    }
    let _ = writeln!(out, "{}", paint.tone(Tone::Faint, &format!("{} · {}", profile.name, loaded.source)));
    let tokens: Vec<String> =
        profile.tokens.iter().map(|(name, token)| format!("{name}: {}", token.title)).collect();
    let stores: Vec<String> =
        profile.store.iter().flat_map(|(name, store)| self::store(name, store)).collect();
    section(paint, &mut out, "Environments", &profile.environments);
    section(paint, &mut out, "Policy", &policy(&profile.policy));
    section(paint, &mut out, "Stores, asked in this order", &stores);
    section(paint, &mut out, "Services", &services(profile));
    section(paint, &mut out, "Variables", &variables(profile));
    section(paint, &mut out, "Personal tokens", &tokens);
    section(paint, &mut out, "Deploy targets", &deploys(profile));
    section(paint, &mut out, "Rules", &profile.policy.rules);
    out
}

fn section(paint: Paint, out: &mut String, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", paint.tone(Tone::Heading, title));
    for line in lines {
        let _ = writeln!(out, "  {}", line.trim_end());
    }
}

/// What is not as it is by default.
fn policy(policy: &Policy) -> Vec<String> {
    let listed =
        |what: &str, list: &[String]| (!list.is_empty()).then(|| format!("{what}: {}", list.join("; ")));
    let forbidden = |what: &str, is: bool| is.then(|| format!("{what}: forbidden"));
    [
        forbidden("env files", policy.env_files == EnvFiles::Forbidden),
        forbidden("long-lived AWS keys", policy.static_credentials == StaticCredentials::Forbidden),
        policy.rotation_days.map(|days| format!("secrets are replaced every {days} days")),
        policy.offline_cache.as_ref().map(|span| format!("offline copies hold for {span}")),
        listed("production accounts", &policy.production_accounts),
        listed("ignored by git", &policy.ignored),
        listed("names that hold a secret", &policy.secret_names),
        listed("a secret is", &policy.in_scope),
        listed("no secret is", &policy.not_secret),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn store(name: &str, store: &Store) -> Vec<String> {
    let kind = match store.kind {
        StoreKind::Command => format!("the program {}", store.program()),
        kind => kind.title().to_owned(),
    };
    let region = match &store.region {
        None => String::new(),
        Some(PerEnvironment::Everywhere(region)) => format!(", {region}"),
        Some(PerEnvironment::In(table)) => {
            table.iter().map(|(environment, region)| format!(", {region} in {environment}")).collect()
        }
    };
    let only = |list: &[String]| {
        if list.is_empty() { String::new() } else { format!(", for {}", list.join(" and ")) }
    };
    let first = format!("{name}  {kind}{region}{}{}", only(&store.services), only(&store.environments));
    std::iter::once(first).chain(store.ids.iter().map(|id| format!("  {id}"))).collect()
}

/// Each with its contract: what it needs, may have and must not have.
fn services(profile: &Profile) -> Vec<String> {
    let names = width(profile.services.keys().map(String::as_str));
    let service = |(name, service): (&String, &Service)| {
        let file = service.env_file_path().unwrap_or_else(|| "no env file".to_owned());
        let about = service.about.as_ref().map(|about| format!("{about} · ")).unwrap_or_default();
        let needs =
            [("required", &service.required), ("optional", &service.optional), ("denied", &service.denied)];
        let needs = needs.into_iter().flat_map(|(need, names)| contract(need, names));
        std::iter::once(format!("{}  {about}{file}", pad(name, names))).chain(needs).collect::<Vec<_>>()
    };
    profile.services.iter().flat_map(service).collect()
}

fn contract(need: &str, names: &Names) -> Vec<String> {
    match names {
        Names::Everywhere(names) if names.is_empty() => Vec::new(),
        Names::Everywhere(names) => vec![format!("  {need}: {}", names.join(", "))],
        Names::In(table) => {
            let line = |(environment, names): (&String, &Vec<String>)| {
                format!("  {need} in {environment}: {}", names.join(", "))
            };
            table.iter().filter(|(_, names)| !names.is_empty()).map(line).collect()
        }
    }
}

fn variables(profile: &Profile) -> Vec<String> {
    let names = width(profile.variables.keys().map(String::as_str));
    let line = |(name, variable): (&String, &Variable)| {
        let made = variable.generate.as_ref().map(generated);
        let token = variable.token.as_ref().map(|token| format!("the token {token}"));
        let plain = (!variable.secret).then(|| "plain".to_owned());
        let words: Vec<String> =
            variable.about.iter().cloned().chain(plain).chain(made).chain(token).collect();
        format!("{}  {}", pad(name, names), words.join(" · "))
    };
    profile.variables.iter().map(line).collect()
}

/// "generated: hex of 32 bytes, one for each service".
fn generated(generate: &Generate) -> String {
    let bytes = generate.bytes;
    let form = match generate.format {
        Format::Hex => format!("hex of {bytes} bytes"),
        Format::Base64 => format!("base64 of {bytes} bytes"),
        Format::Base64url => format!("base64url of {bytes} bytes"),
        Format::Alnum => format!("{bytes} letters and digits"),
        Format::Uuid => "a UUID".to_owned(),
    };
    let scope = if generate.scope == Scope::Service { ", one for each service" } else { "" };
    format!("generated: {form}{scope}")
}

fn deploys(profile: &Profile) -> Vec<String> {
    let target = |(name, deploy): (&String, &crate::profile::Deploy)| {
        let files: Vec<&str> = deploy.file.iter().chain(&deploy.files).map(String::as_str).collect();
        std::iter::once(format!("{name}  {}", files.join(", ")))
            .chain(deploy.rules.iter().map(|rule| format!("  {rule}")))
            .collect::<Vec<_>>()
    };
    profile.deploy.iter().flat_map(target).collect()
}
