//! `--redact`, and what all runs have in common in which we stay.

use std::sync::Arc;

use super::{Found, not_started, one, pass};
use crate::cli::Exit;
use crate::cli::args::Run;
use crate::cli::context::Context;
use crate::finding::{Finding, Remedy};
use crate::run::{Beside, Environment, Masks, NotStarted, OURS, Outcome};

/// Masks the command's output until it ends.
pub(super) async fn redact(context: &Context, args: &Run, environment: &Environment) -> Found<Exit> {
    let masks = Some(masks(context, environment)?);
    let mut beside = beside(context, args)?;
    let ended = beside.run(environment, masks, std::future::pending()).await;
    let all_written = passed_on(context, &mut beside);
    Ok(match exit(context, ended) {
        Exit::Code(0) if !all_written => Exit::Code(OURS),
        exit => exit,
    })
}

/// Whether all that the command has printed is where it belongs; what is lost is told.
pub(super) fn passed_on(context: &Context, beside: &mut Beside<'_>) -> bool {
    let lost = beside.lost();
    lost.iter().for_each(|finding| context.out.finding(finding));
    lost.is_none()
}

pub(super) fn beside<'a>(context: &'a Context, args: &'a Run) -> Found<Beside<'a>> {
    Beside::new(&args.command, &context.settings, pass(args)).map_err(|error| {
        let remedy = Remedy::says("start it without --redact and --watch");
        one(Finding::error("DS-RUN-08", "run", format!("cannot stay beside the command: {error}"), remedy))
    })
}

/// The masks; says what they do not cover.
pub(super) fn masks(context: &Context, environment: &Environment) -> Found<Arc<Masks>> {
    let Some((masks, short)) = environment.masks(&context.settings) else {
        let remedy = Remedy::says("start it without --redact");
        return Err(one(Finding::error(
            "DS-RUN-09",
            "redact",
            "the secrets are too long to look for",
            remedy,
        )));
    };
    if !short.is_empty() {
        let next = "use a longer value, or say `secret = false` in the profile of what is no secret";
        let remedy = Remedy::says(next);
        let says = format!("not masked, shorter than 6 bytes: {}", short.join(", "));
        context.out.finding(&Finding::warning("DS-RUN-10", "redact", says, remedy));
    }
    Ok(masks)
}

fn exit(context: &Context, ended: Result<Outcome, NotStarted>) -> Exit {
    match ended {
        Ok(Outcome::Ended(code) | Outcome::Told(code)) => Exit::Code(code),
        // Nothing was waited for, so nothing stopped it.
        Ok(Outcome::Stopped(_)) => Exit::Good,
        Err(error) => not_started(context, &error),
    }
}
