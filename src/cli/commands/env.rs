//! `devsecrets env`: a service's values on standard output, for another program, on purpose.
//!
//! On a terminal only after a warning and a yes: what is printed there stays in its scrollback.

use std::io::{IsTerminal as _, Write as _};

use super::run::ready;
use super::status::open;
use crate::cli::args::{Env, EnvFormat};
use crate::cli::context::Context;
use crate::cli::{Exit, ask, trust};
use crate::finding::{Finding, Remedy, Severity};
use crate::run::{Environment, Format};
use crate::secret::SecretValue;

type Found<T> = Result<T, Vec<Finding>>;

/// What is missing is told, and nothing is printed then.
pub(super) async fn run(context: &Context, args: &Env) -> Exit {
    match print(context, args).await {
        Ok(()) => Exit::Good,
        Err(findings) => {
            findings.iter().for_each(|finding| context.out.finding(finding));
            Exit::Findings
        }
    }
}

async fn print(context: &Context, args: &Env) -> Found<()> {
    agreed(context).map_err(one)?;
    let mut session = context.session();
    open(context, &mut session).map_err(one)?;
    trust::ask(context, &mut session);
    let service = session.service_to_run().map_err(one)?;
    let (environment, made) = session.environment_for(&service).await.map_err(one)?;
    made.iter().for_each(|note| context.out.finding(note));
    let environment = ready(context, args.allow_missing, environment)?;
    match args.format {
        EnvFormat::Shell => show(context, &environment.print(Format::Shell)?),
        EnvFormat::Dotenv => {
            let environment = session.for_its_readers(environment).map_err(one)?;
            show(context, &environment.print(Format::Dotenv)?);
        }
        EnvFormat::Docker => show(context, &environment.print(Format::Docker)?),
        EnvFormat::Json => show(context, &environment.print(Format::Json)?),
        EnvFormat::Github => return github(context, &environment),
    }
    Ok(())
}

fn show(context: &Context, text: &SecretValue) {
    text.expose_to(|text| context.out.raw(text));
}

/// Masks go to the log first, so that no value is in the file before it is masked.
fn github(context: &Context, environment: &Environment) -> Found<()> {
    let told = environment.print_for_github()?;
    let file = context.settings.var("GITHUB_ENV").ok_or_else(|| {
        let remedy = Remedy::says("run it in a step of a GitHub Actions job, or choose another --format");
        one(Finding::error("DS-ENV-03", "GITHUB_ENV", "is not set, so there is no file to write to", remedy))
    })?;
    show(context, &told.masks);
    let opened = std::fs::File::options().append(true).open(context.settings.folder.join(file));
    let written = opened.and_then(|mut file| told.file.expose_to(|text| file.write_all(text.as_bytes())));
    written.map_err(|error| {
        let remedy = Remedy::says("look at the step's GITHUB_ENV");
        one(Finding::error("DS-ENV-03", "GITHUB_ENV", format!("cannot be written: {error}"), remedy))
    })
}

/// A pipe has a reader who asked; a terminal has onlookers and a memory.
fn agreed(context: &Context) -> Result<(), Finding> {
    if !std::io::stdout().is_terminal() || context.global.yes {
        return Ok(());
    }
    let says = "the values would be readable on this terminal, and stay in its scrollback";
    let warning = Remedy::says("hand them to a program instead: devsecrets run -- COMMAND");
    context.out.finding(&Finding {
        severity: Severity::Warning,
        ..Finding::error("DS-ENV-01", "env", says, warning)
    });
    if context.settings.interactive && ask::confirm("Print them all the same?") {
        return Ok(());
    }
    let remedy = Remedy::says("pipe it to the program that needs them, or agree with --yes");
    Err(Finding::error("DS-ENV-01", "env", "nothing was printed, because nobody agreed", remedy))
}

fn one(finding: Finding) -> Vec<Finding> {
    vec![finding]
}
