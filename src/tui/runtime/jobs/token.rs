//! What is done with a token that is kept: each a call of the engine, and two that hand a value past the model.
//!
//! The rule: a value goes to the loop, which writes it on the screen, or to the clipboard, which is cleared. No message
//! takes one.

use tokio::sync::mpsc::UnboundedSender;

use super::World;
use super::clip::{self, Copied};
use crate::onboard::{Session, TokenRow, no_clipboard};
use crate::secret::{Extent, SecretValue};
use crate::tui::effect::TaskId;
use crate::tui::msg::{Answer, Done, Msg};
use crate::tui::screens::token::{TokenAct, TokenDone};

/// Does it and sends the answer; a copy stays until the clipboard is clear again.
pub async fn perform(world: &World, id: TaskId, name: String, act: TokenAct, sender: &UnboundedSender<Msg>) {
    let tell = |done| drop(sender.send(Msg::Finished(id, done)));
    match act {
        TokenAct::Reveal => match value(world, &name).await {
            // The loop answers for us, once the value is where it is to be.
            Ok(value) => world.asides.show(id, value, brought),
            Err(problem) => tell(Done::Token(Err(problem), None)),
        },
        TokenAct::Copy => match value(world, &name).await {
            Ok(value) => {
                let to =
                    Copied { id, told: copied, name: &name, problem: &|error| no_clipboard(&name, error) };
                clip::copy(world, to, value, sender).await;
            }
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
        TokenAct::Reveal | TokenAct::Copy => TokenDone::Revealed { extent: None },
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
fn brought(extent: Option<Extent>) -> Done {
    Done::Token(Ok(TokenDone::Revealed { extent }), None)
}

fn copied(done: Answer<bool>) -> Done {
    Done::Token(done.map(|certain| TokenDone::Copied { certain }), None)
}
