//! `devsecrets status`: the matrix.

use serde::Serialize;

use super::Outcome;
use crate::cli::Exit;
use crate::cli::context::Context;
use crate::cli::output;
use crate::onboard::{Opened, Session};
use crate::resolve::Matrix;

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    matrix: &'a Matrix,
    project: &'a Opened,
}

pub(super) async fn run(context: &Context) -> Outcome {
    let mut session = context.session();
    let opened = open(&mut session)?;
    let matrix = session.matrix().await?;
    context.out.document(&Document { matrix: &matrix, project: &opened });
    context.out.text(|paint| output::matrix(paint, &matrix));
    Ok(if matrix.all_ready() { Exit::Good } else { Exit::Findings })
}

/// Opens the profile that applies, or says how to name one.
pub(super) fn open(session: &mut Session) -> Result<Opened, crate::finding::Finding> {
    session.preferred().unwrap_or_else(|| Err(session.no_profile()))
}
