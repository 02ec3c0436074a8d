//! `devsecrets token`: personal tokens in the keychain.

use serde::Serialize;

use super::Outcome;
use super::status::open;
use crate::cli::args::Token;
use crate::cli::context::Context;
use crate::cli::output::{self, Tone};
use crate::cli::{Exit, ask};
use crate::finding::{Finding, Remedy};
use crate::onboard::{Session, TokenKept, TokenRow};

#[derive(Serialize)]
struct Listed<'a> {
    version: u32,
    tokens: &'a [TokenRow],
}

#[derive(Serialize)]
struct Kept<'a> {
    version: u32,
    #[serde(flatten)]
    kept: &'a TokenKept,
}

#[derive(Serialize)]
struct Removed<'a> {
    version: u32,
    name: &'a str,
    /// False when there was none.
    removed: bool,
    /// The token's own file, when it is still there.
    file: Option<String>,
}

pub(super) async fn run(context: &Context, command: Token) -> Outcome {
    let mut session = context.session();
    open(&mut session)?;
    match command {
        Token::List => list(context, &session).await,
        Token::Set { name } => set(context, &mut session, &name).await,
        Token::Remove { name } => remove(context, &mut session, &name).await,
    }
}

async fn list(context: &Context, session: &Session) -> Outcome {
    let rows = session.tokens().await?;
    context.out.document(&Listed { version: 1, tokens: &rows });
    context.out.text(|paint| output::tokens(paint, &rows));
    Ok(Exit::Good)
}

async fn set(context: &Context, session: &mut Session, name: &str) -> Outcome {
    let value = ask::secret(&format!("{name}: "), context.settings.interactive).ok_or_else(|| {
        let remedy =
            Remedy::run("hand it over on standard input", format!("devsecrets token set {name} < file"));
        Finding::error("DS-TOKEN-04", name, "no token was given", remedy)
    })?;
    let kept = session.keep_token(name, value).await?;
    context.out.document(&Kept { version: 1, kept: &kept });
    kept.findings.iter().for_each(|finding| context.out.finding(finding));
    context.out.say(|paint| {
        let file = kept.file.as_ref().map(|file| format!(" and in {file}")).unwrap_or_default();
        format!("{} in {}{file}", paint.tone(Tone::Good, "kept"), kept.place)
    });
    Ok(if kept.findings.is_empty() { Exit::Good } else { Exit::Findings })
}

async fn remove(context: &Context, session: &mut Session, name: &str) -> Outcome {
    let removed = session.remove_token(name).await?;
    let file = session.token_file(name);
    context.out.document(&Removed { version: 1, name, removed, file: file.clone() });
    let file = file.map(|file| format!("; its file {file} is left, remove it yourself"));
    context.out.say(|_| match removed {
        true => format!("forgotten{}", file.unwrap_or_default()),
        false => "there was none".to_owned(),
    });
    Ok(Exit::Good)
}
