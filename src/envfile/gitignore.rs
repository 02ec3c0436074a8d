//! The one line that keeps an env file out of git, and the pure edit that adds it.
//!
//! The line is the narrowest there is: the file's own path from the `.gitignore` beside the
//! profile, anchored with `/`, so that no example file elsewhere is ignored by accident.

use std::path::{Component, Path};

/// The pattern for `file` in the `.gitignore` of `root`; `None` if it is not beneath it or not UTF-8.
pub fn pattern(root: &Path, file: &Path) -> Option<String> {
    let mut out = String::new();
    for part in file.strip_prefix(root).ok()?.components() {
        let Component::Normal(name) = part else { return None };
        out.push('/');
        for c in name.to_str()?.chars() {
            if matches!(c, '\\' | '*' | '?' | '[') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    if out.ends_with(' ') {
        out.insert(out.len() - 1, '\\');
    }
    (!out.is_empty()).then_some(out)
}

/// `document` with `line` at its end, in its own line ends; unchanged if the line is there already.
pub fn add_line(document: &[u8], line: &str) -> Vec<u8> {
    let has = |existing: &[u8]| existing.strip_suffix(b"\r").unwrap_or(existing) == line.as_bytes();
    let mut out = document.to_vec();
    if document.split(|byte| *byte == b'\n').any(has) {
        return out;
    }
    let end: &[u8] = if document.windows(2).any(|pair| pair == b"\r\n") { b"\r\n" } else { b"\n" };
    if !out.is_empty() && !out.ends_with(b"\n") {
        out.extend_from_slice(end);
    }
    out.extend_from_slice(line.as_bytes());
    out.extend_from_slice(end);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_is_anchored_and_escaped() {
        let of = |file: &str| pattern(Path::new("/p"), Path::new(file));
        assert_eq!(of("/p/backend/.env").as_deref(), Some("/backend/.env"));
        assert_eq!(of("/p/a [1]/.env*").as_deref(), Some("/a \\[1]/.env\\*"));
        assert_eq!(of("/p/.env ").as_deref(), Some("/.env\\ "));
        assert_eq!((of("/q/.env"), of("/p")), (None, None));
    }

    #[test]
    fn a_line_is_added_once() {
        assert_eq!(add_line(b"", "/.env"), b"/.env\n");
        assert_eq!(add_line(b"a\r\nb", "/.env"), b"a\r\nb\r\n/.env\r\n");
        let once = add_line(b"target", "/.env");
        assert_eq!(once, b"target\n/.env\n");
        assert_eq!(add_line(&once, "/.env"), once);
        assert_eq!(add_line(b"/.env\r\n", "/.env"), b"/.env\r\n");
    }
}
