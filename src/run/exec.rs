//! Becoming the child.
//!
//! `exec` keeps the process id, so nothing stands between the child and its parent, its terminal and its signals.
//! Descriptors of ours close by themselves; handlers go back to the default, as the kernel has it.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

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
        Self { program: plain(&program.to_string_lossy()), says, code }
    }

    pub fn finding(&self) -> Finding {
        let remedy = Remedy::says("check the spelling, PATH and the file's mode");
        Finding::error("DS-RUN-06", &self.program, &self.says, remedy)
    }
}

/// The command to start; `words` is the program and its arguments.
pub(super) fn command(words: &[OsString]) -> Command {
    let mut words = words.iter();
    let mut command = Command::new(words.next().map_or(OsStr::new(""), OsString::as_os_str));
    command.args(words);
    command
}

/// Replaces this process by `words`, with `environment` laid over its own. Returns only when that cannot be done.
pub fn replace(words: &[OsString], environment: &Environment, settings: &Settings, pass: Pass) -> NotStarted {
    let mut command = command(words);
    environment.lay_over(&mut command, settings, pass);
    let error = command.exec();
    NotStarted::of(command.get_program(), &error)
}
