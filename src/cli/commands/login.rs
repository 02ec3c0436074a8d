//! `devsecrets login`: sign in, then choose account and role.

use serde::Serialize;
use time::OffsetDateTime;

use super::Outcome;
use super::status::open;
use crate::cli::args::Login;
use crate::cli::context::Context;
use crate::cli::output::Tone;
use crate::cli::{Exit, ask};
use crate::finding::{Finding, Remedy};
use crate::onboard::{Session, SignedIn};
use crate::sso::{Account, Choice, DeviceCode, Role};

#[derive(Serialize)]
struct Document {
    version: u32,
    /// Both absent for a profile without a sign-in.
    session: Option<SignedIn>,
    role: Option<Choice>,
}

/// A session that was ended elsewhere; see [`crate::sso::SsoError::code`].
const SESSION_ENDED: &str = "DS-SSO-04";

pub(super) async fn run(context: &Context, args: &Login) -> Outcome {
    let mut session = context.session();
    if open(&mut session)?.start_url.is_none() {
        context.out.document(&Document { version: 1, session: None, role: None });
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
    let document = Document { version: 1, session: Some(signed_in.clone()), role: Some(role.clone()) };
    context.out.document(&document);
    context.out.say(|paint| {
        let until = until(signed_in.expires_at);
        let word = paint.tone(Tone::Good, "signed in");
        format!("{word} {until}, as {} in {} ({})", role.role_name, role.account_name, role.account_id)
    });
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

/// The account and role to use: named, remembered, the only one, or picked by the person.
pub(super) async fn choose(
    context: &Context,
    session: &mut Session,
    anew: bool,
    wanted: Option<(&str, Option<&str>)>,
) -> Result<Choice, Finding> {
    if let Some(choice) = session.choice().filter(|_| !anew && wanted.is_none()) {
        return Ok(choice);
    }
    let accounts = session.accounts().await?;
    let account = match wanted {
        Some((id, _)) => {
            accounts.iter().find(|account| account.id == id).ok_or_else(|| no_account(id, &accounts))?
        }
        None => pick_account(context, &accounts)?,
    };
    let roles = session.roles(&account.id).await?;
    let role = match wanted.and_then(|(_, role)| role) {
        Some(name) => roles.iter().find(|role| role.name == name).ok_or_else(|| no_role(name, &roles))?,
        None => pick_role(context, &roles)?,
    };
    let choice = Choice {
        account_id: account.id.clone(),
        account_name: account.name.clone(),
        role_name: role.name.clone(),
    };
    session.choose(choice.clone()).await?;
    Ok(choice)
}

fn pick_account<'a>(context: &Context, accounts: &'a [Account]) -> Result<&'a Account, Finding> {
    let lines = accounts.iter().map(|account| format!("{}  {}", account.id, account.name)).collect();
    pick(context, "account", lines)
        .and_then(|index| accounts.get(index).ok_or_else(|| nothing_to_pick("account")))
}

fn pick_role<'a>(context: &Context, roles: &'a [Role]) -> Result<&'a Role, Finding> {
    let lines = roles.iter().map(|role| role.name.clone()).collect();
    pick(context, "role", lines).and_then(|index| roles.get(index).ok_or_else(|| nothing_to_pick("role")))
}

fn pick(context: &Context, noun: &str, lines: Vec<String>) -> Result<usize, Finding> {
    match lines.len() {
        0 => Err(nothing_to_pick(noun)),
        1 => Ok(0),
        count if context.settings.interactive => {
            for (index, line) in lines.iter().enumerate() {
                context.out.say(|_| format!("  {}. {line}", index + 1));
            }
            ask::number(&format!("Which {noun}?"), count).ok_or_else(|| not_picked(noun))
        }
        _ => Err(not_picked(noun)),
    }
}

fn nothing_to_pick(noun: &str) -> Finding {
    let remedy = Remedy::says("ask whoever administers AWS access for an assignment");
    Finding::error("DS-SSO-13", noun, format!("no {noun} is assigned to you"), remedy)
}

fn not_picked(noun: &str) -> Finding {
    let remedy = Remedy::run("name it", "devsecrets login --account ID --role NAME");
    Finding::error("DS-SSO-14", noun, format!("there are several, and no {noun} was chosen"), remedy)
}

fn no_account(id: &str, accounts: &[Account]) -> Finding {
    let names: Vec<String> =
        accounts.iter().map(|account| format!("{} ({})", account.id, account.name)).collect();
    let remedy = Remedy::says(format!("assigned: {}", names.join(", ")));
    Finding::error("DS-SSO-15", id, "no such account is assigned to you", remedy)
}

fn no_role(name: &str, roles: &[Role]) -> Finding {
    let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
    let near = crate::profile::nearest(name, names.iter().copied());
    let says = match near {
        Some(near) => format!("no such role is assigned to you, did you mean {near}?"),
        None => "no such role is assigned to you".to_owned(),
    };
    Finding::error("DS-SSO-16", name, says, Remedy::says(format!("assigned: {}", names.join(", "))))
}
