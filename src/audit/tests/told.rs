//! What SARIF and annotations hold: all that their readers ask for, and no value.

use serde_json::Value;

use super::super::{Audit, Leak, OwnName, PATTERN, annotations, sarif};
use crate::finding::{Finding, Remedy};
use crate::secret::FingerprintKey;

fn leak(rule: &str, path: &str, own: bool) -> Leak {
    let name = ["shop", "API_KEY", "api", "aws"].map(str::to_owned);
    let [project, variable, service, origin] = name;
    Leak {
        code: PATTERN,
        rule: rule.to_owned(),
        title: "GitHub token".to_owned(),
        path: path.to_owned(),
        commit: None,
        line: 3,
        column: 7,
        length: 40,
        own: own.then_some(OwnName { project, variable, service, origin }),
        remedy: Remedy::run("revoke it", "devsecrets explain DS-AUDIT-01"),
        fingerprint: None,
    }
}

fn audit() -> Audit {
    let print = FingerprintKey::new([1; 32]).of(b"x");
    let commit = Some("0123456789abcdef".to_owned());
    let leaks = vec![
        leak("github-token", "docs/a b%c.md", false),
        Leak { fingerprint: Some(print), ..leak("npm-token", "ü.txt", false) },
        Leak { commit, ..leak("github-token", "x/y", false) },
        Leak { length: 0, line: 1, ..leak("own-value", "/home/me/notes", true) },
    ];
    Audit { version: 1, leaks, files: 4, ..Audit::default() }
}

fn flaws() -> Vec<Finding> {
    let next = || Remedy::says("look");
    vec![
        Finding::error("DS-AUDIT-13", "a", "it is gone", next()),
        Finding::note("DS-AUDIT-14", "b", "c", next()),
    ]
}

/// The keys and kinds that the schema of SARIF 2.1.0 asks for (§3.13 to §3.59), and no others than it knows.
fn check(document: &Value) {
    let keys = |value: &Value, known: &[&str]| {
        let unknown: Vec<&String> =
            value.as_object().unwrap().keys().filter(|key| !known.contains(&key.as_str())).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    };
    let text =
        |value: &Value| assert!(value["text"].as_str().is_some_and(|text| !text.is_empty()), "{value}");
    keys(document, &["$schema", "version", "runs"]);
    assert_eq!(document["version"], "2.1.0");
    let run = &document["runs"][0];
    keys(run, &["tool", "invocations", "results"]);
    let driver = &run["tool"]["driver"];
    keys(driver, &["name", "semanticVersion", "rules"]);
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        keys(rule, &["id", "shortDescription", "help", "defaultConfiguration", "properties"]);
        assert!(rule["id"].is_string());
        [&rule["shortDescription"], &rule["help"]].into_iter().for_each(text);
    }
    for result in run["results"].as_array().unwrap() {
        keys(
            result,
            &["ruleId", "ruleIndex", "level", "message", "locations", "properties", "partialFingerprints"],
        );
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
        text(&result["message"]);
        let place = &result["locations"][0]["physicalLocation"];
        keys(place, &["artifactLocation", "region"]);
        keys(&place["region"], &["startLine"]);
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.bytes().all(|byte| byte.is_ascii_graphic()), "{uri}");
        assert!(result.get("partialFingerprints").is_none_or(|prints| prints["devsecrets/v1"].is_string()));
    }
    let [call] = &run["invocations"].as_array().unwrap()[..] else { panic!("one invocation") };
    assert!(call["executionSuccessful"].is_boolean());
    for told in call["toolExecutionNotifications"].as_array().unwrap() {
        keys(told, &["level", "descriptor", "message"]);
        assert!(["none", "note", "warning", "error"].contains(&told["level"].as_str().unwrap()));
        text(&told["message"]);
        assert!(told["descriptor"]["id"].is_string());
    }
}

#[test]
fn sarif_has_what_its_schema_asks_for_and_no_snippet() {
    let document = sarif(&audit(), &flaws());
    check(&document);
    let run = &document["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"].as_array().unwrap().len(), 3, "each rule once");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let place =
        |index: usize| run["results"][index]["locations"][0]["physicalLocation"]["artifactLocation"].clone();
    assert_eq!(place(0)["uri"], "docs/a%20b%25c.md");
    assert_eq!(place(1)["uri"], "%C3%BC.txt");
    assert_eq!(place(3)["uri"], "file:///home/me/notes");
    assert_eq!(run["results"][0].get("partialFingerprints"), None, "without a key nobody may check a guess");
    let calm = sarif(&Audit::default(), &flaws()[1..]);
    check(&calm);
    assert_eq!(calm["runs"][0]["invocations"][0]["executionSuccessful"], true);
    assert_eq!(calm["runs"][0]["results"].as_array().unwrap().len(), 0);
}

#[test]
fn annotations_stand_beside_their_line() {
    insta::assert_snapshot!(annotations(&audit(), &flaws()));
}
