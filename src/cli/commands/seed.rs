//! `devsecrets seed`: plan, preview, consent, write, report.

use serde::Serialize;

use super::Outcome;
use super::login::{NOT_CHOSEN, choose};
use super::status::open;
use super::token::offered;
use crate::cli::args::{Seed, Way};
use crate::cli::context::Context;
use crate::cli::output::{self, Tone};
use crate::cli::signing_in::sign_in;
use crate::cli::{Exit, ask, trust};
use crate::finding::{Finding, Remedy, Severity};
use crate::onboard::Session;
use crate::resolve::Matrix;
use crate::seed::{Preview, Report, Spot};

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
    let mut session = context.session_for(args);
    let opened = open(context, &mut session)?;
    trust::ask(context, &mut session);
    session.narrow(&args.names)?;
    if opened.seeds_files && opened.start_url.is_some() && !context.settings.offline {
        get_access(context, &mut session, &args.way).await?;
    }
    match args.adopt {
        true => adopt(context, &mut session).await,
        false => write(context, &mut session, args).await,
    }
}

/// What follows once the profile is open and the stores can be asked: the preview, consent, and writing.
pub(super) async fn write(context: &Context, session: &mut Session, args: &Seed) -> Outcome {
    let looking = args.dry_run || args.check;
    if context.global.yes && !looking {
        session.take_turns(|| {
            context.out.say(|_| "waiting for another seed of this project to finish".to_owned())
        })?;
    }
    if !looking {
        offered(context, session).await?;
    }
    let matrix = session.matrix().await?;
    let preview = settled(context, session, looking).await?;
    if looking || preview.to_write() == 0 {
        let exit = end(context, &Document { version: 1, preview: &preview, report: None, matrix: &matrix });
        return Ok(if args.check && preview.drifts() { Exit::Findings } else { exit });
    }
    consent(context, &preview)?;
    let report = session.apply_step_by_step(&preview, &mut context.out.progress("writing")).await?;
    context.out.text(|paint| output::report(paint, &report));
    report.all_findings().for_each(|finding| context.out.finding(finding));
    Ok(end(context, &Document { version: 1, preview: &preview, report: Some(&report), matrix: &matrix }))
}

/// Signs in where a person can approve; elsewhere the plan says what it lacks.
async fn get_access(context: &Context, session: &mut Session, way: &Way) -> Result<(), Finding> {
    if session.resume().await?.is_none() && !context.settings.interactive {
        let says = "not signed in, and nobody is here to approve: the stores were not asked";
        let remedy = Remedy::run("sign in first", "devsecrets login");
        context.out.finding(&Finding::warning("DS-SEED-05", "sign-in", says, remedy));
        return Ok(());
    }
    sign_in(context, session, way, false).await?;
    match choose(context, session, false, None).await {
        // Who is signed in is not worse off for it than who is not.
        Err(finding) if finding.code == NOT_CHOSEN && !context.settings.interactive => {
            context.out.finding(&Finding { severity: Severity::Warning, ..finding });
            Ok(())
        }
        chosen => chosen.map(|_| ()),
    }
}

/// The preview, after the person has settled each conflict; unsettled ones keep what stands in the file.
async fn settled(context: &Context, session: &mut Session, looking: bool) -> Result<Preview, Finding> {
    let preview = shown(context, session.plan(looking).await?);
    if looking || context.global.yes || !context.settings.interactive || preview.conflicts().is_empty() {
        return Ok(preview);
    }
    let taken: Vec<&str> = preview
        .conflicts()
        .into_iter()
        .filter(|name| ask::confirm(&format!("{name}: both changed. Replace your edit?")))
        .collect();
    if taken.is_empty() {
        return Ok(preview);
    }
    taken.iter().for_each(|name| session.settle(&Spot::everywhere(name), true));
    Ok(shown(context, session.plan(looking).await?))
}

pub(super) fn shown(context: &Context, preview: Preview) -> Preview {
    context.out.text(|paint| output::preview(paint, &preview));
    preview.findings.iter().for_each(|finding| context.out.finding(finding));
    preview
}

pub(super) fn consent(context: &Context, preview: &Preview) -> Result<(), Finding> {
    if context.global.yes || (context.settings.interactive && ask::confirm(&preview.question())) {
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
    let clean = document.report.is_none_or(Report::is_clean) && preview.conflicts().is_empty();
    if refused || !clean || !matrix.all_ready() { Exit::Findings } else { Exit::Good }
}

async fn adopt(context: &Context, session: &mut Session) -> Outcome {
    let adoption = session.adopt_files().await?;
    context.out.document(&adoption);
    context.out.text(|paint| output::adoption(paint, &adoption));
    let findings = || adoption.files.iter().filter_map(|file| file.finding.as_ref());
    findings().for_each(|finding| context.out.finding(finding));
    session.flaws()?.iter().for_each(|finding| context.out.finding(finding));
    Ok(if findings().next().is_none() { Exit::Good } else { Exit::Findings })
}
