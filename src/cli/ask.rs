//! Questions on the controlling terminal. Standard input and output stay free for data.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use zeroize::Zeroizing;

use crate::keychain::key_file;
use crate::secret::SecretValue;
use crate::settings::Settings;
use crate::tty::unseen_line;

/// Asks for the key file's passphrase, twice when the file is new.
pub(super) fn passphrase(settings: &Settings) -> impl FnOnce() -> Option<SecretValue> + Send + 'static {
    let (interactive, known) = (settings.interactive, key_file(settings).is_some_and(|path| path.exists()));
    move || {
        if !interactive {
            return None;
        }
        let first = hidden("Passphrase of your key file: ")?;
        if known {
            return Some(first);
        }
        let again = hidden("There is no key file yet. The same passphrase again: ")?;
        first.same_as(&again).then_some(first)
    }
}

/// One line without echo; `None` when nothing was given.
pub(super) fn hidden(question: &str) -> Option<SecretValue> {
    let answer = Zeroizing::new(unseen_line(question).ok()?);
    Some(SecretValue::new(answer.as_str())).filter(|value| !value.is_blank())
}

/// A secret for the command: hidden on a terminal, else all of standard input.
pub(super) fn secret(question: &str, interactive: bool) -> Option<SecretValue> {
    if interactive {
        return hidden(question);
    }
    if io::stdin().is_terminal() {
        return None;
    }
    let text = Zeroizing::new(io::read_to_string(io::stdin()).ok()?);
    Some(SecretValue::new(text.as_str())).filter(|value| !value.is_blank())
}

/// Yes or no, asked until it is one of them; Enter alone is no, and so is the end of input.
pub(super) fn confirm(question: &str) -> bool {
    loop {
        let Some(answer) = line(&format!("{question} [y/N] ")) else { return false };
        match understood(&answer) {
            Some(yes) => return yes,
            // Standard error has just taken the question.
            None => _ = writeln!(io::stderr(), "Please answer y or n."),
        }
    }
}

fn understood(answer: &str) -> Option<bool> {
    match answer.to_ascii_lowercase().as_str() {
        "y" | "yes" => Some(true),
        "" | "n" | "no" => Some(false),
        _ => None,
    }
}

/// One line, trimmed; `None` at the end of input.
pub(super) fn line(question: &str) -> Option<String> {
    let mut error = io::stderr();
    write!(error, "{question}").and_then(|()| error.flush()).ok()?;
    let mut answer = String::new();
    (io::stdin().lock().read_line(&mut answer).ok()? > 0).then(|| answer.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_neither_yes_nor_no_is_asked_again() {
        assert_eq!(["y", "Y", "yes", "YES"].map(understood), [Some(true); 4]);
        assert_eq!(["", "n", "No", "NO"].map(understood), [Some(false); 4]);
        assert_eq!(["?", "yep", "1", "y y"].map(understood), [None; 4]);
    }
}
