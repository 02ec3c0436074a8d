//! `devsecrets doctor`: look, show what would help, do it after consent.

use std::path::Path;

use serde::Serialize;

use super::Outcome;
use crate::cli::args::Doctor;
use crate::cli::context::Context;
use crate::cli::output::{self, Tone};
use crate::cli::{Exit, ask};
use crate::doctor::{Check, Checked, Cure, Diagnosis, Document, HEADING, JSON_SCHEMA, Selection, checks};
use crate::finding::{Finding, Remedy, Severity};
use crate::onboard::{Remedies, Session};
use crate::private_file;
use crate::seed::Report;

pub(super) async fn run(context: &Context, args: &Doctor) -> Outcome {
    if args.list {
        context.out.document(&checks::ALL.iter().map(|check| Listed::of(check)).collect::<Vec<_>>());
        context.out.text(|paint| output::checks(paint, checks::ALL));
        return Ok(Exit::Good);
    }
    if args.schema {
        context.out.raw(JSON_SCHEMA);
        return Ok(Exit::Good);
    }
    if args.bundle == Some(None) && context.out.json {
        return Err(two_on_one_stream());
    }
    let selection = Selection { only: args.only.clone(), skip: args.skip.clone() };
    let mut session = context.session();
    let diagnosis = look(context, &mut session, &selection).await?;
    let least = if args.strict { Severity::Warning } else { Severity::Error };
    if let Some(file) = &args.bundle {
        bundle(context, &session.bundle(&diagnosis), file.as_deref())?;
        context.out.document(&Document { diagnosis: &diagnosis, done: Vec::new() });
        return Ok(exit(&diagnosis, least));
    }
    context.out.text(|paint| output::diagnosis(paint, &diagnosis));
    let (diagnosis, done) = match args.fix {
        true => mended(context, session, &selection, diagnosis).await?,
        false => (diagnosis, Vec::new()),
    };
    context.out.document(&Document { diagnosis: &diagnosis, done });
    Ok(exit(&diagnosis, least))
}

/// Fixes, looks again, and fixes what showed only then, until nothing new does.
async fn mended(
    context: &Context,
    mut session: Session,
    selection: &Selection,
    mut diagnosis: Diagnosis,
) -> Result<(Diagnosis, Vec<Report>), Finding> {
    let mut cures = cures(&diagnosis);
    let (mut tried, mut done) = (Vec::new(), Vec::new());
    if cures.is_empty() {
        context.out.say(|_| "there is nothing that could be fixed from here".to_owned());
    }
    while !cures.is_empty() {
        let remedies = session.remedies(&cures)?;
        context.out.text(|paint| output::remedies(paint, &remedies));
        match consent(context, cures.len()) {
            Err(refused) if done.is_empty() => return Err(refused),
            Err(_) => break,
            Ok(()) => done.extend(fix(context, &mut session, &remedies).await?),
        }
        tried.append(&mut cures);
        session = session.afresh();
        diagnosis = again(context, &mut session, selection).await?;
        cures = self::cures(&diagnosis).into_iter().filter(|cure| !tried.contains(cure)).collect();
    }
    Ok((diagnosis, done))
}

fn cures(diagnosis: &Diagnosis) -> Vec<Cure> {
    diagnosis.problems().filter_map(|problem| problem.cure.clone()).collect()
}

fn exit(diagnosis: &Diagnosis, least: Severity) -> Exit {
    let bad = diagnosis.problems().any(|problem| problem.finding.severity >= least);
    if bad { Exit::Findings } else { Exit::Good }
}

fn two_on_one_stream() -> Finding {
    let remedy = Remedy::run("name a file for the report", "devsecrets doctor --json --bundle FILE");
    let says = "the report and the document of --json would both go to standard output";
    Finding::error("DS-DOCTOR-04", "--bundle", says, remedy)
}

/// Overwrites a report of its own, and nothing else.
fn bundle(context: &Context, report: &str, file: Option<&Path>) -> Result<(), Finding> {
    let Some(file) = file else {
        context.out.raw(report);
        return Ok(());
    };
    let path = context.settings.folder.join(file);
    let shown = file.display().to_string();
    let failed =
        |says: String| Finding::error("DS-DOCTOR-04", shown.clone(), says, Remedy::says("name another file"));
    let before = std::fs::read(&path).unwrap_or_default();
    if path.exists() && !before.starts_with(HEADING.as_bytes()) {
        return Err(failed("it is there already, and is no report".to_owned()));
    }
    private_file::replace(&path, report.as_bytes())
        .map_err(|error| failed(format!("cannot be written: {error}")))?;
    context
        .out
        .say(|paint| format!("{} {shown}; read it before you share it", paint.tone(Tone::Good, "wrote")));
    Ok(())
}

/// Looks, counting on a terminal.
async fn look(context: &Context, session: &mut Session, selection: &Selection) -> Result<Diagnosis, Finding> {
    let all = selection.checks().map_or(0, |checks| checks.len());
    let (mut done, mut progress) = (0, context.out.progress("looking"));
    let mut count = |_: &Checked| {
        done += 1;
        progress(done, all);
    };
    session.examine(selection, &mut count).await
}

/// One check, as `--list --json` tells it.
#[derive(Serialize)]
struct Listed {
    code: &'static str,
    group: &'static str,
    title: &'static str,
    severity: Severity,
    /// Whether `--fix` can mend what it finds, as a rule.
    fixes: bool,
    network: bool,
}

impl Listed {
    fn of(check: &Check) -> Self {
        Self {
            code: check.code,
            group: check.group.word(),
            title: check.title,
            severity: check.severity,
            fixes: check.cures,
            network: check.is_network(),
        }
    }
}

/// Does what was shown and agreed to.
async fn fix(context: &Context, session: &mut Session, remedies: &Remedies) -> Result<Vec<Report>, Finding> {
    let mut done = vec![session.heal(remedies).await?];
    if !remedies.seeds.is_empty() {
        done.push(seed(context, session, remedies).await?);
    }
    done.iter().flat_map(Report::all_findings).for_each(|finding| context.out.finding(finding));
    Ok(done)
}

/// The files whose sources say something else, shown before they are written.
async fn seed(context: &Context, session: &mut Session, remedies: &Remedies) -> Result<Report, Finding> {
    let preview = session.plan_seeds(remedies).await?;
    context.out.text(|paint| output::preview(paint, &preview));
    let report = session.apply_step_by_step(&preview, &mut context.out.progress("writing")).await?;
    context.out.text(|paint| output::report(paint, &report));
    Ok(report)
}

fn consent(context: &Context, count: usize) -> Result<(), Finding> {
    let question = format!("Fix {count} {}?", if count == 1 { "problem" } else { "problems" });
    if context.global.yes || (context.settings.interactive && ask::confirm(&question)) {
        return Ok(());
    }
    let remedy = Remedy::run("look first, then agree", "devsecrets doctor --fix --yes");
    Err(Finding::error("DS-DOCTOR-03", "consent", "nothing was changed, because nobody agreed", remedy))
}

/// A second look, with fresh eyes: what was fixed has to be gone.
async fn again(
    context: &Context,
    session: &mut Session,
    selection: &Selection,
) -> Result<Diagnosis, Finding> {
    let diagnosis = look(context, session, selection).await?;
    context.out.text(|paint| {
        let heading = paint.tone(Tone::Heading, "after that");
        format!("\n{heading}\n{}", output::diagnosis(paint, &diagnosis))
    });
    Ok(diagnosis)
}
