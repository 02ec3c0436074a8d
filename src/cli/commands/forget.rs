//! `devsecrets forget`: list what we made on this machine, ask, remove it, and say what is to be revoked by hand.

use serde::Serialize;

use super::Outcome;
use super::status::open;
use crate::cli::args::Forget;
use crate::cli::context::Context;
use crate::cli::output;
use crate::cli::{Exit, ask};
use crate::finding::{Finding, Remedy};
use crate::onboard::{Farewell, Survey};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    survey: &'a Survey,
    /// Absent when nothing was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    farewell: Option<&'a Farewell>,
}

pub(super) async fn run(context: &Context, args: &Forget) -> Outcome {
    let mut session = context.session();
    match args.project {
        true => _ = open(context, &mut session)?,
        // Nobody is kept from leaving by a broken profile.
        false => _ = session.preferred(),
    }
    let survey = session.forgettable(args.project)?;
    context.out.text(|paint| output::survey(paint, &survey));
    tell(context, survey.things.iter().filter_map(|thing| thing.finding.as_ref()));
    if args.dry_run || survey.things.is_empty() {
        context.out.text(|paint| output::by_hand(paint, &survey.by_hand));
        context.out.document(&Document { version: 1, survey: &survey, farewell: None });
        return Ok(Exit::Good);
    }
    let agreed = context.global.yes
        || (context.settings.interactive && ask::confirm("Forget all this? It cannot be taken back."));
    if !agreed {
        let remedy = Remedy::run("look first, then agree", "devsecrets forget --yes");
        return Err(Finding::error(
            "DS-FORGET-04",
            "consent",
            "nothing was removed, because nobody agreed",
            remedy,
        ));
    }
    let farewell = session.forget(args.project, &survey)?;
    context.out.document(&Document { version: 1, survey: &survey, farewell: Some(&farewell) });
    context.out.text(|paint| output::farewell(paint, &farewell));
    tell(context, farewell.things.iter().filter_map(|thing| thing.finding.as_ref()));
    Ok(if farewell.is_clean() { Exit::Good } else { Exit::Findings })
}

/// What holds for several things, such as a locked keychain, is told once.
fn tell<'a>(context: &Context, findings: impl Iterator<Item = &'a Finding>) {
    let mut told: Vec<&Finding> = Vec::new();
    for finding in findings {
        if !told.contains(&finding) {
            context.out.finding(finding);
            told.push(finding);
        }
    }
}
