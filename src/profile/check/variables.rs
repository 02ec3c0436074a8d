//! Variables: names, families, and values that can exist at all.

use std::borrow::Cow;

use super::{Node, Sink, names};
use crate::profile::expand::{REGION, concrete};
use crate::profile::nearest;
use crate::profile::rules::broken_rule;
use crate::profile::schema::{Format, Generate, Map, Profile, Variable};
use crate::secret::SecretValue;

pub(super) fn check(profile: &Profile, at: Node<'_>, sink: &mut Sink<'_>) {
    let mut declared = Map::default();
    declared.reserve(profile.variables.len());
    for (name, variable) in &profile.variables {
        let here = at.get(name);
        spelling(name, variable, here, sink);
        for member in concrete(name, variable) {
            let first: &String = declared.entry(member.clone()).or_insert(name);
            if first != name {
                let says = format!("`{member}` is declared twice, by `{first}` and by `{name}`");
                sink.note(here.key_place(), says, "keep one of the two".to_owned());
            }
        }
        environments(profile, variable, here, sink);
        requirements(variable, here.get("require"), sink);
        default(profile, variable, here.get("default"), sink);
        generated(variable, here, sink);
        token(profile, variable, here.get("token"), sink);
        if variable.rotation_days == Some(0) {
            sink.note(here.get("rotation_days").place(), "expected at least one day", None);
        }
    }
}

fn spelling(name: &str, variable: &Variable, at: Node<'_>, sink: &mut Sink<'_>) {
    let family = name.contains(REGION);
    let member = if family { Cow::Owned(name.replace(REGION, "X")) } else { Cow::Borrowed(name) };
    if !names::is_variable(&member) {
        let hint =
            "use letters, digits and `_`, not beginning with a digit; a family holds `{REGION}`".to_owned();
        sink.note(at.key_place(), "this is no name for a variable", hint);
    } else if family && variable.regions.is_empty() {
        let place = at.get("regions").place().or(at.key_place());
        sink.note(place, "a family needs `regions`", "such as regions = [\"EU\", \"US\"]".to_owned());
    } else if !family && !variable.regions.is_empty() {
        let hint = "put `{REGION}` into the variable's name, or remove `regions`".to_owned();
        sink.note(at.get("regions").place(), "only a family has regions", hint);
    }
    for (index, region) in variable.regions.iter().enumerate() {
        if region.is_empty() || !region.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            let hint = "use letters, digits and `_`".to_owned();
            sink.note(
                at.get("regions").item(index).place(),
                "this cannot be part of a variable's name",
                hint,
            );
        }
    }
}

fn environments(profile: &Profile, variable: &Variable, at: Node<'_>, sink: &mut Sink<'_>) {
    let default = variable.default.iter().flat_map(|default| default.environments());
    let keys = default.map(|name| ("default", name));
    let keys = keys.chain(variable.forbid.keys().map(|name| ("forbid", name.as_str())));
    let keys = keys.chain(variable.require.keys().map(|name| ("require", name.as_str())));
    for (key, name) in keys {
        names::environment(profile, name, false, at.get(key).get(name), sink);
    }
}

fn requirements(variable: &Variable, at: Node<'_>, sink: &mut Sink<'_>) {
    for (environment, wanted) in &variable.require {
        if wanted.scheme.is_none() && wanted.equals.is_none() {
            let hint = "such as `{ scheme = \"https\" }`".to_owned();
            sink.note(at.get(environment).place(), "this requires nothing", hint);
        }
    }
}

/// A default that no environment takes. What a placeholder makes of it is not known here.
fn default(profile: &Profile, variable: &Variable, at: Node<'_>, sink: &mut Sink<'_>) {
    let Some(default) = &variable.default else { return };
    for environment in &profile.environments {
        let text = default.of(environment).filter(|text| !text.contains('{'));
        let broken = text.and_then(|text| broken_rule(variable, environment, &SecretValue::new(text)));
        if broken.is_some() {
            let hint = "see its `min_length`, `forbid` and `require`; a default can be given by environment: \
                        `default = { development = \"…\" }`";
            let says = format!("this default breaks the variable's own rules in {environment}");
            sink.note(at.get(environment).place().or(at.place()), says, hint.to_owned());
        }
    }
}

fn generated(variable: &Variable, at: Node<'_>, sink: &mut Sink<'_>) {
    let Some(generate) = &variable.generate else { return };
    let here = at.get("generate");
    if !variable.secret {
        let hint = "give it a `default`, or remove `secret = false`".to_owned();
        sink.note(here.key_place(), "only secrets are generated", hint);
    }
    if generate.format == Format::Uuid {
        let hint = "a UUID has its own length: remove `bytes`".to_owned();
        sink.note(here.get("bytes").place(), "this has no effect", hint);
    } else if !(16..=128).contains(&generate.bytes) {
        sink.note(here.get("bytes").place(), "expected 16 to 128 bytes", None);
        return;
    }
    let length = length(generate);
    if variable.min_length.is_some_and(|least| least > length) {
        let hint = format!("the generated value has {length} characters: raise `generate.bytes`");
        sink.note(at.get("min_length").place(), "no generated value is this long", hint);
    }
}

/// Characters of a generated value (RFC 4648 for the base64 forms).
fn length(generate: &Generate) -> usize {
    let bytes = usize::from(generate.bytes);
    match generate.format {
        Format::Hex => bytes * 2,
        Format::Base64 => bytes.div_ceil(3) * 4,
        Format::Base64url => (bytes * 4).div_ceil(3),
        Format::Alnum => bytes,
        Format::Uuid => 36,
    }
}

fn token(profile: &Profile, variable: &Variable, node: Node<'_>, sink: &mut Sink<'_>) {
    let Some(name) = &variable.token else { return };
    if !profile.tokens.contains_key(name) {
        let hint = nearest::hint(name, profile.tokens.keys().map(String::as_str));
        sink.note(node.place(), format!("no token named `{name}` is declared"), hint);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::schema::Scope;

    #[test]
    fn lengths_follow_the_encodings() {
        let of = |format, bytes| length(&Generate { format, bytes, scope: Scope::Project, epoch: 0 });
        assert_eq!(of(Format::Hex, 32), 64);
        assert_eq!((of(Format::Base64, 32), of(Format::Base64url, 32)), (44, 43));
        assert_eq!((of(Format::Base64, 48), of(Format::Base64url, 48)), (64, 64));
        assert_eq!((of(Format::Alnum, 20), of(Format::Uuid, 32)), (20, 36));
    }
}
