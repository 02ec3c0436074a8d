//! Names: how they are spelled, and whether what they name is declared.

use super::{Node, Sink};
use crate::profile::lists::EVERYWHERE;
use crate::profile::nearest;
use crate::profile::schema::Profile;

/// A name we make file names, store ids and config sections of: letters, digits, `-`, `_`, `.`.
pub fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// Notes a key that is not [`is_plain`].
pub(super) fn plain_key(name: &str, node: Node<'_>, sink: &mut Sink<'_>) {
    if !is_plain(name) {
        let hint = "use letters, digits, `-`, `_` and `.`, beginning with a letter or digit";
        sink.note(node.key_place(), "this name cannot be used", hint.to_owned());
    }
}

/// A name of an environment variable (POSIX.1-2017 §8.1, lower case allowed).
pub(super) fn is_variable(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// AWS region codes: `eu-west-2`, `us-gov-east-1`.
pub fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [first, middle @ .., last] = parts.as_slice() else { return false };
    first.len() == 2
        && !middle.is_empty()
        && !last.is_empty()
        && last.chars().all(|c| c.is_ascii_digit())
        && middle.iter().all(|part| !part.is_empty())
        && parts[..parts.len() - 1].iter().all(|part| part.chars().all(|c| c.is_ascii_lowercase()))
}

/// Notes what is no region of AWS.
pub(super) fn region(text: &str, node: Node<'_>, sink: &mut Sink<'_>) {
    if !is_region(text) {
        sink.note(node.place(), "this is not an AWS region", "regions look like `eu-west-2`".to_owned());
    }
}

/// AWS account ids have 12 digits.
pub(super) fn is_account(id: &str) -> bool {
    id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit())
}

/// The address of an AWS access portal: https, with a host and no white space.
pub fn is_start_url(text: &str) -> bool {
    let host = text.strip_prefix("https://").and_then(|rest| rest.split(['/', '#', '?']).next());
    let is_host = |host: &str| host.contains('.') && !host.contains(|c: char| c == '@' || c.is_whitespace());
    host.is_some_and(is_host) && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Notes a key that names no environment. `"*"` passes where `star` says so.
pub(super) fn environment(profile: &Profile, name: &str, star: bool, node: Node<'_>, sink: &mut Sink<'_>) {
    if profile.environments.iter().any(|known| known == name) || (star && name == EVERYWHERE) {
        return;
    }
    let hint = nearest::hint(name, profile.environments.iter().map(String::as_str));
    sink.note(node.key_place(), format!("no environment named `{name}` is declared"), hint);
}

/// Notes a brace that belongs to none of the placeholders `known`.
pub(super) fn placeholders(text: &str, known: &[&str], node: Node<'_>, sink: &mut Sink<'_>) {
    let rest = known.iter().fold(text.to_owned(), |rest, name| rest.replace(name, ""));
    if rest.contains(['{', '}']) {
        let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        let verb = if known.len() == 1 { "is" } else { "are" };
        sink.note(node.place(), "unknown placeholder", format!("{} {verb} filled in", names.join(" and ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_have_a_shape() {
        assert!(["eu-west-2", "us-gov-east-1", "ap-southeast-10"].into_iter().all(is_region));
        assert!(
            !["", "eu", "eu-2", "EU-WEST-2", "eu-west", "eu-west-2a", "eu--2"].into_iter().any(is_region)
        );
    }

    #[test]
    fn variables_are_spelled_as_shells_want() {
        assert!(["A", "_x", "S3_KEY"].into_iter().all(is_variable));
        assert!(!["", "3S", "A-B", "A{B}", "É"].into_iter().any(is_variable));
    }

    #[test]
    fn names_cannot_climb_or_break_out() {
        assert!(["api", "agent7-messaging", "events_service", "v1.2"].into_iter().all(is_plain));
        assert!(!["", "..", "-x", "a/b", "a]b", "a b", "a\nb"].into_iter().any(is_plain));
    }
}
