//! Comments that say: this is no secret, or one that is meant to be here.
//!
//! Those of the common scanners count, on the line of the finding, and so does ours. They count for what is found by its
//! shape alone; a value that is known to be a secret never passes.

use super::placeholder::holds;

/// On the same line: gitleaks, betterleaks, TruffleHog, kingfisher, detect-secrets, secretlint, and ours.
const SAME_LINE: &[&str] = &[
    "gitleaks:allow",
    "betterleaks:allow",
    "trufflehog:ignore",
    "kingfisher:ignore",
    "pragma: allowlist secret",
    "secretlint-disable-line",
    "devsecrets:allow",
];

/// On the line before: detect-secrets and secretlint.
const LINE_BEFORE: &[&str] = &["pragma: allowlist nextline secret", "secretlint-disable-next-line"];

/// So far around a finding a comment is looked for, in bytes: a line of megabytes is no place for one.
const NEAR: usize = 2048;

/// Whether a comment lets what stands at `start..end` of `text` pass.
pub(super) fn allowed(text: &[u8], start: usize, end: usize) -> bool {
    let line = line_around(text, start, end);
    let before = line_before(text, start);
    SAME_LINE.iter().any(|mark| holds(line, mark.as_bytes()))
        || LINE_BEFORE.iter().any(|mark| holds(before, mark.as_bytes()))
}

/// The line, or lines, that `start..end` stands on; no more of a long one than [`NEAR`].
pub(super) fn line_around(text: &[u8], start: usize, end: usize) -> &[u8] {
    let least = start.saturating_sub(NEAR);
    let begin = text[least..start].iter().rposition(|byte| *byte == b'\n').map_or(least, |at| least + at + 1);
    let most = (end + NEAR).min(text.len());
    let finish = text[end..most].iter().position(|byte| *byte == b'\n').map_or(most, |at| end + at);
    &text[begin..finish]
}

fn line_before(text: &[u8], start: usize) -> &[u8] {
    let least = start.saturating_sub(NEAR);
    let Some(end) = text[least..start].iter().rposition(|byte| *byte == b'\n').map(|at| least + at) else {
        return &[];
    };
    let begin = text[least..end].iter().rposition(|byte| *byte == b'\n').map_or(least, |at| least + at + 1);
    &text[begin..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(text: &str) -> bool {
        let start = text.find("TOKEN").unwrap();
        allowed(text.as_bytes(), start, start + 5)
    }

    #[test]
    fn a_comment_counts_on_its_line_alone() {
        for mark in SAME_LINE {
            assert!(passes(&format!("a\nx = TOKEN # {mark}\nb")), "{mark}");
            assert!(!passes(&format!("{mark}\nx = TOKEN\n{mark}")), "{mark}");
        }
        for mark in LINE_BEFORE {
            assert!(passes(&format!("a\n# {mark}\nx = TOKEN\n")), "{mark}");
            assert!(!passes(&format!("# {mark}\nb\nx = TOKEN")), "{mark}");
        }
        assert!(!passes("TOKEN"));
    }
}
