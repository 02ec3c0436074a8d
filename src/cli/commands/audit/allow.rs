//! `audit --allow` and `--disallow`: the baseline, one finding at a time.

use serde::Serialize;

use super::inspection;
use crate::audit::{AuditError, Baseline, Heed, Leak, Watch};
use crate::cli::Exit;
use crate::cli::args::Audit;
use crate::cli::context::Context;
use crate::cli::output::Tone;

/// What `--json` tells.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    baseline: String,
    /// Every place where an accepted value stands.
    accepted: Vec<&'a Leak>,
    /// Those that are told again from now on.
    disallowed: Vec<&'a Leak>,
}

pub(super) fn run(context: &Context, args: &Audit) -> Result<Exit, AuditError> {
    // What is to be disallowed has to be found, too.
    let (audited, baseline) = inspection(context, args, Heed::Nothing).run(&Watch::default())?;
    let leaks = &audited.audit.leaks;
    let mut baseline = baseline.map_or_else(|| Baseline::new(&audited.accepts), Ok)?;
    let (allow, disallow) = (named(leaks, &args.allow)?, named(leaks, &args.disallow)?);
    if allow.iter().chain(&disallow).any(|leak| leak.own.is_some()) {
        return Err(AuditError::Own);
    }
    allow.iter().try_for_each(|leak| baseline.accept(leak))?;
    disallow.iter().try_for_each(|leak| baseline.forget(leak).map(|_| ()))?;
    tell(context, &audited.accepts.display().to_string(), allow, disallow);
    Ok(Exit::Good)
}

/// The findings at these places; each place must have one.
fn named<'a>(leaks: &'a [Leak], places: &[String]) -> Result<Vec<&'a Leak>, AuditError> {
    let mut all = Vec::new();
    for place in places {
        let known = all.len();
        all.extend(leaks.iter().filter(|leak| leak.is_at(place)));
        if all.len() == known {
            return Err(AuditError::NotFound { place: crate::secret::plain(place) });
        }
    }
    Ok(all)
}

pub(super) fn accepted(leak: &Leak) -> String {
    line(leak, "is accepted from now on")
}

fn line(leak: &Leak, what: &str) -> String {
    format!("{}: {} {what}\n", leak.place(), leak.says())
}

fn tell(context: &Context, baseline: &str, accepted: Vec<&Leak>, disallowed: Vec<&Leak>) {
    context.out.text(|paint| {
        let lines = accepted.iter().map(|leak| self::accepted(leak));
        let lines = lines.chain(disallowed.iter().map(|leak| line(leak, "is told again from now on")));
        let where_to = paint.tone(Tone::Faint, &format!("{baseline}; commit it with the code"));
        format!("{}{where_to}\n", lines.collect::<String>())
    });
    context.out.document(&Document { version: 1, baseline: baseline.to_owned(), accepted, disallowed });
}
