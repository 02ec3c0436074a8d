//! The full screen and values: the terminal lent to the ceremony, a token shown and copied, and nothing left of any.

use devsecrets::identity::Identity;

use super::home::{keychain, running};
use super::identity::{PHRASE, ROOT, give_three_words_back, home_with};
use super::terminal::Terminal;

const PROFILE: &str = r#"schema = 1
name = "shop"
title = "Shop"
[variables.JWT_SECRET]
about = "Signs session tokens"
generate = { format = "hex", bytes = 32 }
[services.api]
path = "api"
env_file = ".env"
required = ["JWT_SECRET"]
[tokens.linear]
title = "Linear API key"
shape = "lin_api_[A-Za-z0-9]{40}"
"#;

const TOKEN: &str = "lin_api_canary0123456789abcdef0123456789abcdef01";
/// The same as a terminal's clipboard gets it.
const IN_BASE64: &str = "bGluX2FwaV9jYW5hcnkwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjAx";

fn shop() -> Terminal {
    let home = home_with(ROOT, Some(PROFILE));
    std::fs::create_dir(home.path().join("api")).unwrap();
    let mut terminal = running(home, &[]);
    terminal.until("service ready");
    terminal
}

fn times(raw: &[u8], text: &str) -> usize {
    String::from_utf8_lossy(raw).matches(text).count()
}

#[test]
fn the_screen_steps_aside_for_the_ceremony_and_comes_back() {
    let mut terminal = shop();
    terminal.press("I");
    terminal.until("not written down");
    terminal.press("w");
    terminal.until("Enter once they are on paper");
    assert!(terminal.screen.screen().contents().contains("1 legal"));
    terminal.press("\r");
    terminal.until("Three words");
    give_three_words_back(&mut terminal);
    terminal.until("✓ written down and checked");
    assert!(terminal.screen.screen().contents().contains("Your identity"), "drawn whole");
    assert!(terminal.screen.screen().bracketed_paste() && terminal.screen.screen().hide_cursor());
    terminal.press("q");
    let (code, screen, raw, home) = terminal.ended();
    let left = screen.screen();
    assert_eq!(code, 0, "{}", left.contents());
    assert!(!left.alternate_screen() && !left.hide_cursor() && !left.bracketed_paste());
    let raw = String::from_utf8_lossy(&raw);
    let screens: Vec<&str> = raw.split("\x1b[?1049h").collect();
    let with_words: Vec<usize> = (0..screens.len()).filter(|at| screens[*at].contains("sausage")).collect();
    assert_eq!((screens.len(), with_words), (4, vec![2]), "words stand on the ceremony's own page alone");
    assert!(Identity::load(&keychain(&home)).unwrap().unwrap().record().phrase_checked.is_some());
}

/// The same page as on the command line, so a slip is told by its place here, too.
#[test]
fn a_phrase_with_a_slip_is_corrected_and_taken_over() {
    let mut terminal = shop();
    terminal.press("I");
    terminal.until("not written down");
    terminal.press("i");
    terminal.until("Word 1:");
    terminal.press(&format!("\x1b[200~{}\x1b[201~\r", PHRASE.replacen("wave", "wage", 1)));
    terminal.until("Look first at word 5");
    terminal.press("5\r");
    terminal.until("Word 5:");
    terminal.press("wave\r");
    terminal.until("already here");
    terminal.press("q");
    let (code, screen, _, _home) = terminal.ended();
    assert_eq!(code, 0, "{}", screen.screen().contents());
}

#[test]
fn a_token_is_written_on_the_screen_once_and_to_the_clipboard_once() {
    let mut terminal = shop();
    terminal.press("T");
    terminal.until("not kept");
    terminal.press(&format!("\x1b[200~{TOKEN}\x1b[201~"));
    terminal.until("looks like a Linear API key");
    terminal.press("\r");
    terminal.until("✓ kept in");
    terminal.press(" ");
    terminal.until(TOKEN);
    terminal.press("j");
    terminal.until_it(|terminal| !terminal.screen.screen().contents().contains("canary"));
    terminal.until("Personal tokens");
    terminal.press("c");
    terminal.until("sent to your terminal's clipboard for 45 s");
    terminal.press("q");
    let (_, screen, raw, _home) = terminal.ended();
    assert!(!screen.screen().contents().contains("canary"));
    assert_eq!((times(&raw, TOKEN), times(&raw, IN_BASE64)), (1, 1));
    let raw = String::from_utf8_lossy(&raw);
    let (_, after) = raw.split_once(IN_BASE64).unwrap();
    assert!(after.contains("\x1b]52;c;\x07"), "leaving clears the clipboard");
}
