//! An audit as SARIF 2.1.0, for code hosts and viewers.
//!
//! No snippets: hosts show them to everybody who may read an alert. A region is a line, for SARIF counts columns in UTF-16
//! and ours are bytes. Made from an [`Audit`], which holds no value, and from findings about the audit itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Audit, Leak};
use crate::finding::{Finding, Severity};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The document of `audit`; `flaws` say what is wrong with the audit itself.
pub fn sarif(audit: &Audit, flaws: &[Finding]) -> Value {
    let rules: BTreeMap<&str, &Leak> = audit.leaks.iter().map(|leak| (leak.rule.as_str(), leak)).collect();
    let results: Vec<Value> = audit.leaks.iter().map(|leak| result(leak, &rules)).collect();
    let told: Vec<Value> = flaws.iter().map(notification).collect();
    let whole = flaws.iter().all(|flaw| flaw.severity != Severity::Error);
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "devsecrets",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().map(|leak| rule(leak)).collect::<Vec<_>>(),
            }},
            "invocations": [{ "executionSuccessful": whole, "toolExecutionNotifications": told }],
            "results": results,
        }],
    })
}

/// One of an own value is told by the value's name, so the rule speaks of all of them.
fn rule(leak: &Leak) -> Value {
    let title = if leak.own.is_some() { "value of a known secret" } else { &leak.title };
    json!({
        "id": leak.rule,
        "shortDescription": { "text": title },
        "help": { "text": format!("devsecrets explain {}", leak.code) },
        "defaultConfiguration": { "level": "error" },
        "properties": { "tags": ["security"], "security-severity": "8.0" },
    })
}

fn result(leak: &Leak, rules: &BTreeMap<&str, &Leak>) -> Value {
    let index = rules.keys().position(|id| *id == leak.rule);
    let commit = leak.commit.as_deref().map(|commit| format!(" In commit {commit}.")).unwrap_or_default();
    let mut result = json!({
        "ruleId": leak.rule,
        "ruleIndex": index,
        "level": "error",
        "message": { "text": format!("{}.{commit} Next: {}.", leak.says(), leak.remedy) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": place(&leak.path),
            "region": { "startLine": leak.line },
        }}],
        "properties": { "code": leak.code },
    });
    if let Some(print) = &leak.fingerprint {
        result["partialFingerprints"] = json!({ "devsecrets/v1": print.to_string() });
    }
    result
}

fn notification(flaw: &Finding) -> Value {
    let level = flaw.severity.to_string();
    let text = format!("{}: {}. Next: {}.", flaw.subject, flaw.says, flaw.remedy);
    json!({ "level": level, "descriptor": { "id": flaw.code }, "message": { "text": text } })
}

/// Relative to the root of the sources, unless the whole path was named.
fn place(path: &str) -> Value {
    match path.strip_prefix('/') {
        Some(_) => json!({ "uri": format!("file://{}", uri(path)) }),
        None => json!({ "uri": uri(path), "uriBaseId": "%SRCROOT%" }),
    }
}

/// RFC 3986: what is neither unreserved nor a slash is escaped.
fn uri(path: &str) -> String {
    path.bytes().fold(String::new(), |mut uri, byte| {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            byte => _ = write!(uri, "%{byte:02X}"),
        }
        uri
    })
}
