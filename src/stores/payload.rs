//! What is in one secret: a JSON object gives a variable per key, anything else one variable.
//!
//! Bytes that are no text cannot stand in an environment, so they become the one variable in base64, the form in
//! which the AWS API itself carries them.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use time::OffsetDateTime;
use zeroize::{Zeroize as _, Zeroizing};

use super::Miss;
use crate::profile::{JsonObjects, Map};
use crate::secret::SecretValue;

/// Variables by name.
pub type Values = Map<String, SecretValue>;

/// AWS Secrets Manager keeps at most this many bytes (AWS API reference, GetSecretValue).
const LIMIT: usize = 65_536;

/// The content of one secret, already split into variables.
#[derive(Clone, Debug)]
pub struct Payload {
    pub values: Values,
    /// Keys whose content is neither text, number nor boolean; they carry no value.
    pub unusable: Vec<String>,
    /// Keys that several secrets below one path give; nobody can tell which is meant.
    pub twice: Vec<String>,
    /// It begins as a JSON object and is none, so that it counts as one text, whatever was meant.
    pub broken_object: bool,
    /// When this version was made, where the store says so.
    pub since: Option<OffsetDateTime>,
    /// When this copy was made, for one that stands in for a store out of reach.
    pub cached: Option<OffsetDateTime>,
    /// The AWS account it is from, 12 digits, where the store says so.
    pub account: Option<String>,
}

impl Payload {
    /// Whether it has the key, and no value for it.
    pub fn spoils(&self, key: &str) -> bool {
        self.unusable.iter().chain(&self.twice).any(|spoilt| spoilt == key)
    }

    /// Reads what `id` holds.
    ///
    /// # Errors
    /// [`Miss::TooLarge`]; [`Miss::Malformed`] for an empty secret.
    pub fn read(id: &str, bytes: Vec<u8>, json: JsonObjects) -> Result<Self, Miss> {
        Self::named(id, &variable_name(id), bytes, json)
    }

    /// Reads what `id` holds; `variable` gets what is no JSON object.
    ///
    /// # Errors
    /// As [`Payload::read`].
    pub(super) fn named(id: &str, variable: &str, bytes: Vec<u8>, json: JsonObjects) -> Result<Self, Miss> {
        if bytes.len() > LIMIT {
            return Err(Miss::TooLarge { id: id.to_owned(), limit: LIMIT });
        }
        let malformed = |what: &str| Miss::Malformed { id: id.to_owned(), what: what.to_owned() };
        let text = match String::from_utf8(bytes) {
            Ok(text) => Zeroizing::new(text),
            Err(error) => {
                let mut bytes = error.into_bytes();
                let text = SecretValue::new(STANDARD.encode(&bytes));
                bytes.zeroize();
                return Ok(Self::single(variable, text));
            }
        };
        if text.trim().is_empty() {
            return Err(malformed("is empty"));
        }
        // What editors of Windows put in front of a file.
        let bare = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let keys = if json == JsonObjects::Keys { object(bare) } else { None };
        let broken_object = json == JsonObjects::Keys && begins_as_object(bare);
        let text = || Self { broken_object, ..Self::single(variable, SecretValue::new(text.as_str())) };
        Ok(keys.unwrap_or_else(text))
    }

    fn single(variable: &str, value: SecretValue) -> Self {
        Self::of(Values::from_iter([(variable.to_owned(), value)]))
    }

    /// Several secrets as one. A variable that two of them give is given by none.
    pub(super) fn of_several(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut whole = Self::of(Values::default());
        for part in parts {
            whole.unusable.extend(part.unusable);
            whole.since = whole.since.max(part.since);
            whole.account = whole.account.or(part.account);
            for (name, value) in part.values {
                if whole.values.insert(name.clone(), value).is_some() {
                    whole.twice.push(name);
                }
            }
        }
        whole.values.retain(|name, _| !whole.twice.contains(name));
        whole
    }

    /// Variables, and nothing more to say of them.
    pub fn of(values: Values) -> Self {
        let (unusable, twice) = (Vec::new(), Vec::new());
        Self { values, unusable, twice, broken_object: false, since: None, cached: None, account: None }
    }

    /// What a store gave at `made`.
    pub fn copied(values: Values, since: Option<OffsetDateTime>, made: OffsetDateTime) -> Self {
        Self { since, cached: Some(made), ..Self::of(values) }
    }

    #[must_use]
    pub(super) fn since(self, since: Option<OffsetDateTime>) -> Self {
        Self { since, ..self }
    }

    #[must_use]
    pub(super) fn from(self, account: Option<&str>) -> Self {
        Self { account: account.map(str::to_owned), ..self }
    }
}

/// `{"` opens an object with keys.
fn begins_as_object(text: &str) -> bool {
    text.trim_start().strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"'))
}

/// The last part of a name in capitals: `prod/stripe-key` and `arn:…:secret:prod/stripe-key-AbCdEf` both name `STRIPE_KEY`.
pub fn variable_name(id: &str) -> String {
    let name = match id.strip_prefix("arn:").and_then(|arn| arn.rsplit(':').next()) {
        // A full ARN ends in a hyphen and six characters of AWS's own.
        Some(tail) => match tail.rsplit_once('-') {
            Some((name, suffix)) if suffix.len() == 6 => name,
            _ => tail,
        },
        None => id,
    };
    let last = name.rsplit('/').next().unwrap_or(name);
    env_name(last)
}

/// `text` as the name of an environment variable: capitals, digits and `_`, no digit first (POSIX.1-2017 §8.1).
pub(super) fn env_name(text: &str) -> String {
    let capital = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    let name: String = text.chars().map(capital).collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}") } else { name }
}

/// `None` when the text is not one JSON object.
fn object(text: &str) -> Option<Payload> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let payload = reader.deserialize_map(Keys).ok()?;
    reader.end().ok()?;
    Some(payload)
}

struct Keys;

impl<'de> Visitor<'de> for Keys {
    type Value = Payload;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Payload, A::Error> {
        let mut payload = Payload::of(Values::default());
        while let Some((key, written)) = map.next_entry::<String, &RawValue>()? {
            match scalar(written.get()) {
                Some(value) => _ = payload.values.insert(key, value),
                None => payload.unusable.push(key),
            }
        }
        Ok(payload)
    }
}

/// A JSON text, and a number or boolean as it is written: 1.10 stays so, however long it is. `None` for null, lists and
/// objects.
fn scalar(written: &str) -> Option<SecretValue> {
    match written.as_bytes().first()? {
        b'"' => {
            let text: Zeroizing<String> = serde_json::from_str(written).ok().map(Zeroizing::new)?;
            Some(SecretValue::new(text.as_str()))
        }
        b'n' | b'[' | b'{' => None,
        _ => Some(SecretValue::new(written)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Payload, Miss> {
        Payload::read("team/stripe-key", text.as_bytes().to_vec(), JsonObjects::Keys)
    }

    fn shown(payload: &Payload) -> Vec<(String, String)> {
        payload.values.iter().map(|(k, v)| (k.clone(), v.expose_to(str::to_owned))).collect()
    }

    /// Seed 000: "Each referenced secret should resolve to a JSON object".
    #[test]
    fn seed_000_a_json_object_gives_its_keys_in_order() {
        let payload =
            read(r#"{"B":"t\u0077o","A": 1 ,"T":true,"F":1.50,"N":null,"L":[1,[2]],"O":{"x":{}},"I":12345678901234567890123}"#).unwrap();
        let expected =
            [("B", "two"), ("A", "1"), ("T", "true"), ("F", "1.50"), ("I", "12345678901234567890123")];
        assert_eq!(shown(&payload), expected.map(|(k, v)| (k.to_owned(), v.to_owned())));
        assert_eq!(payload.unusable, ["N", "L", "O"]);
    }

    /// Seed 000: "Non-JSON secrets fall back to a single key derived from the secret name."
    #[test]
    fn seed_000_anything_else_is_one_variable_named_after_the_secret() {
        for text in ["plain", "[1]", r#"{"A":1} tail"#, r#"{"A":"#, "12", "\"quoted\""] {
            assert_eq!(shown(&read(text).unwrap()), [("STRIPE_KEY".to_owned(), text.to_owned())], "{text}");
        }
    }

    #[test]
    fn an_object_with_a_slip_is_known() {
        let is_broken = |text: &str| read(text).unwrap().broken_object;
        assert!(is_broken("{\"A\": \"1\", oops") && is_broken(" { \"A\": }"));
        assert!(!is_broken(r#"{"A":1}"#) && !is_broken("{braces}") && !is_broken("plain"));
    }

    #[test]
    fn a_mark_of_an_editor_before_an_object_is_no_part_of_it() {
        assert_eq!(shown(&read("\u{feff}{\"A\":\"1\"}").unwrap()), [("A".to_owned(), "1".to_owned())]);
        assert!(read("\u{feff}{\"A\": oops").unwrap().broken_object);
    }

    #[test]
    fn names_come_from_arns_too() {
        let arn = "arn:aws:secretsmanager:eu-west-2:111122223333:secret:prod/stripe-key-AbCdEf";
        assert_eq!(variable_name(arn), "STRIPE_KEY");
        assert_eq!(variable_name("openai.token"), "OPENAI_TOKEN");
        assert_eq!(variable_name("team/2fa"), "_2FA");
    }

    #[test]
    fn binary_is_one_variable_in_base64() {
        let payload = Payload::read("team/key", vec![0xff, 0xfe, 0x00], JsonObjects::Keys).unwrap();
        assert_eq!(shown(&payload), [("KEY".to_owned(), "//4A".to_owned())]);
    }

    #[test]
    fn empty_and_oversized_are_told_apart() {
        assert!(matches!(read("  "), Err(Miss::Malformed { .. })));
        assert!(matches!(
            Payload::read("x", vec![b'a'; LIMIT + 1], JsonObjects::Keys),
            Err(Miss::TooLarge { .. })
        ));
        assert!(Payload::read("x", vec![b'a'; LIMIT], JsonObjects::Keys).is_ok());
    }
}
