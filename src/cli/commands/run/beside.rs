//! The runs in which we stay: `--redact` and `--watch`.

use std::cell::Cell;
use std::time::{Duration, Instant};

use super::{found, not_started, one, opened, pass, resolved};
use crate::cli::Exit;
use crate::cli::args::Run;
use crate::cli::context::Context;
use crate::cli::output::Tone;
use crate::finding::{Finding, Remedy};
use crate::onboard::Session;
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
    // A question is asked before signals are caught, so that Ctrl-C answers it too.
    let session = opened(context)?;
    let mut beside = beside(context, args)?;
    let mut patience = Patience::default();
    let (mut session, mut environment) = match beside.wait(found(context, args, session)).await {
        Ok(resolved) => resolved?,
        Err(code) => return Ok(Exit::Code(code)),
    };
    let mut watch = Watch::new(session.files_behind(environment.service()));
    loop {
        let masks = if args.redact { Some(masks(context, &environment)?) } else { None };
        let (begun, why) = (Instant::now(), Cell::new("a file changed"));
        let news = news(&mut watch, &mut session, &environment, args.poll, &why);
        match beside.run(&environment, masks, news).await {
            Ok(Outcome::Stopped(how)) => say(context, &stopped(why.get(), environment.service(), how)),
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
        (session, environment) = match again(context, args, &mut beside, &mut watch).await {
            Ok(again) => again,
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
) -> Result<(Session, Environment), u8> {
    loop {
        match beside.wait(resolved(context, args)).await? {
            Ok((session, environment)) => {
                watch.follow(session.files_behind(environment.service()));
                return Ok((session, environment));
            }
            Err(findings) => findings.iter().for_each(|finding| context.out.finding(finding)),
        }
        say(context, "not started; the next change is waited for");
        beside.wait(watch.changed()).await?;
    }
}

/// A command that failed by itself may do better after a change; one that ended well, or was ended, is done.
fn waits_after(code: u8) -> bool {
    const ENDED_FROM_OUTSIDE: [u8; 5] = [129, 130, 131, 141, 143];
    code != 0 && !ENDED_FROM_OUTSIDE.contains(&code)
}

/// Waits until the service would be started with something else. `why` says which.
async fn news(
    watch: &mut Watch,
    session: &mut Session,
    environment: &Environment,
    poll: u64,
    why: &Cell<&'static str>,
) {
    tokio::select! {
        () = watch.changed() => {}
        () = other_values(session, environment, poll) => why.set("a value changed"),
    }
}

/// Looks every so many seconds, without a word: what cannot be asked now is asked the next time.
async fn other_values(session: &mut Session, environment: &Environment, poll: u64) {
    if poll == 0 {
        return std::future::pending().await;
    }
    session.on_wait(|_, _| {});
    loop {
        tokio::time::sleep(Duration::from_secs(poll)).await;
        let now = session.environment_for(environment.service()).await;
        if now.is_ok_and(|(now, _)| now.is_news_to(environment)) {
            return;
        }
    }
}

fn stopped(why: &str, service: &str, how: Stopped) -> String {
    match how {
        Stopped::Asked => format!("{why}: {service} has ended on SIGTERM"),
        Stopped::Killed => format!("{why}: {service} did not end on SIGTERM, and was killed"),
        Stopped::Before => format!("{why}: {service} had ended"),
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
