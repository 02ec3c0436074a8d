//! `devsecrets explain`: what a code means, or where a variable's value comes from.
//!
//! A code is told without a profile or a file, so that it works where nothing else does.

use serde::Serialize;

use super::Outcome;
use crate::cli::Exit;
use crate::cli::context::Context;
use crate::cli::{output, trust};
use crate::explain::{self, Entry, Family};
use crate::finding::{Finding, Remedy};

#[derive(Serialize)]
struct Explained {
    version: u32,
    #[serde(flatten)]
    entry: Entry,
}

#[derive(Serialize)]
struct Listed {
    version: u32,
    families: Vec<Family>,
}

pub(super) async fn run(context: &Context, asked: Option<&str>) -> Outcome {
    let Some(asked) = asked else { return Ok(list(context, explain::catalogue())) };
    if let Some(entry) = explain::entry(asked) {
        context.out.text(|paint| output::entry(paint, &entry));
        context.out.document(&Explained { version: 1, entry });
        return Ok(Exit::Good);
    }
    match explain::family(asked) {
        Some(family) => Ok(list(context, vec![family])),
        None => variable(context, asked).await,
    }
}

/// A variable of the profile in use, if there is one of this name.
async fn variable(context: &Context, asked: &str) -> Outcome {
    let mut session = context.session();
    match session.preferred() {
        // Of a code nobody knows the profile has nothing to say.
        Some(Err(finding)) if !asked.starts_with("DS-") => return Err(finding),
        _ => {}
    }
    if !session.declares(asked) {
        return Err(unknown(asked, &session.variables()));
    }
    trust::ask(context, &mut session);
    let explanation = session.explain(asked).await?;
    context.out.text(|paint| output::variable(paint, &explanation));
    let stops = explanation.services.iter().any(|told| told.cell.status.stops());
    context.out.document(&explanation);
    Ok(if stops { Exit::Findings } else { Exit::Good })
}

fn list(context: &Context, families: Vec<Family>) -> Exit {
    context.out.text(|paint| output::families(paint, &families));
    context.out.document(&Listed { version: 1, families });
    Exit::Good
}

fn unknown(asked: &str, variables: &[&str]) -> Finding {
    let families = explain::catalogue();
    let codes = families
        .iter()
        .flat_map(|family| &family.entries)
        .map(|entry| entry.code)
        .chain(variables.iter().copied());
    let canonical = explain::canonical(asked);
    let says = match crate::profile::nearest(canonical.as_deref().unwrap_or(asked), codes) {
        Some(near) => format!("there is no such code or variable, did you mean {near}?"),
        None => "there is no such code or variable".to_owned(),
    };
    Finding::error("DS-EXPLAIN-01", asked, says, Remedy::run("see all of them", "devsecrets explain"))
}
