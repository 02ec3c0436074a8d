//! `devsecrets run`: resolve, check, and become the child.

mod beside;
mod lookout;
mod watch;

use std::ffi::OsString;

use serde::Serialize;

use super::status::open;
use crate::cli::args::Run;
use crate::cli::context::Context;
use crate::cli::output::Tone;
use crate::cli::{Exit, trust};
use crate::finding::{Finding, Severity};
use crate::onboard::Session;
use crate::run::{self, Environment, NotStarted, Pass};

/// Standard output is the command's own, unless it was never started.
#[derive(Serialize)]
pub(super) struct NotReady<'a> {
    pub version: u32,
    pub findings: &'a [Finding],
}

type Found<T> = Result<T, Vec<Finding>>;

/// Never a [`Finding`]: what goes wrong on our side ends in 125, so that it is not taken for the child's word.
pub(super) async fn run(context: &Context, args: &Run) -> Exit {
    match start(context, args).await {
        Ok(exit) => exit,
        Err(findings) => {
            context.out.document(&NotReady { version: 1, findings: &findings });
            findings.iter().for_each(|finding| context.out.finding(finding));
            Exit::Code(run::OURS)
        }
    }
}

async fn start(context: &Context, args: &Run) -> Found<Exit> {
    if args.watch {
        return watch::watch(context, args).await;
    }
    let (_, environment) = found(context, args, opened(context)?).await?;
    if args.redact {
        return beside::redact(context, args, &environment).await;
    }
    Ok(not_started(context, &run::replace(&args.command, &environment, &context.settings, pass(args))))
}

/// Leads a session on a terminal of our own making; see [`run::lead`].
pub(super) async fn lead(context: &Context, words: &[OsString]) -> Exit {
    match run::lead(words).await {
        Ok(code) => Exit::Code(code),
        Err(error) => not_started(context, &error),
    }
}

/// A session with its profile; the person has been asked what there is to ask.
fn opened(context: &Context) -> Found<Session> {
    let mut session = context.session();
    open(context, &mut session).map_err(one)?;
    trust::ask(context, &mut session);
    Ok(session)
}

/// What the service is started with, if it may be, and the session that knows it.
async fn found(context: &Context, args: &Run, mut session: Session) -> Found<(Session, Environment)> {
    let service = session.service_to_run().map_err(one)?;
    let environment = asked(context, &mut session, &service).await.map_err(one)?;
    Ok((session, ready(context, args.allow_missing, environment)?))
}

fn pass(args: &Run) -> Pass {
    if args.pure { Pass::Contract } else { Pass::Inherited }
}

/// The environment; the engine itself says when a store keeps us waiting.
async fn asked(context: &Context, session: &mut Session, service: &str) -> Result<Environment, Finding> {
    let (environment, made) = session.environment_for(service).await?;
    made.iter().for_each(|note| context.out.finding(note));
    Ok(environment)
}

/// The environment, if the service may be started with it. Of its stores it is said how many values came, and whence.
pub(super) fn ready(context: &Context, allow_missing: bool, environment: Environment) -> Found<Environment> {
    let environment = judged(allow_missing, environment)?;
    told(context, allow_missing, &environment);
    Ok(environment)
}

/// The same without a word.
fn judged(allow_missing: bool, environment: Environment) -> Found<Environment> {
    let findings = environment.findings(allow_missing);
    match findings.iter().any(|finding| finding.severity == Severity::Error) {
        true => Err(findings),
        false => Ok(environment),
    }
}

/// What there is to say about an environment that a service is started with.
fn told(context: &Context, allow_missing: bool, environment: &Environment) {
    environment.findings(allow_missing).iter().for_each(|finding| context.out.finding(finding));
    environment.log().iter().for_each(|line| say(context, line));
}

fn say(context: &Context, text: &str) {
    context.out.say(|paint| paint.tone(Tone::Faint, &format!("devsecrets: {text}")));
}

fn not_started(context: &Context, error: &NotStarted) -> Exit {
    context.out.finding(&error.finding());
    Exit::Code(error.code)
}

fn one(finding: Finding) -> Vec<Finding> {
    vec![finding]
}
