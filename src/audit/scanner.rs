//! The one way bytes are looked at.
//!
//! Knows a name and a stream and nothing of where they come from. Of places that overlap the best-known one is told: a
//! rule that names a vendor before one that only sees a telling name.

use std::io::{self, Read};

use super::allow::{allowed, line_around};
use super::allowlist::Seen;
use super::gate::{Gate, VALUE};
use super::histories::{Metafied, is_of_zsh};
use super::hit::Hit;
use super::keywords::Keywords;
use super::kind::Kind;
use super::leak::{GENERIC, Leak, OWN};
use super::own::Own;
use super::patterns::{Found, Shapes};
use super::rules::{IN_CODE, Rules};
use super::stream::Piece;
use super::wide::{self, Wide};
use super::{named, spelled, stream};
use crate::secret::{FingerprintKey, plain};

/// What is looked at: its name, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject<'a> {
    pub path: &'a str,
    /// Git keeps it, or is about to.
    pub kept: bool,
    pub commit: Option<&'a str>,
}

/// What came of looking, besides what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Looked {
    pub bytes: u64,
    /// Findings that a comment beside them lets pass.
    pub marked: usize,
}

/// Where a known value begins and ends, and its index.
type Value = (usize, usize, usize);

/// All that is looked for, ready to look.
#[derive(Debug)]
pub struct Scanner {
    rules: Rules,
    own: Option<Own>,
    keywords: Keywords,
    gate: Gate,
    /// The baseline's key.
    key: Option<FingerprintKey>,
}

impl Scanner {
    /// With `key` findings carry a fingerprint under it.
    pub fn new(mut rules: Rules, key: Option<FingerprintKey>) -> Self {
        rules.all.retain(|rule| !rules.off.contains_key(&rule.id));
        let mut gate = Gate::new();
        Self { keywords: Keywords::of(&rules.all, &rules.foreign, &mut gate), gate, rules, own: None, key }
    }

    /// Known values are looked for, too.
    #[must_use]
    pub fn knowing(mut self, own: Own) -> Self {
        own.open(&mut self.gate);
        Self { own: Some(own).filter(|own| !own.is_empty()), ..self }
    }

    /// What is found in `source`, which has a name and is not in git.
    ///
    /// # Errors
    /// What reading says.
    pub fn look(&self, name: &str, source: impl Read) -> io::Result<Vec<Leak>> {
        let (mut leaks, subject) = (Vec::new(), Subject { path: name, kept: false, commit: None });
        self.scan(subject, source, &mut Vec::new(), &mut leaks)?;
        Ok(leaks)
    }

    /// Adds to `leaks` what is found in `source`.
    ///
    /// # Errors
    /// What reading says; what was found until then stays.
    pub(super) fn scan(
        &self,
        subject: Subject<'_>,
        mut source: impl Read,
        buffer: &mut Vec<u8>,
        leaks: &mut Vec<Leak>,
    ) -> io::Result<Looked> {
        let (kind, mut marked) = (Kind::of(subject.path), 0);
        let look = &mut |piece: &Piece<'_>| {
            let mut places = piece.places();
            let mut hits = self.hits(&kind, subject, piece);
            let all = hits.len();
            hits.retain(|hit| hit.code == OWN || !allowed(piece.text, hit.start, hit.end));
            marked += all - hits.len();
            if piece.first {
                hits.extend(self.by_name(&kind, subject, piece.text));
            }
            leaks.extend(
                hits.into_iter().map(|hit| self.leak(subject, piece.text, places.of(hit.start), hit)),
            );
        };
        if is_of_zsh(&kind.name) {
            let bytes = stream::read(&mut Metafied { source, marked: false }, buffer, 0, look)?;
            return Ok(Looked { bytes, marked });
        }
        let bytes = match wide::begun(&mut source, buffer)? {
            (filled, None) => stream::read(&mut source, buffer, filled, look),
            (filled, Some(unit)) => {
                let mut decoded = Wide::new(&buffer[..filled], source, unit);
                stream::read(&mut decoded, buffer, 0, look)
            }
        }?;
        Ok(Looked { bytes, marked })
    }

    /// In the order of their places, none within another; those that a comment lets pass among them.
    fn hits(&self, kind: &Kind, subject: Subject<'_>, piece: &Piece<'_>) -> Vec<Hit<'_>> {
        let (shapes, values) = self.sought(kind, subject, piece.text);
        let mut hits = self.by_shape(kind, piece.text, &shapes);
        hits.retain(|hit| !self.passes(subject, piece.text, hit));
        hits.extend(self.by_value(values));
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
        kept
    }

    /// What has the shape of a rule, and where known values stand, as they are and as programs write them.
    fn sought(&self, kind: &Kind, subject: Subject<'_>, text: &[u8]) -> (Vec<Found>, Vec<Value>) {
        let mut shapes = Shapes::new(&self.rules, kind, subject.path, text);
        let mut values: Vec<Value> = Vec::new();
        let mut word = |rule, start, end| shapes.word(rule, start, end);
        let mut value = |index, start, end| values.push((start, end, index));
        self.keywords.each_short(text, &mut word);
        self.gate.each(text, |place, what| {
            self.keywords.at(text, place, what, &mut word);
            if let Some(own) = self.own.as_ref().filter(|_| what & VALUE != 0) {
                own.at(text, place, &mut value);
            }
        });
        if let Some(own) = &self.own {
            spelled::each(text, own, &mut |start, first| own.spelled(text, start, first, &mut value));
        }
        (shapes.found(), values)
    }

    fn by_shape(&self, kind: &Kind, text: &[u8], found: &[Found]) -> Vec<Hit<'_>> {
        let mut hits: Vec<Hit<'_>> =
            found.iter().filter_map(|found| Hit::by_shape(&self.rules, found)).collect();
        if kind.settings && self.is_on(IN_CODE[0]) {
            hits.extend(Hit::generic(text));
        }
        hits
    }

    /// Files that are findings themselves.
    fn by_name(&self, kind: &Kind, subject: Subject<'_>, text: &[u8]) -> Vec<Hit<'_>> {
        let foreign =
            self.rules.foreign.iter().filter(|rule| rule.names_files() && rule.is_for(subject.path));
        let mut hits: Vec<Hit<'_>> = foreign.map(Hit::brought_name).collect();
        if subject.kept {
            hits.extend(named::look(kind, text).map(Hit::by_name).filter(|hit| self.is_on(hit.rule)));
        }
        hits.retain(|hit| !self.passes(subject, &[], hit));
        hits
    }

    fn is_on(&self, rule: &str) -> bool {
        !self.rules.off.contains_key(rule)
    }

    /// Whether a file of rules lets it pass.
    fn passes(&self, subject: Subject<'_>, text: &[u8], hit: &Hit<'_>) -> bool {
        let lists = &self.rules.allowances;
        if lists.is_empty() {
            return false;
        }
        let seen = Seen {
            path: subject.path,
            commit: subject.commit,
            secret: &text[hit.start..hit.end],
            matched: &text[hit.matched.0..hit.matched.1],
            line: line_around(text, hit.start, hit.end),
        };
        lists.allows(hit.rule, &seen)
    }

    /// Known values. Nothing that stands beside one lets it pass.
    fn by_value(&self, mut found: Vec<Value>) -> Vec<Hit<'_>> {
        let Some(own) = &self.own else { return Vec::new() };
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|(start, end, index)| Hit::own(own.name(index), start, end)).collect()
    }

    fn leak(&self, subject: Subject<'_>, text: &[u8], (line, column): (usize, usize), hit: Hit<'_>) -> Leak {
        let value = &text[hit.start..hit.end];
        let of =
            |key: &FingerprintKey| key.of(&[hit.rule.as_bytes(), b"\0", name_or(value, subject)].concat());
        Leak {
            code: hit.code,
            rule: plain(hit.rule),
            title: hit.title(),
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

#[cfg(test)]
mod tests;
