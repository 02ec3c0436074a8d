//! What every command takes, wherever it stands on the line.

use clap::error::Error;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, FromArgMatches as _, ValueEnum};

/// Options every command takes.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Profile to use: a bundled name, or the path of a TOML file [env: DEVSECRETS_PROFILE]
    #[arg(short, long, global = true, value_name = "NAME|PATH")]
    pub profile: Option<String>,
    /// Environment, such as development or staging [env: DEVSECRETS_ENV]
    #[arg(short, long = "env", visible_alias = "environment", global = true, value_name = "NAME")]
    pub environment: Vec<String>,
    /// Only this service; may be given more than once
    #[arg(short, long, global = true, value_name = "NAME")]
    pub service: Vec<String>,
    /// Print one JSON document
    #[arg(long, global = true)]
    pub json: bool,
    /// Make no network call
    #[arg(long, global = true)]
    pub offline: bool,
    /// Agree to what is asked
    #[arg(short, long, global = true)]
    pub yes: bool,
    /// Never ask; fail where an answer would be needed
    #[arg(long, global = true, visible_alias = "non-interactive")]
    pub no_input: bool,
    /// Say only what went wrong
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Plain lines and numbered choices, for screen readers: nothing is drawn or written anew; the same with TERM=dumb
    #[arg(long, global = true)]
    pub plain: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}

impl Global {
    /// With what stands after the command; the later of two counts.
    pub(super) fn then(self, after: &ArgMatches) -> Result<Self, Error> {
        let later = Self::from_arg_matches(after)?;
        let colour_is_said = after.value_source("color") == Some(ValueSource::CommandLine);
        Ok(Self {
            profile: later.profile.or(self.profile),
            environment: if later.environment.is_empty() { self.environment } else { later.environment },
            service: if later.service.is_empty() { self.service } else { later.service },
            json: self.json || later.json,
            offline: self.offline || later.offline,
            yes: self.yes || later.yes,
            no_input: self.no_input || later.no_input,
            quiet: self.quiet || later.quiet,
            plain: self.plain || later.plain,
            color: if colour_is_said { later.color } else { self.color },
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::{Color, Global};
    use crate::cli::Cli;

    fn global(line: &str) -> Global {
        Cli::try_parse_from(line.split_whitespace()).unwrap().global
    }

    #[test]
    fn every_command_and_each_below_it_takes_the_common_options() {
        fn look(command: &clap::Command, path: &str) {
            for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
                let path = format!("{path} {}", below.get_name());
                if below.get_name() != "help" && !path.contains(" help ") {
                    assert!(below.get_arguments().any(|option| option.get_id() == "offline"), "{path}");
                }
                look(below, &path);
            }
        }
        let mut command = Cli::command();
        command.build();
        look(&command, "devsecrets");
    }

    /// The hidden command that holds a terminal takes none of them.
    #[test]
    fn the_leader_of_a_terminal_is_called_without_them() {
        let given = Cli::try_parse_from(["devsecrets", crate::run::LEADER, "--", "sh", "--json"]).unwrap();
        assert!(
            matches!(given.command, Some(crate::cli::args::Command::Leader { .. })) && !given.global.json
        );
    }

    #[test]
    fn an_option_counts_before_and_after_the_command_and_the_later_one_wins() {
        let given = global("devsecrets -p one --json --color never status -p two -q");
        assert_eq!((given.profile.as_deref(), given.json, given.quiet), (Some("two"), true, true));
        assert_eq!(given.color, Color::Never);
        let given = global("devsecrets --color never -s api token -s web list --color auto -e staging");
        assert_eq!((given.color, given.service.as_slice()), (Color::Auto, &["web".to_owned()][..]));
        assert_eq!(given.environment, ["staging"]);
        assert_eq!(global("devsecrets status --environment staging").environment, ["staging"]);
    }
}
