//! Patterns of paths as git has them (gitignore(5)), as regular expressions.
//!
//! One without a slash within is about a name at any depth; any other is about a path from the root. What matches a folder
//! matches all in it. Tests hold it against git's own reading.

/// The regular expression of a pattern, for whole paths with `/`.
///
/// # Errors
/// In words, when it can match nothing: it is empty, or a bracket or backslash is left open.
pub fn expression(pattern: &str) -> Result<String, &'static str> {
    let text = pattern.trim_end();
    let (text, folders_alone) = text.strip_suffix('/').map_or((text, false), |text| (text, true));
    let rooted = text.contains('/');
    let text = text.strip_prefix('/').unwrap_or(text);
    if text.is_empty() {
        return Err("it is empty, so it matches nothing");
    }
    if text.starts_with('!') {
        return Err("a pattern cannot take another back; name the exception under `except`");
    }
    let start = if rooted { "^" } else { "^(?:.*/)?" };
    let end = if folders_alone { "/.*$" } else { "(?:/.*)?$" };
    Ok(format!("(?s){start}{}{end}", body(text)?))
}

fn body(text: &str) -> Result<String, &'static str> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(sign) = rest.chars().next() {
        let begins = rest.len() == text.len() || text[..text.len() - rest.len()].ends_with('/');
        let (part, length) = match sign {
            '*' if begins && rest.starts_with("**/") => ("(?:.*/)?".to_owned(), 3),
            '*' if begins && rest == "**" => (".*".to_owned(), 2),
            '*' => ("[^/]*".to_owned(), rest.len() - rest.trim_start_matches('*').len()),
            '?' => ("[^/]".to_owned(), 1),
            '[' => set(rest)?,
            '\\' => {
                let sign = rest[1..].chars().next().ok_or("a backslash stands at its end")?;
                (literal(sign), 1 + sign.len_utf8())
            }
            sign => (literal(sign), sign.len_utf8()),
        };
        out.push_str(&part);
        rest = &rest[length..];
    }
    Ok(out)
}

fn literal(sign: char) -> String {
    regex_lite::escape(sign.encode_utf8(&mut [0; 4]))
}

/// `[a-z]`, `[!a]`, `[^a]`, `[]a]`; with its length. No set matches a slash.
fn set(text: &str) -> Result<(String, usize), &'static str> {
    const OPEN: &str = "a bracket is not closed";
    let inner = &text[1..];
    let inner_from = if inner.starts_with(['!', '^']) { 2 } else { 1 };
    let first = text[inner_from..].chars().next().ok_or(OPEN)?;
    let after = inner_from + first.len_utf8();
    let end = after + text[after..].find(']').ok_or(OPEN)?;
    let members = &text[inner_from..end];
    if !members.is_ascii() || members.starts_with('[') && members.contains([':', '=', '.']) {
        return Err("a set in brackets takes ASCII letters and ranges alone");
    }
    let escaped: String = members
        .chars()
        .map(|c| if "[]^&~\\".contains(c) { format!("\\{c}") } else { c.to_string() })
        .collect();
    let part = if inner_from == 2 { format!("[^/{escaped}]") } else { format!("[{escaped}]") };
    Ok((part, end + 1))
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    const PATHS: &[&str] = &[
        ".env",
        "api/.env",
        "api/.env.local",
        ".env/x",
        "env.example",
        "a/b/c.txt",
        "b/c.txt",
        "b/x/c.txt",
        "c.txt",
        "my-secret.json",
        "secrets/deep/in.rs",
        "x/secrets/y",
        "a1",
        "a2",
        "ab",
        "a]",
        "a-",
        "x/docs/a",
        "docs/a",
        "docs/b/a",
        "star*",
        "foo",
        "foo/bar",
        "q?x",
        "dots.and.more",
        "UP.ENV",
    ];

    fn ours(pattern: &str) -> Vec<&'static str> {
        let regex = regex_lite::Regex::new(&expression(pattern).unwrap()).unwrap();
        PATHS.iter().copied().filter(|path| regex.is_match(path)).collect()
    }

    /// What git itself takes for ignored by that pattern alone.
    fn gits(folder: &std::path::Path, pattern: &str) -> Vec<String> {
        let mut git = Command::new("git");
        git.args(["ls-files", "-z", "--cached", "--ignored", "-x", pattern]).current_dir(folder);
        let output = git.output().unwrap();
        let paths = output.stdout.split(|byte| *byte == 0).filter(|path| !path.is_empty());
        paths.map(|path| String::from_utf8(path.to_vec()).unwrap()).collect()
    }

    #[test]
    fn a_pattern_means_what_it_means_to_git() {
        let folder = tempfile::tempdir().unwrap();
        for path in
            PATHS.iter().filter(|path| !PATHS.iter().any(|other| other.starts_with(&format!("{path}/"))))
        {
            let file = folder.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::File::create(file).unwrap();
        }
        for arguments in [&["init", "--quiet"][..], &["add", "--all", "--force"]] {
            let mut git = Command::new("git");
            git.args(arguments).current_dir(folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
            assert!(git.status().unwrap().success());
        }
        for pattern in [
            ".env",
            ".env.*",
            "*secret*",
            "/.env",
            "api/.env",
            "c.txt",
            "b/c.txt",
            "/b/c.txt",
            "**/c.txt",
            "a/**",
            "a/**/c.txt",
            "b/*/c.txt",
            "b/*",
            "secrets/",
            "/secrets/",
            "a[0-9]",
            "a[!0-9]",
            "a[]]",
            "a[-b]",
            "a?",
            "docs",
            "docs/",
            "docs/a",
            "**/docs/a",
            r"star\*",
            "q?x",
            "*",
            "**",
            "foo",
            "*.and.*",
            "env.example",
            "up.env",
            "a**1",
            "x/**",
        ] {
            let expected = gits(folder.path(), pattern);
            let there = |path: &&&str| folder.path().join(path).is_file();
            let mut found: Vec<String> =
                ours(pattern).iter().filter(there).map(|path| (*path).to_owned()).collect();
            found.sort();
            let mut expected = expected;
            expected.sort();
            assert_eq!(found, expected, "{pattern}: {}", expression(pattern).unwrap());
        }
    }

    #[test]
    fn what_can_match_nothing_is_told() {
        for pattern in ["", "/", " ", "[a", "a\\", "[é]", "[[:alpha:]]", "!a", "[", "[!"] {
            assert!(expression(pattern).is_err(), "{pattern}");
        }
    }
}
