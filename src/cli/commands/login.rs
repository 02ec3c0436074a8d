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
use crate::finding::Finding;
use crate::onboard::{Session, SignedIn};
use crate::sso::{Choice, DeviceCode};
pub(super) use pick::choose;

#[derive(Serialize)]
struct Document {
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
    let mut session = context.session();
    if open(&mut session)?.start_url.is_none() {
        context.out.document(&Document { version: 1, session: None, role: None, config: None });
        context.out.say(|_| {
            "this profile has no sign-in: it uses the AWS credentials of its environment".to_owned()
        });
        return Ok(Exit::Good);
    }
    // The token's date may say that it lives where the portal knows better: then the person is asked, once.
    let (signed_in, role) = match enter(context, &mut session, args).await {
        Err(finding) if finding.code == SESSION_ENDED => enter(context, &mut session, args).await?,
        entered => entered?,
    };
    context.out.say(|paint| {
        let until = until(signed_in.expires_at);
        let word = paint.tone(Tone::Good, "signed in");
        format!("{word} {until}, as {} in {} ({})", role.role_name, role.account_name, role.account_id)
    });
    let config = config::offer(context, &mut session, args);
    context.out.document(&Document { version: 1, session: Some(signed_in), role: Some(role), config });
    Ok(Exit::Good)
}

/// Signs in, chooses, and makes sure that both hold.
async fn enter(
    context: &Context,
    session: &mut Session,
    args: &Login,
) -> Result<(SignedIn, Choice), Finding> {
    let signed_in = sign_in(context, session, !args.no_browser).await?;
    let wanted = args.account.as_deref().map(|account| (account, args.role.as_deref()));
    let role = choose(context, session, args.choose, wanted).await?;
    session.prove().await?;
    Ok((signed_in, role))
}

fn until(at: OffsetDateTime) -> String {
    let minutes = (at - OffsetDateTime::now_utc()).whole_minutes().max(0);
    format!("for {} h {:02} min", minutes / 60, minutes % 60)
}

/// A live session, by asking the person only when there is none.
pub(super) async fn sign_in(
    context: &Context,
    session: &mut Session,
    browser: bool,
) -> Result<SignedIn, Finding> {
    if let Some(signed_in) = session.resume().await? {
        return Ok(signed_in);
    }
    let sign_in = session.begin_sign_in().await?;
    show(context, &sign_in.code);
    if browser && context.settings.interactive && has_browser(context) {
        // The page is printed above; a browser that does not start changes nothing.
        let _ = open::that_detached(&sign_in.code.page_with_code);
    }
    let (token, signed_in) = Session::finish_sign_in(&context.settings, sign_in).await?;
    session.signed_in(token);
    if let Some(warning) = &signed_in.warning {
        context.out.finding(warning);
    }
    Ok(signed_in)
}

fn show(context: &Context, code: &DeviceCode) {
    context.out.say(|paint| {
        let minutes = (code.expires_at - OffsetDateTime::now_utc()).whole_minutes() + 1;
        let heading = paint.tone(Tone::Heading, "Sign in to AWS");
        let shown = paint.tone(Tone::Heading, &code.user_code);
        format!(
            "{heading}\n  1. open     {}\n  2. compare  {shown}\nwaiting for your approval, {minutes} minutes at most; ctrl-c cancels",
            code.page_with_code
        )
    });
}

/// A window system on this machine, and nobody looking at it from afar.
fn has_browser(context: &Context) -> bool {
    let var = |name| context.settings.var(name).is_some();
    let remote = var("SSH_CONNECTION") || var("SSH_TTY");
    let windows = cfg!(any(target_os = "macos", windows)) || var("DISPLAY") || var("WAYLAND_DISPLAY");
    !remote && (windows || var("BROWSER"))
}
