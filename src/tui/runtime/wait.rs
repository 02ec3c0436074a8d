//! What the loop waits for: keys, questions, a moment. What there is none of never comes, and wakes nobody.

use std::time::Duration;

use crossterm::event::Event;
use tokio::time::Instant;

use crate::keychain::{Question, Questions};
use crate::secret::SecretValue;
use crate::tui::model::Model;
use crate::tui::msg::Msg;

pub(super) fn message(model: &Model, event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) => model.context().intent(key).map(Msg::Press),
        Event::Paste(text) => Some(Msg::Pasted(SecretValue::new(text))),
        Event::Resize(width, height) => Some(Msg::Resized(width, height)),
        _ => None,
    }
}

pub(super) async fn asked(questions: &mut Option<Questions>) -> Option<Question> {
    match questions {
        Some(questions) => questions.recv().await,
        None => std::future::pending().await,
    }
}

pub(super) async fn at(end: Option<Instant>) {
    match end {
        Some(end) => tokio::time::sleep_until(end).await,
        None => std::future::pending().await,
    }
}

pub(super) async fn tick(every: Option<Duration>) {
    match every {
        Some(every) => tokio::time::sleep(every).await,
        None => std::future::pending().await,
    }
}
