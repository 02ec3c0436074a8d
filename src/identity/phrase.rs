//! The root key as 24 words to be written on paper (BIP-39, English), and back.
//!
//! A phrase is the root key: there is no way to print one but [`Phrase::expose_to`], and no error names a word. The
//! words carry a checksum of eight bits, which tells a slip from a phrase but not which word it was. What a person most
//! likely did, one letter or two neighbours, can be tried out ([`slips`]); a guess by chance passes once in 256 times.

use std::fmt;

use bip39::{Language, Mnemonic};
use zeroize::Zeroizing;

use super::KEY_BYTES;
use crate::profile;
use crate::secret::SecretValue;

/// Words in a phrase: 256 bits and the checksum, eleven bits each.
pub const WORDS: usize = 24;

/// A text is no recovery phrase of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    #[error("a recovery phrase has {WORDS} words, and this has {0}")]
    Count(usize),
    /// Positions count from one.
    #[error("{} in the list of words a phrase is made of", not_words(.0))]
    Unknown(Vec<usize>),
    #[error(
        "each word is in the list, but they do not belong together: one is another word, or two changed places"
    )]
    Checksum,
}

fn not_words(positions: &[usize]) -> String {
    let numbers: Vec<String> = positions.iter().map(usize::to_string).collect();
    match numbers.as_slice() {
        [one] => format!("word {one} is not"),
        many => format!("words {} are not", many.join(", ")),
    }
}

/// One slip that would explain why words do not belong together. Positions count from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Another word of the list, one letter away, would make it right.
    Word(usize),
    /// This one and the next changed places.
    Swapped(usize),
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(at) => write!(f, "word {at}, which is one letter from another word"),
            Self::Swapped(at) => write!(f, "words {at} and {}, perhaps the other way round", at + 1),
        }
    }
}

/// The single slips that would turn 24 words of the list into a phrase. Likely, not certain; none for any other text.
pub fn slips(text: &SecretValue) -> Vec<Slip> {
    let mut words = words_of(text);
    if words.len() != WORDS || !words.iter().all(|word| is_word(word)) {
        return Vec::new();
    }
    let belong = |words: &[String]| {
        let joined = Zeroizing::new(words.join(" "));
        Mnemonic::parse_in_normalized(Language::English, &joined).is_ok()
    };
    let mut found = Vec::new();
    for at in 0..WORDS {
        let typed = Zeroizing::new(words[at].clone());
        let list = Language::English.word_list();
        let near = list.iter().filter(|word| strsim::osa_distance(word, &typed) == 1);
        let mut right = false;
        for word in near {
            words[at].replace_range(.., word);
            right |= belong(&words);
        }
        words[at].replace_range(.., &typed);
        found.extend(right.then_some(Slip::Word(at + 1)));
    }
    for at in 1..WORDS {
        words.swap(at - 1, at);
        let right = words[at - 1] != words[at] && belong(&words);
        words.swap(at - 1, at);
        found.extend(right.then_some(Slip::Swapped(at)));
    }
    found
}

/// 24 words that hold a root key, wiped when dropped.
pub struct Phrase(Mnemonic);

impl Phrase {
    /// Reads a phrase as people write it: in any case, on any number of lines, with or without numbers and commas.
    ///
    /// # Errors
    /// When it is not 24 words of the list, or its checksum is wrong.
    pub fn parse(text: &SecretValue) -> Result<Self, PhraseError> {
        let words = words_of(text);
        if words.len() != WORDS {
            return Err(PhraseError::Count(words.len()));
        }
        let unknown: Vec<usize> =
            (1..).zip(words.iter()).filter(|(_, word)| !is_word(word)).map(|(at, _)| at).collect();
        if !unknown.is_empty() {
            return Err(PhraseError::Unknown(unknown));
        }
        let joined = Zeroizing::new(words.join(" "));
        Mnemonic::parse_in_normalized(Language::English, &joined).map(Self).map_err(|_| PhraseError::Checksum)
    }

    /// Lends the words to `reader` and to nobody else.
    pub fn expose_to<R>(&self, reader: impl FnOnce(&[&'static str]) -> R) -> R {
        let words: Vec<&str> = self.0.words().collect();
        reader(&words)
    }

    pub(super) fn of(root: &[u8; KEY_BYTES]) -> Self {
        Self(
            Mnemonic::from_entropy_in(Language::English, root)
                .unwrap_or_else(|_| unreachable!("256 bits make a phrase")),
        )
    }

    pub(super) fn root(&self) -> Zeroizing<[u8; KEY_BYTES]> {
        let (mut entropy, _) = self.0.to_entropy_array();
        let mut root = Zeroizing::new([0; KEY_BYTES]);
        root.copy_from_slice(&entropy[..KEY_BYTES]);
        zeroize::Zeroize::zeroize(&mut entropy);
        root
    }
}

impl fmt::Debug for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phrase(masked)")
    }
}

/// The words of a text, without what people put between them.
pub fn words_of(text: &SecretValue) -> Zeroizing<Vec<String>> {
    let words = |text: &str| {
        let parts = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        parts.map(str::to_lowercase).collect()
    };
    Zeroizing::new(text.expose_to(words))
}

/// True for a word of the list.
pub fn is_word(word: &str) -> bool {
    Language::English.find_word(word).is_some()
}

/// The word of the list that was probably meant. For the screen the words are typed on, and for nothing else.
pub fn nearest_word(word: &str) -> Option<&'static str> {
    profile::nearest(word, Language::English.word_list().iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A vector of the standard itself: the test file of BIP-39, entropy 0x7f7f….
    const ENTROPY: [u8; 32] = [0x7f; 32];
    const WRITTEN: &str = "legal winner thank year wave sausage worth useful legal winner thank year wave sausage \
                           worth useful legal winner thank year wave sausage worth title";

    fn read(text: &str) -> Result<Phrase, PhraseError> {
        Phrase::parse(&SecretValue::new(text))
    }

    #[test]
    fn it_is_the_standard() {
        Phrase::of(&ENTROPY).expose_to(|words| assert_eq!(words.join(" "), WRITTEN));
        assert_eq!(*read(WRITTEN).unwrap().root(), ENTROPY);
    }

    #[test]
    fn it_is_read_as_people_write_it() {
        let numbered: String = (1..)
            .zip(WRITTEN.split(' '))
            .map(|(at, word)| format!("{at}. {}\r\n", word.to_uppercase()))
            .collect();
        assert_eq!(*read(&format!("\"{numbered}\"")).unwrap().root(), ENTROPY);
    }

    #[test]
    fn what_is_wrong_is_told_by_position() {
        assert_eq!(read("legal winner").unwrap_err(), PhraseError::Count(2));
        let typos = WRITTEN.replacen("winner", "winnre", 1).replacen("title", "tilte", 1);
        let error = read(&typos).unwrap_err();
        assert_eq!(error, PhraseError::Unknown(vec![2, 24]));
        assert_eq!(error.to_string(), "words 2, 24 are not in the list of words a phrase is made of");
        assert_eq!(nearest_word("winnre"), Some("winner"));
    }

    #[test]
    fn words_in_another_order_are_no_phrase() {
        let swapped = WRITTEN.replacen("legal winner", "winner legal", 1);
        assert_eq!(read(&swapped).unwrap_err(), PhraseError::Checksum);
        assert_eq!(read(&WRITTEN.replace("title", "useful")).unwrap_err(), PhraseError::Checksum);
    }

    #[test]
    fn a_slip_of_one_letter_or_two_neighbours_is_found() {
        // `wage` is one letter from `wave`, `winner` and `legal` are neighbours.
        for (typed, slip) in [
            (WRITTEN.replacen("year wave", "year wage", 1), Slip::Word(5)),
            (WRITTEN.replacen("winner thank", "thank winner", 1), Slip::Swapped(2)),
        ] {
            assert_eq!(read(&typed).unwrap_err(), PhraseError::Checksum);
            let found = slips(&SecretValue::new(typed));
            assert!(found.contains(&slip) && found.len() < 6, "{found:?}");
        }
        assert!(slips(&SecretValue::new("legal winner")).is_empty());
        assert_eq!(Slip::Swapped(2).to_string(), "words 2 and 3, perhaps the other way round");
    }

    #[test]
    fn debug_says_nothing() {
        assert_eq!(format!("{:?}", read(WRITTEN).unwrap()), "Phrase(masked)");
    }
}
