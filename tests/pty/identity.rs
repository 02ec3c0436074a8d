//! The recovery phrase: on the screen while it is asked for, and nowhere afterwards.

use devsecrets::identity::Identity;
use tempfile::TempDir;

use super::home::{home, keychain, running};
use super::terminal::Terminal;

/// A vector of BIP-39 itself: entropy 7f7f….
pub const ROOT: [u8; 32] = [0x7f; 32];
pub const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank year wave sausage \
                      worth useful legal winner thank year wave sausage worth title";

/// A home folder whose key file holds the identity of this root key.
pub fn home_with(root: [u8; 32], profile: Option<&str>) -> TempDir {
    let home = home(profile);
    Identity::from_root(root).keep(&keychain(&home)).unwrap();
    home
}

/// The number in the question on the screen, once all its digits are there.
fn asked(terminal: &Terminal) -> Option<usize> {
    let contents = terminal.screen.screen().contents();
    let question = contents.lines().rev().find_map(|line| line.strip_prefix("Word "))?;
    question.split_once(':')?.0.parse().ok()
}

/// Answers each of the three questions with the word of [`PHRASE`] it is for.
pub fn give_three_words_back(terminal: &mut Terminal) {
    let mut before = None;
    for _ in 0..3 {
        terminal.until_it(|terminal| asked(terminal).is_some_and(|now| Some(now) != before));
        before = asked(terminal);
        let word = PHRASE.split(' ').nth(before.unwrap() - 1).unwrap();
        terminal.press(&format!("{word}\r"));
    }
}

/// What is left on the terminal, and what was written after the alternate screen, hold no word of the phrase.
fn assert_wiped(contents: &str, raw: &[u8]) {
    let raw = String::from_utf8_lossy(raw);
    let (_, after) = raw.rsplit_once("\x1b[?1049l").unwrap();
    let (before, _) = raw.split_once("\x1b[?1049h").unwrap();
    for word in ["sausage", "winner", "title"] {
        assert!(![contents, before, after].iter().any(|text| text.contains(word)), "{word} in\n{contents}");
    }
}

#[test]
fn a_phrase_is_shown_checked_back_and_wiped() {
    let mut terminal = running(home_with(ROOT, None), &["identity", "export"]);
    terminal.until("Enter once they are on paper");
    for (at, word) in (1..).zip(PHRASE.split(' ')) {
        assert!(terminal.screen.screen().contents().contains(&format!("{at} {word}")));
    }
    terminal.press("\r");
    terminal.until("Three words");
    terminal.until("Word ");
    terminal.press("wrong\r");
    terminal.until("That was not the word");
    terminal.press("\r");
    terminal.until("Three words");
    give_three_words_back(&mut terminal);
    let (code, screen, raw, home) = terminal.ended();
    assert_eq!(code, 0, "{}", screen.screen().contents());
    assert!(screen.screen().contents().contains("written down and checked"));
    assert_wiped(&screen.screen().contents(), &raw);
    let kept = Identity::load(&keychain(&home)).unwrap().unwrap();
    assert!(kept.record().phrase_checked.is_some());
}

#[test]
fn a_signal_wipes_the_words_too() {
    let mut terminal = running(home_with(ROOT, None), &["identity", "export"]);
    terminal.until("Enter once they are on paper");
    let process = terminal.child.process_id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
    let (code, screen, raw, _home) = terminal.ended();
    assert_eq!(code, 1, "{}", screen.screen().contents());
    assert!(!screen.screen().alternate_screen());
    assert_wiped(&screen.screen().contents(), &raw);
}

#[test]
fn a_phrase_takes_the_place_of_another_identity_after_a_yes() {
    let mut terminal = running(home_with([1; 32], None), &["identity", "import"]);
    terminal.until("Word 1:");
    terminal.press("legal winnre\r");
    terminal.until("Did you mean `winner`?");
    terminal.press("\x1b[200~");
    let (_, rest) = PHRASE.split_once(' ').unwrap();
    terminal.press(rest);
    terminal.press("\x1b[201~\r");
    terminal.until("Replace it? [y/N]");
    assert_eq!(Identity::load(&keychain(&terminal.folder)).unwrap().unwrap().fingerprint(), one());
    terminal.press("y\r");
    let (code, screen, raw, home) = terminal.ended();
    assert_eq!(code, 0, "{}", screen.screen().contents());
    assert_wiped(&screen.screen().contents(), &raw);
    let kept = Identity::load(&keychain(&home)).unwrap().unwrap();
    assert_eq!(kept.fingerprint(), Identity::from_root(ROOT).fingerprint());
    assert_eq!(kept.record().former, [one()]);
    assert_eq!(Identity::former(&keychain(&home), &one()).unwrap().fingerprint(), one());
}

/// One letter off: the place is named, the word is not, and the phrase is whole once it is typed again.
#[test]
fn a_wrong_checksum_says_where_to_look_first() {
    let mut terminal = running(home_with([1; 32], None), &["identity", "import"]);
    terminal.until("Word 1:");
    terminal.press(&format!("\x1b[200~{}\x1b[201~\r", PHRASE.replacen("wave", "wage", 1)));
    terminal.until("These words do not belong together");
    terminal.until("Look first at word 5");
    terminal.until("Number of the word to correct:");
    terminal.press("5\r");
    terminal.until("Word 5:");
    terminal.press("wave\r");
    terminal.until("Replace it? [y/N]");
    terminal.press("n\r");
    let (code, screen, raw, home) = terminal.ended();
    assert_eq!(code, 2, "{}", screen.screen().contents());
    assert_wiped(&screen.screen().contents(), &raw);
    assert_eq!(Identity::load(&keychain(&home)).unwrap().unwrap().fingerprint(), one());
}

fn one() -> String {
    Identity::from_root([1; 32]).fingerprint()
}
