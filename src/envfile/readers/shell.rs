//! `set -a; . file` in a POSIX shell (measured with bash, dash, zsh, ksh and busybox).
//!
//! A sourced file is a program, so this model reads assignments and nothing else: a line that would
//! run a command, redirect, or be taken differently by bash and dash makes it refuse the file.

use super::shell_word::{Stop, Word, is_name};
use super::{Dialect, Readings, Refused, never};

pub(super) static DIALECTS: [Dialect; 1] = [Dialect { name: "shell", read, fragile: never }];

/// bash refuses to assign these.
const READ_ONLY: [&str; 7] = ["UID", "EUID", "PPID", "SHELLOPTS", "BASHOPTS", "BASH_VERSINFO", "BASHPID"];

fn read(file: &[u8]) -> Result<Readings, Refused> {
    let mut shell = Shell { file, at: 0, readings: Readings::default() };
    if let Some(at) = file.iter().position(|byte| *byte == 0) {
        return Err(Refused::at(file, at, "it holds a NUL byte"));
    }
    while shell.at < file.len() {
        let start = shell.at;
        shell.command().map_err(|Stop(why)| Refused::at(file, start, why))?;
    }
    Ok(shell.readings)
}

struct Shell<'a> {
    file: &'a [u8],
    at: usize,
    readings: Readings,
}

impl Shell<'_> {
    /// One line or one part of it up to `;`: assignments, or `export` and assignments.
    fn command(&mut self) -> Result<(), Stop> {
        self.skip_blanks();
        let exported = self.starts_with_export();
        if exported {
            self.at += "export".len();
            self.skip_blanks();
        }
        let mut words = 0;
        while !self.at_end_of_command() {
            self.assignment(exported)?;
            self.skip_blanks();
            words += 1;
        }
        if exported && words == 0 {
            return Err(Stop("a shell prints its variables there"));
        }
        self.end_of_command(words > 0)
    }

    fn rest(&self) -> &[u8] {
        &self.file[self.at.min(self.file.len())..]
    }

    /// Blanks between words, continued lines, and a comment.
    fn skip_blanks(&mut self) {
        loop {
            match self.rest() {
                [b' ' | b'\t', ..] => self.at += 1,
                [b'\\', b'\n', ..] => self.at += 2,
                [b'#', ..] => self.at += self.rest().iter().take_while(|byte| **byte != b'\n').count(),
                _ => return,
            }
        }
    }

    fn starts_with_export(&self) -> bool {
        self.rest()
            .strip_prefix(b"export")
            .is_some_and(|rest| matches!(rest, [] | [b' ' | b'\t' | b'\n' | b';', ..] | [b'\\', b'\n', ..]))
    }

    fn at_end_of_command(&self) -> bool {
        matches!(self.rest(), [] | [b'\n' | b';', ..])
    }

    fn end_of_command(&mut self, something: bool) -> Result<(), Stop> {
        match self.rest() {
            [b';', b';', ..] => return Err(Stop("a shell finds a syntax error in it")),
            [b';', ..] if !something => return Err(Stop("a shell finds a syntax error in it")),
            _ => self.at += 1,
        }
        Ok(())
    }

    fn assignment(&mut self, exported: bool) -> Result<(), Stop> {
        let length =
            self.rest().iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        let name = String::from_utf8_lossy(&self.rest()[..length]).into_owned();
        if !is_name(&name) {
            return Err(Stop("a shell runs it as a command"));
        }
        self.at += length;
        match self.rest().first() {
            Some(b'=') => {}
            None | Some(b' ' | b'\t' | b'\n' | b';') if exported => return Ok(()),
            _ => return Err(Stop("a shell runs it as a command")),
        }
        if READ_ONLY.contains(&name.as_str()) {
            return Err(Stop("bash does not let this variable be set"));
        }
        let word = Word { file: self.file, at: self.at + 1, exported, known: &self.readings };
        let (value, end) = word.read()?;
        self.at = end;
        self.readings.set(&name, &value);
        Ok(())
    }
}
