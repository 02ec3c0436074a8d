//! What the loop needs of a terminal.
//!
//! A trait, because there are two: the terminal itself, and a page in memory on which the tests play whole sittings.

use std::io;

use crossterm::event::Event;
use futures_util::Stream;
use ratatui::layout::{Rect, Size};

use super::background::QUESTION;
use super::listening::Listening;
use crate::secret::SecretValue;
use crate::tui::keymap::Intent;
use crate::tui::model::Model;
use crate::tui::terminal::{self, Screen};
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

    /// Asks for the background where nobody has told it; true when an answer may come.
    fn asks(&mut self) -> io::Result<bool> {
        Ok(false)
    }

    /// What a click there means in the frame on the screen.
    fn clicked(&self, _column: u16, _row: u16) -> Option<Intent> {
        None
    }

    /// The answer.
    fn lit(&mut self, _light: bool) {}
}

/// The terminal, in the colours of a theme.
pub(super) struct Live {
    screen: Screen,
    theme: Theme,
}

impl Live {
    pub fn enter(theme: Theme, mouse: bool) -> io::Result<(Self, Size)> {
        let screen = Screen::enter(mouse)?;
        Ok((Self { screen, theme }, size()?))
    }
}

impl Stage for Live {
    type Events = Listening;

    fn events(&mut self) -> Listening {
        Listening::new()
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

    fn asks(&mut self) -> io::Result<bool> {
        let asks = self.theme.open.is_some();
        if asks {
            terminal::tell(QUESTION)?;
        }
        Ok(asks)
    }

    fn clicked(&self, column: u16, row: u16) -> Option<Intent> {
        self.theme.touch.at(column, row)
    }

    fn lit(&mut self, light: bool) {
        self.theme = self.theme.clone().on(light);
    }
}

fn size() -> io::Result<Size> {
    let (width, height) = crossterm::terminal::size()?;
    Ok(Size { width, height })
}
