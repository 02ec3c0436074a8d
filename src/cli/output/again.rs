//! Commands to copy mean what this one means: what was said of profile and environment is said again.
//!
//! Text for people alone. A script has its own words, and JSON is the same however a command was written.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::cli::args::Global;

/// Those that mean another profile or environment when it is not said.
const COMMANDS: [&str; 13] = [
    "login", "status", "seed", "adopt", "run", "env", "doctor", "token", "set", "reveal", "copy", "explain",
    "undo",
];

/// What was said, with a space before each.
static SAID: OnceLock<String> = OnceLock::new();

/// From now on `global` is meant.
pub(in crate::cli) fn mean(global: &Global) {
    let profile = global.profile.iter().map(|name| ("-p", name));
    // Of several nobody knows which is meant.
    let environment = Some(&global.environment).filter(|names| names.len() == 1);
    let environment = environment.into_iter().flatten().map(|name| ("-e", name));
    let said: String = profile
        .chain(environment)
        .map(|(flag, name)| format!(" {flag} {}", shell_words::quote(name)))
        .collect();
    if !said.is_empty() {
        // One command is one process.
        let _ = SAID.set(said);
    }
}

/// `text` with commands that mean the same as this one.
pub(super) fn again(text: &str) -> Cow<'_, str> {
    SAID.get().map_or(Cow::Borrowed(text), |said| Cow::Owned(with(text, said)))
}

fn with(text: &str, said: &str) -> String {
    const NAME: &str = "devsecrets";
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(NAME) {
        let (before, after) = rest.split_at(at + NAME.len());
        out += before;
        let alone = !rest[..at].ends_with(|c: char| c.is_alphanumeric() || "/._-".contains(c));
        let command =
            after.strip_prefix(' ').and_then(|after| after.split([' ', '\n', '`', ';', ')', ',']).next());
        if alone && command.is_some_and(|command| COMMANDS.contains(&command)) {
            out += said;
        }
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_get_what_was_said_and_words_do_not() {
        for (text, expected) in [
            (
                "next: devsecrets run -s api -- npm run dev",
                "next: devsecrets -p shop run -s api -- npm run dev",
            ),
            ("sign in: devsecrets login", "sign in: devsecrets -p shop login"),
            (
                "`devsecrets seed`; then devsecrets status\n",
                "`devsecrets -p shop seed`; then devsecrets -p shop status\n",
            ),
            ("devsecrets: 3 values", "devsecrets: 3 values"),
            ("devsecrets leaves; /home/devsecrets run", "devsecrets leaves; /home/devsecrets run"),
            ("devsecrets", "devsecrets"),
        ] {
            assert_eq!(with(text, " -p shop"), expected);
        }
    }
}
