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
    context.out.say(|_| told(&removed));
    Ok(exit)
}

fn told(removed: &TokenRemoved) -> String {
    if !removed.removed {
        return "there was none".to_owned();
    }
    let mut out = match &removed.still_kept_for {
        Some(owner) => format!("no longer used here; {owner} still keeps it"),
        None => "forgotten".to_owned(),
    };
    match (&removed.file, removed.file_removed) {
        (Some(file), true) => out += &format!("; its file {file} is gone, too"),
        (Some(file), false) => out += &format!("; its file {file} is left, remove it yourself"),
        (None, _) => {}
    }
    if !removed.also_used_by.is_empty() {
        out += &format!("\nit is gone for these, too: {}", removed.also_used_by.join(", "));
    }
    if let Some(page) = removed.page.as_ref().filter(|_| removed.still_kept_for.is_none()) {
        out += &format!("\nit still works until it is revoked: {page}");
    }
    out
}
