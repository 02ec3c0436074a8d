//! `devsecrets login`: sign in, then choose account and role.

mod config;
mod pick;

use serde::Serialize;
use time::OffsetDateTime;

use super::Outcome;
use super::status::open;
use crate::cli::Exit;
use crate::cli::args::Login;
use crate::cli::context::Context;
use crate::cli::output::Tone;
use crate::cli::signing_in::sign_in;
use crate::finding::{Finding, Remedy};
use crate::onboard::{Session, SignedIn};
use crate::sso::Choice;
pub(super) use pick::{NOT_CHOSEN, choose, one_of};

#[derive(Serialize)]
pub(super) struct Document {
    version: u32,
    /// Both absent for a profile without a sign-in.
    session: Option<SignedIn>,
    role: Option<Choice>,
    /// What the AWS config file lacks, and what was written to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    config: Option<config::Told>,
}

/// A session that was ended elsewhere; see [`crate::sso::SsoError::code`].
const SESSION_ENDED: &str = "DS-SSO-04";

pub(super) async fn run(context: &Context, args: &Login) -> Outcome {
    let mut session = context.session_named(&args.named)?;
    let project = if args.named.start_url.is_none() { Some(opened(context, &mut session)?) } else { None };
    if project.as_ref().is_some_and(|project| project.start_url.is_none()) {
        context.out.document(&Document { version: 1, session: None, role: None, config: None });
        context.out.say(|_| {
            "this profile has no sign-in: it uses the AWS credentials of its environment".to_owned()
        });
        return Ok(if args.status { Exit::Findings } else { Exit::Good });
    }
    if args.status {
        return status(context, &mut session).await;
    }
    let warnings = project.map(|project| project.warnings).unwrap_or_default();
    let document = enter_and_say(context, &mut session, args, &warnings).await?;
    context.out.document(&document);
    Ok(Exit::Good)
}

/// Signs in, chooses, says so, and offers the lines of the AWS config file.
pub(super) async fn enter_and_say(
    context: &Context,
    session: &mut Session,
    args: &Login,
    warnings: &[Finding],
) -> Result<Document, Finding> {
    // The token's date may say that it lives where the portal knows better: then the person is asked, once.
    let (signed_in, role) = match enter(context, session, args).await {
        Err(finding) if finding.code == SESSION_ENDED => enter(context, session, args).await?,
        entered => entered?,
    };
    warnings.iter().for_each(|warning| context.out.finding(warning));
    say(context, &signed_in, Some(&role));
    // A session named by flags has no profile to write.
    let config = args.named.start_url.is_none().then(|| config::offer(context, session, args)).flatten();
    Ok(Document { version: 1, session: Some(signed_in), role: Some(role), config })
}

/// A broken profile must not keep anybody out: the next step names the way around it.
fn opened(context: &Context, session: &mut Session) -> Result<crate::onboard::Opened, Finding> {
    open(context, session).map_err(|finding| {
        let around = "or sign in without it: devsecrets login --start-url URL --region REGION";
        let remedy = Remedy::says(format!("{}; {around}", finding.remedy));
        Finding { remedy, ..finding }
    })
}

/// Signs in and chooses. While both hold from before, that is no call at all; a new session's role is proved.
async fn enter(
    context: &Context,
    session: &mut Session,
    args: &Login,
) -> Result<(SignedIn, Choice), Finding> {
    let (signed_in, new) = sign_in(context, session, &args.way, args.force).await?;
    let wanted = args.account.as_deref().map(|account| (account, args.role.as_deref()));
    let role = choose(context, session, args.choose, wanted).await?;
    if new {
        session.prove().await?;
    }
    Ok((signed_in, role))
}

/// Whether there is a session, for scripts and for the curious. A session near its end is renewed, as any command would.
async fn status(context: &Context, session: &mut Session) -> Outcome {
    let role = session.choice();
    let found = session.resume().await?;
    match &found {
        Some(signed_in) => say(context, signed_in, role.as_ref()),
        None => context
            .out
            .say(|paint| format!("{}; next: devsecrets login", paint.tone(Tone::Warn, "not signed in"))),
    }
    let exit = if found.is_some() { Exit::Good } else { Exit::Findings };
    context.out.document(&Document { version: 1, session: found, role, config: None });
    Ok(exit)
}

fn say(context: &Context, signed_in: &SignedIn, role: Option<&Choice>) {
    context.out.say(|paint| {
        let word = paint.tone(Tone::Good, "signed in");
        let renewed = if signed_in.renews { ", then renewed by itself" } else { "" };
        let role = role.map_or_else(
            || "; no role chosen yet".to_owned(),
            |role| format!("; as {} in {} ({})", role.role_name, role.account_name, role.account_id),
        );
        format!("{word} {}{renewed}{role}", until(signed_in.expires_at))
    });
}

fn until(at: OffsetDateTime) -> String {
    let minutes = (at - OffsetDateTime::now_utc()).whole_minutes().max(0);
    format!("for {} h {:02} min", minutes / 60, minutes % 60)
}
