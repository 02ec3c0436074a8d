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

/// Yes or no; everything but a clear yes is no.
pub(super) fn confirm(question: &str) -> bool {
    matches!(line(&format!("{question} [y/N] ")).as_deref(), Some("y" | "Y" | "yes" | "Yes"))
}

/// One line, trimmed; `None` at the end of input.
pub(super) fn line(question: &str) -> Option<String> {
    let mut error = io::stderr();
    write!(error, "{question}").and_then(|()| error.flush()).ok()?;
    let mut answer = String::new();
    (io::stdin().lock().read_line(&mut answer).ok()? > 0).then(|| answer.trim().to_owned())
}
