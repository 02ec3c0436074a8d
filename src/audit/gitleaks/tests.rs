//! A file in gitleaks' form finds what gitleaks finds by it, and says what it cannot read.

#![expect(clippy::disallowed_methods, reason = "tests make files as they like")]

use super::super::scanner::Subject;
use super::super::{Leak, Scanner};
use super::*;

/// What a file says, beside our own rules.
fn rules(text: &str) -> Rules {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rules.toml");
    std::fs::write(&path, text).unwrap();
    let mut rules = Rules::own().unwrap();
    rules.read(&path).unwrap();
    rules
}

fn look(scanner: &Scanner, path: &str, text: &str) -> Vec<Leak> {
    let (mut leaks, subject) = (Vec::new(), Subject { path, kept: false, commit: None });
    scanner.scan(subject, text.as_bytes(), &mut Vec::new(), &mut leaks).unwrap();
    leaks
}

/// Rule, column and length of what is found.
fn found(text: &str, path: &str, bytes: &str) -> Vec<(String, usize, usize)> {
    let scanner = Scanner::new(rules(text), None);
    look(&scanner, path, bytes).into_iter().map(|leak| (leak.rule, leak.column, leak.length)).collect()
}

fn says(text: &str) -> Vec<String> {
    let flaw = |flaw: &Finding| format!("{}: {}", flaw.severity, flaw.says);
    rules(text).flaws().iter().map(flaw).collect()
}

const RULE: &str = r#"
[[rules]]
id = "acme-key"
description = "Key of Acme."
regex = '''acme[-_](\w+)[-_]([a-z0-9]{8})\b'''
secretGroup = 2
entropy = 2.0
keywords = ["Acme"]
"#;

fn acme(column: usize) -> Vec<(String, usize, usize)> {
    vec![("acme-key".to_owned(), column, 8)]
}

#[test]
fn a_rule_finds_its_group_where_it_is_random_enough() {
    assert_eq!(found(RULE, "a.py", "x = acme-live-q7w8e9r1"), acme(15));
    assert_eq!(found(RULE, "a.py", "x = acme-live-aaaaaaaa"), [], "too little entropy");
    assert_eq!(found(RULE, "a.py", "x = acmf-live-q7w8e9r1"), []);
    assert_eq!(found(&RULE.replace("[\"Acme\"]", "[\"zzz\"]"), "a.py", "acme-live-q7w8e9r1"), [], "no word");
    assert_eq!(found(&RULE.replace("keywords", "#"), "a.py", "acme-live-q7w8e9r1"), acme(11));
    // The first group that is not empty, without `secretGroup`.
    let first = RULE.replace("secretGroup = 2", "").replace("entropy = 2.0", "");
    assert_eq!(found(&first, "a.py", "acme-live-q7w8e9r1"), [("acme-key".to_owned(), 6, 4)]);
    let title = &look(&Scanner::new(rules(RULE), None), "a", "acme-live-q7w8e9r1")[0].title;
    assert_eq!(title, "Key of Acme");
}

#[test]
fn a_word_may_stand_far_from_what_it_calls() {
    let far = format!("Acme\n{}\nacme-live-q7w8e9r1", "x\n".repeat(4000));
    assert_eq!(found(RULE, "a.py", &far), acme(11));
}

#[test]
fn a_path_narrows_a_rule_or_is_all_of_it() {
    let narrowed = format!("{RULE}path = '''\\.py$'''\n");
    assert_eq!(found(&narrowed, "a.py", "acme-live-q7w8e9r1"), acme(11));
    assert_eq!(found(&narrowed, "a.js", "acme-live-q7w8e9r1"), []);
    let alone = "[[rules]]\nid = \"p12\"\npath = '''(?i)\\.p12$'''\n";
    assert_eq!(found(alone, "keys/A.P12", "x"), [("p12".to_owned(), 1, 0)]);
    assert_eq!(found(alone, "keys/a.txt", "x"), []);
}

#[test]
fn allowlists_let_pass_what_they_name() {
    let text = "key = acme-live-q7w8e9r1 # sample";
    for list in [
        "paths = ['''^tests/''']",
        "regexes = ['''^q7''']",
        "regexTarget = \"match\"\nregexes = ['''live''']",
        "regexTarget = \"line\"\nregexes = ['''# sample$''']",
        "stopwords = [\"W8E9\"]",
        "condition = \"AND\"\npaths = ['''^tests/''']\nregexes = ['''^q7''']",
    ] {
        for place in ["[[rules.allowlists]]", "[rules.allowlist]", "[[allowlists]]", "[allowlist]"] {
            assert_eq!(found(&format!("{RULE}{place}\n{list}"), "tests/a.py", text), [], "{place} {list}");
        }
        let other = format!("{RULE}[[allowlists]]\ntargetRules = [\"other\"]\n{list}");
        assert_eq!(found(&other, "tests/a.py", text), acme(17), "{list}");
    }
    for list in
        ["regexes = ['''live''']", "condition = \"&&\"\npaths = ['''^tests/''']\nregexes = ['''^z''']"]
    {
        assert_eq!(
            found(&format!("{RULE}[[rules.allowlists]]\n{list}"), "tests/a.py", text),
            acme(17),
            "{list}"
        );
    }
}

#[test]
fn a_list_for_all_rules_counts_for_ours() {
    let token = ["ghp_", "A1b2C3d4E5f6G7h8I9", "j0K1l2M3n4O5p6Q7r8"].concat();
    let named =
        |text: &str| found(text, "docs/a.md", &token).into_iter().map(|(rule, ..)| rule).collect::<Vec<_>>();
    assert_eq!(named("title = 'x'"), ["github-token"]);
    assert_eq!(named("[allowlist]\npaths = ['''^docs/''']"), [""; 0]);
    assert_eq!(named("[[allowlists]]\ntargetRules = [\"github-pat\"]\npaths = ['''^docs/''']"), [""; 0]);
    assert_eq!(
        named("[[rules]]\nid = \"github-pat\"\n[[rules.allowlists]]\nstopwords = [\"a1b2\"]"),
        [""; 0]
    );
    assert_eq!(named("[extend]\nuseDefault = true\ndisabledRules = [\"github-pat\"]"), [""; 0]);
    assert_eq!(named("[extend]\nuseDefault = true\ndisabledRules = [\"github-token\"]"), [""; 0]);
    let theirs = "[[rules]]\nid = \"github-token\"\nregex = '''ghp_\\w{10}'''";
    assert_eq!(found(theirs, "a", &token), [("github-token".to_owned(), 1, 14)], "theirs in place of ours");
}

#[test]
fn a_file_may_extend_another_which_counts_less() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let other =
        "[[rules]]\nid = \"two\"\nregex = '''two-\\d+'''\n[[rules]]\nid = \"off\"\nregex = '''off-\\d+'''";
    write("base.toml", &format!("{}{other}", RULE.replace("{8}", "{5}")));
    write("rules.toml", &format!("[extend]\npath = \"base.toml\"\ndisabledRules = [\"off\"]\n{RULE}"));
    let mut rules = Rules::default();
    rules.read(&folder.path().join("rules.toml")).unwrap();
    let scanner = Scanner::new(rules, None);
    let found = look(&scanner, "a", "acme-live-q7w8e9r1 two-2 off-3");
    let found: Vec<(&str, usize)> = found.iter().map(|leak| (leak.rule.as_str(), leak.length)).collect();
    assert_eq!(found, [("acme-key", 8), ("two", 5)]);
    let mut rules = Rules::default();
    write("rules.toml", "[extend]\npath = \"nowhere.toml\"");
    assert!(rules.read(&folder.path().join("rules.toml")).is_err());
}

#[test]
fn what_cannot_be_read_is_told_by_name_and_the_rest_is_used() {
    let broken = "[[rules]]\nid = \"ahead\"\nregex = '''(?=x)y'''\n";
    let all = format!("{broken}{RULE}");
    assert_eq!(found(&all, "a", "acme-live-q7w8e9r1"), acme(11));
    let told = says(&all);
    assert!(
        told.len() == 1 && told[0].starts_with("error: rule `ahead` cannot be read: look-around"),
        "{told:?}"
    );
    for (text, severity, part) in [
        ("[[rules]]\nregex = '''x'''", "error", "a rule without `id`"),
        ("[[rules]]\nid = \"a\"\nregex = '''(x)'''\nsecretGroup = 2", "error", "no such `secretGroup`"),
        ("[[rules]]\nid = \"a\"\npath = '''['''", "error", "rule `a` cannot be read: unclosed"),
        ("[[rules]]\nid = \"a\"\nregex = '''x'''\n[[rules.required]]\nid = \"b\"", "warning", "finds more"),
        ("[[rules]]\nid = \"a\"\nregex = '''x'''\nfilter = \"y\"", "warning", "`filter` is not known"),
        ("[extend]\nurl = \"https://x\"", "warning", "`url` is not known"),
        ("[allowlist]\nregexes = ['''(?<=x)''']", "warning", "is left out: look-around"),
        ("[allowlist]\ncondition = \"xor\"\npaths = ['''x''']", "warning", "`XOR` is no condition"),
        ("[allowlist]\nregexTarget = \"x\"\npaths = ['''x''']", "warning", "`x` is no `regexTarget`"),
        ("[extend]\ndisabledRules = [\"nobody\"]", "note", "`nobody`"),
    ] {
        let told = says(text);
        let [one] = &told[..] else { panic!("{text}: {told:?}") };
        assert!(one.starts_with(severity) && one.contains(part), "{text}: {one}");
    }
}

#[test]
fn what_is_no_file_of_rules_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rules.toml");
    for text in [
        "[[rules",
        "rules = 3",
        "[[rules]]\nid = 3",
        "[[rule]]\nid = \"a\"",
        "[[rule]]\nid = \"a\"\ntitle = \
                  \"a\"\nkeywords = [\"abc\"]\nshape = '('",
    ] {
        std::fs::write(&path, text).unwrap();
        assert!(Rules::default().read(&path).is_err(), "{text}");
    }
    let ours = "[[rule]]\nid = \"acme\"\ntitle = \"key\"\nkeywords = [\"acme_\"]\nshape = 'acme_[a-z0-9]{8}'";
    std::fs::write(&path, ours).unwrap();
    let mut rules = Rules::default();
    rules.read(&path).unwrap();
    assert_eq!(look(&Scanner::new(rules, None), "a", "acme_q7w8e9r1").len(), 1);
}
