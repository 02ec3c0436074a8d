//! A personal token on a real terminal: typed and pasted unseen, shown for a moment, and offered to another project.

use devsecrets::keychain::{Item, Keychain};
use devsecrets::secret::SecretValue;
use tempfile::TempDir;

use super::home::{environment, home, keychain, running};
use super::terminal::Terminal;

const PROFILE: &str = "schema = 1\nname = \"shop\"\ntitle = \"Shop\"\n[tokens.linear]\npreset = \"linear\"\n\
    [variables.LINEAR_API_KEY]\ntoken = \"linear\"\n[services.api]\npath = \".\"\nenv_file = \".env\"\n\
    required = [\"LINEAR_API_KEY\"]\n";
const TOKEN: &str = "lin_api_canary7canary7canary7canary7canary7canar"; // devsecrets:allow made up

/// A project whose key file opens quickly.
fn project() -> TempDir {
    let home = home(Some(PROFILE));
    std::fs::write(home.path().join(".gitignore"), ".env\n").unwrap();
    keychain(&home).set(&Item::token("other"), &SecretValue::new("so that there is a file")).unwrap();
    home
}

fn kept(home: &TempDir) -> Option<usize> {
    keychain(home).get(&Item::token("linear")).unwrap().map(|value| value.chars())
}

/// Nothing that was typed was ever written, not even a part that would narrow a guess.
fn assert_unseen(raw: &[u8]) {
    let raw = String::from_utf8_lossy(raw);
    for part in ["canary", "anary7c", "7canar"] {
        assert!(!raw.contains(part), "{raw:?}");
    }
}

#[test]
fn a_typed_token_is_never_echoed() {
    let mut terminal = running(project(), &["token", "set", "linear"]);
    terminal.until("type or paste it; it begins with lin_api_");
    terminal.press("lin_api_canary7");
    terminal.until("15 characters");
    terminal.until("not yet a whole");
    terminal.press("x\u{7f}");
    terminal.until("15 characters");
    terminal.press(&TOKEN[15..]);
    terminal.until("Enter keeps it");
    terminal.until("48 characters");
    terminal.press("\r");
    let (code, screen, raw, home) = terminal.ended();
    assert_eq!(code, 0, "{}", screen.screen().contents());
    assert!(screen.screen().contents().contains("kept in the key file"));
    assert!(!screen.screen().bracketed_paste());
    assert_unseen(&raw);
    assert_eq!(kept(&home), Some(48));
}

#[test]
fn a_paste_is_cleaned_and_another_vendor_s_is_named() {
    let mut terminal = running(project(), &["token", "set", "linear"]);
    terminal.until("type or paste it");
    terminal.press("\u{1b}[200~ghp_canary7canary7canary7canary7canary7c\u{1b}[201~");
    terminal.until("this looks like a GitHub");
    terminal.press("\u{15}");
    terminal.until("type or paste it");
    terminal.press(&format!("\u{1b}[200~  \"{TOKEN}\"\n\u{1b}[201~"));
    terminal.until("Enter keeps it");
    terminal.press("\r");
    let (code, screen, raw, home) = terminal.ended();
    let contents = screen.screen().contents();
    assert_eq!(code, 0, "{contents}");
    assert!(contents.contains("left out of what was given:") && contents.contains("quotes"), "{contents}");
    assert_unseen(&raw);
    assert_eq!(kept(&home), Some(48));
}

#[test]
fn leaving_the_question_keeps_nothing() {
    for key in ["\u{1b}", "\u{3}"] {
        let mut terminal = running(project(), &["token", "set", "linear"]);
        terminal.until("type or paste it");
        terminal.press("lin_api_canary7");
        terminal.until("15 characters");
        terminal.press(key);
        let (code, screen, raw, home) = terminal.ended();
        assert_eq!(code, 2, "{}", screen.screen().contents());
        assert!(screen.screen().contents().contains("DS-TOKEN-04"), "{}", screen.screen().contents());
        assert_unseen(&raw);
        assert_eq!(kept(&home), None);
    }
}

/// The plain question of a terminal that can do no more, in a shell that then tells how the terminal was left.
fn asked_plainly() -> Terminal {
    let home = project();
    let mut command = portable_pty::CommandBuilder::new("sh");
    command.args(["-c", "trap : INT; \"$IT\" token set linear; echo \"end=$?\"; stty -a; echo over"]);
    command.env_clear();
    command.env("IT", env!("CARGO_BIN_EXE_devsecrets"));
    command.env("PATH", std::env::var("PATH").unwrap());
    command.env("HOME", home.path());
    command.env("TERM", "dumb");
    environment(&home).iter().for_each(|(name, value)| command.env(name, value));
    let mut terminal = Terminal::of(home, command);
    terminal.heard("linear:");
    terminal
}

/// What the question ended with, and everything written.
fn left(mut terminal: Terminal) -> (String, String, TempDir) {
    terminal.heard("end=");
    let said = terminal.heard("over");
    for mode in [" echo ", " icanon ", "isig "] {
        assert!(said.contains(mode), "{mode}: {said}");
    }
    let (_, _, raw, home) = terminal.ended();
    assert_unseen(&raw);
    (said, String::from_utf8_lossy(&raw).into_owned(), home)
}

#[test]
fn a_plain_question_is_silent_before_it_appears() {
    let mut terminal = asked_plainly();
    terminal.press(&format!("{TOKEN}x\u{7f}\r"));
    let (said, raw, home) = left(terminal);
    assert!(said.starts_with('0'), "{raw}");
    assert_eq!(kept(&home), Some(48));
}

#[test]
fn a_plain_question_left_gives_the_terminal_back() {
    let mut terminal = asked_plainly();
    terminal.press("lin_api_canary7\u{3}");
    let (said, raw, home) = left(terminal);
    assert!(said.starts_with("130"), "{raw}");
    assert_eq!(kept(&home), None);
}

/// A project that has a token of its own.
fn with_a_token() -> TempDir {
    let mut terminal = running(project(), &["token", "set", "linear"]);
    terminal.until("type or paste it");
    terminal.press(&format!("\u{1b}[200~{TOKEN}\u{1b}[201~"));
    terminal.until("Enter keeps it");
    terminal.press("\r");
    let (code, screen, _, home) = terminal.ended();
    assert_eq!(code, 0, "{}", screen.screen().contents());
    home
}

#[test]
fn a_token_is_shown_on_the_alternate_screen_and_hidden_again() {
    let mut home = with_a_token();
    for key in [Some("x"), None] {
        let mut terminal = running(home, &["token", "reveal", "linear"]);
        terminal.until(TOKEN);
        assert!(terminal.screen.screen().alternate_screen());
        match key {
            Some(key) => terminal.press(key),
            // By itself, once its seconds are over.
            None => terminal.until("was shown and is hidden again"),
        }
        let (code, screen, raw, left) = terminal.ended();
        let contents = screen.screen().contents();
        assert_eq!(code, 0, "{contents}");
        assert!(contents.contains("linear was shown and is hidden again") && !contents.contains(TOKEN));
        let raw = String::from_utf8_lossy(&raw);
        let (before, rest) = raw.split_once("\u{1b}[?1049h").unwrap();
        let (_, after) = rest.rsplit_once("\u{1b}[?1049l").unwrap();
        assert!(!before.contains("canary") && !after.contains("canary"));
        home = left;
    }
}

/// Standard output leads elsewhere, so nobody looks.
#[test]
fn a_token_is_not_shown_to_a_pipe() {
    let home = with_a_token();
    let mut command = portable_pty::CommandBuilder::new("sh");
    command.args(["-c", "\"$IT\" token reveal linear | cat; echo \"end=$?\""]);
    command.env_clear();
    command.env("IT", env!("CARGO_BIN_EXE_devsecrets"));
    command.env("PATH", std::env::var("PATH").unwrap());
    command.env("HOME", home.path());
    command.env("TERM", "xterm-256color");
    environment(&home).iter().for_each(|(name, value)| command.env(name, value));
    let mut terminal = Terminal::of(home, command);
    let said = terminal.heard("end=");
    assert!(said.contains("DS-TOKEN-14") && !said.contains("canary"), "{said}");
}

/// Another project of the same developer is asked once, whichever the answer is; `--yes` is no answer to this.
#[test]
fn seeding_asks_about_a_token_another_project_keeps() {
    for (answer, shared) in [("y", true), ("n", false)] {
        let home = with_a_token();
        std::fs::rename(home.path().join("devsecrets.toml"), home.path().join("former.toml")).unwrap();
        let other = PROFILE.replace("\"shop\"", "\"other-shop\"");
        std::fs::write(home.path().join("devsecrets.toml"), other).unwrap();

        let terminal = running(home, &["seed", "--yes", "--dry-run"]);
        let (_, screen, _, home) = terminal.ended();
        let contents = screen.screen().contents();
        assert!(
            !contents.contains("[y/N]") && contents.contains("devsecrets token share linear"),
            "{contents}"
        );

        let mut terminal = running(home, &["seed"]);
        terminal.until("is kept for shop. Use it here too? [y/N]");
        terminal.press(&format!("{answer}\r"));
        if shared {
            terminal.until("Write ");
            terminal.press("y\r");
        }
        let (_, screen, raw, home) = terminal.ended();
        assert_unseen(&raw);
        let written = std::fs::read_to_string(home.path().join(".env")).unwrap_or_default();
        assert_eq!(written.contains(TOKEN), shared, "{}", screen.screen().contents());

        let terminal = running(home, &["seed", "--dry-run"]);
        let (_, screen, _, _home) = terminal.ended();
        assert!(!screen.screen().contents().contains("[y/N]"), "asked twice");
    }
}
