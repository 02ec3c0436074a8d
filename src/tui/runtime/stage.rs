//! What the loop needs of a terminal.
//!
//! A trait, because there are two: the terminal itself, and a page in memory on which the tests play whole sittings.

use std::io;

use crossterm::event::{Event, EventStream};
use futures_util::Stream;
use ratatui::layout::{Rect, Size};

use crate::secret::SecretValue;
use crate::tui::model::Model;
use crate::tui::terminal::Screen;
use crate::tui::theme::Theme;
use crate::tui::view::view;

pub(super) trait Stage {
    type Events: Stream<Item = io::Result<Event>> + Unpin;

    /// Keys and the like. Dropping the stream lets others read them.
    fn events(&mut self) -> Self::Events;

    fn draw(&mut self, model: &Model) -> io::Result<()>;

    /// Writes `value` into `room`, which the frame has left empty. It is no part of any frame.
    fn show(&mut self, value: &SecretValue, room: Rect) -> io::Result<()>;

    /// Empties the screen of all that was ever on it; the next frame is drawn whole.
    fn wipe(&mut self) -> io::Result<()>;

    /// Gives the terminal back as it was found.
    fn leave(&mut self) -> io::Result<()>;

    /// Takes it again, whatever its size is by now.
    fn enter(&mut self) -> io::Result<Size>;
}

/// The terminal, in the colours of a theme.
pub(super) struct Live {
    screen: Screen,
    theme: Theme,
}

impl Live {
    pub fn enter(theme: Theme) -> io::Result<(Self, Size)> {
        let screen = Screen::enter()?;
        Ok((Self { screen, theme }, size()?))
    }
}

impl Stage for Live {
    type Events = EventStream;

    fn events(&mut self) -> EventStream {
        EventStream::new()
    }

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        let Self { screen, theme } = self;
        screen.draw(|frame| view(model, theme, frame))
    }

    fn show(&mut self, value: &SecretValue, room: Rect) -> io::Result<()> {
        self.screen.show(value, room)
    }

    fn wipe(&mut self) -> io::Result<()> {
        self.screen.wipe()
    }

    fn leave(&mut self) -> io::Result<()> {
        self.screen.leave()
    }

    fn enter(&mut self) -> io::Result<Size> {
        self.screen.enter_again()?;
        size()
    }
}

fn size() -> io::Result<Size> {
    let (width, height) = crossterm::terminal::size()?;
    Ok(Size { width, height })
}
