//! An audit as annotations of GitHub Actions: each finding beside its line in a pull request.
//!
//! The form is that of workflow commands, in which a line end or a sign of the form within a text has to be escaped: a file
//! may be named like a command.

use std::fmt::Write as _;

use super::Audit;
use crate::finding::{Finding, Severity};

/// One line for each finding, and for each of `flaws`, which say what is wrong with the audit itself.
pub fn annotations(audit: &Audit, flaws: &[Finding]) -> String {
    let mut out = String::new();
    for leak in &audit.leaks {
        let commit = leak.commit.as_deref().map(|commit| format!(" (commit {commit})")).unwrap_or_default();
        let says = format!("{}{commit}; next: {}", leak.says(), leak.remedy);
        let title = property(&format!("{} {}", leak.code, leak.rule));
        let (file, line) = (property(&leak.path), leak.line);
        let _ = writeln!(out, "::error file={file},line={line},title={title}::{}", message(&says));
    }
    for flaw in flaws {
        let kind = match flaw.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let says = format!("{}: {}; next: {}", flaw.subject, flaw.says, flaw.remedy);
        let _ = writeln!(out, "::{kind} title={}::{}", property(flaw.code), message(&says));
    }
    out
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_become_a_command() {
        assert_eq!(property("a,b:c%\n::error::x"), "a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax");
        assert_eq!(message("50%: a\nb"), "50%25: a%0Ab");
    }
}
