//! Regular expressions as Go writes them, for our own engine.
//!
//! Both search in linear time and share nearly all of their signs. The few that would be refused, or would quietly mean
//! something else, are rewritten; what is left is compiled on bytes, and refused by name when that fails.

use regex::bytes::{Regex, RegexBuilder};

/// Compiled, an expression may take so many bytes: generous, for a list of a thousand words is one of them.
const SIZE: usize = 16 << 20;

/// # Errors
/// What the engine says, in one line.
pub(super) fn compile(go: &str) -> Result<Regex, String> {
    let build = RegexBuilder::new(&translated(go)).unicode(false).size_limit(SIZE).build();
    build.map_err(|error| {
        let says = error.to_string();
        let last = says.lines().last().unwrap_or_default();
        crate::secret::plain(last.trim_start_matches("error: "))
    })
}

/// As Go's `regexp/syntax` reads it, in the signs of the crate `regex`.
fn translated(go: &str) -> String {
    let mut out = String::with_capacity(go.len() + 16);
    let mut rest = go;
    while let Some(sign) = rest.chars().next() {
        let (text, length) = match sign {
            '\\' => escape(rest),
            '[' => class(rest),
            // Go takes a brace that repeats nothing as it stands.
            '{' if !repeats(rest) => (r"\{".to_owned(), 1),
            _ => (sign.to_string(), sign.len_utf8()),
        };
        out.push_str(&text);
        rest = &rest[length..];
    }
    out
}

/// A backslash and what belongs to it; with its length.
fn escape(text: &str) -> (String, usize) {
    if let Some(quoted) = text.strip_prefix(r"\Q") {
        let length = quoted.find(r"\E").unwrap_or(quoted.len());
        let end = (2 + length + 2).min(text.len());
        return (regex_lite::escape(&quoted[..length]), end);
    }
    match text[1..].chars().next() {
        // Ends of words to us, signs to Go.
        Some(angle @ ('<' | '>')) => (angle.to_string(), 2),
        Some(other) => (text[..1 + other.len_utf8()].to_owned(), 1 + other.len_utf8()),
        None => (text.to_owned(), 1),
    }
}

/// `{2}`, `{2,}` or `{2,5}`; Go knows no `{,5}`.
fn repeats(text: &str) -> bool {
    let Some((inner, _)) = text[1..].split_once('}') else { return false };
    let (least, most) = inner.split_once(',').unwrap_or((inner, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !least.is_empty() && digits(least) && digits(most)
}

/// A set in brackets. Ours nest and can be subtracted; Go's are flat.
fn class(text: &str) -> (String, usize) {
    let mut out = String::from("[");
    let mut at = 1;
    if text[at..].starts_with('^') {
        out.push('^');
        at += 1;
    }
    let first = at;
    while let Some(sign) = text[at..].chars().next() {
        let rest = &text[at..];
        let (piece, length) = match sign {
            ']' if at > first => {
                out.push(']');
                return (out, at + 1);
            }
            ']' => (r"\]".to_owned(), 1),
            '\\' => escape(rest),
            '[' => match rest.find(":]").filter(|_| rest.starts_with("[:")) {
                Some(end) => (rest[..end + 2].to_owned(), end + 2),
                None => (r"\[".to_owned(), 1),
            },
            '&' | '~' => (format!("\\{sign}"), 1),
            '-' if at == first => (r"\-".to_owned(), 1),
            '-' if rest.starts_with("--") => (r"-\-".to_owned(), 2),
            _ => (sign.to_string(), sign.len_utf8()),
        };
        out.push_str(&piece);
        at += length;
    }
    // Never closed: the engine says so.
    (out, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_go_reads_otherwise_means_here_what_it_means_there() {
        for (go, yes, no) in [
            (r"^\<a\>$", "<a>", "a"),
            (r"^{\d+}$", "{12}", "12"),
            (r"^a{,5}$", "a{,5}", "aaa"),
            (r"^a{2,3}$", "aaa", "a"),
            (r"^\Qa.b\E.$", "a.bc", "axbc"),
            (r"^[[a]$", "[", "]"),
            (r"^[^[\]]$", "x", "["),
            (r"^[]a]$", "]", "["),
            (r"^[a&&b]$", "&", "c"),
            (r"^[+--]$", ",", "."),
            (r"^[--/]$", ".", ","),
            (r"^[[:digit:]x]+$", "1x2", "a"),
            (r"^[\w.=-]{3}$", "a.=", "a b"),
            (r"(?i)^KEY\z", "key", "keys"),
        ] {
            let regex = compile(go).unwrap_or_else(|says| panic!("{go}: {says}"));
            assert!(regex.is_match(yes.as_bytes()), "{go}: {yes}");
            assert!(!regex.is_match(no.as_bytes()), "{go}: {no}");
        }
    }

    #[test]
    fn what_cannot_be_searched_in_linear_time_is_refused_in_one_line() {
        for go in [r"(?=a)b", r"(a)\1", "(", "[a", r"\p{Greek}"] {
            let says = compile(go).unwrap_err();
            assert!(!says.is_empty() && !says.contains('\n'), "{go}: {says}");
        }
    }
}
