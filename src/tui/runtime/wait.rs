//! What the loop waits for: keys, questions, a moment. What there is none of never comes, and wakes nobody.

use std::time::Duration;

use crossterm::event::{Event, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use time::OffsetDateTime;
use tokio::time::Instant;

use crate::keychain::{Question, Questions};
use crate::secret::SecretValue;
use crate::tui::keymap::{Context, Intent, Key};
use crate::tui::model::{Model, UNDO};
use crate::tui::msg::Msg;

pub(super) fn message(model: &Model, event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) => model.context().intent(key).or_else(|| offered(model, key)).map(Msg::Press),
        Event::Paste(text) => Some(Msg::Pasted(SecretValue::new(text))),
        Event::Resize(width, height) => Some(Msg::Resized(width, height)),
        _ => None,
    }
}

/// What a remark offers.
fn offered(model: &Model, key: KeyEvent) -> Option<Intent> {
    (key.kind != KeyEventKind::Release && Key::from(key) == UNDO && model.undo_key()).then_some(Intent::Undo)
}

/// The wheel moves the cursor where there is one; a click means what stands there.
pub(super) fn pointed(
    model: &Model,
    mouse: MouseEvent,
    clicked: impl Fn(u16, u16) -> Option<Intent>,
) -> Option<Msg> {
    let context = model.context();
    let intent = match mouse.kind {
        MouseEventKind::ScrollUp => Intent::Up,
        MouseEventKind::ScrollDown => Intent::Down,
        MouseEventKind::Down(_) if context == Context::Revealed => Intent::Back,
        MouseEventKind::Down(MouseButton::Left) => return clicked(mouse.column, mouse.row).map(Msg::Press),
        _ => return None,
    };
    let known = intent == Intent::Back || context.rows().any(|row| row.intent == intent);
    known.then_some(Msg::Press(intent))
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

/// When the wall clock says `when`, if nobody sets it until then.
pub(super) fn moment(when: OffsetDateTime, now: OffsetDateTime) -> Instant {
    Instant::now() + (when - now).try_into().unwrap_or_default()
}

/// Whose moment has come.
pub(super) async fn passed<K>(next: Option<(K, Instant)>) -> K {
    match next {
        Some((id, end)) => {
            tokio::time::sleep_until(end).await;
            id
        }
        None => std::future::pending().await,
    }
}

pub(super) async fn tick(every: Option<Duration>) {
    match every {
        Some(every) => tokio::time::sleep(every).await,
        None => std::future::pending().await,
    }
}
