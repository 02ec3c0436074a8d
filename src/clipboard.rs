//! The clipboard of the person's own machine, for a secret that is to be pasted somewhere, and its clearing.
//!
//! On the desktop the system's own program takes the value on its standard input (`pbcopy`, `wl-copy`, `xclip`): never an
//! argument, and no window-system library in the binary. Over SSH, or where no program is, the terminal is asked (xterm's
//! OSC 52), through tmux if need be. Clearing leaves alone what somebody else has copied meanwhile, where that can be seen.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use zeroize::Zeroizing;

use crate::secret::SecretValue;
use crate::settings::Settings;

/// One way to the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clipboard {
    program: Option<&'static Program>,
    /// The terminal is tmux, which passes on what is wrapped for it.
    tmux: bool,
}

#[derive(Debug, PartialEq, Eq)]
struct Program {
    copy: &'static [&'static str],
    clear: &'static [&'static str],
    paste: &'static [&'static str],
}

const PBCOPY: Program = Program { copy: &["pbcopy"], clear: &["pbcopy"], paste: &["pbpaste"] };
const WAYLAND: Program =
    Program { copy: &["wl-copy"], clear: &["wl-copy", "--clear"], paste: &["wl-paste", "--no-newline"] };
const XCLIP: Program = Program {
    copy: &["xclip", "-selection", "clipboard"],
    clear: &["xclip", "-selection", "clipboard"],
    paste: &["xclip", "-selection", "clipboard", "-out"],
};

impl Clipboard {
    /// The way that fits where the person sits.
    pub fn of(settings: &Settings) -> Self {
        let var = |name| settings.var(name).is_some();
        let afar = var("SSH_CONNECTION") || var("SSH_TTY");
        let program = match () {
            () if afar => None,
            () if cfg!(target_os = "macos") => Some(&PBCOPY),
            () if var("WAYLAND_DISPLAY") => Some(&WAYLAND),
            () if var("DISPLAY") => Some(&XCLIP),
            () => None,
        };
        Self { program, tmux: var("TMUX") }
    }

    /// Puts `text` on the clipboard. True when a program took it; a terminal never says whether it did.
    ///
    /// # Errors
    /// When neither a program nor a terminal is there.
    pub fn put(self, text: &SecretValue) -> io::Result<bool> {
        let taken = self.program.map(|program| text.expose_to(|text| feed(program.copy, text)));
        match taken {
            Some(Ok(())) => Ok(true),
            // No such program here: the terminal may still know how.
            _ => text.expose_to(|text| self.tell(text)).map(|()| false),
        }
    }

    /// Takes `text` off again. False when something else is there by now, which is left.
    ///
    /// # Errors
    /// As [`Clipboard::put`].
    pub fn clear(self, text: &SecretValue) -> io::Result<bool> {
        match self.program.map(|program| (program, shown(program))) {
            Some((_, Ok(shown))) if !shown.same_as(text) => Ok(false),
            Some((program, Ok(_))) => feed(program.clear, "").map(|()| true),
            _ => self.tell("").map(|()| true),
        }
    }

    /// On the controlling terminal, so that it works when standard output is a pipe.
    fn tell(self, text: &str) -> io::Result<()> {
        let sequence = self.sequence(text);
        let mut terminal = OpenOptions::new().write(true).open(TERMINAL)?;
        terminal.write_all(sequence.as_bytes())?;
        terminal.flush()
    }

    fn sequence(self, text: &str) -> Zeroizing<String> {
        let encoded = Zeroizing::new(BASE64_STANDARD.encode(text));
        let plain = Zeroizing::new(format!("\x1b]52;c;{}\x07", encoded.as_str()));
        match self.tmux {
            // tmux takes the plain form with `set-clipboard on`, the wrapped one with `allow-passthrough on`.
            true => Zeroizing::new(format!("{}\x1bPtmux;\x1b{}\x1b\\", plain.as_str(), plain.as_str())),
            false => plain,
        }
    }
}

const TERMINAL: &str = if cfg!(windows) { "CONOUT$" } else { "/dev/tty" };

fn command(words: &'static [&'static str]) -> Command {
    let mut command = Command::new(words.first().copied().unwrap_or_default());
    command.args(words.get(1..).unwrap_or_default()).stderr(Stdio::null());
    command
}

fn feed(words: &'static [&'static str], text: &str) -> io::Result<()> {
    let mut child = command(words).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    if child.wait()?.success() { Ok(()) } else { Err(io::Error::other("the clipboard program failed")) }
}

fn shown(program: &'static Program) -> io::Result<SecretValue> {
    let output = command(program.paste).stdin(Stdio::null()).output()?;
    String::from_utf8(output.stdout).map(SecretValue::new).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn of(variables: &[&str]) -> Clipboard {
        let bare = Settings::bare("/", Path::new("/h"));
        Clipboard::of(&variables.iter().fold(bare, |settings, name| settings.with(name, "x")))
    }

    #[test]
    fn from_afar_the_terminal_is_asked() {
        assert_eq!(of(&["SSH_CONNECTION", "DISPLAY", "WAYLAND_DISPLAY"]).program, None);
        #[cfg(target_os = "linux")]
        {
            assert_eq!(of(&["DISPLAY", "WAYLAND_DISPLAY"]).program, Some(&WAYLAND));
            assert_eq!(of(&["DISPLAY"]).program, Some(&XCLIP));
            assert_eq!(of(&[]).program, None);
        }
    }

    #[test]
    fn tmux_gets_both_forms() {
        assert_eq!(of(&[]).sequence("hi").as_str(), "\x1b]52;c;aGk=\x07");
        let wrapped = "\x1b]52;c;aGk=\x07\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\";
        assert_eq!(of(&["TMUX"]).sequence("hi").as_str(), wrapped);
    }
}
