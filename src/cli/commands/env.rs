//! `devsecrets env`: a service's values on standard output, for another program, on purpose.
//!
//! On a terminal only after a warning and a yes: what is printed there stays in its scrollback. For a shell a failure is
//! a word on standard output, too, since `eval` looks at nothing else.

use std::fs::File;
use std::io::{IsTerminal as _, Write as _};

use super::run::{NotReady, ready};
use super::status::open;
use crate::cli::args::{Env, EnvFormat};
use crate::cli::context::Context;
use crate::cli::{Exit, ask, output, trust};
use crate::finding::{Finding, Remedy, Severity};
use crate::run::{Environment, Format};
use crate::secret::SecretValue;

/// Read by `eval` in the place of values: what prints nothing would count as success there.
const FAILS: &str = "false\n";

/// Has an `eval` of our output fail. A person at a terminal has been told already.
pub(in crate::cli) fn fail_an_eval() {
    if !std::io::stdout().is_terminal() {
        output::hand_out(FAILS);
    }
}

/// Why nothing was printed, and how that ends.
struct Stopped {
    findings: Vec<Finding>,
    exit: Exit,
}

/// It could not be done.
impl From<Finding> for Stopped {
    fn from(finding: Finding) -> Self {
        Self { findings: vec![finding], exit: Exit::Failed }
    }
}

/// The service's values are not ready to be printed.
impl From<Vec<Finding>> for Stopped {
    fn from(findings: Vec<Finding>) -> Self {
        Self { findings, exit: Exit::Findings }
    }
}

/// What is missing is told, and no value is printed then.
pub(super) async fn run(context: &Context, args: &Env) -> Exit {
    let Err(stopped) = print(context, args).await else { return Exit::Good };
    let Stopped { findings, exit } = stopped;
    if args.format == EnvFormat::Json {
        context.out.document(&NotReady { version: 1, findings: &findings });
    }
    findings.iter().for_each(|finding| context.out.finding(finding));
    failed(args, exit)
}

/// Ends with `exit`, and says so to an `eval`.
pub(super) fn failed(args: &Env, exit: Exit) -> Exit {
    if args.format == EnvFormat::Shell {
        fail_an_eval();
    }
    exit
}

async fn print(context: &Context, args: &Env) -> Result<(), Stopped> {
    agreed(context)?;
    let mut session = context.session();
    open(context, &mut session)?;
    trust::ask(context, &mut session);
    let service = session.service_to_run()?;
    let (environment, made) = session.environment_for(&service).await?;
    made.iter().for_each(|note| context.out.finding(note));
    let environment = ready(context, args.allow_missing, environment)?;
    match args.format {
        EnvFormat::Shell => show(context, &environment.print(Format::Shell)?),
        EnvFormat::Dotenv => {
            let environment = session.for_its_readers(environment)?;
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

/// Masks go to the log before any value is in the file, and not at all when the file cannot be had.
fn github(context: &Context, environment: &Environment) -> Result<(), Stopped> {
    let told = environment.print_for_github()?;
    let file = context.settings.var("GITHUB_ENV").ok_or_else(|| {
        let remedy = Remedy::says("run it in a step of a GitHub Actions job, or choose another --format");
        Finding::error("DS-ENV-03", "GITHUB_ENV", "is not set, so there is no file to write to", remedy)
    })?;
    let path = context.settings.folder.join(file);
    let mut file = File::options().append(true).open(path).map_err(not_written)?;
    told.unmasked.iter().for_each(|finding| context.out.finding(finding));
    show(context, &told.masks);
    Ok(told.file.expose_to(|text| file.write_all(text.as_bytes())).map_err(not_written)?)
}

fn not_written(error: std::io::Error) -> Finding {
    let remedy = Remedy::says("look at the step's GITHUB_ENV");
    Finding::error("DS-ENV-03", "GITHUB_ENV", format!("cannot be written: {error}"), remedy)
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
