//! What can be typed behind `env`.

use std::ffi::OsStr;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub struct Env {
    /// For whom
    #[arg(short, long, value_enum, value_name = "FORM")]
    pub format: EnvFormat,
    /// Print it although a required variable has no value
    #[arg(long)]
    pub allow_missing: bool,
}

/// For whom values are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EnvFormat {
    /// POSIX shells: eval "$(devsecrets env --format shell)"
    Shell,
    /// Programs that read env files
    Dotenv,
    /// One JSON object
    Json,
    /// GitHub Actions: masks on standard output, values in the file of GITHUB_ENV
    Github,
    /// docker run --env-file
    Docker,
}

/// Whether `words`, which are wrong somewhere, may have been meant for a shell: none of them names another form.
pub(in crate::cli) fn is_for_a_shell(words: impl Iterator<Item = impl AsRef<OsStr>>) -> bool {
    let others: Vec<EnvFormat> =
        EnvFormat::value_variants().iter().copied().filter(|form| *form != EnvFormat::Shell).collect();
    let names = |word: &str| {
        others.iter().any(|form| form.to_possible_value().is_some_and(|it| it.matches(word, false)))
    };
    let mut words = words;
    !words.any(|word| {
        let word = word.as_ref().to_string_lossy();
        names(
            word.strip_prefix("--format=")
                .or_else(|| word.strip_prefix("-f"))
                .unwrap_or(&word)
                .trim_start_matches('='),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::is_for_a_shell;

    #[test]
    fn a_line_is_for_a_shell_unless_another_form_is_named() {
        for (line, expected) in [
            ("env --format shell --alow-missing", true),
            ("env -f shel", true),
            ("env -s", true),
            ("env --format json --alow-missing", false),
            ("env --format=dotenv -s", false),
            ("env -fjson --x", false),
            ("env -f=github --x", false),
        ] {
            assert_eq!(is_for_a_shell(line.split(' ')), expected, "{line}");
        }
    }
}
