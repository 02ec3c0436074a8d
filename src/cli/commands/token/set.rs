//! `token set` and `token share`: a token typed, piped in, or taken over from another project.

use std::io::IsTerminal as _;

use serde::Serialize;

use super::{Outcome, row, said};
use crate::cli::context::Context;
use crate::cli::output::Tone;
use crate::cli::{ask, unseen};
use crate::finding::{Finding, Remedy};
use crate::onboard::{Session, TokenKept, TokenRow};
use crate::secret::SecretValue;

#[derive(Serialize)]
struct Kept<'a> {
    version: u32,
    #[serde(flatten)]
    kept: &'a TokenKept,
}

pub(super) async fn run(context: &Context, session: &mut Session, name: &str, open: bool) -> Outcome {
    session.token_known(name)?;
    if open {
        open_page(context, session, name);
    }
    if !context.settings.interactive {
        let value = ask::secret("", false).ok_or_else(|| none_given(name))?;
        return keep(context, session, name, value).await;
    }
    let token = row(session, name).await?;
    if takes_over(context, &token) {
        return share(context, session, name).await;
    }
    if token.offered_by.is_some() {
        session.decline_token(name)?;
    }
    let value = typed(context, session, &token).await.ok_or_else(|| none_given(name))?;
    keep(context, session, name, value).await
}

/// One that another project keeps is offered once.
fn takes_over(context: &Context, token: &TokenRow) -> bool {
    let Some(from) = token.offered_by.as_ref().filter(|_| !token.declined) else { return false };
    let question = format!("{} is kept for {from}. Use it here too?", token.title);
    context.global.yes || ask::confirm(&question)
}

async fn typed(context: &Context, session: &Session, token: &TokenRow) -> Option<SecretValue> {
    if context.settings.var("TERM") == Some("dumb") || !std::io::stdin().is_terminal() {
        return ask::hidden(&format!("{}: ", token.name));
    }
    context.out.say(|paint| {
        let page = token
            .page
            .as_ref()
            .map(|page| format!("\n  made at  {page}  (Ctrl-O opens it)"))
            .unwrap_or_default();
        let rights = token.scopes.join(", ");
        let rights = if rights.is_empty() { rights } else { format!("\n  needs    {rights}") };
        format!("{}{page}{rights}\n  Enter keeps it, Esc leaves", paint.tone(Tone::Heading, &token.title))
    });
    unseen::ask(token, || open_page(context, session, &token.name)).await
}

/// The page stands on the terminal, too, so a browser that does not start is no trouble.
fn open_page(context: &Context, session: &Session, name: &str) {
    let page = session.token_page(name).filter(|page| page.starts_with("https://"));
    match page {
        Some(page) => _ = open::that_detached(page),
        None => context.out.say(|_| "the profile names no page where one is made".to_owned()),
    }
}

async fn keep(context: &Context, session: &mut Session, name: &str, value: SecretValue) -> Outcome {
    let kept = session.keep_token(name, value).await?;
    if !kept.left_out.is_empty() {
        context.out.say(|_| format!("left out of what was given: {}", kept.left_out.join(", ")));
    }
    tell(context, &kept, "kept")
}

pub(super) async fn share(context: &Context, session: &mut Session, name: &str) -> Outcome {
    let kept = session.share_token(name).await?;
    tell(context, &kept, "used here, too: it is")
}

fn tell(context: &Context, kept: &TokenKept, word: &str) -> Outcome {
    context.out.document(&Kept { version: 1, kept });
    let exit = said(context, &kept.findings);
    context.out.say(|paint| format!("{} {}", paint.tone(Tone::Good, word), kept.says()));
    Ok(exit)
}

fn none_given(name: &str) -> Finding {
    let remedy = Remedy::run("hand it over on standard input", format!("devsecrets token set {name} < file"));
    Finding::error("DS-TOKEN-04", name, "no token was given", remedy)
}
