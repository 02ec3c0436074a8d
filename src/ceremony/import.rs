//! Typing the words in: one by one or pasted at once, each looked up as it comes.

use zeroize::Zeroizing;

use super::{Page, grid, lost};
use crate::finding::Finding;
use crate::identity::{Phrase, PhraseError, WORDS, is_word, nearest_word, slips, words_of};
use crate::secret::SecretValue;

/// The phrase that was typed; `None` when the person left.
///
/// # Errors
/// When there is no terminal to type on.
pub fn ask() -> Result<Option<Phrase>, Finding> {
    let mut page = Page::open()?;
    let mut entry = Entry::default();
    loop {
        page.show(&entry.shown()).map_err(lost)?;
        let Some(typed) = page.line(&entry.question()).map_err(lost)? else { return Ok(None) };
        if let Some(phrase) = entry.take(&typed) {
            return Ok(Some(phrase));
        }
    }
}

/// The words so far.
#[derive(Default)]
struct Entry {
    words: Zeroizing<Vec<String>>,
    /// What was wrong with the last line. Names no typed word: the line it is about was wiped with the screen.
    remark: String,
    /// All words are there, and do not belong together.
    broken: bool,
    /// The one that is being corrected, counted from zero.
    correcting: Option<usize>,
}

impl Entry {
    fn shown(&self) -> Zeroizing<String> {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let grid = grid(&words);
        let head = "Bring your identity here\n\n\
                    Type the 24 words of your recovery phrase, one at a time\n\
                    or all at once. Esc leaves, and nothing has changed.\n\n";
        let mut text = Zeroizing::new(String::with_capacity(head.len() + grid.len() + self.remark.len() + 3));
        text.push_str(head);
        text.push_str(&grid);
        text.push('\n');
        text.push_str(&self.remark);
        text.push_str("\n\n");
        text
    }

    fn question(&self) -> String {
        match (self.correcting, self.broken) {
            (Some(at), _) => format!("Word {}: ", at + 1),
            (None, true) => "Number of the word to correct: ".to_owned(),
            (None, false) => format!("Word {}: ", self.words.len() + 1),
        }
    }

    /// The phrase, once it is whole.
    fn take(&mut self, typed: &SecretValue) -> Option<Phrase> {
        self.remark.clear();
        match (self.correcting.take(), self.broken) {
            (Some(at), _) => self.correct(at, typed),
            (None, true) => self.choose(typed),
            (None, false) => self.add(typed),
        }
        if self.words.len() < WORDS || self.correcting.is_some() {
            return None;
        }
        self.whole()
    }

    fn add(&mut self, typed: &SecretValue) {
        for word in words_of(typed).iter() {
            if self.words.len() == WORDS {
                self.remark = "There are only 24; the rest was left out.".to_owned();
            } else if is_word(word) {
                self.words.push(word.clone());
            } else {
                self.remark = unknown(self.words.len(), word);
                return;
            }
        }
    }

    fn choose(&mut self, typed: &SecretValue) {
        let number = typed.expose_to(|text| text.trim().parse::<usize>().ok());
        match number.filter(|number| (1..=WORDS).contains(number)) {
            Some(number) => self.correcting = Some(number - 1),
            None => self.remark = "A number from 1 to 24, as on your paper.".to_owned(),
        }
    }

    fn correct(&mut self, at: usize, typed: &SecretValue) {
        match words_of(typed).as_slice() {
            [word] if is_word(word) => self.words[at].clone_from(word),
            [word] => {
                self.remark = unknown(at, word);
                self.correcting = Some(at);
            }
            _ => self.correcting = Some(at),
        }
    }

    fn whole(&mut self) -> Option<Phrase> {
        let joined = Zeroizing::new(self.words.join(" "));
        let text = SecretValue::new(joined.as_str());
        match Phrase::parse(&text) {
            Ok(phrase) => Some(phrase),
            Err(error) => {
                self.broken = matches!(error, PhraseError::Checksum);
                if self.remark.is_empty() {
                    self.remark = "These words do not belong together: one is another word,\n\
                                   or two changed places. Compare them with your paper."
                        .to_owned();
                    // More would not fit on the smallest terminal, and no longer help.
                    for slip in slips(&text).into_iter().take(2) {
                        self.remark += &format!("\nLook first at {slip}.");
                    }
                }
                None
            }
        }
    }
}

/// Said on the screen the words are typed on, which is wiped.
fn unknown(at: usize, word: &str) -> String {
    let near = nearest_word(word).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
    format!("Word {} is not in the list.{near}", at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "legal winner thank year wave sausage worth useful ";
    const REST: &str = "legal winner thank year wave sausage worth useful legal winner thank year wave sausage \
                        worth title";

    fn typing(entry: &mut Entry, lines: &[&str]) -> Option<Phrase> {
        lines.iter().fold(None, |_, line| entry.take(&SecretValue::new(*line)))
    }

    #[test]
    fn words_come_one_by_one_or_all_at_once() {
        assert!(typing(&mut Entry::default(), &[&format!("{FIRST}{REST}")]).is_some());
        let (whole, mut entry) = (format!("{FIRST}{REST}"), Entry::default());
        let words: Vec<&str> = whole.split(' ').collect();
        assert!(typing(&mut entry, &words[..23]).is_none());
        assert_eq!(entry.question(), "Word 24: ");
        assert!(typing(&mut entry, &words[23..]).is_some());
    }

    #[test]
    fn a_wrong_word_is_named_by_its_place_and_typed_again() {
        let mut entry = Entry::default();
        assert!(typing(&mut entry, &["legal winnre thank"]).is_none());
        assert_eq!(entry.remark, "Word 2 is not in the list. Did you mean `winner`?");
        assert_eq!(entry.question(), "Word 2: ");
        assert!(typing(&mut entry, &["winner thank year wave sausage worth useful", REST]).is_some());
    }

    #[test]
    fn a_likely_slip_is_named_by_its_place() {
        let mut entry = Entry::default();
        assert!(typing(&mut entry, &[&FIRST.replace("wave", "wage"), REST]).is_none());
        assert!(entry.remark.contains("\nLook first at word 5, which is one letter from another word."));
        assert!(!entry.remark.contains("wage") && !entry.remark.contains("wave"));
        assert!(typing(&mut entry, &["5", "wave"]).is_some());
    }

    #[test]
    fn a_wrong_checksum_lets_one_word_be_corrected() {
        let mut entry = Entry::default();
        assert!(typing(&mut entry, &[&FIRST.replace("thank", "that"), REST]).is_none());
        assert!(entry.remark.starts_with("These words do not belong together"));
        assert!(typing(&mut entry, &["99"]).is_none());
        assert_eq!(entry.question(), "Number of the word to correct: ");
        assert!(typing(&mut entry, &["3", "thnak"]).is_none());
        assert_eq!(entry.question(), "Word 3: ");
        assert!(typing(&mut entry, &["thank"]).is_some());
    }
}
