//! `devsecrets credential-process`: role keys for another program, in the form every AWS SDK reads.
//!
//! The one command that prints secrets, because a program asked for them: never onto a terminal unless told to, and
//! never by asking anybody, for nobody watches it.

use std::io::{self, IsTerminal as _};

use super::Outcome;
use super::status::open;
use crate::cli::Exit;
use crate::cli::args::CredentialProcess;
use crate::cli::context::Context;
use crate::finding::{Finding, Remedy};

pub(super) async fn run(context: &Context, args: &CredentialProcess) -> Outcome {
    if io::stdout().is_terminal() && !context.global.yes {
        let remedy = Remedy::run(
            "name it in the AWS config file, or agree with --yes",
            "credential_process = devsecrets credential-process -p PROFILE",
        );
        let says = "this prints keys, and a terminal is looking; it is for programs";
        return Err(Finding::error("DS-CONFIG-13", "credential-process", says, remedy));
    }
    let mut session = context.session();
    open(context, &mut session)?;
    let document = session.role_credentials(args.account.as_deref(), args.role.as_deref()).await?;
    document.expose_to(|text| context.out.raw(text));
    Ok(Exit::Good)
}
