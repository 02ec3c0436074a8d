//! The clipboard of the person's own machine, for what is to be pasted somewhere, and its clearing.
//!
//! On the desktop the system's own program takes a secret on its standard input (`pbcopy`, `wl-copy`, `xclip`): never an
//! argument, and no window-system library in the binary. Over SSH, or where no program is, the terminal is asked. Clearing
//! leaves alone what somebody else has copied meanwhile, where that can be seen. Nothing here waits without an end.

mod program;
mod sequence;

use std::fs::OpenOptions;
use std::io::{self, Write as _};

use zeroize::Zeroizing;

use crate::secret::SecretValue;
use crate::settings::Settings;
use program::{PBCOPY, Program, WAYLAND, XCLIP};
use sequence::Through;

/// One way to the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clipboard {
    program: Option<&'static Program>,
    through: Through,
}

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
        Self { program, through: Through::of(settings) }
    }

    /// Puts `text` on the clipboard. True when a program took it; a terminal never says whether it did.
    ///
    /// # Errors
    /// When neither a program nor a terminal is there, or the program does not answer: it may have taken the text.
    pub async fn put(self, text: &SecretValue) -> io::Result<bool> {
        if let Some(program) = self.program {
            let text = text.expose_to(|text| Zeroizing::new(text.to_owned()));
            match program.copy(&text).await {
                Ok(()) => return Ok(true),
                Err(error) if error.kind() == io::ErrorKind::TimedOut => return Err(error),
                // No such program here: the terminal may still know how.
                Err(_) => {}
            }
        }
        text.expose_to(|text| self.tell(text)).map(|()| false)
    }

    /// Takes `text` off again. False when something else is there by now, which is left.
    ///
    /// # Errors
    /// As [`Clipboard::put`].
    pub async fn clear(self, text: &SecretValue) -> io::Result<bool> {
        if let Some(program) = self.program {
            match program.shown().await {
                Ok(shown) if !shown.same_as(text) => return Ok(false),
                Ok(_) => return program.clear().await.map(|()| true),
                Err(error) if error.kind() == io::ErrorKind::TimedOut => return Err(error),
                Err(_) => {}
            }
        }
        self.tell("").map(|()| true)
    }

    /// What makes the terminal put `text` on the clipboard: for a face that writes on the terminal itself.
    pub fn sequence(self, text: &str) -> Zeroizing<String> {
        self.through.sequence(text)
    }

    /// On the controlling terminal, so that it works when standard output is a pipe.
    fn tell(self, text: &str) -> io::Result<()> {
        let nothing = |_| io::Error::other("there is neither a clipboard program nor a terminal");
        let mut terminal = OpenOptions::new().write(true).open(TERMINAL).map_err(nothing)?;
        terminal.write_all(self.sequence(text).as_bytes())?;
        terminal.flush()
    }
}

const TERMINAL: &str = if cfg!(windows) { "CONOUT$" } else { "/dev/tty" };

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
    fn what_stands_between_is_known() {
        let through = |variables: &[&str]| of(variables).through;
        assert_eq!(through(&[]), Through::Nothing);
        assert_eq!((through(&["STY"]), through(&["TMUX", "STY"])), (Through::Screen, Through::Tmux));
    }
}
