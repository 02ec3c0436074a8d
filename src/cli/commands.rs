//! One file per command; here they are told apart.

mod audit;
mod credential_process;
mod demo;
mod doctor;
mod env;
mod explain;
mod forget;
mod identity;
mod keychain;
mod login;
mod logout;
mod profile;
mod run;
mod seed;
mod status;
mod token;
mod undo;
mod value;
mod walk;

use std::io::IsTerminal as _;
use std::path::Path;
use std::rc::Rc;

pub(super) use env::fail_an_eval;

use super::args::{Cli, Color, Command, Global, Status};
use super::context::Context;
use super::{Exit, Talk};
use crate::demo::Demo;
use crate::finding::{Finding, Remedy};
use crate::keychain::Questions;
use crate::onboard::Session;
use crate::settings::Settings;

/// What is left to do once the command line has been served.
#[expect(clippy::large_enum_variant, reason = "made once per run")]
pub enum Next {
    Done(Exit),
    /// Show the terminal UI.
    Screen(Screen),
}

/// What the terminal UI starts with.
pub struct Screen {
    pub session: Session,
    pub settings: Settings,
    /// Where its keychain asks for a passphrase.
    pub questions: Questions,
    /// The world it runs in, when it is a stand-in.
    pub demo: Option<Rc<Demo>>,
    /// For what is said after it.
    pub talk: Talk,
}

/// The end of a command that could not do its work: the finding is printed by the caller.
pub(super) type Outcome = Result<Exit, Finding>;

pub(super) async fn run(cli: Cli) -> Next {
    let settings = match Settings::from_process() {
        Ok(settings) => settings,
        Err(error) => return Next::Done(nowhere(cli, &error)),
    };
    match (cli.command, cli.global) {
        (None, global) => screen_or_status(settings, global).await,
        (Some(Command::Demo(args)), global) => demo::run(Context::new(settings, global), &args).await,
        (Some(command), global) => {
            let mut settings = settings;
            if let Some(name) = command.name() {
                settings.command = format!("devsecrets {name}");
            }
            let context = Context::new(settings, global);
            let outcome = dispatch(&context, command).await;
            Next::Done(finish(&context, outcome))
        }
    }
}

async fn dispatch(context: &Context, command: Command) -> Outcome {
    match command {
        Command::Login(args) => login::run(context, &args).await,
        Command::CredentialProcess(args) => credential_process::run(context, &args).await,
        Command::Logout(args) => logout::run(context, &args).await,
        Command::Status(args) => status::run(context, &args).await,
        Command::Seed(args) => seed::run(context, &args).await,
        Command::Undo(args) => undo::run(context, &args).await,
        Command::Set(args) => value::set(context, &args.variable).await,
        Command::Reveal(args) => value::reveal(context, &args.variable, args.stdout).await,
        Command::Copy(args) => value::copy(context, &args.variable).await,
        Command::Run(args) => Ok(run::run(context, &args).await),
        Command::Env(args) => Ok(env::run(context, &args).await),
        Command::Doctor(args) => doctor::run(context, &args).await,
        Command::Audit(args) => audit::run(context, &args).await,
        Command::Forget(args) => forget::run(context, &args).await,
        Command::Leader { command } => Ok(run::lead(context, &command).await),
        Command::Token(command) => token::run(context, command.0).await,
        Command::Identity(command) => identity::run(context, command.0).await,
        Command::Keychain(command) => keychain::run(context, command.0).await,
        Command::Profile(command) => profile::run(context, command.0),
        Command::Explain(args) => explain::run(context, args.about.as_deref()).await,
        Command::Demo(_) => Ok(Exit::Good),
    }
}

/// No command can tell where it is. What is asked for ends as it ends elsewhere when we fail it.
fn nowhere(cli: Cli, error: &std::io::Error) -> Exit {
    // What colour a person wants stands in what could not be read.
    let color = if cli.global.color == Color::Auto { Color::Never } else { cli.global.color };
    let context = Context::new(Settings::bare("/", Path::new("/")), Global { color, ..cli.global });
    let remedy =
        Remedy::says("go to a folder that is there, or anew to the one of the same name: cd \"$PWD\"");
    let finding =
        Finding::error("DS-MACHINE-06", "working folder", format!("cannot be found: {error}"), remedy);
    let exit = finish(&context, Err(finding));
    match cli.command {
        Some(Command::Run(_)) => Exit::Code(crate::run::OURS),
        Some(Command::Env(args)) => env::failed(&args, exit),
        _ => exit,
    }
}

/// A person at a terminal gets the screen, or the walk in lines; a script gets the status.
async fn screen_or_status(settings: Settings, global: Global) -> Next {
    let terminal = std::io::stdout().is_terminal() && std::io::stdin().is_terminal();
    let script = global.json || global.no_input;
    let context = Context::new(settings, global);
    let outcome = match (terminal && !script, context.is_plain()) {
        (true, false) => return Next::Screen(context.screen(None)),
        (true, true) if context.settings.interactive => walk::run(&context, None).await,
        _ => status::run(&context, &Status::default()).await,
    };
    Next::Done(finish(&context, outcome))
}

pub(super) fn finish(context: &Context, outcome: Outcome) -> Exit {
    outcome.unwrap_or_else(|finding| {
        context.out.finding(&finding);
        context.out.pointer(&finding);
        context.out.document(&Failed { version: 1, finding: &finding });
        Exit::Failed
    })
}

/// The document of a command that could not do its work.
#[derive(serde::Serialize)]
struct Failed<'a> {
    version: u32,
    #[serde(rename = "error")]
    finding: &'a Finding,
}
