//! Every finding's code is explained in `src/explain/codes/`, every explanation is of a code in use, and each is whole.

use std::collections::BTreeMap;

use clap::Parser as _;
use devsecrets::cli::Cli;
use devsecrets::explain::{self, Entry, PAGES};
use regex_lite::Regex;

use super::source::{self, Source};

/// Each code of the source, with the first place it stands at; those of tests prove nothing.
fn used(sources: &[Source]) -> BTreeMap<String, String> {
    let code = Regex::new(r#""(DS-[A-Z]+-[0-9]+)""#).unwrap();
    let mut found = BTreeMap::new();
    for source in sources.iter().filter(|source| !source.is_test()) {
        for (line, text) in source.code().take_while(|(_, text)| *text != "mod tests {") {
            for one in code.captures_iter(text) {
                found.entry(one[1].to_owned()).or_insert_with(|| format!("{}:{line}", source.path));
            }
        }
    }
    found
}

fn entries() -> Vec<(&'static str, Entry)> {
    let of = |(path, text): &(&'static str, &'static str)| {
        let path = *path;
        explain::parse(text).0.entries.into_iter().map(move |entry| (path, entry)).collect::<Vec<_>>()
    };
    PAGES.iter().flat_map(of).collect()
}

/// Where to add what is missing, in words that can be followed without reading anything else.
fn missing(code: &str, place: &str) -> String {
    let family = code.rsplit_once('-').map_or(code, |(family, _)| family);
    let file = format!("src/explain/codes/{}.md", family.trim_start_matches("DS-").to_lowercase());
    let known = PAGES.iter().any(|(path, _)| *path == file);
    let where_to = match known {
        true => format!("add it to {file}, in the order of the numbers"),
        false => {
            format!("make {file} with `# {family} · what it is about`, and its line in src/explain/pages.rs")
        }
    };
    format!(
        "{code} ({place}) is not explained: {where_to}:\n\n\
         ## {code} · What is so\n\nWhat it means, in a few sentences.\n\n\
         **Causes**\n\n* the likeliest\n\n\
         **Next**\n\n* what to do: `a command`\n\n\
         **Solved when** what one sees then.\n"
    )
}

#[test]
fn every_code_is_explained() {
    let (entries, used) = (entries(), used(&source::below("src")));
    let unexplained = used.iter().filter(|(code, _)| !entries.iter().any(|(_, entry)| entry.code == **code));
    let told: Vec<String> = unexplained.map(|(code, place)| missing(code, place)).collect();
    assert!(told.is_empty(), "\n{}\n", told.join("\n"));
    assert!(used.len() > 50, "the codes are found");
}

#[test]
fn every_explanation_is_of_a_code_in_use() {
    let used = used(&source::below("src"));
    for (path, entry) in entries() {
        assert!(
            used.contains_key(entry.code),
            "{path}: {} stands nowhere in src any more; remove it",
            entry.code
        );
    }
}

#[test]
fn pages_have_their_form() {
    for (path, text) in PAGES {
        let (family, faults) = explain::parse(text);
        assert!(faults.is_empty(), "{path}:{}: {}", faults[0].line, faults[0].says);
        let codes: Vec<&str> = family.entries.iter().map(|entry| entry.code).collect();
        assert!(codes.is_sorted_by(|one, next| one < next), "{path}: each code once, in order: {codes:?}");
        for entry in &family.entries {
            let code = entry.code;
            assert!(code.starts_with(&format!("{}-", family.name)), "{path}: {code} is of another family");
            assert_eq!(explain::canonical(code).as_deref(), Some(code), "{path}: how {code} is written");
            assert!(entry.means.ends_with('.'), "{path}: {code} says what it means");
            assert!(!entry.causes.is_empty(), "{path}: {code} names a cause");
            assert!(!entry.next.is_empty(), "{path}: {code} says what to do");
            assert!(entry.solved.ends_with('.'), "{path}: {code} says how to see that it is solved");
        }
    }
}

/// A command of ours in a text must be one that can be typed.
#[test]
fn commands_that_are_named_exist() {
    let span = Regex::new("`(devsecrets [^`]*)`").unwrap();
    for (path, text) in PAGES {
        for found in span.captures_iter(text) {
            let words = found[1].split_whitespace().take_while(|word| !["<", "|", ">"].contains(word));
            if let Err(error) = Cli::try_parse_from(words) {
                panic!("{path}: `{}` cannot be typed: {error}", &found[1]);
            }
        }
    }
}

#[test]
fn an_unexplained_code_is_told_with_its_place() {
    let source = Source::new(
        "src/shed.rs",
        "//! Things.\nconst A: &str = \"DS-SHED-01\"; // \"x\"\n// \"DS-SHED-02\"\n",
    );
    let used = used(&[source]);
    assert_eq!(used.get("DS-SHED-01").map(String::as_str), Some("src/shed.rs:2"));
    assert_eq!(used.len(), 1);
    assert!(missing("DS-SHED-01", "src/shed.rs:2").contains("make src/explain/codes/shed.md"));
    assert!(missing("DS-SSO-99", "src/sso.rs:2").contains("add it to src/explain/codes/sso.md"));
}
