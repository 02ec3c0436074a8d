//! What is done with the identity. The ceremony has the terminal to itself; its words stay here and on the screen.
//!
//! The rule: no session is locked and no keychain asked while the terminal is lent, for either may have to ask there.

use super::World;
use crate::ceremony;
use crate::finding::{Finding, Remedy};
use crate::identity::{Epochs, Phrase};
use crate::tui::msg::Answer;
use crate::tui::screens::identity::{IdentityAct, IdentityDone};

pub async fn perform(world: &World, act: IdentityAct) -> Answer<IdentityDone> {
    match act {
        IdentityAct::Export => export(world).await,
        IdentityAct::Import => import(world).await,
        IdentityAct::TakeOver(yes) => take_over(world, yes).await,
        IdentityAct::Read => Ok(IdentityDone::Read(world.session.lock().await.identity_facts().await?)),
        IdentityAct::Rotatable => Ok(IdentityDone::Rotatable(world.session.lock().await.rotatable(&[])?)),
        IdentityAct::Rotate(variables) => {
            let mut session = world.session.lock().await;
            let rotated = session.rotate(variables).await?;
            Ok(IdentityDone::Rotated(rotated, session.identity_facts().await?))
        }
    }
}

async fn export(world: &World) -> Answer<IdentityDone> {
    let phrase = world.session.lock().await.phrase().await?;
    let shown = world.asides.lend(move || ceremony::show(&phrase)).await;
    let checked = shown.transpose()?.unwrap_or(false);
    let session = world.session.lock().await;
    if checked {
        session.phrase_checked().await?;
    }
    Ok(IdentityDone::Exported(session.identity_facts().await?, checked))
}

async fn import(world: &World) -> Answer<IdentityDone> {
    let Some(phrase) = world.asides.lend(ceremony::ask).await.transpose()?.flatten() else {
        return Ok(IdentityDone::Left);
    };
    let judged = world.session.lock().await.judge_phrase(&phrase).await?;
    world.phrase.replace(Some(phrase));
    Ok(IdentityDone::Judged(judged))
}

async fn take_over(world: &World, yes: bool) -> Answer<IdentityDone> {
    let typed: Option<Phrase> = world.phrase.take();
    if !yes {
        return Ok(IdentityDone::Left);
    }
    let phrase = typed.ok_or_else(none_given)?;
    let mut session = world.session.lock().await;
    Ok(IdentityDone::TakenOver(session.import_phrase(&phrase, Epochs::default()).await?))
}

fn none_given() -> Finding {
    let remedy = Remedy::run("begin again", "devsecrets identity import");
    Finding::error("DS-IDENTITY-07", "phrase", "none was given, and nothing was changed", remedy)
}
