//! As much of JSON Schema (draft 7) as our own schemas use; a word it does not know fails, so that none is passed over.

use serde_json::Value;

/// Where `value` breaks `schema`; `None` when it fits.
pub fn misfit(schema: &Value, value: &Value) -> Option<String> {
    Check { root: schema }.misfit(schema, value, "$")
}

struct Check<'a> {
    root: &'a Value,
}

impl Check<'_> {
    fn misfit(&self, schema: &Value, value: &Value, at: &str) -> Option<String> {
        if let Value::Bool(allowed) = schema {
            return (!allowed).then(|| format!("{at}: nothing may stand here"));
        }
        let words = schema.as_object().unwrap().iter();
        words.filter_map(|(word, rule)| self.word(word, rule, schema, value, at)).next()
    }

    fn word(&self, word: &str, rule: &Value, schema: &Value, value: &Value, at: &str) -> Option<String> {
        let broken = |is: bool| is.then(|| format!("{at}: {value} breaks {word} {rule}"));
        match word {
            "$schema" | "title" | "description" | "definitions" | "format" => None,
            "$ref" => self.misfit(self.definition(rule), value, at),
            "type" => broken(!types(rule).iter().any(|name| is_a(name, value))),
            "const" => broken(rule != value),
            "enum" => broken(!rule.as_array().unwrap().contains(value)),
            "minimum" => broken(value.as_f64().is_some_and(|number| number < rule.as_f64().unwrap())),
            "maximum" => broken(value.as_f64().is_some_and(|number| number > rule.as_f64().unwrap())),
            "required" => {
                let lacks = |name: &&Value| value.get(name.as_str().unwrap()).is_none();
                rule.as_array().unwrap().iter().find(lacks).map(|name| format!("{at}: lacks {name}"))
            }
            "properties" => rule
                .as_object()
                .unwrap()
                .iter()
                .find_map(|(name, rule)| self.misfit(rule, value.get(name)?, &format!("{at}.{name}"))),
            "additionalProperties" => {
                let known = |name: &str| schema["properties"].get(name).is_some();
                let others = value.as_object()?.iter().filter(|(name, _)| !known(name));
                others.filter_map(|(name, value)| self.misfit(rule, value, &format!("{at}.{name}"))).next()
            }
            "items" => {
                let items = value.as_array()?.iter().enumerate();
                items.filter_map(|(index, item)| self.misfit(rule, item, &format!("{at}[{index}]"))).next()
            }
            "allOf" => rule.as_array().unwrap().iter().find_map(|one| self.misfit(one, value, at)),
            "anyOf" => broken(self.fits(rule, value, at) == 0),
            "oneOf" => broken(self.fits(rule, value, at) != 1),
            other => Some(format!("{at}: this validator does not know `{other}`")),
        }
    }

    fn fits(&self, rules: &Value, value: &Value, at: &str) -> usize {
        rules.as_array().unwrap().iter().filter(|rule| self.misfit(rule, value, at).is_none()).count()
    }

    fn definition(&self, rule: &Value) -> &Value {
        self.root.pointer(rule.as_str().unwrap().trim_start_matches('#')).unwrap()
    }
}

fn types(rule: &Value) -> Vec<&str> {
    match rule {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        name => name.as_str().into_iter().collect(),
    }
}

fn is_a(name: &str, value: &Value) -> bool {
    match name {
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        _ => false,
    }
}

#[test]
fn what_does_not_fit_is_told() {
    let schema = serde_json::json!({
        "type": "object", "required": ["a"], "properties": { "a": { "$ref": "#/definitions/A" } },
        "definitions": { "A": { "oneOf": [{ "const": "x" }, { "type": "integer" }] } }
    });
    let at = |value| misfit(&schema, &value);
    assert_eq!(at(serde_json::json!({ "a": "x" })), None);
    assert_eq!(at(serde_json::json!({ "a": 1 })), None);
    for bad in [serde_json::json!({}), serde_json::json!({ "a": "y" }), serde_json::json!([])] {
        assert!(at(bad.clone()).is_some(), "{bad}");
    }
}
