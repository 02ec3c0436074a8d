//! `devsecrets seed`: plan, preview, consent, write, report.

use serde::Serialize;

use super::Outcome;
use super::login::{choose, sign_in};
use super::status::open;
use crate::cli::args::Seed;
use crate::cli::context::Context;
use crate::cli::output::{self, Tone};
use crate::cli::{Exit, ask};
use crate::finding::{Finding, Remedy, Severity};
use crate::onboard::Session;
use crate::resolve::Matrix;
use crate::seed::{Preview, Report};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    preview: &'a Preview,
    /// Absent when nothing was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<&'a Report>,
    matrix: &'a Matrix,
}

pub(super) async fn run(context: &Context, args: &Seed) -> Outcome {
    let mut session = context.session(args.from_env);
    let opened = open(&mut session)?;
    if opened.seeds_files && opened.start_url.is_some() && !context.settings.offline {
        get_access(context, &mut session, !args.no_browser).await?;
    }
    let before = session.matrix().await?;
    let preview = session.plan(args.dry_run).await?;
    context.out.text(|paint| output::preview(paint, &preview));
    preview.findings.iter().for_each(|finding| context.out.finding(finding));
    if args.dry_run || preview.to_write() == 0 {
        return Ok(end(context, &Document { version: 1, preview: &preview, report: None, matrix: &before }));
    }
    consent(context, &preview)?;
    let report = session.apply(&preview)?;
    context.out.text(|paint| output::report(paint, &report));
    report.files.iter().filter_map(|file| file.finding.as_ref()).for_each(|f| context.out.finding(f));
    Ok(end(context, &Document { version: 1, preview: &preview, report: Some(&report), matrix: &before }))
}

/// Signs in where a person can approve; elsewhere the plan says what it lacks.
async fn get_access(context: &Context, session: &mut Session, browser: bool) -> Result<(), Finding> {
    if session.resume().await?.is_none() && !context.settings.interactive {
        return Ok(());
    }
    sign_in(context, session, browser).await?;
    choose(context, session, false, None).await.map(|_| ())
}

fn consent(context: &Context, preview: &Preview) -> Result<(), Finding> {
    let count = preview.to_write();
    let noun = if count == 1 { "file" } else { "files" };
    let question = format!("Write {count} {noun}?");
    if context.global.yes || (context.settings.interactive && ask::confirm(&question)) {
        return Ok(());
    }
    let remedy = Remedy::run("look first, then agree", "devsecrets seed --yes");
    Err(Finding::error("DS-SEED-06", "consent", "nothing was written, because nobody agreed", remedy))
}

fn end(context: &Context, document: &Document<'_>) -> Exit {
    context.out.document(document);
    let (preview, matrix) = (document.preview, document.matrix);
    context.out.text(|paint| {
        let tone = if matrix.all_ready() { Tone::Good } else { Tone::Warn };
        format!("{}\n", paint.tone(tone, &matrix.verdict()))
    });
    let refused = preview.all_findings().any(|finding| finding.severity == Severity::Error);
    let clean = document.report.is_none_or(Report::is_clean);
    if refused || !clean || !matrix.all_ready() { Exit::Findings } else { Exit::Good }
}
