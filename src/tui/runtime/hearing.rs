//! What the terminal says: keys, clicks, its end, and its background.

use std::io;
use std::time::Duration;

use crossterm::event::Event;
use futures_util::StreamExt as _;
use tokio::time::Instant;

use super::Sitting;
use super::background::Heard;
use super::stage::Stage;
use super::wait::{message, pointed};

/// How long the terminal may take to end a sentence when we leave.
const PATIENCE: Duration = Duration::from_millis(15);

impl Sitting {
    /// The end of the event stream is the end of the terminal.
    pub(super) fn happened(
        &mut self,
        stage: &mut impl Stage,
        event: Option<io::Result<Event>>,
    ) -> io::Result<()> {
        let Some(event) = event.transpose()? else {
            self.leaving = true;
            return Ok(());
        };
        let Some(event) = self.heard(stage, event) else { return Ok(()) };
        let msg = match event {
            Event::Mouse(mouse) => pointed(&self.model, mouse, |x, y| stage.clicked(x, y)),
            event => message(&self.model, event),
        };
        msg.into_iter().for_each(|msg| self.take(msg));
        Ok(())
    }

    /// The event, unless it is part of what the terminal says of itself.
    fn heard(&mut self, stage: &mut impl Stage, event: Event) -> Option<Event> {
        let Some(answer) = &mut self.answer else { return Some(event) };
        match answer.hears(event) {
            Heard::Event(event) => return Some(event),
            Heard::Part => {}
            Heard::Background(light) => {
                self.answer = None;
                light.into_iter().for_each(|light| stage.lit(light));
            }
        }
        None
    }

    /// An answer on its way must not be typed into the shell that comes after us.
    pub(super) async fn hear_out<S: Stage>(&mut self, stage: &mut S, events: &mut S::Events) {
        let until = Instant::now() + PATIENCE;
        while self.answer.is_some() {
            match tokio::time::timeout_at(until, events.next()).await {
                Ok(Some(Ok(event))) => drop(self.heard(stage, event)),
                _ => return,
            }
        }
    }
}
