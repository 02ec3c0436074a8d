//! What is in one secret: a JSON object gives a variable per key, anything else one variable.

use std::fmt;

use indexmap::IndexMap;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use zeroize::{Zeroize as _, Zeroizing};

use super::Miss;
use crate::secret::SecretValue;

/// Variables by name.
pub type Values = IndexMap<String, SecretValue>;

/// AWS Secrets Manager keeps at most this many bytes (AWS API reference, GetSecretValue).
const LIMIT: usize = 65_536;

/// The content of one secret, already split into variables.
#[derive(Clone, Debug)]
pub struct Payload {
    pub values: Values,
    /// Keys whose content is neither text, number nor boolean; they carry no value.
    pub unusable: Vec<String>,
}

impl Payload {
    /// Reads what `id` holds.
    ///
    /// # Errors
    /// [`Miss::TooLarge`]; [`Miss::Malformed`] for bytes that are not UTF-8 and for an empty secret.
    pub fn read(id: &str, bytes: Vec<u8>) -> Result<Self, Miss> {
        if bytes.len() > LIMIT {
            return Err(Miss::TooLarge { id: id.to_owned(), limit: LIMIT });
        }
        let malformed = |what: &str| Miss::Malformed { id: id.to_owned(), what: what.to_owned() };
        let text = match String::from_utf8(bytes) {
            Ok(text) => Zeroizing::new(text),
            Err(error) => {
                error.into_bytes().zeroize();
                return Err(malformed("is binary and cannot be an environment variable"));
            }
        };
        if text.trim().is_empty() {
            return Err(malformed("is empty"));
        }
        Ok(object(&text).unwrap_or_else(|| Self::single(id, &text)))
    }

    /// One variable, named after the secret: the last part of its name in capitals.
    fn single(id: &str, text: &str) -> Self {
        let values = Values::from([(variable_name(id), SecretValue::new(text))]);
        Self { values, unusable: Vec::new() }
    }
}

/// `prod/stripe-key` and `arn:…:secret:prod/stripe-key-AbCdEf` both name `STRIPE_KEY`.
fn variable_name(id: &str) -> String {
    let name = match id.strip_prefix("arn:").and_then(|arn| arn.rsplit(':').next()) {
        // A full ARN ends in a hyphen and six characters of AWS's own.
        Some(tail) => match tail.rsplit_once('-') {
            Some((name, suffix)) if suffix.len() == 6 => name,
            _ => tail,
        },
        None => id,
    };
    let last = name.rsplit('/').next().unwrap_or(name);
    last.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
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
        let mut payload = Payload { values: Values::new(), unusable: Vec::new() };
        while let Some((key, Scalar(value))) = map.next_entry::<String, Scalar>()? {
            match value {
                Some(value) => _ = payload.values.insert(key, value),
                None => payload.unusable.push(key),
            }
        }
        Ok(payload)
    }
}

/// A JSON text, number or boolean as it is written; `None` for null, lists and objects.
struct Scalar(Option<SecretValue>);

impl<'de> serde::Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any JSON")
    }
    fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar(Some(SecretValue::new(text))))
    }
    fn visit_string<E>(self, text: String) -> Result<Scalar, E> {
        Ok(Scalar(Some(SecretValue::new(text))))
    }
    fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
        Ok(Scalar(Some(SecretValue::new(value.to_string()))))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
        Ok(Scalar(Some(SecretValue::new(value.to_string()))))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
        Ok(Scalar(Some(SecretValue::new(value.to_string()))))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
        Ok(Scalar(Some(SecretValue::new(value.to_string()))))
    }
    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar(None))
    }
    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Scalar, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar(None))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar(None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Payload, Miss> {
        Payload::read("team/stripe-key", text.as_bytes().to_vec())
    }

    fn shown(payload: &Payload) -> Vec<(String, String)> {
        payload.values.iter().map(|(k, v)| (k.clone(), v.expose_to(str::to_owned))).collect()
    }

    #[test]
    fn a_json_object_gives_its_keys_in_order() {
        let payload =
            read(r#"{"B":"two","A":1,"T":true,"F":1.5,"N":null,"L":[1,[2]],"O":{"x":{}}}"#).unwrap();
        let expected = [("B", "two"), ("A", "1"), ("T", "true"), ("F", "1.5")];
        assert_eq!(shown(&payload), expected.map(|(k, v)| (k.to_owned(), v.to_owned())));
        assert_eq!(payload.unusable, ["N", "L", "O"]);
    }

    #[test]
    fn anything_else_is_one_variable_named_after_the_secret() {
        for text in ["plain", "[1]", r#"{"A":1} tail"#, r#"{"A":"#, "12", "\"quoted\""] {
            assert_eq!(shown(&read(text).unwrap()), [("STRIPE_KEY".to_owned(), text.to_owned())], "{text}");
        }
    }

    #[test]
    fn names_come_from_arns_too() {
        let arn = "arn:aws:secretsmanager:eu-west-2:111122223333:secret:prod/stripe-key-AbCdEf";
        assert_eq!(variable_name(arn), "STRIPE_KEY");
        assert_eq!(variable_name("openai.token"), "OPENAI_TOKEN");
    }

    #[test]
    fn empty_binary_and_oversized_are_told_apart() {
        assert!(matches!(read("  "), Err(Miss::Malformed { .. })));
        assert!(matches!(Payload::read("x", vec![0xff, 0xfe]), Err(Miss::Malformed { .. })));
        assert!(matches!(Payload::read("x", vec![b'a'; LIMIT + 1]), Err(Miss::TooLarge { .. })));
        assert!(Payload::read("x", vec![b'a'; LIMIT]).is_ok());
    }
}
