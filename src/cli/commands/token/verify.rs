//! `token verify`: ask the services whose the kept tokens are.

use serde::Serialize;

use super::{Outcome, said};
use crate::cli::context::Context;
use crate::cli::output;
use crate::cli::{Exit, ask};
use crate::finding::{Finding, Remedy};
use crate::onboard::{Session, TokenChecked};

/// A token its service does not accept, or that lacks a right: an answer, if not a good one.
const REFUSED: &str = "DS-TOKEN-06";

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    checked: &'a [TokenChecked],
    /// Tokens nobody could say anything good about.
    findings: &'a [Finding],
}

pub(super) async fn run(context: &Context, session: &mut Session, names: Vec<String>) -> Outcome {
    names.iter().try_for_each(|name| session.token_known(name))?;
    let names = if names.is_empty() { all_kept(session).await? } else { names };
    let (mut checked, mut findings) = (Vec::new(), Vec::new());
    for name in &names {
        match one(context, session, name).await {
            Ok(good) => checked.push(good),
            Err(finding) => findings.push(finding),
        }
    }
    context.out.document(&Document { version: 1, checked: &checked, findings: &findings });
    context.out.text(|paint| checked.iter().map(|one| output::checked(paint, one)).collect());
    checked.iter().for_each(|one| _ = said(context, &one.findings));
    said(context, &findings);
    if names.is_empty() {
        context.out.say(|_| "no token is kept that somebody could be asked about".to_owned());
    }
    let unasked = findings.iter().any(|finding| finding.code != REFUSED);
    Ok(match findings.is_empty() {
        true => Exit::Good,
        false if unasked => Exit::Failed,
        false => Exit::Findings,
    })
}

async fn all_kept(session: &Session) -> Result<Vec<String>, Finding> {
    let rows = session.tokens().await?;
    let asked = rows.into_iter().filter(|row| row.kept == Some(true) && row.verifiable);
    Ok(asked.map(|row| row.name).collect())
}

/// A host that only the profile names is asked once a person has agreed to it.
async fn one(context: &Context, session: &mut Session, name: &str) -> Result<TokenChecked, Finding> {
    if let Some(host) = session.new_host(name)? {
        let question = format!("The profile has {name} checked by {host}. Send your token there?");
        let agreed = context.global.yes || (context.settings.interactive && ask::confirm(&question));
        if !agreed {
            let says = format!("the profile has it checked by {host}, and nobody has agreed to that yet");
            let remedy =
                Remedy::run("if you trust that host", format!("devsecrets token verify {name} --yes"));
            return Err(Finding::error("DS-TOKEN-20", name, says, remedy));
        }
    }
    session.verify_token(name).await
}
