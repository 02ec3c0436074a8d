//! The one place that prints. Commands say what; this decides where, whether and how.
//!
//! Text is labelled by meaning ([`Tone`]) and coloured once, here; every state has its word, so nothing is lost
//! without colour. A closed pipe ends a command quietly; data that could not be written is no success.

mod again;
mod auditing;
mod declared;
mod diagnosing;
mod environments;
mod explained;
mod forgetting;
mod identity;
mod keychain;
mod seeding;
mod text;
mod token;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::OnceLock;

use serde::Serialize;

use super::args::Color;
use crate::finding::{Finding, Remedy, Severity};
use crate::secret::plain;
use crate::settings::Settings;
use crate::tty::is_raw;

use again::again;
pub(super) use again::mean;
pub(super) use auditing::{audit, audit_in_short};
pub(super) use declared::profile;
pub(super) use diagnosing::{checks, diagnosis, remedies};
pub(super) use environments::environments;
pub(super) use explained::{entry, families, variable};
pub(super) use forgetting::{by_hand, farewell, survey};
pub(super) use identity::identity;
pub(super) use keychain::keychain;
pub(super) use seeding::{adoption, preview, report};
pub(super) use text::matrix;
pub(super) use token::{checked, tokens};

/// Fewer steps than this are over before a count could be read.
const FEW: usize = 20;

/// What a piece of text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Heading,
    Good,
    Bad,
    Warn,
    Faint,
}

impl Tone {
    /// SGR parameters (ECMA-48 §8.3.117): the sixteen colours every terminal themes itself.
    fn code(self) -> &'static str {
        match self {
            Self::Heading => "1",
            Self::Good => "32",
            Self::Bad => "31",
            Self::Warn => "33",
            Self::Faint => "2",
        }
    }
}

/// Colours text, or leaves it as it is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Paint {
    coloured: bool,
}

impl Paint {
    pub fn is_coloured(self) -> bool {
        self.coloured
    }

    pub fn tone(self, tone: Tone, text: &str) -> String {
        if self.coloured { format!("\u{1b}[{}m{text}\u{1b}[0m", tone.code()) } else { text.to_owned() }
    }
}

/// Standard output and standard error of one command.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output {
    pub json: bool,
    quiet: bool,
    /// Standard error is one, and it obeys control sequences.
    terminal: bool,
    data: Paint,
    talk: Paint,
}

impl Output {
    pub fn new(settings: &Settings, color: Color, json: bool, quiet: bool) -> Self {
        let data = Paint { coloured: coloured(settings, color, io::stdout().is_terminal()) };
        let talk = Paint { coloured: coloured(settings, color, io::stderr().is_terminal()) };
        let terminal = io::stderr().is_terminal() && settings.var("TERM") != Some("dumb");
        Self { json, quiet, terminal, data, talk }
    }

    /// Data for people, on standard output; nothing with `--json`.
    pub fn text(&self, write: impl FnOnce(Paint) -> String) {
        if !self.json {
            hand_out(&again(&write(self.data)));
        }
    }

    /// The one document of `--json`; nothing without it.
    pub fn document(&self, document: &impl Serialize) {
        if self.json {
            let text = serde_json::to_string_pretty(document).unwrap_or_default();
            hand_out(&format!("{text}\n"));
        }
    }

    /// Text that is data in every mode, such as a schema.
    pub fn raw(&self, text: &str) {
        hand_out(text);
    }

    /// A value a person asked for by name, on standard output.
    pub fn value(&self, text: &str) {
        hand_out(text);
        hand_out("\n");
    }

    /// What is going on, on standard error.
    pub fn say(&self, write: impl FnOnce(Paint) -> String) {
        if !self.quiet {
            print(&mut io::stderr(), &format!("{}\n", again(&write(self.talk))));
        }
    }

    /// What a person must read to answer, on standard error, also when quiet.
    pub fn ask(&self, write: impl FnOnce(Paint) -> String) {
        print(&mut io::stderr(), &format!("{}\n", write(self.talk)));
    }

    /// True when lines can be written anew in place.
    pub fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Writes the last line of a terminal anew; blank takes it away.
    pub fn status(&self, write: impl FnOnce(Paint) -> String) {
        if self.terminal {
            print(&mut io::stderr(), &format!("\r\u{1b}[K{}", write(self.talk)));
        }
    }

    /// A sequence for the terminal itself, such as one for its clipboard.
    pub fn tell_terminal(&self, sequence: &str) {
        if self.terminal {
            print(&mut io::stderr(), sequence);
        }
    }

    /// Counts on one line of a terminal, for work of more than a few steps; silent elsewhere.
    pub fn progress(&self, doing: &'static str) -> impl FnMut(usize, usize) {
        let shown = !self.quiet && self.terminal;
        move |done, all| {
            if shown && all > FEW {
                let end = if done == all { "\r\u{1b}[K" } else { "" };
                print(&mut io::stderr(), &format!("\r{doing} {done} of {all}{end}"));
            }
        }
    }

    /// A finding, on standard error; also when quiet, unless nothing went wrong.
    pub fn finding(&self, finding: &Finding) {
        if !self.quiet || finding.severity != Severity::Note {
            print(&mut io::stderr(), &again(&describe(self.talk, finding)));
        }
    }

    /// Where to read more of the finding that ended a command. For people at a terminal alone.
    pub fn pointer(&self, finding: &Finding) {
        if self.terminal && !self.quiet {
            let more = format!("  more: devsecrets explain {}\n", finding.code);
            print(&mut io::stderr(), &self.talk.tone(Tone::Faint, &more));
        }
    }
}

/// Several lines, such as of a settings file, keep their shape.
fn next_step(remedy: &Remedy) -> String {
    match &remedy.command {
        Some(command) if command.contains('\n') => {
            let lines = command.lines().map(|line| format!("\n    {}", plain(line)));
            format!("{}:{}", plain(&remedy.says), lines.collect::<String>())
        }
        _ => plain(&remedy.to_string()),
    }
}

/// `NO_COLOR` (no-color.org) wins over a terminal, `--color` over everything.
fn coloured(settings: &Settings, color: Color, terminal: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if settings.var("NO_COLOR").is_some() => false,
        Color::Auto if settings.var("CLICOLOR_FORCE").is_some_and(|force| force != "0") => true,
        Color::Auto => terminal && settings.var("TERM") != Some("dumb"),
    }
}

/// Two lines: what is so, and what to do. Whatever came from outside loses what a terminal would obey here, as the
/// last door it passes.
fn describe(paint: Paint, finding: &Finding) -> String {
    let tone = match finding.severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Note => Tone::Faint,
    };
    let mut out = String::new();
    let word = paint.tone(tone, &finding.severity.to_string());
    let code = paint.tone(Tone::Faint, &format!("[{}]", finding.code));
    let (subject, says) = (plain(&finding.subject), plain(&finding.says));
    let _ = writeln!(out, "{word}: {subject}: {says} {code}");
    let _ = writeln!(out, "  {} {}", paint.tone(Tone::Faint, "next:"), next_step(&finding.remedy));
    out
}

/// Why data could not be handed out, the first time.
static LOST: OnceLock<io::Error> = OnceLock::new();

/// What kept data from standard output, such as a full disk.
pub(super) fn lost() -> Option<&'static io::Error> {
    LOST.get()
}

/// Data, on standard output. A reader that has gone away has what it wanted.
pub(super) fn hand_out(text: &str) {
    let mut out = io::stdout();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    if let Err(error) = written
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        // The first one tells.
        let _ = LOST.set(error);
    }
}

/// A reader that has gone away is not an error worth words. Beside a full-screen program lines begin at the margin, too.
fn print(stream: &mut io::Stderr, text: &str) {
    let raw = text.contains('\n') && is_raw(stream);
    let text = if raw { Cow::Owned(text.replace('\n', "\r\n")) } else { Cow::Borrowed(text) };
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}
