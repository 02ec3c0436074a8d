//! `devsecrets token`: personal tokens in the keychain.

mod offer;
mod remove;
mod set;
pub(super) mod show;
mod verify;

pub(super) use offer::offered;
use serde::Serialize;

use super::Outcome;
use super::status::open;
use crate::cli::args::Token;
use crate::cli::context::Context;
use crate::cli::output;
use crate::cli::{Exit, ask};
use crate::finding::{Finding, Severity};
use crate::onboard::{Session, TokenRow, TokenState};

#[derive(Serialize)]
struct Listed<'a> {
    version: u32,
    tokens: &'a [TokenRow],
}

pub(super) async fn run(context: &Context, command: Token) -> Outcome {
    let mut session = context.session();
    open(context, &mut session)?;
    match command {
        Token::List => list(context, &session).await,
        Token::Set { name, open } => set::run(context, &mut session, &name, open).await,
        Token::Share { name } => set::share(context, &mut session, &name).await,
        Token::Verify { names } => verify::run(context, &mut session, names).await,
        Token::Remove { name } => remove::run(context, &mut session, &name).await,
        Token::Reveal { name, stdout } => show::reveal(context, &session, &name, stdout).await,
        Token::Copy { name } => show::copy(context, &session, &name).await,
    }
}

/// Keeps the token that is a variable's value.
pub(super) async fn set(context: &Context, session: &mut Session, name: &str) -> Outcome {
    set::run(context, session, name, false).await
}

async fn list(context: &Context, session: &Session) -> Outcome {
    let rows = session.tokens().await?;
    context.out.document(&Listed { version: 1, tokens: &rows });
    context.out.text(|paint| output::tokens(paint, &rows));
    let problems: Vec<Finding> = rows.into_iter().filter_map(|row| row.problem).collect();
    Ok(said(context, &problems))
}

/// Asks for each token that is not kept; nothing is asked about one that is, or that another project offers.
pub(super) async fn fill(context: &Context, session: &mut Session) -> Result<(), Finding> {
    let rows = session.tokens().await?;
    context.out.text(|paint| output::tokens(paint, &rows));
    for row in rows.iter().filter(|row| row.state == TokenState::Missing) {
        if !ask::confirm(&format!("Keep your {} now?", row.title)) {
            continue;
        }
        if let Err(finding) = set::run(context, session, &row.name, false).await {
            context.out.finding(&finding);
        }
    }
    Ok(())
}

/// The row of `name`, with what the keychain says of it.
async fn row(session: &Session, name: &str) -> Result<TokenRow, Finding> {
    session.token_known(name)?;
    let rows = session.tokens().await?;
    Ok(rows.into_iter().find(|row| row.name == name).unwrap_or_else(|| unreachable!("it is known")))
}

/// Says what should be known; what is no more than a note or a warning is no failure.
fn said(context: &Context, findings: &[Finding]) -> Exit {
    findings.iter().for_each(|finding| context.out.finding(finding));
    let bad = findings.iter().any(|finding| finding.severity == Severity::Error);
    if bad { Exit::Findings } else { Exit::Good }
}
