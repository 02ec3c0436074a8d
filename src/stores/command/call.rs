//! The call of a program: its words, where it stands, and what it sees of our environment.

use std::path::{Path, PathBuf};

use crate::profile::Store;
use crate::settings::Settings;
use crate::stores::Miss;

/// What a program needs to run at all, to find its own settings, and to reach its service.
const BASE: &[&str] = &[
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "TMPDIR",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
    "DBUS_SESSION_BUS_ADDRESS",
    "SYSTEMROOT",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
];

/// One call as a person judges it: nothing filled in but what the profile fixes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Call {
    /// Program and arguments, placeholders as they are.
    pub words: Vec<String>,
    /// What stands for `{id}`.
    pub ids: Vec<String>,
    /// Variables it sees beyond the base.
    pub pass: Vec<String>,
    /// The program that answers to the first word.
    pub program: PathBuf,
    /// Files of the project among the words, with the digest of each: another content is another call.
    pub files: Vec<(PathBuf, String)>,
}

/// Program and arguments for one secret.
///
/// # Errors
/// When something filled in would be taken for an option.
pub(super) fn filled(store: &Store, id: &str, service: &str, environment: &str) -> Result<Vec<String>, Miss> {
    let (path, name) = id.rsplit_once('/').unwrap_or(("", id));
    let fills = [
        ("{id}", id),
        ("{path}", path),
        ("{name}", name),
        ("{service}", service),
        ("{environment}", environment),
    ];
    let fill = |word: &String| {
        let text = once(word, &fills);
        // Only a word that begins with a placeholder can become an option by what is filled in.
        match text.starts_with('-') && word.starts_with('{') {
            true => {
                Err(Miss::Malformed { id: id.to_owned(), what: "would be taken for an option".to_owned() })
            }
            false => Ok(text),
        }
    };
    store.command.iter().skip(1).map(fill).collect()
}

/// Fills each placeholder once: what is filled in is never read for placeholders again.
fn once(word: &str, fills: &[(&str, &str)]) -> String {
    let (mut out, mut rest) = (String::new(), word);
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match fills.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, text)) => {
                out.push_str(text);
                rest = &rest[name.len()..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// The program a word names: a path from the project's folder, or the first of that name on `PATH`. Relative entries of
/// `PATH` do not count, which a cloned repository could fill.
pub(super) fn locate(settings: &Settings, root: &Path, word: &str) -> Option<PathBuf> {
    if word.contains('/') {
        return Some(root.join(word)).filter(|path| is_program(path));
    }
    let folders = std::env::split_paths(settings.var("PATH")?).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(word)).find(|path| is_program(path))
}

/// Why `word` names no program: git may have lost the mode of one that is part of the project.
pub(super) fn not_found(root: &Path, word: &str) -> Miss {
    let program = word.to_owned();
    match word.contains('/') && root.join(word).is_file() {
        true => Miss::NotExecutable { program },
        false => Miss::NoProgram { program },
    }
}

fn is_program(path: &Path) -> bool {
    let Ok(metadata) = std::fs::metadata(path) else { return false };
    #[cfg(unix)]
    let executable = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    let executable = true;
    metadata.is_file() && executable
}

/// What the program sees: the base, and what the profile passes on. A `*` at a name's end stands for any letters.
pub(super) fn environment(settings: &Settings, pass: &[String]) -> Vec<(String, String)> {
    let passes = |name: &str| {
        let matches = |pattern: &String| match pattern.strip_suffix('*') {
            Some(begin) => name.starts_with(begin),
            None => name == pattern,
        };
        BASE.contains(&name) || pass.iter().any(matches)
    };
    let seen = settings.variables().filter(|(name, _)| passes(name));
    let mut seen: Vec<_> = seen.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    seen.push(("NO_COLOR".to_owned(), "1".to_owned()));
    seen
}

/// True for a variable of which a program should not speak.
pub(super) fn may_be_secret(name: &str) -> bool {
    !BASE.contains(&name) && name != "NO_COLOR"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(words: &[&str]) -> Store {
        let words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
        toml::from_str(&format!("kind = \"command\"\ncommand = [{}]", words.join(", "))).unwrap()
    }

    #[test]
    fn each_placeholder_is_filled_once() {
        let store =
            store(&["p", "{id}", "--secret={path}/{name}", "{service}-{environment}", "{other}", "{"]);
        let words = filled(&store, "a/{service}", "api", "dev").unwrap();
        assert_eq!(words, ["a/{service}", "--secret=a/{service}", "api-dev", "{other}", "{"]);
    }

    #[test]
    fn nothing_filled_in_becomes_an_option() {
        assert!(filled(&store(&["p", "{id}"]), "--upload=/etc", "api", "dev").is_err());
        assert!(filled(&store(&["p", "{name}"]), "a/-x", "api", "dev").is_err());
        assert!(filled(&store(&["p", "--id={id}"]), "-x", "api", "dev").is_ok());
    }

    #[test]
    fn the_environment_is_a_base_and_what_is_passed() {
        let settings = Settings::bare("/", Path::new("/h"))
            .with("PATH", "/bin")
            .with("AWS_SECRET_ACCESS_KEY", "k")
            .with("OP_SESSION_me", "s")
            .with("VAULT_ADDR", "https://v");
        let names = |pass: &[&str]| {
            let pass: Vec<String> = pass.iter().map(|name| (*name).to_owned()).collect();
            environment(&settings, &pass).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
        };
        assert_eq!(names(&[]), ["HOME", "PATH", "NO_COLOR"]);
        assert_eq!(
            names(&["VAULT_ADDR", "OP_SESSION_*"]),
            ["HOME", "OP_SESSION_me", "PATH", "VAULT_ADDR", "NO_COLOR"]
        );
    }
}
