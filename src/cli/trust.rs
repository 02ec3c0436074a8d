//! The question whether a project may run the programs of its stores.
//!
//! The rule: `--yes` does not answer it on the way to something else. It is answered on the terminal, or by
//! `devsecrets profile trust`.

use std::fmt::Write as _;

use super::ask;
use super::context::Context;
use super::output::{Paint, Tone};
use crate::onboard::{Program, Session};

/// Asks about each program that nobody has agreed to. Where nobody can be asked, what needs one says so itself.
pub(super) fn ask(context: &Context, session: &mut Session) {
    if !context.settings.interactive {
        return;
    }
    for program in session.programs_to_allow().unwrap_or_default() {
        context.out.ask(|paint| shown(paint, &program));
        if !ask::confirm("Allow it for this project?") {
            continue;
        }
        if let Err(finding) = session.allow(&program) {
            context.out.finding(&finding);
        }
    }
}

/// A program as a person judges it.
pub(super) fn shown(paint: Paint, program: &Program) -> String {
    let word = match program.allowed {
        true => paint.tone(Tone::Good, "allowed"),
        false => paint.tone(Tone::Warn, "not allowed"),
    };
    let mut out = format!("The store {} runs a program  {word}\n", paint.tone(Tone::Heading, &program.store));
    let mut line = |name: &str, text: String| {
        let _ = writeln!(out, "  {} {text}", paint.tone(Tone::Faint, &format!("{name:<8}")));
    };
    line("command", program.command.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" "));
    line("program", program.program.clone());
    for (name, list) in [("{id}", &program.ids), ("sees", &program.sees), ("files", &program.files)] {
        if !list.is_empty() {
            line(name, list.join(", "));
        }
    }
    out.trim_end().to_owned()
}

/// A word with blanks stands out as one word.
fn quoted(word: &str) -> String {
    if word.is_empty() || word.contains([' ', '"', '\'']) { format!("{word:?}") } else { word.to_owned() }
}
