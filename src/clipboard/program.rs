//! The programs of the desktop that put text on its clipboard, take it off, and say what is on it.
//!
//! Text goes through standard input, never an argument. A program that has not answered in time is ended: `xclip` waits
//! for ever for a window system that does not answer.

use std::io;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use tokio::time::timeout;

use crate::secret::SecretValue;

/// Far longer than any of them takes.
const LIMIT: Duration = Duration::from_secs(3);

type Words = &'static [&'static str];

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Program {
    copy: Words,
    clear: Words,
    paste: Words,
}

pub(super) const PBCOPY: Program = Program { copy: &["pbcopy"], clear: &["pbcopy"], paste: &["pbpaste"] };
pub(super) const WAYLAND: Program =
    Program { copy: &["wl-copy"], clear: &["wl-copy", "--clear"], paste: &["wl-paste", "--no-newline"] };
pub(super) const XCLIP: Program = Program {
    copy: &["xclip", "-selection", "clipboard"],
    clear: &["xclip", "-selection", "clipboard"],
    paste: &["xclip", "-selection", "clipboard", "-out"],
};

impl Program {
    pub(super) async fn copy(&self, text: &str) -> io::Result<()> {
        feed(self.copy, text, LIMIT).await
    }

    pub(super) async fn clear(&self) -> io::Result<()> {
        feed(self.clear, "", LIMIT).await
    }

    /// What is on the clipboard.
    pub(super) async fn shown(&self) -> io::Result<SecretValue> {
        let mut command = command(self.paste);
        let output = command.stdin(Stdio::null()).stdout(Stdio::piped()).output();
        let output = timeout(LIMIT, output).await.map_err(|_| silent(self.paste, LIMIT))??;
        String::from_utf8(output.stdout).map(SecretValue::new).map_err(io::Error::other)
    }
}

fn command(words: Words) -> Command {
    let mut command = Command::new(name(words));
    command.args(words.get(1..).unwrap_or_default()).stderr(Stdio::null()).kill_on_drop(true);
    command
}

fn name(words: Words) -> &'static str {
    words.first().copied().unwrap_or_default()
}

async fn feed(words: Words, text: &str, limit: Duration) -> io::Result<()> {
    let mut child = command(words).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    let fed = async {
        if let Some(mut input) = child.stdin.take() {
            input.write_all(text.as_bytes()).await?;
        }
        child.wait().await
    };
    let ended = timeout(limit, fed).await.map_err(|_| silent(words, limit))??;
    if ended.success() { Ok(()) } else { Err(io::Error::other(format!("{} failed", name(words)))) }
}

fn silent(words: Words, limit: Duration) -> io::Error {
    let says = format!("{} did not answer within {} s and was ended", name(words), limit.as_secs());
    io::Error::new(io::ErrorKind::TimedOut, says)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_program_that_hangs_is_ended_and_named() {
        let soon = Duration::from_millis(50);
        // Longer than a pipe holds: writing hangs, too.
        for text in ["x".to_owned(), "x".repeat(1 << 20)] {
            let error = feed(&["sleep", "600"], &text, soon).await.unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::TimedOut);
            assert!(error.to_string().starts_with("sleep did not answer within"), "{error}");
        }
    }

    #[tokio::test]
    async fn one_that_is_missing_or_fails_is_not_one_that_hangs() {
        for (words, kind) in
            [(&["/nowhere/xclip"] as Words, io::ErrorKind::NotFound), (&["false"], io::ErrorKind::Other)]
        {
            assert_eq!(feed(words, "", LIMIT).await.unwrap_err().kind(), kind);
        }
        feed(&["cat"], "x", LIMIT).await.unwrap();
    }
}
