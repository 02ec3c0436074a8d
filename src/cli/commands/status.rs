//! `devsecrets status`: the matrix, and what is wrong with the files behind it.

use serde::Serialize;

use super::Outcome;
use crate::cli::Exit;
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

pub(super) async fn run(context: &Context) -> Outcome {
    let mut session = context.session();
    let opened = open(&mut session)?;
    trust::ask(context, &mut session);
    let matrix = session.matrix().await?;
    let flaws = session.flaws()?;
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

/// Opens the profile that applies, or says how to name one.
pub(super) fn open(session: &mut Session) -> Result<Opened, Finding> {
    session.preferred().unwrap_or_else(|| Err(session.no_profile()))
}
