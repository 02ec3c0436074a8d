//! The recovery phrase: on the screen while it is asked for, and nowhere afterwards.

use devsecrets::identity::Identity;
use devsecrets::keychain::{FileKeychain, Passphrase};
use devsecrets::secret::SecretValue;
use tempfile::TempDir;

use super::terminal::Terminal;

/// A vector of BIP-39 itself: entropy 7f7f….
pub const ROOT: [u8; 32] = [0x7f; 32];
pub const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank year wave sausage \
                      worth useful legal winner thank year wave sausage worth title";

pub fn keychain(home: &TempDir) -> FileKeychain {
    let path = home.path().join(".local/state/devsecrets/keychain.age");
    FileKeychain::new(path, Passphrase::known(SecretValue::new("open sesame"))).with_work_factor(2)
}

/// A home folder whose key file holds the identity of this root key.
pub fn home_with(root: [u8; 32]) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    Identity::from_root(root).keep(&keychain(&home)).unwrap();
    let mut passphrase = tempfile::NamedTempFile::new_in(home.path()).unwrap();
    std::io::Write::write_all(&mut passphrase, b"open sesame\n").unwrap();
    passphrase.persist(home.path().join("passphrase")).unwrap();
    home
}

fn identity(home: TempDir, command: &str) -> Terminal {
    let environment =
        [("DEVSECRETS_KEYCHAIN", "file"), ("DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE", "passphrase")];
    Terminal::running(home, &["identity", command], &environment)
}

/// The number in the question on the screen, once all its digits are there.
pub fn asked(terminal: &Terminal) -> Option<usize> {
    let contents = terminal.screen.screen().contents();
    let question = contents.lines().rev().find_map(|line| line.strip_prefix("Word "))?;
    question.split_once(':')?.0.parse().ok()
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
    let mut terminal = identity(home_with(ROOT), "export");
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
    let mut before = None;
    for _ in 0..3 {
        terminal.until_it(|terminal| asked(terminal).is_some_and(|now| Some(now) != before));
        before = asked(&terminal);
        let word = PHRASE.split(' ').nth(before.unwrap() - 1).unwrap();
        terminal.press(&format!("{word}\r"));
    }
    let (code, screen, raw, home) = terminal.ended();
    assert_eq!(code, 0, "{}", screen.screen().contents());
    assert!(screen.screen().contents().contains("written down and checked"));
    assert_wiped(&screen.screen().contents(), &raw);
    let kept = Identity::load(&keychain(&home)).unwrap().unwrap();
    assert!(kept.record().phrase_checked.is_some());
}

#[test]
fn a_signal_wipes_the_words_too() {
    let mut terminal = identity(home_with(ROOT), "export");
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
    let mut terminal = identity(home_with([1; 32]), "import");
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

fn one() -> String {
    Identity::from_root([1; 32]).fingerprint()
}
