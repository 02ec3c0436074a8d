//! `token remove`: forget a token, and its file by consent.

use serde::Serialize;

use super::{Outcome, said};
use crate::cli::ask;
use crate::cli::context::Context;
use crate::onboard::{Session, TokenRemoved};

#[derive(Serialize)]
struct Removed<'a> {
    version: u32,
    #[serde(flatten)]
    removed: &'a TokenRemoved,
}

pub(super) async fn run(context: &Context, session: &mut Session, name: &str) -> Outcome {
    session.token_known(name)?;
    let and_file = session.token_file(name).is_some_and(|file| {
        let asks = context.settings.interactive && !context.global.yes;
        context.global.yes || (asks && ask::confirm(&format!("Remove its file {file}, too?")))
    });
    let removed = session.remove_token(name, and_file).await?;
    context.out.document(&Removed { version: 1, removed: &removed });
    let exit = said(context, &removed.findings);
    context.out.say(|_| removed.says());
    Ok(exit)
}
