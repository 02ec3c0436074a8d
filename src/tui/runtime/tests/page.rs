//! A terminal in memory, with somebody at its keyboard who presses a key once certain words are there.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent};
use futures_util::Stream;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::{Rect, Size};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::onboard::SHOWN_FOR;
use crate::secret::{SecretValue, rows};
use crate::tui::keymap::Intent;
use crate::tui::model::Model;
use crate::tui::runtime::stage::Stage;
use crate::tui::tests::text;
use crate::tui::theme::Theme;
use crate::tui::view::view;

pub struct Page {
    terminal: Terminal<TestBackend>,
    theme: Theme,
    script: VecDeque<(String, Event)>,
    keys: Option<UnboundedSender<io::Result<Event>>>,
    /// How long a value stays on it.
    pub shown_for: Duration,
    /// The last key is pressed once a value has been there and is gone.
    pub waits_for_the_mask: bool,
    /// Every frame, in order.
    pub frames: Vec<String>,
    /// What the model says of itself at each frame.
    pub models: Vec<String>,
    /// The screens with a value on them.
    pub revealed: Vec<String>,
    /// What became of the terminal between the frames: "wiped", "left", "entered".
    pub between: Vec<&'static str>,
}

impl Page {
    pub fn new(script: &[(&str, KeyCode)]) -> Self {
        let key = |(words, key): &(&str, KeyCode)| ((*words).to_owned(), Event::Key(KeyEvent::from(*key)));
        Self::playing(script.iter().map(key))
    }

    /// The same with any events.
    pub fn playing(script: impl IntoIterator<Item = (String, Event)>) -> Self {
        Self {
            terminal: Terminal::new(TestBackend::new(120, 40)).unwrap(),
            theme: Theme::plain(),
            script: script.into_iter().collect(),
            keys: None,
            shown_for: SHOWN_FOR,
            waits_for_the_mask: false,
            frames: Vec::new(),
            models: Vec::new(),
            revealed: Vec::new(),
            between: Vec::new(),
        }
    }

    /// Presses the next key, if the screen is the one it is for.
    fn look(&mut self, shown: &str) {
        let waits = self.waits_for_the_mask && self.script.len() == 1 && self.between.is_empty();
        let due = !waits && self.script.front().is_some_and(|(words, _)| shown.contains(words));
        if let (true, Some(keys)) = (due, &self.keys)
            && let Some((_, event)) = self.script.pop_front()
        {
            let _ = keys.send(Ok(event));
        }
    }
}

impl Stage for Page {
    type Events = Pin<Box<dyn Stream<Item = io::Result<Event>>>>;

    fn events(&mut self) -> Self::Events {
        let (keys, mut pressed) = unbounded_channel();
        self.keys = Some(keys);
        Box::pin(futures_util::stream::poll_fn(move |context| pressed.poll_recv(context)))
    }

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        self.terminal.draw(|frame| view(model, &self.theme, frame)).unwrap();
        let shown = text(self.terminal.backend().buffer());
        let revealed = shown.contains("hidden again");
        if !revealed {
            self.look(&shown);
        }
        self.frames.push(shown);
        self.models.push(format!("{model:?}"));
        Ok(())
    }

    fn show(&mut self, value: &SecretValue, room: Rect) -> io::Result<()> {
        let mut seen = self.terminal.backend().buffer().clone();
        assert!(room.positions().all(|place| seen[place].symbol() == " "), "the frame leaves the room empty");
        value.expose_to(|text| {
            for (row, line) in room.rows().zip(rows(text, usize::from(room.width))) {
                seen.set_string(row.x, row.y, line, ratatui::style::Style::new());
            }
        });
        let seen = text(&seen);
        self.look(&seen);
        self.revealed.push(seen);
        Ok(())
    }

    fn wipe(&mut self) -> io::Result<()> {
        self.between.push("wiped");
        Ok(())
    }

    fn clicked(&self, column: u16, row: u16) -> Option<Intent> {
        self.theme.touch.at(column, row)
    }

    fn leave(&mut self) -> io::Result<()> {
        self.between.push("left");
        Ok(())
    }

    fn enter(&mut self) -> io::Result<Size> {
        self.between.push("entered");
        Ok(Size { width: 120, height: 40 })
    }
}
