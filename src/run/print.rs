//! A service's values as text for another program, for who asks for them by name.
//!
//! The rule: all or nothing. A variable that a form cannot hold is refused by name, and then nothing is printed, because
//! who reads it could not tell that something is missing.

use rand::TryRng as _;
use zeroize::Zeroizing;

use super::Environment;
use super::environment::Given;
use crate::envfile::{Change, Document, Reader, edit};
use crate::finding::{Finding, Remedy};
use crate::resolve::GIVEN;
use crate::secret::{SecretValue, plain};

/// For whom the values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// POSIX shells: `eval "$(…)"`.
    Shell,
    /// Programs that read env files.
    Dotenv,
    /// One JSON object.
    Json,
    /// `docker run --env-file`.
    Docker,
}

/// What GitHub Actions is told: lines for its log, which mask, and text for the file of `GITHUB_ENV`.
pub struct ForGithub {
    pub masks: SecretValue,
    /// Of each secret too short to be masked.
    pub unmasked: Vec<Finding>,
    pub file: SecretValue,
}

impl Environment {
    /// Every value in `format`.
    ///
    /// # Errors
    /// A finding for each variable the form cannot hold.
    pub fn print(&self, format: Format) -> Result<SecretValue, Vec<Finding>> {
        self.is_text()?;
        match format {
            Format::Shell => Ok(self.for_shell()),
            Format::Json => Ok(self.json()),
            Format::Dotenv => self.env_file(&self.readers, "env files"),
            Format::Docker => self.env_file(&[Reader::DockerEnvFile], "docker's env files"),
        }
    }

    /// Every value for the steps of a GitHub Actions job that follow.
    ///
    /// # Errors
    /// A finding for each variable that GitHub keeps for itself; or when the system has no random bytes.
    pub fn print_for_github(&self) -> Result<ForGithub, Vec<Finding>> {
        self.is_text()?;
        let kept = |given: &&Given| is_githubs(&given.name);
        let refused: Vec<Finding> =
            self.given.iter().filter(kept).map(|given| no_form(&given.name, GITHUBS)).collect();
        if !refused.is_empty() {
            return Err(refused);
        }
        let end = delimiter().map_err(|finding| vec![finding])?;
        let (mut masks, mut unmasked) = (Zeroizing::new(String::new()), Vec::new());
        for (name, value) in self.secrets() {
            let lines = Zeroizing::new(value.expose_to(mask_lines));
            if lines.is_empty() {
                unmasked.push(too_short(name));
            }
            masks.push_str(&lines);
        }
        let file = self.lines(|name, value| format!("{name}<<{end}\n{value}\n{end}\n"));
        Ok(ForGithub { masks: SecretValue::new(masks.as_str()), unmasked, file })
    }

    /// What is printed is text.
    fn is_text(&self) -> Result<(), Vec<Finding>> {
        let refused = self.opaque.iter().map(|name| no_form(name, "it is exported, and not UTF-8"));
        let refused: Vec<Finding> = refused.collect();
        if refused.is_empty() { Ok(()) } else { Err(refused) }
    }

    fn lines(&self, line: impl Fn(&str, &str) -> String) -> SecretValue {
        let mut all = Zeroizing::new(String::new());
        for given in &self.given {
            given.value.expose_to(|value| all.push_str(&Zeroizing::new(line(&given.name, value))));
        }
        SecretValue::new(all.as_str())
    }

    /// With the note of whom it is for, so that a start from that shell knows what it stands for.
    fn for_shell(&self) -> SecretValue {
        let export = |name: &str, value: &str| format!("export {name}={}\n", shell_word(value));
        let values = self.lines(export);
        let given = self.given.iter().map(|given| (&*given.name, &given.value));
        let note = export(GIVEN, &self.start.note(given));
        values.expose_to(|values| SecretValue::new([values, &note].concat()))
    }

    fn json(&self) -> SecretValue {
        let text = |text: &str| serde_json::Value::from(text).to_string();
        let lines = self
            .given
            .iter()
            .map(|given| given.value.expose_to(|value| format!("  {}: {}", text(&given.name), text(value))));
        let lines = Zeroizing::new(lines.collect::<Vec<_>>().join(",\n"));
        SecretValue::new(format!("{{\n{}\n}}\n", lines.as_str()))
    }

    /// By the writer of env files, which takes a form that every one of `readers` reads alike.
    fn env_file(&self, readers: &[Reader], of: &str) -> Result<SecretValue, Vec<Finding>> {
        let change = |given: &Given| Change { key: given.name.clone(), value: given.value.clone() };
        let changes: Vec<Change> = self.given.iter().map(change).collect();
        let edited = edit(&Document::parse(b""), &changes, readers);
        if !edited.refused.is_empty() {
            let refused = edited.refused.iter();
            return Err(refused
                .map(|no| no_form(&no.key, &format!("{of} cannot hold it: {}", no.reason)))
                .collect());
        }
        Ok(SecretValue::new(String::from_utf8_lossy(edited.document.bytes())))
    }
}

fn no_form(name: &str, says: &str) -> Finding {
    let remedy =
        Remedy::says("choose another --format, or `encode = \"base64\"` in the profile; nothing was printed");
    Finding::error("DS-ENV-02", plain(name), plain(says), remedy)
}

/// Between single quotes a shell takes everything but a single quote as it is (POSIX.1-2024, 2.2.2).
fn shell_word(value: &str) -> String {
    format!("'{}'", value.replace('\'', r"'\''"))
}

const GITHUBS: &str = "GitHub Actions keeps variables of this name for itself";

/// Names that GitHub ignores or refuses in `GITHUB_ENV` (GitHub Docs, "Workflow commands", environment files).
fn is_githubs(name: &str) -> bool {
    name == "NODE_OPTIONS" || name.starts_with("GITHUB_") || name.starts_with("RUNNER_")
}

/// Lines of fewer characters are not masked: every 7 of a log would be hidden with a value that is one.
const SHORTEST_MASK: usize = 4;

fn too_short(name: &str) -> Finding {
    let says = format!("a secret of fewer than {SHORTEST_MASK} characters, which is not masked in the log");
    let remedy = Remedy::says("use a longer value, or say `secret = false` at the variable in the profile");
    Finding::warning("DS-ENV-04", plain(name), says, remedy)
}

/// One command for each line, since a log is masked line by line; `%`, CR and LF are escaped as the runner decodes them.
fn mask_lines(value: &str) -> String {
    let long = |line: &&str| line.trim().chars().count() >= SHORTEST_MASK;
    let lines = value.split(['\n', '\r']).filter(long);
    lines.map(|line| format!("::add-mask::{}\n", line.replace('%', "%25"))).collect()
}

/// A line that no value holds by accident or by intent.
fn delimiter() -> Result<String, Finding> {
    let mut bytes = [0; 16];
    rand::rngs::SysRng.try_fill_bytes(&mut bytes).map_err(|error| {
        let remedy = Remedy::says("try again");
        Finding::error("DS-ENV-03", "GITHUB_ENV", format!("the system has no random bytes: {error}"), remedy)
    })?;
    Ok(format!("end_{}", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_are_lines_with_percent_escaped() {
        assert_eq!(mask_lines("ab%c\n\n cdef\r\n"), "::add-mask::ab%25c\n::add-mask:: cdef\n");
    }

    #[test]
    fn what_would_hide_half_the_log_is_not_masked() {
        assert_eq!(mask_lines("7\n{\nlong enough\nx"), "::add-mask::long enough\n");
    }

    #[test]
    fn a_quote_leaves_and_enters_the_quotes() {
        assert_eq!(shell_word("it's $x"), r"'it'\''s $x'");
    }

    #[test]
    fn delimiters_differ() {
        assert_ne!(delimiter().unwrap(), delimiter().unwrap());
    }
}
