//! Personal tokens: shapes that compile, pages and checks that are https, files inside the project.
//!
//! A check sends the developer's key to the address a cloned profile names, so the address must be one that a person can
//! read: https, with no name or password in it. The faces ask before a key goes to a new host.

use super::{Node, Sink, names, paths, project};
use crate::profile::schema::{Check, Profile, Token, Verify};

pub(super) fn check(profile: &Profile, at: Node<'_>, sink: &mut Sink<'_>) {
    for (name, token) in &profile.tokens {
        self::token(name, token, at.get(name), sink);
    }
}

fn token(name: &str, token: &Token, at: Node<'_>, sink: &mut Sink<'_>) {
    names::plain_key(name, at, sink);
    if token.title.is_empty() && token.preset.is_none() {
        let hint = "a name for people, or `preset` for a known service".to_owned();
        sink.note(at.get("title").place().or(at.key_place()), "missing key `title`", hint);
    }
    if let Some(shape) = &token.shape {
        project::expression(shape, at.get("shape"), sink);
    }
    if token.page.as_ref().is_some_and(|page| !page.starts_with("https://")) {
        sink.note(at.get("page").place(), "expected an https address", None);
    }
    if let Some(file) = &token.file {
        paths::check(file, at.get("file"), sink);
    }
    if let Some(Verify::Check(check)) = &token.verify {
        self::asked(check, at.get("verify"), sink);
    }
}

fn asked(check: &Check, at: Node<'_>, sink: &mut Sink<'_>) {
    if !is_address(&check.url) {
        let hint = "it looks like `https://api.example.com/me`, with no user name in it".to_owned();
        sink.note(at.get("url").place(), "the check is not at an https address", hint);
    }
    if check.account.is_none() && check.service.is_none() {
        let hint = "where the answer names the account, such as `/user/login`".to_owned();
        sink.note(at.key_place(), "missing key `account`", hint);
    }
    for key in ["account", "expires"] {
        let pointer = if key == "account" { &check.account } else { &check.expires };
        if pointer.as_ref().is_some_and(|pointer| !pointer.starts_with('/')) {
            let hint = "such as `/user/login` (RFC 6901)".to_owned();
            sink.note(at.get(key).place(), "a JSON pointer begins with `/`", hint);
        }
    }
    if check.header.as_ref().is_some_and(|header| !is_header(header)) {
        let hint = "such as `Authorization: Bearer {token}`".to_owned();
        sink.note(at.get("header").place(), "expected a header with `{token}` in its value", hint);
    }
}

/// https, or this machine for a stand-in.
fn is_address(url: &str) -> bool {
    let local = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
    let known = url.starts_with("https://") || local.iter().any(|start| url.starts_with(start));
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    known && !host.is_empty() && url.bytes().all(|byte| byte.is_ascii_graphic()) && !host.contains('@')
}

/// `Name: value`, the name as RFC 9110 §5.6.2 spells it; what frames a request is not the profile's to set.
fn is_header(header: &str) -> bool {
    let Some((name, value)) = header.split_once(':') else { return false };
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    let ours = ["host", "content-length", "transfer-encoding", "connection"];
    let framing = ours.iter().any(|reserved| name.eq_ignore_ascii_case(reserved));
    !name.is_empty() && name.chars().all(token) && !framing && value.matches("{token}").count() == 1
}
