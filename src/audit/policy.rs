//! What a project says of its own audit: files that are findings, exceptions, and shapes of its own.
//!
//! Names and expressions alone; whoever reads profiles makes it ([`Policy`]). They become rules and allowances like those of
//! any other file, so an own value never passes: the scanner asks no allowance about one.

use regex::bytes::{Regex, RegexBuilder};

use super::Source;
use super::allowlist::Allowlist;
use super::foreign::Foreign;
use super::rules::Rules;

/// Rule of the files that a profile names.
pub(super) const FILE: &str = "profile-file";
/// Rule of the shapes that a profile names.
const SHAPE: &str = "profile-pattern";

/// Compiled, an expression may take so many bytes.
const SIZE: usize = 1 << 20;

/// A profile's own part in the audit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Paths git should not keep, as regular expressions.
    pub tracked: Vec<String>,
    /// Paths of which no file is a finding by its name, as regular expressions.
    pub except: Vec<String>,
    /// Shapes of credentials, as regular expressions.
    pub patterns: Vec<String>,
    /// Name of the file that says so, which may hold what it forbids.
    pub declared_in: Option<String>,
}

impl Policy {
    /// Adds what it says to `rules`. The answer is what cannot be searched for, each in one clause.
    pub(super) fn join(&self, rules: &mut Rules, source: &Source) -> Vec<String> {
        let mut unread = Vec::new();
        let mut compiled = |texts: &[String]| -> Vec<Regex> {
            let each = texts.iter().map(|text| compile(text));
            each.filter_map(|one| one.map_err(|says| unread.push(says)).ok()).collect()
        };
        let (tracked, except) = (compiled(&self.tracked), compiled(&self.except));
        let patterns = compiled(&self.patterns);
        // A file that git does not keep stands where it belongs.
        if source.is_of_git() {
            let title = "file that the profile keeps out of git";
            rules.foreign.extend(tracked.into_iter().map(|path| foreign(FILE, title, Some(path), None)));
        }
        let title = "credential of a shape the profile names";
        rules.foreign.extend(patterns.into_iter().map(|shape| foreign(SHAPE, title, None, Some(shape))));
        let own =
            self.declared_in.as_ref().map(|name| compile(&format!("(?:^|/){}$", regex_lite::escape(name))));
        let mut allow = |rule: &str, paths: Vec<Regex>| {
            let list = Allowlist { paths, ..Allowlist::default() };
            rules.allowances.of_rule.entry(rule.to_owned()).or_default().push(list);
        };
        for rule in [FILE, "env-file", "secret-file"].into_iter().filter(|_| !except.is_empty()) {
            allow(rule, except.clone());
        }
        own.into_iter().flatten().for_each(|path| allow(SHAPE, vec![path]));
        unread
    }
}

fn foreign(id: &str, title: &str, path: Option<Regex>, regex: Option<Regex>) -> Foreign {
    let (id, title) = (id.to_owned(), title.to_owned());
    Foreign { id, title, path, regex, group: 0, entropy: 0.0, keywords: Vec::new() }
}

/// On bytes, as all rules are.
fn compile(text: &str) -> Result<Regex, String> {
    let build = RegexBuilder::new(text).unicode(false).size_limit(SIZE).dfa_size_limit(SIZE).build();
    build.map_err(|error| {
        let says = error.to_string();
        let last = says.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        crate::secret::plain(&format!("`{text}`: {last}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Scanner;

    fn found(policy: &Policy, source: &Source, path: &str, text: &str) -> Vec<String> {
        let mut rules = Rules::own().unwrap();
        assert!(policy.join(&mut rules, source).is_empty());
        let leaks = Scanner::new(rules, None).look(path, text.as_bytes()).unwrap();
        leaks.into_iter().map(|leak| leak.rule).collect()
    }

    fn policy() -> Policy {
        let all = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Policy {
            tracked: all(&["(?s)^(?:.*/)?[^/]*\\.dump(?:/.*)?$"]),
            except: all(&["(?s)^(?:.*/)?ok\\.dump(?:/.*)?$"]),
            patterns: all(&["acme-[0-9]{6}"]),
            declared_in: Some("devsecrets.toml".into()),
        }
    }

    #[test]
    fn shapes_and_files_of_a_profile_are_findings() {
        let policy = policy();
        let shape = |path| found(&policy, &Source::Tracked, path, "x acme-471100 y");
        assert_eq!(shape("a/b.txt"), ["profile-pattern"]);
        assert_eq!(shape("devsecrets.toml"), [] as [&str; 0], "it names what it forbids");
        assert_eq!(found(&policy, &Source::Tracked, "a/x.dump", "x"), ["profile-file"]);
        assert_eq!(found(&policy, &Source::Tracked, "a/ok.dump", "x"), [] as [&str; 0]);
        let here = Source::Paths(vec![".".into()]);
        assert_eq!(found(&policy, &here, "a/x.dump", "x"), [] as [&str; 0], "it need not be in git");
    }

    #[test]
    fn what_cannot_be_searched_for_is_told() {
        let policy = Policy { patterns: vec!["[".into(), "good".into()], ..Policy::default() };
        let mut rules = Rules::own().unwrap();
        let unread = policy.join(&mut rules, &Source::Tracked);
        assert!(unread.len() == 1 && unread[0].starts_with("`[`: "), "{unread:?}");
        assert_eq!(rules.foreign.len(), 1, "the others count");
    }
}
