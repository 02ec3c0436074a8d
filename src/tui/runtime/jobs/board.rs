//! What is done about the variable under the board's cursor, or its service. Values go past the model.

use std::io::BufRead as _;

use tokio::runtime::Handle;
use tokio::sync::mpsc::UnboundedSender;

use super::World;
use super::clip::{self, Copied};
use crate::doctor::Selection;
use crate::finding::Finding;
use crate::onboard::{Launch, Remedies, no_clipboard_for};
use crate::secret::{Extent, SecretValue};
use crate::tui::effect::TaskId;
use crate::tui::msg::{Answer, Done, Msg};
use crate::tui::screens::board::{BoardAct, BoardDone, Spot};
use crate::tui::terminal;

/// Does it and sends the answer; a copy stays until the clipboard is clear again.
pub async fn perform(world: &World, id: TaskId, act: BoardAct, sender: &UnboundedSender<Msg>) {
    // Nobody listens any more once we are leaving.
    let tell = |done| drop(sender.send(Msg::Finished(id, Done::Board(done))));
    match act {
        BoardAct::Reveal(spot) => match value(world, &spot).await {
            // The loop answers for us, once the value is where it is to be.
            Ok(value) => world.asides.show(id, value, brought),
            Err(problem) => tell(Err(problem)),
        },
        BoardAct::Copy(spot) => match value(world, &spot).await {
            Ok(value) => {
                let problem = |error: &std::io::Error| no_clipboard_for(&spot.variable, "reveal", error);
                clip::copy(
                    world,
                    Copied { id, name: &spot.variable, told: copied, problem: &problem },
                    value,
                    sender,
                )
                .await;
            }
            Err(problem) => tell(Err(problem)),
        },
        BoardAct::Explain(variable) => {
            let session = world.session.lock().await;
            tell(session.explained(&variable).map(|told| BoardDone::Explained(Box::new(told))));
        }
        BoardAct::Run(service) => tell(run(world, &service).await),
        BoardAct::Compare(names) => compare(world, id, names, sender).await,
        BoardAct::WorkIn(name) => {
            let mut session = world.session.lock().await;
            let opened = session.work_in(&name);
            let outline = session.outline().ok().map(Box::new);
            tell(opened.map(|opened| BoardDone::WorksIn(Box::new(opened), outline)));
        }
        BoardAct::Mend(spot) => tell(mend(world, &spot).await.map(BoardDone::Mend)),
        BoardAct::LastWrite => tell(world.session.lock().await.last_write().map(BoardDone::LastWrite)),
        BoardAct::Undo(id) => tell(world.session.lock().await.undo(Some(&id)).await.map(BoardDone::Undone)),
    }
}

/// One after the other, each told as it comes; the session is free in between.
async fn compare(world: &World, id: TaskId, names: Vec<String>, sender: &UnboundedSender<Msg>) {
    for name in names {
        let answer = world.session.lock().await.matrix_of(&name).await;
        // Nobody listens any more once we are leaving.
        let _ = sender.send(Msg::Environment(id, name, answer.map(Box::new)));
    }
    let _ = sender.send(Msg::Finished(id, Done::Compared));
}

/// What the doctor finds about this variable alone, and what would be done about it.
async fn mend(world: &World, spot: &Spot) -> Answer<Result<Box<Remedies>, Option<Finding>>> {
    let mut session = world.session.lock().await;
    let only = vec![format!("{}/{}", spot.service, spot.variable)];
    let found = session.examine(&Selection { only, ..Selection::default() }, &mut |_| {}).await?;
    let cures: Vec<_> = found.problems().filter_map(|problem| problem.cure.clone()).collect();
    match cures.as_slice() {
        [] => Ok(Err(found.problems().map(|problem| problem.finding.clone()).next())),
        cures => session.remedies(cures).map(|remedies| Ok(Box::new(remedies))),
    }
}

async fn value(world: &World, spot: &Spot) -> Answer<SecretValue> {
    world.session.lock().await.value_to_show(&spot.service, &spot.variable).await
}

fn brought(extent: Option<Extent>) -> Done {
    Done::Board(Ok(BoardDone::Revealed { extent }))
}

fn copied(done: Answer<bool>) -> Done {
    Done::Board(done.map(|certain| BoardDone::Copied { certain }))
}

/// The service gets the terminal until it ends, and the person says when to come back.
async fn run(world: &World, service: &str) -> Answer<BoardDone> {
    let launch = world.session.lock().await.launch(service).await?;
    let (handle, name) = (Handle::current(), service.to_owned());
    let ran = world.asides.lend(move || on_terminal(&handle, launch, &name)).await;
    let code = ran.transpose()?.unwrap_or(0);
    Ok(BoardDone::Ran { service: service.to_owned(), code })
}

fn on_terminal(handle: &Handle, launch: Launch, service: &str) -> Result<u8, Finding> {
    // A terminal that is gone tells by itself.
    let _ = terminal::tell(&format!("devsecrets: {service}: {}\n", launch.command()));
    let ended = handle.block_on(launch.run());
    let how = ended.as_ref().map_or_else(|finding| finding.says.clone(), |code| format!("ended with {code}"));
    let _ = terminal::tell(&format!("\ndevsecrets: {service} {how}; Enter leads back to the board "));
    let _ = std::io::stdin().lock().read_line(&mut String::new());
    ended
}
