//! The terminal: entering, drawing, and leaving it as it was found.
//!
//! The rule: whatever happens (an error, a panic, a signal), raw mode and the alternate screen end with us. So leaving is
//! in `Drop`, and in a panic hook that runs before the message is printed. A value is shown past the frames, which
//! would keep it, and is gone from the screen with [`Screen::wipe`].

use std::io::{self, BufWriter, Stdout, Write as _};
use std::mem::ManuallyDrop;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal};
use zeroize::Zeroizing;

use crate::secret::{SecretValue, rows};
use crate::tty;

/// One frame is written in one go.
const BUFFER: usize = 64 * 1024;

/// Enough for what waits already to be seen.
const A_MOMENT: Duration = Duration::from_millis(10);

/// Bytes of a move of the cursor, at most: `ESC [ 65535 ; 65535 H`.
const MOVE: usize = 14;

/// Clicks and the wheel, in SGR form (xterm's ctlseqs, 1000 and 1006). Not crossterm's own, which also reports every move:
/// that would wake us for nothing.
const CLICKS: &str = "\x1b[?1000h\x1b[?1006h";
const NO_CLICKS: &str = "\x1b[?1006l\x1b[?1000l";

/// The terminal while it is ours.
pub struct Screen {
    mouse: bool,
    /// Never dropped: its own end writes to the terminal, and panics when that is gone. Ours does all there is to do.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<BufWriter<Stdout>>>>,
}

impl Screen {
    /// # Errors
    /// When this is no terminal.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        restore_on_panic();
        enable_raw_mode()?;
        // Before anybody sees us, and may close what is shown there.
        tty::begin().inspect_err(|_| drop(disable_raw_mode()))?;
        let out = BufWriter::with_capacity(BUFFER, io::stdout());
        let mut screen =
            Self { mouse, terminal: ManuallyDrop::new(Terminal::new(CrosstermBackend::new(out))?) };
        screen.take()?;
        Ok(screen)
    }

    fn take(&mut self) -> io::Result<()> {
        let backend = self.terminal.backend_mut();
        // ratatui's own clear asks where the cursor is, and a terminal that never answers costs two seconds.
        OURS.store(true, Ordering::SeqCst);
        let mouse = if self.mouse { CLICKS } else { "" };
        queue!(backend, EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste, cursor::Hide)?;
        execute!(backend, Print(mouse))
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
            for (row, line) in room.rows().zip(rows(text, usize::from(room.width))) {
                queue!(&mut *out, cursor::MoveTo(row.x, row.y))?;
                out.extend_from_slice(line.as_bytes());
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
        // The events that were listened to before have left a wake-up behind, which would hold back a key it meets.
        event::poll(A_MOMENT)?;
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

/// Whether the screen is ours. Left twice, a terminal would put its cursor back over what was said in between.
static OURS: AtomicBool = AtomicBool::new(false);

fn leave() -> io::Result<()> {
    if !OURS.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    execute!(io::stdout(), Print(NO_CLICKS), DisableBracketedPaste, LeaveAlternateScreen, cursor::Show)?;
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

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read as _;

    use portable_pty::{CommandBuilder, PtySize, native_pty_system};

    use super::*;
    use crate::settings::Settings;

    const ASKED: &str = "DEVSECRETS_TEST_PANICS_ON_THE_SCREEN";
    const WORDS: &str = "a panic to be read afterwards";

    /// Does nothing but in the run that the next test starts on a terminal.
    #[test]
    fn panics_on_the_screen() {
        if Settings::from_process().unwrap().var(ASKED).is_some() {
            let _screen = Screen::enter(true).unwrap();
            panic!("{WORDS}");
        }
    }

    #[test]
    fn a_panic_leaves_the_terminal_as_it_was_and_its_words_on_it() {
        let size = PtySize { rows: 50, cols: 100, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["--exact", "tui::terminal::tests::panics_on_the_screen", "--nocapture"]);
        command.env(ASKED, "1");
        command.env("RUST_BACKTRACE", "0");
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut raw = Vec::new();
        // Its end is an error on Linux.
        let _ = pair.master.try_clone_reader().unwrap().read_to_end(&mut raw);
        assert!(!child.wait().unwrap().success());
        let mut screen = vt100::Parser::new(50.try_into().unwrap(), 100.try_into().unwrap(), 0);
        screen.process(&raw);
        let left = screen.screen();
        assert!(raw.windows(8).any(|bytes| bytes == b"\x1b[?1049h"), "it was on the screen");
        assert!(!left.alternate_screen() && !left.hide_cursor() && !left.bracketed_paste());
        assert_eq!(left.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert!(left.contents().contains(WORDS), "{}", left.contents());
    }
}
