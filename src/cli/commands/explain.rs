//! `devsecrets explain`: what a code means. Reads no profile and no file, so it works where nothing else does.

use serde::Serialize;

use super::Outcome;
use crate::cli::Exit;
use crate::cli::context::Context;
use crate::cli::output;
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

pub(super) fn run(context: &Context, asked: Option<&str>) -> Outcome {
    let Some(asked) = asked else { return Ok(list(context, explain::catalogue())) };
    if let Some(entry) = explain::entry(asked) {
        context.out.text(|paint| output::entry(paint, &entry));
        context.out.document(&Explained { version: 1, entry });
        return Ok(Exit::Good);
    }
    match explain::family(asked) {
        Some(family) => Ok(list(context, vec![family])),
        None => Err(unknown(asked)),
    }
}

fn list(context: &Context, families: Vec<Family>) -> Exit {
    context.out.text(|paint| output::families(paint, &families));
    context.out.document(&Listed { version: 1, families });
    Exit::Good
}

fn unknown(asked: &str) -> Finding {
    let families = explain::catalogue();
    let codes = families.iter().flat_map(|family| &family.entries).map(|entry| entry.code);
    let canonical = explain::canonical(asked);
    let says = match crate::profile::nearest(canonical.as_deref().unwrap_or(asked), codes) {
        Some(near) => format!("there is no such code, did you mean {near}?"),
        None => "there is no such code".to_owned(),
    };
    Finding::error("DS-EXPLAIN-01", asked, says, Remedy::run("see all of them", "devsecrets explain"))
}
