//! `devsecrets logout`: end the AWS session, here and at the portal.

use serde::Serialize;

use super::Outcome;
use super::status::open;
use crate::cli::Exit;
use crate::cli::args::Logout;
use crate::cli::context::Context;
use crate::onboard::LoggedOut;

#[derive(Serialize)]
struct Document {
    version: u32,
    /// False when there was no session to end.
    ended: bool,
    sessions: usize,
}

pub(super) async fn run(context: &Context, args: &Logout) -> Outcome {
    let mut session = context.session_named(&args.named)?;
    let of_profile = !args.all && args.named.start_url.is_none();
    let without_sign_in = of_profile && open(context, &mut session)?.start_url.is_none();
    let out = match args.all {
        true => session.log_out_everywhere().await?,
        false if without_sign_in => LoggedOut::default(),
        false => session.log_out().await?,
    };
    out.warnings.iter().for_each(|warning| context.out.finding(warning));
    context.out.document(&Document { version: 1, ended: out.ended > 0, sessions: out.ended });
    context.out.say(|_| match out.ended {
        0 => "there was no session".to_owned(),
        1 => "signed out".to_owned(),
        sessions => format!("signed out of {sessions} sessions"),
    });
    Ok(Exit::Good)
}
