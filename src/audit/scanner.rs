//! The one way bytes are looked at.
//!
//! Knows a name and a stream and nothing of where they come from. Of places that overlap the best-known one is told: a
//! rule that names a vendor before one that only sees a telling name.

use std::io::{self, Read};

use super::allow::{allowed, allowed_by_name};
use super::keywords::Keywords;
use super::kind::Kind;
use super::leak::{ENV_FILE, GENERIC, Leak, OWN, PATTERN, SECRET_FILE};
use super::own::{Own, OwnName, SHORTEST};
use super::rules::{Rule, Rules};
use super::stream::Piece;
use super::{assignments, named, patterns, spelled, stream, wide};
use crate::finding::Remedy;
use crate::secret::{FingerprintKey, plain};

/// What is looked at: its name, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub path: &'a str,
    /// Git keeps it, or is about to.
    pub kept: bool,
    pub commit: Option<&'a str>,
}

/// All that is looked for, ready to look.
#[derive(Debug)]
pub struct Scanner {
    rules: Vec<Rule>,
    own: Option<Own>,
    keywords: Keywords,
    /// The baseline's key.
    key: Option<FingerprintKey>,
}

/// A place in a piece, and what it is.
struct Hit<'a> {
    /// Of two at one place the lower is told.
    rank: usize,
    code: &'static str,
    own: Option<&'a OwnName>,
    rule: &'a str,
    title: &'a str,
    remedy: Remedy,
    start: usize,
    end: usize,
}

impl Scanner {
    /// With `key` findings carry a fingerprint under it.
    pub fn new(rules: Rules, key: Option<FingerprintKey>) -> Self {
        Self { keywords: Keywords::of(&rules.all), rules: rules.all, own: None, key }
    }

    /// Known values are looked for, too.
    #[must_use]
    pub fn knowing(self, own: Own) -> Self {
        Self { own: Some(own).filter(|own| !own.is_empty()), ..self }
    }

    /// Adds to `leaks` what is found in `source`; answers how many bytes it read.
    ///
    /// # Errors
    /// What reading says; what was found until then stays.
    pub(super) fn scan(
        &self,
        subject: Subject<'_>,
        source: impl Read,
        buffer: &mut Vec<u8>,
        leaks: &mut Vec<Leak>,
    ) -> io::Result<u64> {
        let kind = Kind::of(subject.path);
        stream::read(&mut *wide::opened(source)?, buffer, &mut |piece| {
            let hits = self.hits(&kind, subject, piece);
            leaks.extend(hits.into_iter().map(|hit| self.leak(subject, piece, hit)));
        })
    }

    /// In the order of their places, none within another.
    fn hits(&self, kind: &Kind, subject: Subject<'_>, piece: &Piece<'_>) -> Vec<Hit<'_>> {
        let mut hits = self.by_shape(kind, piece.text);
        if kind.settings {
            hits.extend(generic(piece.text));
        }
        hits.retain(|hit| !allowed(piece.text, hit.start, hit.end));
        hits.extend(self.by_value(piece.text));
        hits.retain(|hit| piece.tells(hit.start));
        hits.sort_by_key(|hit| (hit.start, hit.rank));
        let mut kept: Vec<Hit<'_>> = Vec::new();
        for hit in hits {
            match kept.last_mut().filter(|last| last.end > hit.start) {
                Some(last) if hit.code == OWN && last.code != OWN => *last = hit,
                Some(last) if last.code == GENERIC && hit.code != GENERIC => *last = hit,
                Some(_) => {}
                None => kept.push(hit),
            }
        }
        if subject.kept && piece.first {
            kept.extend(named::look(kind, piece.text).map(by_name));
        }
        kept
    }

    fn by_shape(&self, kind: &Kind, text: &[u8]) -> Vec<Hit<'_>> {
        let found = patterns::look(&self.rules, &self.keywords, kind, text);
        let hit = |found: patterns::Found| {
            let rule = &self.rules[found.rule];
            let (rule, title, remedy) = (rule.id.as_str(), rule.title.as_str(), revoke(rule));
            Hit {
                rank: found.rule,
                code: PATTERN,
                own: None,
                rule,
                title,
                remedy,
                start: found.start,
                end: found.end,
            }
        };
        found.into_iter().map(hit).collect()
    }

    /// Known values, as they are and as programs write them. Our own mark lets one pass when it names the variable.
    fn by_value(&self, text: &[u8]) -> Vec<Hit<'_>> {
        let Some(own) = &self.own else { return Vec::new() };
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        own.each(text, |index, start, end| found.push((start, end, index)));
        spelled::each(text, SHORTEST, &mut |view| {
            own.each(&view.bytes, |index, start, end| {
                let (start, end) = view.extent(start, end);
                found.push((start, end, index));
            });
        });
        found.retain(|(start, end, index)| !allowed_by_name(text, *start, *end, &own.name(*index).variable));
        found.sort_unstable();
        let hit = |(start, end, index): (usize, usize, usize)| {
            let name = own.name(index);
            let title = "value of a known secret";
            Hit {
                rank: 0,
                code: OWN,
                rule: "own-value",
                title,
                remedy: rotate(name),
                own: Some(name),
                start,
                end,
            }
        };
        found.into_iter().map(hit).collect()
    }

    fn leak(&self, subject: Subject<'_>, piece: &Piece<'_>, hit: Hit<'_>) -> Leak {
        let (line, column) = piece.place(hit.start);
        let value = &piece.text[hit.start..hit.end];
        let of =
            |key: &FingerprintKey| key.of(&[hit.rule.as_bytes(), b"\0", name_or(value, subject)].concat());
        Leak {
            code: hit.code,
            rule: plain(hit.rule),
            title: hit.own.map_or_else(|| plain(hit.title), whose),
            path: plain(subject.path),
            commit: subject.commit.map(str::to_owned),
            line,
            column,
            length: value.len(),
            own: hit.own.cloned(),
            remedy: hit.remedy,
            fingerprint: self.key.as_ref().map(of),
        }
    }
}

/// A whole file is known by its path.
fn name_or<'a>(value: &'a [u8], subject: Subject<'a>) -> &'a [u8] {
    if value.is_empty() { subject.path.as_bytes() } else { value }
}

fn generic<'a>(text: &[u8]) -> impl Iterator<Item = Hit<'a>> {
    let remedy = || Remedy::says("rotate it, and keep it in a store or an ignored env file");
    assignments::look(text).into_iter().map(move |(start, end)| Hit {
        rank: usize::MAX,
        code: GENERIC,
        own: None,
        rule: "assigned-secret",
        title: "value of a name that speaks of a secret",
        remedy: remedy(),
        start,
        end,
    })
}

fn by_name<'a>(code: &'static str) -> Hit<'a> {
    let (rule, title, says) = match code {
        ENV_FILE => {
            ("env-file", "env file with values in it", "stop tracking it, ignore it, rotate what it holds")
        }
        _ => (
            "secret-file",
            "data file named after secrets",
            "look into it; encrypt it, or keep it out of git",
        ),
    };
    debug_assert!([ENV_FILE, SECRET_FILE].contains(&code));
    Hit { rank: 0, code, own: None, rule, title, remedy: Remedy::says(says), start: 0, end: 0 }
}

/// What to do about a secret of a vendor: it is out, so hiding it does not help.
fn revoke(rule: &Rule) -> Remedy {
    match rule.revoke.as_deref() {
        Some(place) => {
            Remedy::says(format!("revoke it and make another, then keep that out of git: {}", plain(place)))
        }
        None => Remedy::says("revoke it and make another, then keep that out of git"),
    }
}

fn whose(name: &OwnName) -> String {
    plain(&format!("{} of {} ({}), from {}", name.variable, name.service, name.project, name.origin))
}

/// What makes the value worthless, by where it comes from.
fn rotate(name: &OwnName) -> Remedy {
    let variable = plain(&name.variable);
    match name.origin.as_str() {
        "generated" => {
            Remedy::run("give it another value, then seed", format!("devsecrets identity rotate {variable}"))
        }
        "keychain" => {
            Remedy::says(format!("revoke it at its vendor, make another and keep that: {variable}"))
        }
        "file" => {
            Remedy::says(format!("make another {variable} where it was issued, and put it in the env file"))
        }
        store => Remedy::says(format!("make another {variable}, put it in {}, then seed", plain(store))),
    }
}
