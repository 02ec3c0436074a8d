//! The terminal: entering, drawing, and leaving it as it was found.
//!
//! The rule: whatever happens (an error, a panic, a signal), raw mode and the alternate screen end with us. So leaving is
//! in `Drop`, and in a panic hook that runs before the message is printed.

use std::io::{self, BufWriter, Stdout, Write as _};
use std::sync::Once;

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};

/// One frame is written in one go.
const BUFFER: usize = 64 * 1024;

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
        let backend = screen.terminal.backend_mut();
        // ratatui's own clear asks where the cursor is, and a terminal that never answers costs two seconds.
        execute!(backend, EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste, cursor::Hide)?;
        Ok(screen)
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
