//! The terminal: entering, drawing, and leaving it as it was found.
//!
//! The rule: whatever happens (an error, a panic, a signal), raw mode and the alternate screen end with us. So leaving is
//! in `Drop`, and in a panic hook that runs before the message is printed. A value is shown past the frames, which
//! would keep it, and is gone from the screen with [`Screen::wipe`].

use std::io::{self, BufWriter, Stdout, Write as _};
use std::sync::Once;

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal};
use zeroize::Zeroizing;

use crate::secret::SecretValue;

/// One frame is written in one go.
const BUFFER: usize = 64 * 1024;

/// Bytes of a move of the cursor, at most: `ESC [ 65535 ; 65535 H`.
const MOVE: usize = 14;

/// The terminal while it is ours.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
}

impl Screen {
    /// # Errors
    /// When this is no terminal.
    pub fn enter() -> io::Result<Self> {
        restore_on_panic();
        enable_raw_mode()?;
        let out = BufWriter::with_capacity(BUFFER, io::stdout());
        let mut screen = Self { terminal: Terminal::new(CrosstermBackend::new(out))? };
        screen.take()?;
        Ok(screen)
    }

    fn take(&mut self) -> io::Result<()> {
        let backend = self.terminal.backend_mut();
        // ratatui's own clear asks where the cursor is, and a terminal that never answers costs two seconds.
        execute!(backend, EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste, cursor::Hide)
    }

    /// Draws a frame that appears at once, without tearing, where the terminal knows how.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame)) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(view)?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Writes `value` into `room`, line by line. It passes no frame and no buffer that would keep it.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn show(&mut self, value: &SecretValue, room: Rect) -> io::Result<()> {
        self.terminal.backend_mut().flush()?;
        value.expose_to(|text| {
            // One buffer that never grows, and is wiped.
            let mut out = Zeroizing::new(Vec::with_capacity(text.len() + usize::from(room.height) * MOVE));
            for (row, line) in room.rows().zip(text.as_bytes().chunks(usize::from(room.width).max(1))) {
                queue!(&mut *out, cursor::MoveTo(row.x, row.y))?;
                out.extend_from_slice(line);
            }
            unbuffered(&out)
        })
    }

    /// Empties the screen, so that what frames know nothing of goes, too; the next one is drawn whole.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn wipe(&mut self) -> io::Result<()> {
        // The frame on the screen is forgotten, and with it what need not be drawn again.
        self.terminal.swap_buffers();
        execute!(self.terminal.backend_mut(), Clear(ClearType::All))
    }

    /// Gives the terminal back as it was found; [`enter_again`](Self::enter_again) takes it once more.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn leave(&mut self) -> io::Result<()> {
        self.terminal.backend_mut().flush()?;
        leave()
    }

    /// # Errors
    /// When the terminal is gone.
    pub fn enter_again(&mut self) -> io::Result<()> {
        enable_raw_mode()?;
        self.terminal.swap_buffers();
        self.take()
    }
}

/// Standard output keeps what it was given until others push it out; a value is not left there.
#[cfg(unix)]
fn unbuffered(bytes: &[u8]) -> io::Result<()> {
    let mut left = bytes;
    while !left.is_empty() {
        let count = rustix::io::retry_on_intr(|| rustix::io::write(io::stdout(), left))?;
        left = &left[count..];
    }
    Ok(())
}

/// There is no other door to the console.
#[cfg(windows)]
fn unbuffered(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all(bytes)?;
    out.flush()
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A terminal that is gone needs no restoring.
        let _ = self.terminal.backend_mut().flush();
        let _ = leave();
    }
}

fn leave() -> io::Result<()> {
    execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen, cursor::Show)?;
    disable_raw_mode()
}

/// The message of a panic must not be drawn on a screen that is about to vanish.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let _ = leave();
            before(panic);
        }));
    });
}

/// Hands the terminal a sequence that is not drawing, such as one for its clipboard.
///
/// # Errors
/// When the terminal is gone.
pub fn tell(sequence: &str) -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all(sequence.as_bytes())?;
    out.flush()
}
