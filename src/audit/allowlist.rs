//! What a file of rules lets pass: by commit, path, expression and word.
//!
//! They speak about shapes alone. A value that is known to be a secret is told wherever it stands, so the scanner never
//! asks here about one. The meaning of each key is that of gitleaks, whose form they come in.

use std::collections::HashMap;

use regex::bytes::Regex;

use super::placeholder::holds;

/// What a list's expressions are tried on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Target {
    #[default]
    Secret,
    /// All that the rule's expression matched.
    Match,
    Line,
}

/// One list.
#[derive(Clone, Debug, Default)]
pub(super) struct Allowlist {
    /// All that is named has to be so; else one thing is enough.
    pub all: bool,
    /// In small letters.
    pub commits: Vec<String>,
    pub paths: Vec<Regex>,
    pub target: Target,
    pub regexes: Vec<Regex>,
    /// In small letters, anywhere in the secret.
    pub stopwords: Vec<String>,
}

/// A finding as the lists are asked about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'a> {
    pub path: &'a str,
    pub commit: Option<&'a str>,
    pub secret: &'a [u8],
    pub matched: &'a [u8],
    pub line: &'a [u8],
}

impl Allowlist {
    fn allows(&self, seen: &Seen<'_>) -> bool {
        let is_commit = |commit: &str| self.commits.iter().any(|known| known.eq_ignore_ascii_case(commit));
        let path = |regex: &Regex| regex.is_match(seen.path.as_bytes());
        let target = match self.target {
            Target::Secret => seen.secret,
            Target::Match => seen.matched,
            Target::Line => seen.line,
        };
        let secret = seen.secret.to_ascii_lowercase();
        let stops = |word: &String| !word.is_empty() && holds(&secret, word.as_bytes());
        let mut said = [
            (self.commits.is_empty(), seen.commit.is_some_and(is_commit)),
            (self.paths.is_empty(), self.paths.iter().any(path)),
            (
                self.regexes.is_empty(),
                !target.is_empty() && self.regexes.iter().any(|regex| regex.is_match(target)),
            ),
            (self.stopwords.is_empty(), self.stopwords.iter().any(stops)),
        ]
        .into_iter()
        .filter_map(|(unsaid, so)| (!unsaid).then_some(so))
        .peekable();
        match self.all {
            true => said.peek().is_some() && said.all(|so| so),
            false => said.any(|so| so),
        }
    }
}

/// All lists of all files.
#[derive(Clone, Debug, Default)]
pub(super) struct Allowances {
    pub everywhere: Vec<Allowlist>,
    /// By the id of the rule they are for.
    pub of_rule: HashMap<String, Vec<Allowlist>>,
}

impl Allowances {
    pub fn is_empty(&self) -> bool {
        self.everywhere.is_empty() && self.of_rule.is_empty()
    }

    pub fn allows(&self, rule: &str, seen: &Seen<'_>) -> bool {
        let of_rule = self.of_rule.get(rule).into_iter().flatten();
        self.everywhere.iter().chain(of_rule).any(|list| list.allows(seen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regexes(all: &[&str]) -> Vec<Regex> {
        all.iter().map(|one| Regex::new(one).unwrap()).collect()
    }

    const SEEN: Seen<'_> = Seen {
        path: "tests/a.py",
        commit: Some("ABCDEF"),
        secret: b"Qx7Example9",
        matched: b"key = 'Qx7Example9'",
        line: b"key = 'Qx7Example9' # no secret",
    };

    #[test]
    fn each_thing_counts_by_itself_or_together() {
        let none = Allowlist::default();
        let path = Allowlist { paths: regexes(&["^tests/"]), ..none.clone() };
        let commit = Allowlist { commits: vec!["abcdef".to_owned()], ..none.clone() };
        let word = Allowlist { stopwords: vec!["example".to_owned()], ..none.clone() };
        let on = |target, regex| Allowlist { target, regexes: regexes(&[regex]), ..none.clone() };
        for list in [
            path.clone(),
            commit,
            word.clone(),
            on(Target::Secret, "^Qx7"),
            on(Target::Match, "^key = "),
            on(Target::Line, "no secret$"),
        ] {
            assert!(list.allows(&SEEN), "{list:?}");
        }
        for list in [
            none.clone(),
            on(Target::Secret, "key"),
            on(Target::Match, "no secret"),
            on(Target::Line, "else"),
        ] {
            assert!(!list.allows(&SEEN), "{list:?}");
        }
        let both = Allowlist { all: true, stopwords: word.stopwords, ..path };
        assert!(both.allows(&SEEN));
        assert!(!both.allows(&Seen { path: "src/a.py", ..SEEN }));
        assert!(!both.allows(&Seen { secret: b"Qx7", ..SEEN }));
        assert!(
            !Allowlist { all: true, ..Allowlist::default() }.allows(&SEEN),
            "an empty list allows nothing"
        );
    }

    #[test]
    fn a_list_of_one_rule_is_for_it_alone() {
        let list = Allowlist { paths: regexes(&["tests"]), ..Allowlist::default() };
        let some = Allowances { of_rule: [("one".to_owned(), vec![list])].into(), ..Allowances::default() };
        assert!(some.allows("one", &SEEN) && !some.allows("other", &SEEN));
    }
}
