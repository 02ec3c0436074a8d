//! One value on the controlling terminal for a few seconds, and then gone.
//!
//! On the alternate screen, so that no scrollback keeps it; wiped at the first key, after the time, or when the process
//! is told to stop. Standard output never sees it.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::time::Duration;

use crossterm::event::{Event, KeyEventKind};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use futures_util::StreamExt as _;

use crate::onboard::SHOWN_FOR;
use crate::secret::{Extent, SecretValue, plain, rows};
use crate::signals::stop;
use crate::tty::events;

const TERMINAL: &str = if cfg!(windows) { "CONOUT$" } else { "/dev/tty" };

/// Shows `value` under `title` until a key is pressed or the time is over.
///
/// # Errors
/// When there is no controlling terminal.
pub(super) async fn show(title: &str, value: &SecretValue) -> io::Result<()> {
    let mut screen = Screen::enter()?;
    let mut events = events()?;
    let mut asked_to_stop = std::pin::pin!(stop());
    for left in (1..=SHOWN_FOR.as_secs()).rev() {
        screen.draw(title, value, left)?;
        let mut second = std::pin::pin!(tokio::time::sleep(Duration::from_secs(1)));
        loop {
            tokio::select! {
                () = &mut second => break,
                () = &mut asked_to_stop => return Ok(()),
                event = events.next() => match event {
                    Some(Ok(Event::Key(key))) if key.kind != KeyEventKind::Release => return Ok(()),
                    Some(Ok(_)) => {}
                    _ => return Ok(()),
                },
            }
        }
    }
    Ok(())
}

struct Screen(File);

impl Screen {
    fn enter() -> io::Result<Self> {
        let terminal = OpenOptions::new().write(true).open(TERMINAL)?;
        enable_raw_mode()?;
        let mut screen = Self(terminal);
        execute!(screen.0, EnterAlternateScreen, cursor::Hide)?;
        Ok(screen)
    }

    fn draw(&mut self, title: &str, value: &SecretValue, left: u64) -> io::Result<()> {
        execute!(self.0, Clear(ClearType::All), cursor::MoveTo(0, 0))?;
        write!(self.0, "{}\r\n\r\n", plain(title))?;
        let columns = crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns));
        match Extent::of(value) {
            Some(_) => {
                value.expose_to(|text| rows(text, columns).try_for_each(|row| write!(self.0, "{row}\r\n")))?
            }
            None => write!(self.0, "(it holds signs that a terminal would obey)\r\n")?,
        }
        write!(self.0, "\r\nhidden again in {left} s, or at any key\r\n")?;
        self.0.flush()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = execute!(self.0, Clear(ClearType::All), LeaveAlternateScreen, cursor::Show);
        let _ = disable_raw_mode();
    }
}
