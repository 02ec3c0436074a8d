//! `devsecrets logout`: end the AWS session, here and at the portal.

use serde::Serialize;

use super::Outcome;
use super::status::open;
use crate::cli::Exit;
use crate::cli::context::Context;

#[derive(Serialize)]
struct Document {
    version: u32,
    /// False when there was no session to end.
    ended: bool,
}

pub(super) async fn run(context: &Context) -> Outcome {
    let mut session = context.session();
    open(&mut session)?;
    let (ended, warning) = session.log_out().await?;
    if let Some(warning) = &warning {
        context.out.finding(warning);
    }
    context.out.document(&Document { version: 1, ended });
    context.out.say(|_| if ended { "signed out" } else { "there was no session" }.to_owned());
    Ok(Exit::Good)
}
