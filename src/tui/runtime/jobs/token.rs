//! What is done with a token that is kept: each a call of the engine, and two that hand a value past the model.
//!
//! The rule: a value goes to the loop, which writes it on the screen, or to the clipboard, which is cleared. No message
//! takes one.

use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use super::World;
use crate::clipboard::Clipboard;
use crate::onboard::{COPIED_FOR, Session, TokenRow, no_clipboard, not_cleared};
use crate::secret::SecretValue;
use crate::tui::effect::TaskId;
use crate::tui::msg::{Answer, Done, Msg};
use crate::tui::screens::token::{TokenAct, TokenDone};

/// Does it and sends the answer; a copy stays until the clipboard is clear again.
pub async fn perform(world: &World, id: TaskId, name: String, act: TokenAct, sender: &UnboundedSender<Msg>) {
    let tell = |done| drop(sender.send(Msg::Finished(id, done)));
    match act {
        TokenAct::Reveal => match value(world, &name).await {
            // The loop answers for us, once the value is where it is to be.
            Ok(value) => world.asides.show(id, value),
            Err(problem) => tell(Done::Token(Err(problem), None)),
        },
        TokenAct::Copy => match value(world, &name).await {
            Ok(value) => copy(world, id, &name, value, sender).await,
            Err(problem) => tell(Done::Token(Err(problem), None)),
        },
        act => {
            let mut session = world.session.lock().await;
            let done = answer(&mut session, &name, act).await;
            let rows = rows(&session, &done).await;
            tell(Done::Token(done, rows));
        }
    }
}

async fn value(world: &World, name: &str) -> Answer<SecretValue> {
    world.session.lock().await.token_to_show(name).await
}

async fn answer(session: &mut Session, name: &str, act: TokenAct) -> Answer<TokenDone> {
    Ok(match act {
        TokenAct::Verify { agreed } => match session.new_host(name)? {
            Some(host) if !agreed => TokenDone::Unagreed { host },
            _ => TokenDone::Verified(Box::new(session.verify_token(name).await?)),
        },
        TokenAct::Share => TokenDone::Shared(session.share_token(name).await?),
        TokenAct::Decline => {
            session.decline_token(name)?;
            TokenDone::Declined
        }
        TokenAct::Remove => TokenDone::Removed(session.remove_token(name, true).await?),
        // Values go their own way.
        TokenAct::Reveal | TokenAct::Copy => TokenDone::Revealed { chars: None },
    })
}

/// How the tokens stand since.
async fn rows(session: &Session, done: &Answer<TokenDone>) -> Option<Vec<TokenRow>> {
    match done {
        Ok(TokenDone::Unagreed { .. }) | Err(_) => None,
        // Rows that cannot be had are asked for again.
        Ok(_) => session.tokens().await.ok(),
    }
}

/// What the model is told of a value that is about to be shown.
pub fn brought(value: &SecretValue) -> Done {
    // One character, one column: so the room it takes is known, and no terminal obeys it.
    let showable = value.expose_to(|text| text.chars().all(|c| c.is_ascii_graphic() || c == ' '));
    Done::Token(Ok(TokenDone::Revealed { chars: showable.then(|| value.chars()) }), None)
}

async fn copy(world: &World, id: TaskId, name: &str, value: SecretValue, sender: &UnboundedSender<Msg>) {
    if world.leaving.get() {
        return;
    }
    let (end, ended) = oneshot::channel();
    // The copy before this one has nothing left to clear.
    drop(world.copied.replace(Some(end)));
    let clipboard = Clipboard::of(&world.settings);
    let put = clipboard.put(&value).await;
    let failed = put.as_ref().err().map(|error| no_clipboard(name, error));
    let done = failed.map_or_else(|| Ok(TokenDone::Copied { certain: put.unwrap_or(false) }), Err);
    let copied = done.is_ok();
    // Nobody listens any more once we are leaving.
    let _ = sender.send(Msg::Finished(id, Done::Token(done, None)));
    if copied && waited(ended).await {
        let _ = sender.send(Msg::Noticed(cleared(name, clipboard.clear(&value).await)));
    }
}

/// False when another copy has taken this one's place.
async fn waited(ended: oneshot::Receiver<()>) -> bool {
    tokio::select! {
        () = tokio::time::sleep(COPIED_FOR) => true,
        told = ended => told.is_ok(),
    }
}

fn cleared(name: &str, cleared: std::io::Result<bool>) -> String {
    match cleared {
        Ok(true) => "the clipboard is clear again".to_owned(),
        Ok(false) => "something else is on the clipboard by now; it was left".to_owned(),
        Err(error) => {
            let problem = not_cleared(name, &error);
            format!("{}; {}", problem.says, problem.remedy)
        }
    }
}
