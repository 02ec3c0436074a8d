//! `devsecrets status`: the matrix, and what is wrong with the files behind it; or several environments side by side.

use serde::Serialize;

use super::Outcome;
use crate::cli::Exit;
use crate::cli::args::Status;
use crate::cli::context::Context;
use crate::cli::{output, trust};
use crate::finding::Finding;
use crate::onboard::{Opened, Session};
use crate::resolve::{Matrix, Readiness};

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    matrix: &'a Matrix,
    /// Which services can start, and what keeps the others.
    readiness: Readiness,
    project: &'a Opened,
    /// What is wrong with the env files as they stand.
    findings: &'a [Finding],
}

/// Several environments of one project.
#[derive(Serialize)]
struct SideBySide<'a> {
    version: u32,
    project: &'a Opened,
    /// In the order asked for, else in the profile's.
    environments: Vec<Standing<'a>>,
    /// What is wrong with the env files as they stand.
    findings: &'a [Finding],
}

/// One of them, as `status` alone tells it.
#[derive(Serialize)]
struct Standing<'a> {
    #[serde(flatten)]
    matrix: &'a Matrix,
    readiness: Readiness,
}

pub(super) async fn run(context: &Context, args: &Status) -> Outcome {
    let mut session = context.session();
    let opened = open(context, &mut session)?;
    trust::ask(context, &mut session);
    let all =
        if args.all_environments { session.environments()? } else { distinct(&context.global.environment) };
    if all.len() > 1 {
        return side_by_side(context, session, &opened, &all).await;
    }
    let matrix = session.matrix().await?;
    let flaws = session.remarks()?;
    context.out.document(&Document {
        matrix: &matrix,
        readiness: matrix.readiness(),
        project: &opened,
        findings: &flaws,
    });
    context.out.text(|paint| output::matrix(paint, &matrix));
    flaws.iter().for_each(|finding| context.out.finding(finding));
    opened.warnings.iter().for_each(|warning| context.out.finding(warning));
    Ok(if matrix.all_ready() { Exit::Good } else { Exit::Findings })
}

/// Each once, however often it was named.
fn distinct(names: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        if !all.contains(name) {
            all.push(name.clone());
        }
    }
    all
}

async fn side_by_side(context: &Context, mut session: Session, opened: &Opened, all: &[String]) -> Outcome {
    let mut matrices = Vec::new();
    for name in all {
        matrices.push(match *name == opened.environment {
            true => session.matrix().await?,
            false => session.matrix_of(name).await?,
        });
    }
    let flaws = session.remarks()?;
    let standing = |matrix| Standing { readiness: Matrix::readiness(matrix), matrix };
    context.out.document(&SideBySide {
        version: 1,
        project: opened,
        environments: matrices.iter().map(standing).collect(),
        findings: &flaws,
    });
    context.out.text(|paint| output::environments(paint, &matrices));
    flaws.iter().chain(&opened.warnings).for_each(|finding| context.out.finding(finding));
    Ok(if matrices.iter().all(Matrix::all_ready) { Exit::Good } else { Exit::Findings })
}

/// Opens the profile that applies, or says how to name one.
pub(super) fn open(context: &Context, session: &mut Session) -> Result<Opened, Finding> {
    let opened = session.preferred().unwrap_or_else(|| Err(session.no_profile()))?;
    remembered(context, &opened);
    Ok(opened)
}

/// A profile that nobody named this time is told, with the way to another one.
pub(super) fn remembered(context: &Context, opened: &Opened) {
    if opened.remembered {
        context.out.say(|paint| {
            let says = format!(
                "profile {}, remembered for this project; --profile names another, devsecrets profile use --none forgets it",
                opened.profile
            );
            paint.tone(crate::cli::output::Tone::Faint, &says)
        });
    }
}
