//! What a job asks of the loop itself, past the model: the terminal for a while, or a value on the screen.
//!
//! The rule: neither is a message, so no value and nobody else's drawing can get into the model. While the terminal is
//! lent we neither read keys nor draw; what is under way goes on, and its answers wait.

use std::io;

use time::OffsetDateTime;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::Sitting;
use super::stage::Stage;
use crate::secret::{Extent, SecretValue};
use crate::tui::effect::TaskId;
use crate::tui::msg::{Done, Msg};
use crate::tui::overlays;

/// Work that has the terminal to itself. It blocks, so it is done on a thread of its own.
pub(super) type Work = Box<dyn FnOnce() + Send>;

/// What the model is told: the room the value takes, or that it cannot be shown.
pub(super) type Brought = fn(Option<Extent>) -> Done;

/// Asked of the loop.
pub(super) enum Aside {
    Lend(Work),
    /// The value that this task was to bring.
    Show(TaskId, SecretValue, Brought),
    /// A job panicked.
    Broken,
}

/// How jobs reach the loop.
#[derive(Clone)]
pub(super) struct Asides(pub UnboundedSender<Aside>);

impl Asides {
    /// Does `work` with the screen out of its way, and comes back redrawn. `None` when we are leaving.
    ///
    /// Nothing in `work` may wait for the screen, such as a keychain that asks for its passphrase there.
    pub async fn lend<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let (tell, told) = oneshot::channel();
        // Whoever asked may have been cut off meanwhile.
        let work = Box::new(move || drop(tell.send(work())));
        self.0.send(Aside::Lend(work)).ok()?;
        told.await.ok()
    }

    /// The same for work nobody waits for.
    pub fn step_aside(&self, work: Work) {
        // Nobody listens any more once we are leaving.
        let _ = self.0.send(Aside::Lend(work));
    }

    /// Ends the sitting.
    pub fn broken(&self) {
        let _ = self.0.send(Aside::Broken);
    }

    /// Puts `value` where the model has room for it, once and for a short time.
    pub fn show(&self, id: TaskId, value: SecretValue, brought: Brought) {
        // Nobody listens any more once we are leaving.
        let _ = self.0.send(Aside::Show(id, value, brought));
    }
}

impl Sitting {
    /// The value has come: if it is still wanted, the frame makes room for it, and it is written there.
    pub(super) fn show(
        &mut self,
        stage: &mut impl Stage,
        id: TaskId,
        value: &SecretValue,
        brought: Brought,
    ) -> io::Result<()> {
        self.take(Msg::Tick(OffsetDateTime::now_utc()));
        self.take(Msg::Finished(id, brought(Extent::of(value))));
        let Some(room) = overlays::revealed::room(&self.model) else { return Ok(()) };
        stage.draw(&self.model)?;
        stage.show(value, room)?;
        self.shown_until = Some(Instant::now() + self.shown_for);
        Ok(())
    }

    /// Takes the value off the screen once the model has no room for it any more.
    pub(super) fn mask(&mut self, stage: &mut impl Stage) -> io::Result<()> {
        let masked = self.leaving || overlays::revealed::room(&self.model).is_none();
        if masked && self.shown_until.take().is_some() {
            stage.wipe()?;
        }
        Ok(())
    }

    /// Steps aside for `work`, and comes back to the screen as it was.
    pub(super) async fn lend(&mut self, stage: &mut impl Stage, work: Work) -> io::Result<()> {
        stage.leave()?;
        // Work that panicked has already said so.
        let _ = tokio::task::spawn_blocking(work).await;
        self.come_back(stage)
    }

    /// The terminal may have been anybody's meanwhile.
    pub(super) fn come_back(&mut self, stage: &mut impl Stage) -> io::Result<()> {
        let size = stage.enter()?;
        self.take(Msg::Resized(size.width, size.height));
        Ok(())
    }
}
