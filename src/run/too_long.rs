//! What a command is given that is too long for the system to take.
//!
//! `execve(2)` answers "argument list too long" for either of two limits, and names neither what is too long nor the
//! limit. Linux: one argument, or one `NAME=value`, may have 32 pages with the NUL at its end; all of them together a
//! quarter of the stack's limit, 6 MiB at most. Other systems know the second limit alone.

use std::ffi::OsString;

use super::{Environment, Pass};
use crate::finding::{Finding, Remedy};
use crate::settings::Settings;

/// Linux's limit for one string, in bytes: 32 pages (MAX_ARG_STRLEN) of the usual 4 KiB.
const ONE: usize = 131_072;

/// The longest of what a command is given.
#[derive(Debug)]
pub(super) struct Longest {
    /// The variable's name, or "argument 2".
    name: String,
    /// With its end; of a variable, with name and `=`.
    bytes: usize,
}

impl Longest {
    pub fn of(
        words: &[OsString],
        environment: &Environment,
        settings: &Settings,
        pass: Pass,
    ) -> Option<Self> {
        let variable =
            |(name, bytes): (&str, usize)| Self { name: name.to_owned(), bytes: name.len() + bytes + 2 };
        let argument =
            |(at, word): (usize, &OsString)| Self { name: format!("argument {at}"), bytes: word.len() + 1 };
        let variables = environment.lengths(settings, pass).map(variable);
        words.iter().enumerate().skip(1).map(argument).chain(variables).max_by_key(|one| one.bytes)
    }

    pub fn finding(&self, program: &str) -> Finding {
        let remedy = Remedy::says("keep what is that long in a file, and hand on the file's path");
        let (name, bytes) = (&self.name, grouped(self.bytes));
        if cfg!(target_os = "linux") && self.bytes > ONE {
            let says = format!(
                "too long for a process: it takes {bytes} bytes, and Linux allows {} for one variable or argument",
                grouped(ONE)
            );
            return Finding::error("DS-RUN-13", name, says, remedy);
        }
        let says = format!(
            "all that it is given is together too long for a process; the longest is {name} with {bytes} bytes"
        );
        Finding::error("DS-RUN-13", program, says, remedy)
    }
}

impl Environment {
    /// Names and lengths in bytes of what a child is given and of what it inherits.
    fn lengths<'a>(&'a self, settings: &'a Settings, pass: Pass) -> impl Iterator<Item = (&'a str, usize)> {
        let given = self.given.iter().map(|given| (&*given.name, given.value.expose_to(str::len)));
        let passes = move |name: &str| {
            pass.lets(name.as_ref())
                && self.value(name).is_none()
                && !self.denied.iter().any(|denied| denied == name)
        };
        let inherited = settings.variables().filter(move |(name, _)| passes(name));
        given.chain(inherited.map(|(name, value)| (name, value.len())))
    }
}

/// 131072 as "131,072".
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups() {
        let all = [0, 999, 1000, 131_072, 1_234_567].map(grouped);
        assert_eq!(all, ["0", "999", "1,000", "131,072", "1,234,567"]);
    }

    #[test]
    fn one_that_is_too_long_is_named_before_the_sum() {
        let one = |bytes| Longest { name: "PEM".to_owned(), bytes }.finding("node");
        let sum = one(ONE);
        assert_eq!(
            (&*sum.subject, sum.says.contains("the longest is PEM with 131,072 bytes")),
            ("node", true)
        );
        if cfg!(target_os = "linux") {
            assert_eq!(one(ONE + 1).subject, "PEM");
        }
    }
}
