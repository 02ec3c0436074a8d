//! Secrets that are known: the developer's own, and the store's.
//!
//! They are found without being held. Of each there is a length, 18 bits about its first eight bytes, and a keyed
//! fingerprint of the whole; the 18 bits tell at reading speed where a fingerprint is worth making. A value is looked for as
//! it is, and what is scanned is decoded ([`spelled`](super::spelled)): prints of every spelling would tell, together, far
//! more about a value than those of the value alone.
//!
//! 14 of the 18 bits are about the first three bytes, so that the [`Gate`] that looks at each byte for
//! the words of rules looks for values at no further cost.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::gate::{Gate, SLOT_BITS, slot};
use super::placeholder::{is_blank, is_placeholder};
use super::spelled::{Sought, Start};
use super::telling::is_secret;
use crate::secret::{Fingerprint, FingerprintKey, SecretValue};

/// Shorter values, in bytes, could be guessed from what is kept of them, and are in every text.
pub(super) const SHORTEST: usize = 12;

/// Of longer ones, such as bundles of certificates, the lines are told apart.
const LONGEST: usize = 8192;

/// A line of a longer value counts from this length on, in bytes.
const LINE: usize = 20;

/// Bytes at the beginning that decide whether to look closer.
const WINDOW: usize = 8;

/// The bits of eight bytes that ASCII has not.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Bits about them, those about the first three of them first.
const BITS: u32 = SLOT_BITS + 4;

/// Whose value it is, in names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OwnName {
    pub project: String,
    pub variable: String,
    pub service: String,
    /// Where it comes from: `file`, `keychain`, `generated`, or a store's name.
    pub origin: String,
}

/// What is kept of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Print {
    /// In bytes.
    length: usize,
    /// About the first eight bytes.
    window: u32,
    /// These are ASCII.
    plain: bool,
    whole: Fingerprint,
}

/// The known values, ready to be looked for.
#[derive(Debug)]
pub struct Own {
    sieve: Sieve,
    /// Whose, and whether it was replaced since.
    names: Vec<(OwnName, bool)>,
    /// Prints by window, and whose.
    prints: HashMap<u32, Vec<(Print, usize)>>,
    /// One bit for each window.
    open: Vec<u64>,
    shortest: usize,
    /// The high bit of each of eight bytes when all values begin in ASCII, and so have none of them; else none.
    strange: u64,
}

/// What turns eight bytes into 18 bits, and a value into a fingerprint.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    key: FingerprintKey,
    add: u64,
    times: u64,
}

impl Sieve {
    pub fn new(key: FingerprintKey) -> Self {
        let mixed = key.of(b"audit window").number().to_le_bytes();
        let half = |from: usize| u64::from_le_bytes(std::array::from_fn(|index| mixed[from + index]));
        Self { add: half(0), times: half(8) | 1, key }
    }

    pub fn key(&self) -> &FingerprintKey {
        &self.key
    }

    /// Mixes high bits down first, so that each of the eight bytes decides.
    #[inline]
    fn window(&self, bytes: [u8; WINDOW]) -> u32 {
        let [one, two, three, four, ..] = bytes;
        let word = u64::from_le_bytes(bytes) ^ self.add;
        let mixed = (word ^ (word >> 29)).wrapping_mul(self.times);
        let few = BITS - SLOT_BITS;
        (slot([one, two, three, four]) as u32) << few | (mixed >> (u64::BITS - few)) as u32
    }

    /// What is kept of `value`: of the whole, and of the lines of a longer text. Nothing of what is too short, or stands
    /// where a secret will.
    ///
    /// A line counts only when it looks like a secret of its own: the first of every key of a kind is the same.
    pub fn prints(&self, value: &SecretValue) -> Vec<Print> {
        self.prints_of(value, |part| !is_blank(part), |line| !is_placeholder(line))
    }

    /// The same of what may be no secret: what stands in it costs more to tell than a print to make.
    pub fn quick_prints(&self, value: &SecretValue) -> Vec<Print> {
        self.prints_of(value, |_| true, |_| true)
    }

    fn prints_of(
        &self,
        value: &SecretValue,
        whole_tells: impl Fn(&[u8]) -> bool,
        line_tells: impl Fn(&[u8]) -> bool,
    ) -> Vec<Print> {
        value.expose_to(|text| {
            let text = text.trim();
            let whole = Some(text.as_bytes()).filter(|text| text.len() <= LONGEST && whole_tells(text));
            let several = text.contains('\n');
            let public = |line: &str| text.starts_with('{') && is_public_member(line);
            let is_line = |line: &&str| line.len() >= LINE && !line.starts_with("-----") && !public(line);
            let lines = text.lines().map(str::trim).filter(is_line).map(str::as_bytes);
            let lines = lines.filter(|line| several && line_tells(line));
            let parts = whole.into_iter().chain(lines).filter(|part| part.len() >= SHORTEST);
            parts.filter_map(|part| self.print(part)).collect()
        })
    }

    fn print(&self, value: &[u8]) -> Option<Print> {
        let window = *value.first_chunk::<WINDOW>()?;
        let (plain, whole) = (window.is_ascii(), self.key.of(value));
        Some(Print { length: value.len(), window: self.window(window), plain, whole })
    }
}

/// `"token_uri": "https://…",` of an object in JSON: what the name says is no secret stands in every such file, and in texts
/// about them.
fn is_public_member(line: &str) -> bool {
    let member = line.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    member.is_some_and(|(name, rest)| rest.trim_start().starts_with(':') && !is_secret(name.as_bytes()))
}

impl Own {
    pub(super) fn new(sieve: Sieve) -> Self {
        let open = vec![0; 1 << (BITS - 6)];
        Self { sieve, names: Vec::new(), prints: HashMap::new(), open, shortest: usize::MAX, strange: HIGH }
    }

    /// Adds a value that is at hand.
    pub fn learn(&mut self, name: OwnName, value: &SecretValue) {
        let prints = self.sieve.prints(value);
        self.add(name, &prints, false);
    }

    pub(super) fn add(&mut self, name: OwnName, prints: &[Print], former: bool) {
        for print in prints.iter().filter(|print| print.window < 1 << BITS && print.length >= SHORTEST) {
            self.open[(print.window >> 6) as usize] |= 1 << (print.window & 63);
            self.prints.entry(print.window).or_default().push((*print, self.names.len()));
            self.shortest = self.shortest.min(print.length);
            self.strange &= if print.plain { HIGH } else { 0 };
        }
        self.names.push((name, former));
    }

    /// How many values are known.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn is_empty(&self) -> bool {
        self.prints.is_empty()
    }

    /// Whose value it is, and whether it was replaced since.
    pub(super) fn name(&self, index: usize) -> (&OwnName, bool) {
        let (name, former) = &self.names[index];
        (name, *former)
    }

    /// Opens `gate` for all of them.
    pub(super) fn open(&self, gate: &mut Gate) {
        self.prints.keys().for_each(|window| gate.open_for_value((window >> (BITS - SLOT_BITS)) as usize));
    }

    /// Calls `hear` with a value's index, and where it stands, when one is written out at `place`, where the gate is open. A
    /// backslash or a plus further on may be one of those that programs put.
    pub(super) fn at(&self, text: &[u8], place: usize, hear: &mut impl FnMut(usize, usize, usize)) {
        let Some(first) = text[place..].first_chunk::<WINDOW>() else { return };
        let form = first.map(|byte| if byte == b'+' { b' ' } else { byte });
        let rest = &text[place..text.len().min(place + LONGEST)];
        if self.begins(*first) {
            if let Some((index, length)) = self.confirmed(*first, &text[place..]) {
                hear(index, place, place + length);
            }
            if rest.contains(&b'\\') {
                Start::with_escapes(place)
                    .into_iter()
                    .for_each(|start| self.spelled(text, start, *first, hear));
            }
        }
        if self.begins(form) && rest.contains(&b'+') {
            self.spelled(text, Start::in_form(text, place), form, hear);
        }
    }

    /// The same of one that may be spelled in another way from there on, whose first eight bytes are these.
    pub(super) fn spelled(
        &self,
        text: &[u8],
        start: Start,
        first: [u8; WINDOW],
        hear: &mut impl FnMut(usize, usize, usize),
    ) {
        let prints = self.prints.get(&self.sieve.window(first));
        let Some(longest) = prints.and_then(|all| all.iter().map(|(print, _)| print.length).max()) else {
            return;
        };
        let view = start.view(text, longest);
        if let Some((index, length)) = self.confirmed(first, &view.bytes) {
            hear(index, view.places[0], view.places[length]);
        }
    }

    /// The longest known value that `text` begins with, whose first eight bytes are these.
    fn confirmed(&self, first: [u8; WINDOW], text: &[u8]) -> Option<(usize, usize)> {
        let prints = self.prints.get(&self.sieve.window(first))?.iter();
        let stands = |print: &Print| {
            text.get(..print.length).is_some_and(|part| self.sieve.key.of(part) == print.whole)
        };
        let found = prints.filter(|(print, _)| stands(print)).max_by_key(|(print, _)| print.length)?;
        Some((found.1, found.0.length))
    }
}

impl Sought for Own {
    fn shortest(&self) -> usize {
        self.shortest
    }

    #[inline]
    fn strange(&self) -> u64 {
        self.strange
    }

    #[inline]
    fn begins(&self, bytes: [u8; WINDOW]) -> bool {
        if u64::from_le_bytes(bytes) & self.strange != 0 {
            return false;
        }
        let window = self.sieve.window(bytes);
        self.open[(window >> 6) as usize] & (1 << (window & 63)) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The public members of a service account's file are those of many, and of texts about them.
    #[test]
    fn of_an_object_in_json_only_what_is_named_as_a_secret_counts_by_itself() {
        let sieve = Sieve::new(FingerprintKey::new([9; 32]));
        let key = "-----BEGIN PRIVATE KEY-----\\nq7Hs82LkPz0vYt5NwXb3mR4vC1tZ8yKp6QfJ2sWd\\n"; // devsecrets:allow made up
        let members = [
            r#""type": "service_account_of_the_shop""#.to_owned(),
            format!(r#""private_key": "{key}""#),
            r#""client_email": "mailer-7h2@acme-dev.iam.gserviceaccount.com""#.to_owned(),
            r#""token_uri": "https://oauth2.googleapis.com/token""#.to_owned(),
        ];
        let text = format!("{{\n  {}\n}}", members.join(",\n  "));
        let prints = sieve.prints(&SecretValue::new(text.as_str()));
        let of = |line: &str| sieve.print(line.as_bytes()).unwrap();
        assert_eq!(prints, [of(&text), of(&format!("{},", members[1]))]);
        let page = members.join("\n");
        assert_eq!(
            sieve.prints(&SecretValue::new(page)).len(),
            5,
            "no object, so any line may be the secret"
        );
    }
}
