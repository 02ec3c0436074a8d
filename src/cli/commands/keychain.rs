//! `devsecrets keychain`: where our secrets rest, and moving them.

use super::Outcome;
use crate::cli::args::{Home, Keychain};
use crate::cli::context::Context;
use crate::cli::output::{self, Tone};
use crate::cli::{Exit, ask};
use crate::finding::{Finding, Remedy, Severity};
use crate::onboard::Session;

pub(super) async fn run(context: &Context, command: Keychain) -> Outcome {
    let mut session = context.session();
    // It only adds names of tokens, so one that is broken or missing is no hindrance.
    _ = session.preferred();
    match command {
        Keychain::Status => status(context, &session).await,
        Keychain::Migrate { to } => migrate(context, &mut session, to).await,
    }
}

async fn status(context: &Context, session: &Session) -> Outcome {
    let status = session.keychain_status().await?;
    context.out.document(&status);
    context.out.text(|paint| output::keychain(paint, &status));
    Ok(said(context, &status.findings))
}

async fn migrate(context: &Context, session: &mut Session, to: Home) -> Outcome {
    let plan = session.migratable(to.into()).await?;
    if !plan.items.is_empty() {
        context
            .out
            .say(|_| format!("from {} to {}: {}", plan.from_place, plan.to_place, plan.items.join(", ")));
        agreed(context, to)?;
    }
    let moved = session.migrate_keychain(to.into()).await?;
    context.out.document(&moved);
    context.out.say(|paint| match moved.items.len() {
        0 => format!(
            "{}: nothing was in {}; {} is used from now on",
            paint.tone(Tone::Good, "good"),
            moved.from_place,
            moved.to_place
        ),
        _ => format!(
            "{} and read back: {} is used from now on",
            paint.tone(Tone::Good, "moved"),
            moved.to_place
        ),
    });
    Ok(said(context, &moved.findings))
}

fn agreed(context: &Context, to: Home) -> Result<(), Finding> {
    if context.global.yes || (context.settings.interactive && ask::confirm("Move it?")) {
        return Ok(());
    }
    let word = if to == Home::Os { "os" } else { "file" };
    let remedy = Remedy::run("to agree beforehand", format!("devsecrets keychain migrate --to {word} --yes"));
    Err(Finding::error("DS-KEY-09", "consent", "nothing was moved, because nobody agreed", remedy))
}

fn said(context: &Context, findings: &[Finding]) -> Exit {
    findings.iter().for_each(|finding| context.out.finding(finding));
    let good = findings.iter().all(|finding| finding.severity == Severity::Note);
    if good { Exit::Good } else { Exit::Findings }
}
