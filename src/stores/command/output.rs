//! What a program printed, as variables: in the form that the profile declares, and no other.

use serde_json::{Map, Value};
use zeroize::{Zeroize as _, Zeroizing};

use crate::envfile::Document;
use crate::profile::{CommandOutput, JsonObjects, Store};
use crate::stores::payload::{Values, variable_name};
use crate::stores::{Answer, Miss, Payload};

pub(super) fn read(store: &Store, id: &str, out: &[u8]) -> Answer {
    match store.output.unwrap_or_default() {
        CommandOutput::Json => json(store, id, out),
        CommandOutput::Dotenv => dotenv(id, out),
        CommandOutput::Value => one(store, id, without_line_end(out)),
        CommandOutput::Raw => one(store, id, out),
    }
}

fn one(store: &Store, id: &str, bytes: &[u8]) -> Answer {
    let json = store.json.unwrap_or(JsonObjects::Keys);
    Payload::named(id, &variable_name(id), bytes.to_vec(), json)
}

fn without_line_end(out: &[u8]) -> &[u8] {
    let out = out.strip_suffix(b"\n").unwrap_or(out);
    out.strip_suffix(b"\r").unwrap_or(out)
}

fn dotenv(id: &str, out: &[u8]) -> Answer {
    let malformed = |what: &str| Miss::Malformed { id: id.to_owned(), what: what.to_owned() };
    if std::str::from_utf8(out).is_err() {
        return Err(malformed("is not UTF-8 text"));
    }
    let values: Values = Document::parse(out).entries().map(|entry| (entry.key, entry.value)).collect();
    if values.is_empty() { Err(malformed("holds no line NAME=value")) } else { Ok(Payload::of(values)) }
}

fn json(store: &Store, id: &str, out: &[u8]) -> Answer {
    let malformed = |what: &str| Miss::Malformed { id: id.to_owned(), what: what.to_owned() };
    let whole =
        serde_json::from_slice(out).map_err(|_| malformed("is not JSON, which the profile expects"))?;
    let whole = Wiped(whole);
    let inside = match store.within.as_slice() {
        [] => Some(&whole.0),
        places => places.iter().find_map(|place| whole.0.pointer(place)).filter(|found| !found.is_null()),
    };
    match inside {
        None => Err(malformed(&format!("has nothing at {}", store.within.join(" or ")))),
        Some(Value::String(text)) => one(store, id, text.as_bytes()),
        Some(Value::Array(items)) => match labelled(items) {
            Some(fields) => one(store, id, &text(&fields.0)),
            None => Err(malformed(NO_FIELDS)),
        },
        Some(found) => one(store, id, &text(found)),
    }
}

/// What a list would have to be, and where else the profile can look.
const NO_FIELDS: &str = "is a list of something else than fields with `label` and `value`; `within` in the profile can lead to what it holds";

fn text(value: &Value) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(serde_json::to_vec(value).unwrap_or_default())
}

/// A list of tables with `label` and `value`, as password managers have their fields. One without a value is left out.
fn labelled(items: &[Value]) -> Option<Wiped> {
    let mut fields = Map::new();
    for item in items {
        let label = item.get("label").or_else(|| item.get("id"))?.as_str()?;
        if let Some(value) = item.get("value") {
            fields.insert(label.to_owned(), value.clone());
        }
    }
    Some(Wiped(Value::Object(fields)))
}

/// Wipes its texts when dropped.
struct Wiped(Value);

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(lines: &str, out: &str) -> Result<Vec<String>, String> {
        let store: Store =
            toml::from_str(&format!("kind = \"command\"\ncommand = [\"p\"]\n{lines}")).unwrap();
        let payload = read(&store, "team/api-key", out.as_bytes()).map_err(|miss| miss.to_string())?;
        let shown = |(name, value): (&String, &crate::secret::SecretValue)| {
            value.expose_to(|text| format!("{name}={text}"))
        };
        Ok(payload.values.iter().map(shown).collect())
    }

    #[test]
    fn json_is_an_object_or_what_lies_within() {
        assert_eq!(names("output = \"json\"", r#"{"A":"1","B":2}"#).unwrap(), ["A=1", "B=2"]);
        let within = "output = \"json\"\nwithin = [\"/data/data\", \"/data\"]";
        assert_eq!(names(within, r#"{"data":{"data":{"A":"2"},"metadata":{}}}"#).unwrap(), ["A=2"]);
        assert_eq!(names(within, r#"{"data":{"A":"1"}}"#).unwrap(), ["A=1"]);
        assert!(
            names(within, r#"{"data":null}"#).unwrap_err().ends_with("has nothing at /data/data or /data")
        );
        assert_eq!(names("output = \"json\"\nwithin = [\"/v\"]", r#"{"v":"x\n"}"#).unwrap(), ["API_KEY=x\n"]);
        let text = "output = \"json\"\njson = \"text\"";
        assert_eq!(names(text, r#"{"A": 1}"#).unwrap(), [r#"API_KEY={"A":1}"#]);
    }

    #[test]
    fn fields_have_labels() {
        let fields =
            r#"{"fields":[{"id":"p","label":"API_KEY","value":"k"},{"id":"notes","label":"notes"}]}"#;
        assert_eq!(names("output = \"json\"\nwithin = [\"/fields\"]", fields).unwrap(), ["API_KEY=k"]);
        assert!(names("output = \"json\"", "[1, 2]").unwrap_err().contains("is a list"));
    }

    #[test]
    fn text_is_one_value_or_lines() {
        assert_eq!(names("", "v\n").unwrap(), ["API_KEY=v"]);
        assert_eq!(names("", "v\r\n\n").unwrap(), ["API_KEY=v\r\n"]);
        assert_eq!(names("output = \"raw\"", "v\n").unwrap(), ["API_KEY=v\n"]);
        assert_eq!(names("", r#"{"A":"1"}"#).unwrap(), ["A=1"]);
        assert_eq!(names("output = \"dotenv\"", "# c\nA=1\nexport B=\"x y\"\n").unwrap(), ["A=1", "B=x y"]);
    }

    #[test]
    fn garbage_is_told_and_not_shown() {
        for (lines, out) in [("output = \"json\"", "canary-5d <html>"), ("output = \"dotenv\"", "canary-5d")]
        {
            let says = names(lines, out).unwrap_err();
            assert!(says.starts_with("team/api-key ") && !says.contains("canary"), "{says}");
        }
        assert_eq!(names("", " \n").unwrap_err(), "team/api-key is empty");
    }
}
