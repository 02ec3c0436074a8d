//! `devsecrets run`: resolve, check, and become the child.

mod beside;

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

async fn start(context: &Context, args: &Run) -> Result<Exit, Vec<Finding>> {
    if args.watch {
        return beside::watch(context, args).await;
    }
    let (_, environment) = resolved(context, args).await?;
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

/// What the service is started with, if it may be, and the session that knows it.
async fn resolved(context: &Context, args: &Run) -> Result<(Session, Environment), Vec<Finding>> {
    let session = opened(context)?;
    found(context, args, session).await
}

/// A session with its profile; the person has been asked what there is to ask.
fn opened(context: &Context) -> Result<Session, Vec<Finding>> {
    let mut session = context.session();
    open(context, &mut session).map_err(one)?;
    trust::ask(context, &mut session);
    Ok(session)
}

async fn found(
    context: &Context,
    args: &Run,
    mut session: Session,
) -> Result<(Session, Environment), Vec<Finding>> {
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
pub(super) fn ready(
    context: &Context,
    allow_missing: bool,
    environment: Environment,
) -> Result<Environment, Vec<Finding>> {
    let findings = environment.findings(allow_missing);
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(findings);
    }
    findings.iter().for_each(|finding| context.out.finding(finding));
    for line in environment.log() {
        context.out.say(|paint| paint.tone(Tone::Faint, &format!("devsecrets: {line}")));
    }
    Ok(environment)
}

fn not_started(context: &Context, error: &NotStarted) -> Exit {
    context.out.finding(&error.finding());
    Exit::Code(error.code)
}

fn one(finding: Finding) -> Vec<Finding> {
    vec![finding]
}
