//! What each document names, as literal lists drawn from it: removing a variable, rule or target
//! from a bundled profile fails here.

use devsecrets::profile::{EnvFiles, Format, Names, PerEnvironment, Profile, Scope, StaticCredentials};
use devsecrets::profile::{bundled, example, parse, starter};

#[path = "bundled/ai_interactive_model.rs"]
mod ai_interactive_model;
#[path = "bundled/palindrom.rs"]
mod palindrom;
#[path = "bundled/pegasus.rs"]
mod pegasus;
#[path = "bundled/platform.rs"]
mod platform;
#[path = "bundled/services.rs"]
mod services;

fn profile(name: &str) -> Profile {
    let found = bundled().iter().find(|profile| profile.name == name).unwrap();
    parse(found.text, name).unwrap_or_else(|problems| panic!("{problems}"))
}

fn variables(profile: &Profile) -> Vec<&str> {
    profile.variables.keys().map(String::as_str).collect()
}

/// The names of one need in a service's contract.
fn contract(profile: &Profile, service: &str, environment: &str, need: &str) -> Vec<String> {
    let entries = profile.contract(service, environment).unwrap();
    let of_need = entries.iter().filter(|entry| entry.need.to_string() == need);
    of_need.map(|entry| entry.variable.to_owned()).collect()
}

/// Each phrase stands in a rule of its own, and no rule is without a phrase.
fn assert_rules(rules: &[String], phrases: &[&str]) {
    for phrase in phrases {
        assert!(rules.iter().any(|rule| rule.contains(phrase)), "no rule says {phrase:?}");
    }
    assert_eq!(rules.len(), phrases.len(), "one phrase for each rule");
}

fn default<'p>(profile: &'p Profile, variable: &str, environment: &str) -> Option<&'p str> {
    let default = profile.variables[variable].default.as_ref()?;
    PerEnvironment::of(default, environment).map(String::as_str)
}

fn generated(profile: &Profile) -> Vec<(&str, Format, Scope)> {
    let generated =
        profile.variables.iter().filter_map(|(name, variable)| Some((name, variable.generate.as_ref()?)));
    generated.map(|(name, generate)| (name.as_str(), generate.format, generate.scope)).collect()
}

fn plain(profile: &Profile) -> Vec<&str> {
    let plain = profile.variables.iter().filter(|(_, variable)| !variable.secret);
    plain.map(|(name, _)| name.as_str()).collect()
}

#[test]
fn each_has_the_name_and_title_it_is_listed_under() {
    for listed in bundled() {
        let profile = profile(listed.name);
        assert_eq!((profile.name.as_str(), profile.title.as_str()), (listed.name, listed.title));
    }
}

#[test]
fn each_points_editors_at_the_schema() {
    let texts = bundled().iter().map(|profile| profile.text);
    assert!(texts.chain([example()]).all(|text| text.starts_with("#:schema ./schema.json\n")));
}

#[test]
fn each_variable_says_what_it_is_for() {
    for listed in bundled() {
        for (name, variable) in profile(listed.name).variables {
            assert!(variable.about.is_some(), "{}: {name} has no `about`", listed.name);
        }
    }
}

#[test]
fn the_example_shows_every_key() {
    parse(example(), "example.toml").unwrap_or_else(|problems| panic!("{problems}"));
    let words: Vec<&str> = example().split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    let schema = devsecrets::profile::json_schema();
    let tables = schema["definitions"].as_object().unwrap().values().chain([&schema]);
    for key in tables.filter_map(|table| table["properties"].as_object()).flat_map(|keys| keys.keys()) {
        assert!(words.contains(&key.as_str()), "example.toml does not show `{key}`");
    }
}

#[test]
fn env_example_describes_and_holds_no_value() {
    let text = include_str!("../../.env.example");
    assert!(text.lines().all(|line| line.is_empty() || line.starts_with('#')));
    assert!(text.contains("DEVSECRETS_PROFILE - "));
    assert!(!text.contains('='));
}

#[test]
fn the_starter_asks_no_store_and_names_no_file_that_is_not_there() {
    let text = starter();
    let profile = parse(&text, "starter").unwrap_or_else(|problems| panic!("{problems}"));
    assert!(profile.store.is_empty() && !profile.services.is_empty() && !text.contains("#:schema"));
    assert!(text.starts_with("# Every key") && text.contains("\n# [store.aws]\n# kind = "));
}
