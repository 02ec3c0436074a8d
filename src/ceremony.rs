//! The recovery phrase on the controlling terminal: shown to be written down, or typed in.
//!
//! The rule: words appear on the alternate screen of the terminal and nowhere else, neither in a pipe nor in what can be
//! scrolled back to, and the screen is wiped whatever ends the ceremony: an answer, Ctrl-C, or a signal. It blocks, and
//! it has the terminal to itself: a face that is drawing on it steps aside first.

mod export;
mod import;

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::event::{
    DisableBracketedPaste, EnableBracketedPaste, Event, KeyCode, KeyEventKind, KeyModifiers,
};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, event, execute};
use zeroize::{Zeroize as _, Zeroizing};

pub use export::show;
pub use import::ask;

use crate::finding::{Finding, Remedy};
use crate::identity::WORDS;
use crate::secret::SecretValue;

/// How long a signal may go unnoticed.
const GLANCE: Duration = Duration::from_millis(200);

/// Enough for what waits already to be seen.
const A_MOMENT: Duration = Duration::from_millis(10);

/// Room for a whole phrase in one line, so that what is typed never moves and leaves a copy.
const LINE: usize = 4096;

/// Words side by side: 56 columns.
const COLUMNS: usize = 4;

/// The terminal while the ceremony has it.
struct Page {
    terminal: File,
    signals: Signals,
}

impl Page {
    fn open() -> Result<Self, Finding> {
        Self::enter().map_err(|_| no_terminal())
    }

    fn enter() -> io::Result<Self> {
        let terminal = OpenOptions::new().read(true).write(true).open(TERMINAL)?;
        let signals = Signals::watch()?;
        enable_raw_mode()?;
        let mut page = Self { terminal, signals };
        // A stream of events that listened before us leaves a wake-up behind, which would hold back a key it meets.
        event::poll(A_MOMENT)?;
        execute!(page.terminal, EnterAlternateScreen, EnableBracketedPaste, cursor::Show)?;
        Ok(page)
    }

    /// Replaces all that is on the screen.
    fn show(&mut self, text: &str) -> io::Result<()> {
        execute!(self.terminal, Clear(ClearType::All), cursor::MoveTo(0, 0))?;
        for line in text.lines() {
            write!(self.terminal, "{line}\r\n")?;
        }
        self.terminal.flush()
    }

    /// What is typed or pasted behind `question`, up to Enter; `None` when the person leaves.
    fn line(&mut self, question: &str) -> io::Result<Option<SecretValue>> {
        let mut typed = Zeroizing::new(String::with_capacity(LINE));
        loop {
            write!(self.terminal, "\r\x1b[K{question}{}", tail(&typed))?;
            self.terminal.flush()?;
            match self.event()? {
                Pressed::Leave => return Ok(None),
                Pressed::Enter => return Ok(Some(SecretValue::new(typed.as_str()))),
                Pressed::Erase => _ = typed.pop(),
                Pressed::Text(mut text) => {
                    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
                    let room = LINE - typed.len().min(LINE);
                    typed.extend(plain.take(room / 4));
                    text.zeroize();
                }
            }
        }
    }

    fn event(&self) -> io::Result<Pressed> {
        loop {
            if self.signals.ended.load(Ordering::Relaxed) {
                return Ok(Pressed::Leave);
            }
            if event::poll(GLANCE)?
                && let Some(pressed) = pressed(event::read()?)
            {
                return Ok(pressed);
            }
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // A terminal that is gone needs no restoring.
        let _ = execute!(
            self.terminal,
            Clear(ClearType::All),
            DisableBracketedPaste,
            LeaveAlternateScreen,
            cursor::Show
        );
        let _ = disable_raw_mode();
    }
}

enum Pressed {
    Text(String),
    Enter,
    Erase,
    Leave,
}

fn pressed(event: Event) -> Option<Pressed> {
    match event {
        Event::Paste(text) => Some(Pressed::Text(text)),
        Event::Key(key) if key.kind != KeyEventKind::Release => match key.code {
            KeyCode::Char('c' | 'd') if key.modifiers.contains(KeyModifiers::CONTROL) => Some(Pressed::Leave),
            KeyCode::Esc => Some(Pressed::Leave),
            KeyCode::Enter => Some(Pressed::Enter),
            KeyCode::Backspace => Some(Pressed::Erase),
            KeyCode::Char(c) => Some(Pressed::Text(c.to_string())),
            _ => None,
        },
        _ => None,
    }
}

/// The end of a long line is what one is typing.
fn tail(typed: &str) -> &str {
    let start = typed.char_indices().rev().nth(30).map_or(0, |(at, _)| at);
    &typed[start..]
}

/// Numbered words in columns, read downwards; a word that is not there yet is a line.
fn grid(words: &[&str]) -> Zeroizing<String> {
    let rows = WORDS / COLUMNS;
    let mut text = Zeroizing::new(String::with_capacity(WORDS * 16));
    for row in 0..rows {
        for column in 0..COLUMNS {
            let at = column * rows + row;
            let word = words.get(at).copied().unwrap_or("________");
            text.push_str(&format!("{:>4} {word:<9}", at + 1));
        }
        text.push('\n');
    }
    text
}

#[cfg(unix)]
const TERMINAL: &str = "/dev/tty";
#[cfg(windows)]
const TERMINAL: &str = "CONOUT$";

/// Signals that ask us to end, noticed instead of obeyed at once.
#[derive(Default)]
struct Signals {
    ended: Arc<AtomicBool>,
    #[cfg(unix)]
    ids: Vec<signal_hook::SigId>,
}

impl Signals {
    /// Ctrl-C is a key while the terminal is in raw mode.
    fn watch() -> io::Result<Self> {
        #[cfg_attr(windows, expect(unused_mut, reason = "Windows sends none"))]
        let mut signals = Self::default();
        #[cfg(unix)]
        for signal in [signal_hook::consts::SIGHUP, signal_hook::consts::SIGTERM] {
            signals.ids.push(signal_hook::flag::register(signal, signals.ended.clone())?);
        }
        Ok(signals)
    }
}

#[cfg(unix)]
impl Drop for Signals {
    fn drop(&mut self) {
        self.ids.drain(..).for_each(|id| _ = signal_hook::low_level::unregister(id));
    }
}

fn no_terminal() -> Finding {
    let says = "the recovery phrase is shown and typed on the controlling terminal alone, and there is none";
    let remedy = Remedy::says("run it in a terminal of your own, without --no-input, a pipe or CI");
    Finding::error("DS-IDENTITY-06", "identity", says, remedy)
}

/// The terminal went away half way.
fn lost(error: io::Error) -> Finding {
    let says = format!("the terminal could not be used: {error}");
    Finding::error("DS-IDENTITY-06", "identity", says, Remedy::says("try again in another terminal"))
}

/// Whether a person at a terminal can be asked at all.
///
/// # Errors
/// When nobody can, with what to do instead.
pub fn possible(interactive: bool) -> Result<(), Finding> {
    if interactive { Ok(()) } else { Err(no_terminal()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_numbered_down_the_columns_of_a_narrow_terminal() {
        let words: Vec<String> = (1..=WORDS).map(|at| format!("word{at}")).collect();
        let text = grid(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(text.starts_with("   1 word1       7 word7      13 word13"), "{}", *text);
        assert!(text.lines().all(|line| line.trim_end().chars().count() <= 58) && text.lines().count() == 6);
        assert_eq!(grid(&[]).matches("________").count(), WORDS);
        assert!(text.len() <= WORDS * 16);
    }

    #[test]
    fn a_long_line_shows_its_end() {
        assert_eq!(tail("short"), "short");
        assert_eq!(tail(&"ü".repeat(100)).chars().count(), 31);
    }
}
