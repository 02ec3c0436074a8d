//! A value on its way past the model: to the clipboard for a while, or to the screen.

use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use super::World;
use crate::clipboard::Clipboard;
use crate::finding::Finding;
use crate::onboard::{COPIED_FOR, not_cleared};
use crate::secret::SecretValue;
use crate::tui::effect::TaskId;
use crate::tui::model::Mood;
use crate::tui::msg::{Answer, Done, Msg};

/// How its asker is answered.
pub struct Copied<'a> {
    pub id: TaskId,
    /// What is copied.
    pub name: &'a str,
    /// True when a program took it; a terminal never says whether it did.
    pub told: fn(Answer<bool>) -> Done,
    /// There is no clipboard to be had.
    pub problem: &'a dyn Fn(&std::io::Error) -> Finding,
}

/// Puts `value` on the clipboard, and stays until it is clear again.
pub async fn copy(world: &World, to: Copied<'_>, value: SecretValue, sender: &UnboundedSender<Msg>) {
    if world.leaving.get() {
        return;
    }
    let (end, ended) = oneshot::channel();
    // The copy before this one has nothing left to clear.
    drop(world.copied.replace(Some(end)));
    let clipboard = Clipboard::of(&world.settings);
    let put = clipboard.put(&value).await;
    let copied = put.is_ok();
    // Nobody listens any more once we are leaving.
    let _ = sender.send(Msg::Finished(to.id, (to.told)(put.map_err(|error| (to.problem)(&error)))));
    if copied && waited(ended).await {
        let (mood, told) = cleared(to.name, clipboard.clear(&value).await);
        let _ = sender.send(Msg::Noticed(mood, told));
    }
}

/// False when another copy has taken this one's place.
async fn waited(ended: oneshot::Receiver<()>) -> bool {
    tokio::select! {
        () = tokio::time::sleep(COPIED_FOR) => true,
        told = ended => told.is_ok(),
    }
}

fn cleared(name: &str, cleared: std::io::Result<bool>) -> (Mood, String) {
    match cleared {
        Ok(true) => (Mood::Done, "the clipboard is clear again".to_owned()),
        Ok(false) => (Mood::Note, "something else is on the clipboard by now; it was left".to_owned()),
        Err(error) => {
            let problem = not_cleared(name, &error);
            (Mood::Failed, format!("{}; {}", problem.says, problem.remedy))
        }
    }
}
