//! `token reveal` and `token copy`: a value for a person, on purpose and for a short time.
//!
//! Reveal writes to the controlling terminal and nowhere else, unless `--stdout` says that a program wants it: a value
//! that reaches a pipe by mistake ends up in a log. Copy stays until the clipboard is cleared, so that nothing outlives
//! the command that could forget to.

use std::io::IsTerminal as _;

use serde::Serialize;

use super::{Outcome, row};
use crate::cli::Exit;
use crate::cli::context::Context;
use crate::cli::shown;
use crate::clipboard::Clipboard;
use crate::finding::{Finding, Remedy};
use crate::onboard::{COPIED_FOR, Session, no_clipboard, not_cleared};
use crate::secret::SecretValue;
use crate::signals::stop;

#[derive(Serialize)]
struct Shown<'a> {
    version: u32,
    name: &'a str,
    /// "terminal" or "clipboard".
    on: &'static str,
    /// Whether it was taken off again.
    cleared: bool,
}

pub(super) async fn reveal(context: &Context, session: &Session, name: &str, stdout: bool) -> Outcome {
    let token = row(session, name).await?;
    if !may_reveal(context, stdout) {
        return Err(nobody_looks(name));
    }
    let secret = session.token_to_show(name).await?;
    value(context, name, &token.title, &secret, stdout).await.map_err(|_| nobody_looks(name))
}

/// Whether somebody looks, or a program was promised the value.
pub(in crate::cli) fn may_reveal(context: &Context, stdout: bool) -> bool {
    let nobody = context.global.no_input || !std::io::stdout().is_terminal() || context.out.json;
    (stdout && !context.out.json) || !nobody
}

/// Shows a value, or prints it where a program is to have it.
pub(in crate::cli) async fn value(
    context: &Context,
    name: &str,
    title: &str,
    secret: &SecretValue,
    stdout: bool,
) -> std::io::Result<Exit> {
    if stdout {
        secret.expose_to(|text| context.out.value(text));
        return Ok(Exit::Good);
    }
    shown::show(title, secret).await?;
    context.out.say(|_| format!("{name} was shown and is hidden again"));
    Ok(Exit::Good)
}

fn nobody_looks(name: &str) -> Finding {
    let says = "it is shown on a terminal only, and this is none";
    let again = format!("devsecrets token reveal {name} --stdout");
    let remedy = Remedy::run("if a program is to have it", again);
    Finding::error("DS-TOKEN-14", name, says, remedy)
}

pub(super) async fn copy(context: &Context, session: &Session, name: &str) -> Outcome {
    session.token_known(name)?;
    let value = session.token_to_show(name).await?;
    copied(context, name, &value, &|error| no_clipboard(name, error)).await
}

/// On the clipboard until it is time, or until told to stop; then cleared.
pub(in crate::cli) async fn copied(
    context: &Context,
    name: &str,
    value: &SecretValue,
    no_clipboard: &dyn Fn(&std::io::Error) -> Finding,
) -> Outcome {
    let clipboard = Clipboard::of(&context.settings);
    let certain = clipboard.put(value).await.map_err(|error| no_clipboard(&error))?;
    let seconds = COPIED_FOR.as_secs();
    context.out.say(|_| match certain {
        true => format!("{name} is on the clipboard for {seconds} s; Ctrl-C clears it at once"),
        false => format!(
            "{name} was handed to your terminal's clipboard for {seconds} s; Ctrl-C clears it at once"
        ),
    });
    tokio::select! {
        () = tokio::time::sleep(COPIED_FOR) => {}
        () = stop() => {}
    }
    let cleared = clipboard.clear(value).await.map_err(|error| not_cleared(name, &error))?;
    context.out.document(&Shown { version: 1, name, on: "clipboard", cleared });
    context.out.say(|_| match cleared {
        true => "the clipboard is clear again".to_owned(),
        false => "something else is on the clipboard by now; it was left".to_owned(),
    });
    Ok(Exit::Good)
}
