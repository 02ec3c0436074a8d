//! Finds what a value that cannot be written has in it, and the fewest readers that disagree.
//!
//! Nothing here argues about quoting: a feature is to blame if the value without it could be
//! written, and a set of readers if each form fails at least one of them.

use super::forms::candidates;
use super::readers::{Dialect, Reader};

/// One bit for each dialect that reads a form as the value.
pub(super) type Verdicts = u32;

/// Verdicts of each form of `value`, alone in a file.
pub(super) fn alone(key: &str, value: &str, dialects: &[&Dialect]) -> Vec<Verdicts> {
    let forms = candidates(value, None);
    forms.iter().map(|form| verdicts_alone(key, value, &form.text, dialects)).collect()
}

pub(super) fn verdicts_alone(key: &str, value: &str, text: &str, dialects: &[&Dialect]) -> Verdicts {
    let file = zeroize::Zeroizing::new(format!("{key}={text}\n"));
    let right = |dialect: &Dialect| {
        let read = dialect.read(file.as_bytes()).ok();
        let exact = read.is_some_and(|read| read.len() == 1 && read.get(key) == Some(value.as_bytes()));
        exact && !dialect.fragile(text)
    };
    verdicts(dialects, right)
}

pub(super) fn verdicts(dialects: &[&Dialect], right: impl Fn(&Dialect) -> bool) -> Verdicts {
    dialects.iter().enumerate().fold(0, |mask, (bit, dialect)| mask | (Verdicts::from(right(dialect)) << bit))
}

/// The smallest set of dialects that no form satisfies together.
pub(super) fn fewest(forms: &[Verdicts], dialects: &[&Dialect]) -> Vec<&'static str> {
    let all: Verdicts = (1 << dialects.len()) - 1;
    let fails = |set: &Verdicts| forms.iter().all(|form| form & set != *set);
    let of_size = |size| sets(size, all).find(|set| fails(set));
    let smallest = (1..=all.count_ones()).find_map(of_size).unwrap_or(all);
    dialects
        .iter()
        .enumerate()
        .filter(|(bit, _)| smallest >> bit & 1 == 1)
        .map(|(_, found)| found.name)
        .collect()
}

/// The fewest readers without whom some form is right for the others; none if nobody would be left.
pub(super) fn without(forms: &[Verdicts], readers: &[Reader]) -> Vec<Reader> {
    let fewest = forms.iter().map(|form| failing(*form, readers)).min_by_key(Vec::len);
    fewest.filter(|failing| failing.len() < readers.len()).unwrap_or_default()
}

/// The readers that have a dialect without its bit; bits stand in the order of readers and dialects.
fn failing(form: Verdicts, readers: &[Reader]) -> Vec<Reader> {
    let mut bits = (0..).map(|bit| form >> bit & 1 == 1);
    let fails = |reader: &&Reader| {
        let verdicts: Vec<bool> = bits.by_ref().take(reader.dialects().len()).collect();
        verdicts.contains(&false)
    };
    readers.iter().filter(fails).copied().collect()
}

/// The sets of `size` bits among the lowest ones, which `all` has; each is the next higher number
/// with as many bits.
fn sets(size: u32, all: Verdicts) -> impl Iterator<Item = Verdicts> {
    let next = |set: &Verdicts| {
        let lowest = set & set.wrapping_neg();
        let ripple = set + lowest;
        Some(ripple | (((set ^ ripple) >> 2) / lowest))
    };
    std::iter::successors(Some((1 << size) - 1), next).take_while(move |set| *set <= all)
}

type Without = fn(&str) -> String;

/// What values have in them that makes them hard, and how the value looks without it.
const FEATURES: [(&str, Without); 10] = [
    ("a carriage return", |value| value.replace('\r', "")),
    ("a `${…}` reference", |value| value.replace("${", "{")),
    ("a backslash at its end", |value| value.trim_end_matches('\\').to_owned()),
    ("two backslashes in a row", |value| single_backslashes(value)),
    ("a single quote beside another quote, a backslash or a dollar sign", |value| value.replace('\'', "")),
    ("a line break", |value| value.replace('\n', " ")),
    ("a dollar sign", |value| value.replace('$', "")),
    ("a number sign", |value| value.replace('#', "")),
    ("quotes", |value| value.replace(['\'', '"', '`'], "")),
    ("blanks", |value| value.replace(char::is_whitespace, "")),
];

fn single_backslashes(value: &str) -> String {
    let mut out = value.to_owned();
    while out.contains("\\\\") {
        out = out.replace("\\\\", "\\");
    }
    out
}

/// The first feature without which the value could be written for all of `dialects`.
pub(super) fn feature(key: &str, value: &str, dialects: &[&Dialect]) -> &'static str {
    let all: Verdicts = (1 << dialects.len()) - 1;
    let helps = |without: &Without| {
        let easier = zeroize::Zeroizing::new(without(value));
        easier.as_str() != value && alone(key, &easier, dialects).contains(&all)
    };
    let found = FEATURES.iter().find(|(_, without)| helps(without));
    found.map_or("several hard features at once", |(name, _)| name)
}
