//! The leak scan, the person's editor, and the baseline.
//!
//! The rule: looking locks nobody out, and stops when nobody waits for it any more. The baseline stays here; the model has
//! places and keyed prints.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::MissedTickBehavior;

use super::World;
use crate::audit::{self, AuditError, Audited, Baseline, Leak, Source, Watch};
use crate::editor::{Editor, Spot};
use crate::tui::effect::TaskId;
use crate::tui::msg::{Answer, Msg};
use crate::tui::screens::audit::{AuditAct, AuditDone};

/// How often it is told how far the scan has come.
const BEAT: Duration = Duration::from_millis(100);

pub async fn perform(world: &World, id: TaskId, act: AuditAct, sender: &UnboundedSender<Msg>) -> AuditDone {
    match act {
        AuditAct::Look(source) => AuditDone::Looked(look(world, id, source, sender).await),
        AuditAct::Open { root, leak } => AuditDone::Opened(open(world, &root, &leak).await),
        AuditAct::Allow(leak) => AuditDone::Allowed(change(world, &leak, |baseline| baseline.accept(&leak))),
        AuditAct::Disallow(leak) => {
            AuditDone::Disallowed(change(world, &leak, |baseline| baseline.forget(&leak).map(|_| ())))
        }
    }
}

/// Told to stop when whoever waits for it is cut off.
struct Wanted(Arc<Watch>);

impl Drop for Wanted {
    fn drop(&mut self) {
        self.0.stop();
    }
}

async fn look(
    world: &World,
    id: TaskId,
    source: Source,
    sender: &UnboundedSender<Msg>,
) -> Answer<Box<Audited>> {
    let inspection = world.session.lock().await.inspection(source);
    let wanted = Wanted(Arc::default());
    let watch = Arc::clone(&wanted.0);
    let mut looking = tokio::task::spawn_blocking(move || inspection.run(&watch));
    let mut beats = tokio::time::interval(BEAT);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let ended = loop {
        tokio::select! {
            ended = &mut looking => break ended,
            _ = beats.tick() => {
                let (done, all) = wanted.0.progress();
                // Nobody listens any more once we are leaving.
                let _ = sender.send(Msg::Counted(id, done, all));
            }
        }
    };
    let found = match ended.map_err(tokio::task::JoinError::try_into_panic) {
        Ok(found) => found,
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        // Only when everything ends.
        Err(Err(_)) => return std::future::pending().await,
    };
    let (audited, baseline) = found.map_err(|error| error.finding())?;
    world.baseline.replace(baseline);
    Ok(Box::new(audited))
}

/// The editor gets the terminal until it ends. Its name.
async fn open(world: &World, root: &Path, leak: &Leak) -> Answer<String> {
    let file = audit::on_disk(root, &leak.path, leak.commit.as_deref())?;
    let editor = Editor::at(&world.settings, &Spot { file, line: leak.line, column: leak.column })?;
    let (handle, name) = (Handle::current(), editor.name().to_owned());
    let opened = world.asides.lend(move || handle.block_on(editor.open())).await;
    opened.transpose()?;
    Ok(name)
}

fn change(
    world: &World,
    leak: &Leak,
    change: impl FnOnce(&mut Baseline) -> Result<(), AuditError>,
) -> Answer<()> {
    let changed = match world.baseline.borrow_mut().as_mut() {
        Some(baseline) => change(baseline),
        None => Err(AuditError::NotFound { place: leak.place() }),
    };
    changed.map_err(|error| error.finding())
}
