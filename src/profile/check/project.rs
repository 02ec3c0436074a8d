//! The tables that stand once: header, policy, sign-in, rotation, audit, health.

use regex_lite::Regex;

use super::{Node, Sink, names, paths};
use crate::profile::contract::span;
use crate::profile::path_expression;
use crate::profile::schema::{Audit, Policy, Profile, Sso};

pub(super) fn check(profile: &Profile, at: Node<'_>, sink: &mut Sink<'_>) {
    header(profile, at, sink);
    policy(&profile.policy, at.get("policy"), sink);
    if let Some(sso) = &profile.sso {
        self::sso(sso, at.get("sso"), sink);
    }
    extras(profile, at, sink);
}

fn header(profile: &Profile, at: Node<'_>, sink: &mut Sink<'_>) {
    if profile.schema != 1 {
        let hint = "this version of devsecrets reads `schema = 1`".to_owned();
        sink.note(at.get("schema").place(), "unknown version of the format", hint);
    }
    let lower = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !profile.name.starts_with(|c: char| c.is_ascii_lowercase()) || !profile.name.chars().all(lower) {
        let hint = "use lower-case letters, digits and `-`, beginning with a letter".to_owned();
        sink.note(at.get("name").place(), "this name cannot be used", hint);
    }
    if profile.title.trim().is_empty() {
        sink.note(
            at.get("title").place(),
            "the title is empty",
            "write the project's name for people".to_owned(),
        );
    }
    let environments = at.get("environments");
    if profile.environments.is_empty() {
        sink.note(environments.place(), "no environment is declared", "name at least one".to_owned());
    }
    for (index, name) in profile.environments.iter().enumerate() {
        if !names::is_plain(name) {
            let hint = "use letters, digits, `-`, `_` and `.`".to_owned();
            sink.note(environments.item(index).place(), "this name cannot be used", hint);
        }
    }
}

fn policy(policy: &Policy, at: Node<'_>, sink: &mut Sink<'_>) {
    if policy.rotation_days == Some(0) {
        sink.note(at.get("rotation_days").place(), "expected at least one day", None);
    }
    if let Some(text) = &policy.offline_cache {
        offline(text, policy, at.get("offline_cache"), sink);
    }
    for (index, account) in policy.production_accounts.iter().enumerate() {
        self::account(account, at.get("production_accounts").item(index), sink);
    }
}

fn offline(text: &str, policy: &Policy, node: Node<'_>, sink: &mut Sink<'_>) {
    if span(text).is_none() {
        let hint = "from `1m` to `30d`: minutes, hours or days, without a space".to_owned();
        sink.note(node.place(), "this is not a span of time", hint);
    } else if policy.offline_span().is_none() {
        sink.note(node.place(), "this is too long", "30 days at most: `30d`".to_owned());
    }
}

fn account(id: &str, node: Node<'_>, sink: &mut Sink<'_>) {
    if !names::is_account(id) {
        sink.note(node.place(), "an AWS account id has 12 digits", None);
    }
}

/// Session, profile and role end up in the AWS config file, where a bracket or line end would open a
/// section of somebody else's choosing.
fn sso(sso: &Sso, at: Node<'_>, sink: &mut Sink<'_>) {
    if !names::is_start_url(&sso.start_url) {
        let hint = "it looks like `https://NAME.awsapps.com/start`".to_owned();
        sink.note(at.get("start_url").place(), "the start URL is not an https address", hint);
    }
    names::region(&sso.region, at.get("region"), sink);
    for (key, name) in [("session", Some(&sso.session)), ("aws_profile", sso.aws_profile.as_ref())] {
        if name.is_some_and(|name| !names::is_plain(name)) {
            let hint = "use letters, digits, `-`, `_` and `.`".to_owned();
            sink.note(at.get(key).place(), "this name cannot be used in the AWS config file", hint);
        }
    }
    if let Some(id) = &sso.account_id {
        account(id, at.get("account_id"), sink);
    }
    // The characters IAM allows in a permission set's name.
    let role = |c: char| c.is_ascii_alphanumeric() || "+=,.@_-".contains(c);
    if sso.role_name.as_ref().is_some_and(|name| name.is_empty() || !name.chars().all(role)) {
        sink.note(at.get("role_name").place(), "this is not the name of a permission set", None);
    }
}

pub(super) fn expression(text: &str, node: Node<'_>, sink: &mut Sink<'_>) {
    if let Err(error) = Regex::new(text) {
        let hint = "in TOML, write expressions between single quotes".to_owned();
        sink.note(node.place(), format!("this regular expression does not compile: {error}"), hint);
    }
}

/// Everything here is searched for by the audit, so it must be something that can be.
fn audit(audit: &Audit, at: Node<'_>, sink: &mut Sink<'_>) {
    for (index, pattern) in audit.patterns.iter().enumerate() {
        let node = at.get("patterns").item(index);
        match pattern.as_str() {
            // It is tried on bytes, for not every file is UTF-8.
            text if !text.is_ascii() => {
                sink.note(
                    node.place(),
                    "a pattern takes ASCII alone",
                    "write other letters as `.`".to_owned(),
                );
            }
            text if Regex::new(text).is_ok_and(|pattern| pattern.is_match("")) => {
                let hint = "it matches where nothing stands, so each file would be a finding".to_owned();
                sink.note(node.place(), "this pattern matches everything", hint);
            }
            text => expression(text, node, sink),
        }
    }
    for (key, globs) in [("tracked", &audit.tracked), ("except", &audit.except)] {
        for (index, glob) in globs.iter().enumerate() {
            if let Err(says) = path_expression(glob) {
                let hint = "patterns of paths are written as in a `.gitignore`".to_owned();
                sink.note(
                    at.get(key).item(index).place(),
                    format!("this pattern cannot be used: {says}"),
                    hint,
                );
            }
        }
    }
}

fn extras(profile: &Profile, at: Node<'_>, sink: &mut Sink<'_>) {
    if let Some(runbook) = profile.rotation.as_ref().and_then(|rotation| rotation.runbook.as_ref()) {
        paths::check(runbook, at.get("rotation").get("runbook"), sink);
    }
    if let Some(audit) = &profile.audit {
        self::audit(audit, at.get("audit"), sink);
    }
    if profile.health.as_ref().is_some_and(|health| !health.path.starts_with('/')) {
        sink.note(at.get("health").get("path").place(), "expected a path that begins with `/`", None);
    }
}
