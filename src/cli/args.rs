//! What can be typed. Nothing is done here.

mod audit;
mod demo;
mod env;
mod forget;
mod global;
mod identity;
mod keychain;
mod later;
mod run;
mod signing_in;
mod token;
mod value;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::Error;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

pub use self::audit::{Audit, AuditFormat};
pub use self::demo::Demo;
pub(super) use self::env::is_for_a_shell;
pub use self::env::{Env, EnvFormat};
pub use self::forget::Forget;
pub use self::global::{Color, Global};
pub use self::identity::Identity;
pub use self::keychain::{Home, Keychain};
pub use self::later::Later;
pub use self::run::Run;
pub(super) use self::run::point_to_the_dashes;
pub use self::token::Token;
pub use self::value::{OneVariable, Reveal};
use crate::seed::Spot;
pub use signing_in::{CredentialProcess, Login, Logout, Named, Way};

/// A command line that was understood.
#[derive(Debug)]
pub struct Cli {
    pub global: Global,
    pub command: Option<Command>,
}

/// From git clone to every service running, with no secret pasted, printed or committed.
///
/// Without a command the terminal UI opens, with --plain its steps as lines; without a terminal the status is printed.
#[derive(Debug, Parser)]
#[command(name = "devsecrets", version, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 good · 1 findings or not ready · 2 wrong usage, or could not check")]
struct Line {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

impl Parser for Cli {}

impl CommandFactory for Cli {
    fn command() -> clap::Command {
        // Handed down by `Later` to the one command that is asked for, instead of to all two dozen.
        Line::command().mut_args(|option| option.global(false))
    }

    fn command_for_update() -> clap::Command {
        Self::command()
    }
}

impl FromArgMatches for Cli {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Self::from_arg_matches_mut(&mut matches.clone())
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Self, Error> {
        // What only we call takes none of the common options.
        let named = matches.subcommand().filter(|(name, _)| *name != crate::run::LEADER);
        let after = named.map(|(_, own)| own.clone());
        let Line { global, command } = Line::from_arg_matches_mut(matches)?;
        let global = match after {
            Some(own) => global.then(&own)?,
            None => global,
        };
        Ok(Self { global, command })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Try everything on a sandbox: no AWS account, and nothing of yours is touched
    Demo(Later<Demo>),
    /// Sign in to AWS and choose account and role
    Login(Later<Login>),
    /// End the AWS session, here and at the portal
    Logout(Later<Logout>),
    /// Print role keys for another program, as a credential_process of the AWS config file
    CredentialProcess(Later<CredentialProcess>),
    /// Show every service's variables: status, origin and next step
    Status(Later<Status>),
    /// Write the env files, after showing what would change
    Seed(Later<Seed>),
    /// Take back what the last seed wrote
    Undo(Later<Undo>),
    /// Set a variable by hand in a service's env file; it is read without echo, or from standard input
    Set(Later<OneVariable>),
    /// Show a variable's value on the terminal for a few seconds
    Reveal(Later<Reveal>),
    /// Put a variable's value on the clipboard and clear it after 45 seconds
    Copy(Later<OneVariable>),
    /// Start a service with its secrets in its environment, and nowhere else
    #[command(visible_alias = "exec", after_help = run::HELP)]
    Run(Later<Run>),
    /// Print a service's values for another program
    Env(Later<Env>),
    /// Holds the terminal of a masked command
    #[command(name = crate::run::LEADER, hide = true)]
    Leader {
        #[arg(required = true, last = true)]
        command: Vec<OsString>,
    },
    /// Find out what is wrong, show what would help, and do it
    Doctor(Later<Doctor>),
    /// Look for secrets in the repository, in what is staged, or in its history
    #[command(visible_alias = "scan")]
    Audit(Later<Audit>),
    /// Keep personal tokens in the OS keychain
    #[command(subcommand)]
    Token(Later<Token>),
    /// Your own key, from which development secrets are derived
    #[command(subcommand)]
    Identity(Later<Identity>),
    /// Where your secrets rest, and moving them
    #[command(subcommand)]
    Keychain(Later<Keychain>),
    /// Remove everything devsecrets made on this machine, after showing it
    Forget(Later<Forget>),
    /// Look at profiles
    #[command(subcommand)]
    Profile(Later<ProfileCommand>),
    /// Tell more about the code of a finding, or where a variable's value comes from
    Explain(Later<Explain>),
}

#[derive(Clone, Debug, Args)]
pub struct Explain {
    /// A code such as DS-SSO-03, the beginning of some such as sso, or a variable of the profile; by default all codes
    /// are listed
    #[arg(value_name = "CODE|VARIABLE")]
    pub about: Option<String>,
}

/// The command that the line speaks of, however wrong the rest of it is.
pub(super) fn meant() -> Option<String> {
    let asked = Cli::command().ignore_errors(true).try_get_matches();
    asked.ok().and_then(|matches| matches.subcommand_name().map(str::to_owned))
}

impl Cli {
    /// Only `status` looks at several environments.
    ///
    /// # Errors
    /// When another command is to work in more than one.
    pub(super) fn in_one_environment(self) -> Result<Self, clap::Error> {
        match (&self.command, self.global.environment.as_slice()) {
            (Some(Command::Status(_)), _) | (_, [] | [_]) => Ok(self),
            (_, several) => {
                let says =
                    format!("one environment at a time, not {}; status takes several", several.join(" and "));
                Err(Self::command().error(clap::error::ErrorKind::ArgumentConflict, says))
            }
        }
    }
}

impl Command {
    /// As it is typed, for processes that wait for this one to sign in.
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Self::Login(_) => Some("login"),
            Self::Seed(_) => Some("seed"),
            Self::Status(_) => Some("status"),
            Self::Run(_) => Some("run"),
            Self::Env(_) => Some("env"),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, Args)]
pub struct Status {
    /// Every environment of the profile, side by side; several --env are shown so, too
    #[arg(long)]
    pub all_environments: bool,
}

#[derive(Clone, Debug, Default, Args)]
pub struct Seed {
    /// Services and variables to narrow it to, or a variable of one service
    #[arg(value_name = "SERVICE|[SERVICE/]VARIABLE")]
    pub names: Vec<String>,
    /// Show what would be written and stop
    #[arg(long)]
    pub dry_run: bool,
    /// Write nothing; exit 1 when something would be written
    #[arg(long, conflicts_with = "dry_run")]
    pub check: bool,
    /// Take the env files as they are into account, without touching them
    #[arg(long, conflicts_with_all = ["dry_run", "check", "take", "from_env"])]
    pub adopt: bool,
    /// Replace a hand edit of this variable by its source's value, in one service or in all
    #[arg(long, value_name = "[SERVICE/]VARIABLE")]
    pub take: Vec<Spot>,
    /// Remove what was written once and the profile no longer names
    #[arg(long)]
    pub prune: bool,
    /// Also write down variables that are only exported in this shell
    #[arg(long)]
    pub from_env: bool,
    #[command(flatten)]
    pub way: Way,
}

#[derive(Debug, Args)]
pub struct Doctor {
    /// Only these checks or groups of checks, or what is wrong about one variable
    #[arg(long, value_name = "CODE|GROUP|SERVICE/VARIABLE", value_delimiter = ',')]
    pub only: Vec<String>,
    /// All but these checks or groups of checks
    #[arg(long, value_name = "CODE|GROUP", value_delimiter = ',')]
    pub skip: Vec<String>,
    /// Do what can be done from here, after showing it
    #[arg(long)]
    pub fix: bool,
    /// Exit with 1 on warnings, too
    #[arg(long)]
    pub strict: bool,
    /// Write a report to share with whoever helps, without values, to FILE or standard output
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with = "fix")]
    pub bundle: Option<Option<PathBuf>>,
    /// List every check there is
    #[arg(long, conflicts_with_all = ["only", "skip", "fix", "strict", "bundle"])]
    pub list: bool,
    /// Print the JSON Schema of what --json prints
    #[arg(long, conflicts_with_all = ["only", "skip", "fix", "strict", "bundle", "list"])]
    pub schema: bool,
}

#[derive(Debug, Args)]
pub struct Undo {
    /// Which one, as --list names it; by default the newest
    pub id: Option<String>,
    /// List what can be taken back
    #[arg(long, conflicts_with = "id")]
    pub list: bool,
}

#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// List the bundled profiles and this project's own
    List,
    /// Show what a profile declares, its rules included
    Show,
    /// Check a profile and report every problem with its place
    Lint {
        /// File to check; by default the profile in use
        file: Option<PathBuf>,
    },
    /// Remember a bundled profile for this project, where it has none of its own
    Use {
        /// Its name
        #[arg(required_unless_present = "none")]
        name: Option<String>,
        /// Forget which one was picked
        #[arg(long, conflicts_with = "name")]
        none: bool,
    },
    /// Write an annotated devsecrets.toml to start from
    Init,
    /// Print the JSON Schema of profiles
    Schema,
    /// Show the programs the profile's stores run, and allow them for this project
    Trust {
        /// Take back what was allowed
        #[arg(long)]
        withdraw: bool,
    },
}
