//! Options of a command, its own and those every command takes, laid out only once that command is asked for.
//!
//! With two dozen commands, nearly a fifth of what `--version` executed laid out options nobody had given (1.47 million
//! instructions, then 1.21), and a sixth of what `run` did copied the common ones to each.

use std::ops::Deref;

use clap::builder::Resettable;
use clap::error::Error;
use clap::{ArgMatches, Args, Command, FromArgMatches, Id, Subcommand};

use super::Global;

/// What a command takes; reads as `T` itself.
#[derive(Clone, Debug)]
pub struct Later<T>(pub T);

impl<T> Deref for Later<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: FromArgMatches> FromArgMatches for Later<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches(matches).map(Self)
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Self, Error> {
        T::from_arg_matches_mut(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

/// What a command is about stands where it is named, not in the comments of its options.
fn described(command: Command, options: fn(Command) -> Command) -> Command {
    let (about, more) = (command.get_about().cloned(), command.get_long_about().cloned());
    let command = Global::augment_args(options(command)).about(about.unwrap_or_default());
    match more {
        Some(more) => command.long_about(more),
        None => command.long_about(Resettable::Reset),
    }
}

impl<T: Args> Args for Later<T> {
    fn group_id() -> Option<Id> {
        T::group_id()
    }

    fn augment_args(command: Command) -> Command {
        command.defer(|command| described(command, T::augment_args))
    }

    fn augment_args_for_update(command: Command) -> Command {
        command.defer(|command| described(command, T::augment_args_for_update))
    }
}

impl<T: Subcommand> Subcommand for Later<T> {
    fn augment_subcommands(command: Command) -> Command {
        command.defer(|command| described(command, T::augment_subcommands))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        command.defer(|command| described(command, T::augment_subcommands_for_update))
    }

    fn has_subcommand(name: &str) -> bool {
        T::has_subcommand(name)
    }
}
