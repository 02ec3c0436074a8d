//! Becoming the child, and how any child is started.
//!
//! `exec` keeps the process id, so nothing stands between the child and its parent, its terminal and its signals.
//! Descriptors of ours close by themselves; handlers go back to the default, as the kernel has it. What a shell can start
//! can be started here, in whichever way we run it.

use std::convert::Infallible;
use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use rustix::io::Errno;

use super::too_long::Longest;
use super::{Environment, Pass};
use crate::finding::{Finding, Remedy};
use crate::secret::plain;
use crate::settings::Settings;

/// The command could not be started.
#[derive(Debug, thiserror::Error)]
#[error("{says}")]
pub struct NotStarted {
    program: String,
    says: String,
    /// The system refused it for its length.
    too_long: bool,
    longest: Option<Longest>,
    /// 127: not found; 126: found, and cannot be executed; as shells have it (POSIX.1-2024, 2.8.2).
    pub code: u8,
}

impl NotStarted {
    pub(super) fn of(program: &OsStr, error: &io::Error) -> Self {
        let (code, says) = match error.kind() {
            io::ErrorKind::NotFound => (127, "no such command, or its interpreter is missing".to_owned()),
            io::ErrorKind::PermissionDenied => (126, "it may not be executed".to_owned()),
            _ => (126, format!("it cannot be executed: {error}")),
        };
        let too_long = Errno::from_io_error(error) == Some(Errno::TOOBIG);
        Self { program: plain(&program.to_string_lossy()), says, too_long, longest: None, code }
    }

    /// Names what is too long, if something is.
    pub(super) fn naming(self, longest: impl FnOnce() -> Option<Longest>) -> Self {
        Self { longest: if self.too_long { longest() } else { None }, ..self }
    }

    pub fn finding(&self) -> Finding {
        if let Some(longest) = &self.longest {
            return longest.finding(&self.program);
        }
        let remedy =
            self.meant().unwrap_or_else(|| Remedy::says("check the spelling, PATH and the file's mode"));
        Finding::error("DS-RUN-06", &self.program, &self.says, remedy)
    }

    /// What a shell would have made of it, where nothing of this name was found.
    fn meant(&self) -> Option<Remedy> {
        let (program, in_a_shell) = (&self.program, "devsecrets run -- sh -c");
        let assigns = program.split_once('=').is_some_and(|(name, _)| is_variable(name));
        match self.code {
            127 if assigns => Some(Remedy::run(
                "set the variable by env",
                format!("devsecrets run -- env {program} COMMAND"),
            )),
            127 if program.contains(char::is_whitespace) => Some(Remedy::says(format!(
                "it is one word: leave out the quotes, or let a shell read it: {in_a_shell} '…'"
            ))),
            127 if BUILT_IN.contains(&program.as_str()) => {
                Some(Remedy::run("only a shell knows it", format!("{in_a_shell} '{program} …'")))
            }
            _ => None,
        }
    }
}

/// What shells do themselves (POSIX.1-2024, 2.15 and `cd`, `alias`; `source` is of bash and zsh).
const BUILT_IN: [&str; 11] =
    [".", "alias", "cd", "eval", "exec", "export", "set", "source", "trap", "ulimit", "unset"];

fn is_variable(name: &str) -> bool {
    let sign = |c: char| c == '_' || c.is_ascii_alphanumeric();
    !name.is_empty() && name.chars().all(sign) && !name.starts_with(|c: char| c.is_ascii_digit())
}

/// The command to start; `words` is the program and its arguments.
pub(super) fn command(words: &[OsString]) -> Command {
    let mut words = words.iter();
    let mut command = Command::new(words.next().map_or(OsStr::new(""), OsString::as_os_str));
    command.args(words);
    command
}

/// Has `start` start `words`; once more through a shell where the kernel does not know the file's format.
///
/// A file without `#!` is a script then (POSIX.1-2024, 2.9.1.6). Of the C library's calls some do that by themselves, some do not.
pub(super) fn started<T>(
    words: &[OsString],
    start: impl Fn(&mut Command) -> io::Result<T>,
) -> Result<T, NotStarted> {
    let begun = match start(&mut command(words)) {
        Err(error) if Errno::from_io_error(&error) == Some(Errno::NOEXEC) => {
            let mut shell = command(&["/bin/sh", "-c", "exec \"$0\" \"$@\""].map(OsString::from));
            start(shell.args(words))
        }
        begun => begun,
    };
    begun.map_err(|error| NotStarted::of(command(words).get_program(), &error))
}

/// Replaces this process by `words`, with `environment` laid over its own. Returns only when that cannot be done.
pub fn replace(words: &[OsString], environment: &Environment, settings: &Settings, pass: Pass) -> NotStarted {
    let never: Result<Infallible, NotStarted> = started(words, |command| {
        environment.lay_over(command, settings, pass);
        Err(command.exec())
    });
    match never {
        Err(not_started) => not_started.naming(|| Longest::of(words, environment, settings, pass)),
    }
}
