//! The runs in which we stay: `--redact` and `--watch`.

use std::time::Instant;

use super::{not_started, one, pass, resolved};
use crate::cli::Exit;
use crate::cli::args::Run;
use crate::cli::context::Context;
use crate::cli::output::Tone;
use crate::finding::{Finding, Remedy};
use crate::run::{Beside, Environment, Masks, NotStarted, Outcome, Patience, Stopped, Watch};
use std::sync::Arc;

type Found<T> = Result<T, Vec<Finding>>;

/// Masks the command's output until it ends.
pub(super) async fn redact(context: &Context, args: &Run, environment: &Environment) -> Found<Exit> {
    let masks = Some(masks(context, environment)?);
    let mut beside = beside(context, args)?;
    let ended = beside.run(environment, masks, std::future::pending()).await;
    Ok(exit(context, ended))
}

/// Starts the command, and again at each change, until it ends well or somebody ends it.
pub(super) async fn watch(context: &Context, args: &Run) -> Found<Exit> {
    let mut beside = beside(context, args)?;
    let mut patience = Patience::default();
    let (session, mut environment) = match beside.wait(resolved(context, args)).await {
        Ok(resolved) => resolved?,
        Err(code) => return Ok(Exit::Code(code)),
    };
    let mut watch = Watch::new(session.files_behind(environment.service()));
    loop {
        let masks = if args.redact { Some(masks(context, &environment)?) } else { None };
        let begun = Instant::now();
        match beside.run(&environment, masks, watch.changed()).await {
            Ok(Outcome::Stopped(how)) => say(context, &stopped(environment.service(), how)),
            Ok(Outcome::Told(code)) => return Ok(Exit::Code(code)),
            Ok(Outcome::Ended(code)) if !waits_after(code) => return Ok(Exit::Code(code)),
            Ok(Outcome::Ended(code)) => {
                let service = environment.service();
                say(context, &format!("{service} ended with {code}; it starts again when a file changes"));
                if let Err(code) = beside.wait(watch.changed()).await {
                    return Ok(Exit::Code(code));
                }
            }
            Err(error) => return Ok(not_started(context, &error)),
        }
        if let Some(wait) = patience.after(begun.elapsed()) {
            say(context, &format!("it was stopped again and again; waiting {} s", wait.as_secs()));
            if let Err(code) = beside.wait(tokio::time::sleep(wait)).await {
                return Ok(Exit::Code(code));
            }
        }
        environment = match again(context, args, &mut beside, &mut watch).await {
            Ok(environment) => environment,
            Err(code) => return Ok(Exit::Code(code)),
        };
        say(context, &format!("starting {} again", environment.service()));
    }
}

/// The environment after a change; while it has problems they are told, and the next change is waited for.
async fn again(
    context: &Context,
    args: &Run,
    beside: &mut Beside<'_>,
    watch: &mut Watch,
) -> Result<Environment, u8> {
    loop {
        match beside.wait(resolved(context, args)).await? {
            Ok((_, environment)) => return Ok(environment),
            Err(findings) => findings.iter().for_each(|finding| context.out.finding(finding)),
        }
        say(context, "not started; the next change is waited for");
        beside.wait(watch.changed()).await?;
    }
}

/// A command that failed by itself may do better after a change; one that ended well, or was ended, is done.
fn waits_after(code: u8) -> bool {
    const ENDED_FROM_OUTSIDE: [u8; 4] = [129, 130, 131, 143];
    code != 0 && !ENDED_FROM_OUTSIDE.contains(&code)
}

fn stopped(service: &str, how: Stopped) -> String {
    match how {
        Stopped::Asked => format!("a file changed: {service} has ended on SIGTERM"),
        Stopped::Killed => format!("a file changed: {service} did not end on SIGTERM, and was killed"),
    }
}

fn say(context: &Context, text: &str) {
    context.out.say(|paint| paint.tone(Tone::Faint, &format!("devsecrets: {text}")));
}

fn beside<'a>(context: &'a Context, args: &'a Run) -> Found<Beside<'a>> {
    Beside::new(&args.command, &context.settings, pass(args)).map_err(|error| {
        let remedy = Remedy::says("start it without --redact and --watch");
        one(Finding::error("DS-RUN-08", "run", format!("cannot stay beside the command: {error}"), remedy))
    })
}

/// The masks; says what they do not cover.
fn masks(context: &Context, environment: &Environment) -> Found<Arc<Masks>> {
    let Some((masks, short)) = environment.masks() else {
        let remedy = Remedy::says("start it without --redact");
        return Err(one(Finding::error(
            "DS-RUN-09",
            "redact",
            "the secrets are too long to look for",
            remedy,
        )));
    };
    if !short.is_empty() {
        let remedy = Remedy::says("use a longer value");
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
