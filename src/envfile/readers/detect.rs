//! Which programs read a service's env file, told by the files of its folder.
//!
//! Owns the telltales: files, packages, and the flags in scripts that hand an env file to a program.
//! A folder that says nothing gets the core set: a value written for all of them is right for
//! whichever it is.

use std::fs;
use std::path::Path;

use super::Reader;

/// A file that speaks of a reader. Presence is enough.
const FILES: [(&str, Reader); 12] = [
    ("pyproject.toml", Reader::PythonDotenv),
    ("requirements.txt", Reader::PythonDotenv),
    ("compose.yaml", Reader::Compose),
    ("compose.yml", Reader::Compose),
    ("docker-compose.yaml", Reader::Compose),
    ("docker-compose.yml", Reader::Compose),
    ("Cargo.toml", Reader::Dotenvy),
    ("bun.lock", Reader::Bun),
    ("bun.lockb", Reader::Bun),
    ("bunfig.toml", Reader::Bun),
    ("deno.json", Reader::Deno),
    ("deno.jsonc", Reader::Deno),
];

/// A package of `package.json` that reads the file.
const PACKAGES: [(&str, Reader); 5] = [
    ("next", Reader::Next),
    ("vite", Reader::Vite),
    ("@dotenvx/dotenvx", Reader::Dotenvx),
    ("dotenv-expand", Reader::DotenvExpand),
    ("dotenv", Reader::NodeDotenv),
];

/// Files whose lines are commands.
const SCRIPTS: [&str; 6] = ["Makefile", "makefile", "justfile", "Justfile", "Procfile", "Dockerfile"];

/// Programs that are told of the file by `--env-file`; any other is started by node.
const BY_FLAG: [(&str, Reader); 6] = [
    ("docker-compose", Reader::Compose),
    ("compose", Reader::Compose),
    ("docker", Reader::DockerEnvFile),
    ("podman", Reader::DockerEnvFile),
    ("uv", Reader::Dotenvy),
    ("deno", Reader::Deno),
];

pub(super) fn readers_of(folder: &Path) -> Vec<Reader> {
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let present = FILES.iter().filter(|(file, _)| folder.join(file).is_file());
    let mut found: Vec<Reader> = present.map(|(_, reader)| *reader).collect();
    if folder.join("package.json").is_file() {
        let of_package = readers_of_package(&text("package.json"));
        let runtime = found.iter().any(|reader| matches!(reader, Reader::Bun | Reader::Deno));
        // A runtime that reads the file itself needs no package for it.
        if of_package.is_empty() && !runtime {
            found.push(Reader::NodeDotenv);
        }
        found.extend(of_package);
    }
    found.extend(SCRIPTS.iter().flat_map(|name| readers_of_script(&text(name))));
    if text(".envrc").lines().any(|line| line.trim_start().starts_with("dotenv")) {
        found.push(Reader::Direnv);
    }
    if has_unit(folder) {
        found.push(Reader::Systemd);
    }
    found.sort();
    found.dedup();
    if found.is_empty() { Reader::CORE.to_vec() } else { found }
}

/// Some systemd unit in the folder names an env file.
fn has_unit(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let units = entries.filter(|path| path.extension().is_some_and(|end| end == "service"));
    units
        .filter_map(|path| fs::read_to_string(path).ok())
        .any(|text| text.lines().any(|line| line.trim_start().starts_with("EnvironmentFile=")))
}

/// By its dependencies and scripts; npm `dotenv` is meant if nothing says anything.
fn readers_of_package(text: &str) -> Vec<Reader> {
    let package: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let depends_on = |name: &str| {
        ["dependencies", "devDependencies"].into_iter().any(|list| package[list].get(name).is_some())
    };
    let depended = PACKAGES.into_iter().filter(|(name, _)| depends_on(name));
    let mut found: Vec<Reader> = depended.map(|(_, reader)| reader).collect();
    if found.contains(&Reader::DotenvExpand) {
        // It stands behind `dotenv`, which by itself reads nothing then.
        found.retain(|reader| *reader != Reader::NodeDotenv);
    }
    let scripts = package["scripts"].as_object().into_iter().flatten();
    let scripts = scripts.filter_map(|(_, script)| script.as_str());
    found.extend(scripts.flat_map(readers_of_script));
    found
}

fn readers_of_script(text: &str) -> Vec<Reader> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    lines.flat_map(|line| line.split(['&', '|', ';'])).flat_map(readers_of_command).collect()
}

fn readers_of_command(command: &str) -> Vec<Reader> {
    let split = |c: char| c.is_whitespace() || "\"'[],()@".contains(c);
    let words: Vec<&str> = command.split(split).filter(|word| !word.is_empty()).collect();
    let has = |word: &str| words.contains(&word);
    let has_flag = |flag: &str| words.iter().any(|word| word.split('=').next() == Some(flag));
    let mut found = Vec::new();
    if has("bun") || has("bunx") {
        // It reads `.env` without being told, and hands it to what it runs.
        found.push(Reader::Bun);
        return found;
    }
    if has("dotenvx") || has("dotenvx/dotenvx") {
        found.push(Reader::Dotenvx);
    }
    if has("dotenv/config") {
        found.push(Reader::NodeDotenv);
    }
    if has("kubectl") && has_flag("--from-env-file") {
        found.push(Reader::Kubectl);
    }
    if has_flag("--env-file") || has_flag("--env-file-if-exists") {
        let named = BY_FLAG.into_iter().find(|(word, _)| has(word));
        found.push(named.map_or(Reader::NodeEnvFile, |(_, reader)| reader));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envfile::tests::write;

    fn of(files: &[(&str, &str)]) -> Vec<Reader> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            write(&folder.path().join(name), text);
        }
        readers_of(folder.path())
    }

    #[test]
    fn a_folder_that_says_nothing_gets_the_core_set() {
        assert_eq!(of(&[]), Reader::CORE);
        assert_eq!(of(&[("Makefile", "all:\n\ttrue\n"), (".envrc", "use nix\n")]), Reader::CORE);
        assert_eq!(of(&[("a.service", "[Service]\nExecStart=/bin/true\n")]), Reader::CORE);
    }

    #[test]
    fn files_tell() {
        use Reader::{Compose, Direnv, Dotenvy, PythonDotenv, Systemd};
        assert_eq!(of(&[("pyproject.toml", ""), ("compose.yaml", "")]), [PythonDotenv, Compose]);
        assert_eq!(of(&[("Cargo.toml", "")]), [Dotenvy]);
        assert_eq!(of(&[("package.json", "{}"), ("bun.lock", "")]), [Reader::Bun]);
        assert_eq!(of(&[("deno.json", "{}")]), [Reader::Deno]);
        let depends = r#"{"dependencies": {"dotenv": "17"}}"#;
        assert_eq!(of(&[("package.json", depends), ("bun.lockb", "")]), [Reader::NodeDotenv, Reader::Bun]);
        assert_eq!(of(&[(".envrc", "use nix\n  dotenv_if_exists .env.local\n")]), [Direnv]);
        assert_eq!(of(&[("a.service", "[Service]\nEnvironmentFile=-/srv/a/.env\n")]), [Systemd]);
    }

    #[test]
    fn packages_tell() {
        use Reader::{DotenvExpand, Dotenvx, Next, NodeDotenv, Vite};
        let table: [(&str, &[Reader]); 7] = [
            ("{}", &[NodeDotenv]),
            ("broken", &[NodeDotenv]),
            (r#"{"dependencies": {"next": "16"}}"#, &[Next]),
            (r#"{"devDependencies": {"vite": "8"}, "dependencies": {"dotenv": "17"}}"#, &[NodeDotenv, Vite]),
            (r#"{"dependencies": {"dotenv": "17", "dotenv-expand": "12"}}"#, &[DotenvExpand]),
            (r#"{"dependencies": {"@dotenvx/dotenvx": "2"}}"#, &[Dotenvx]),
            (r#"{"scripts": {"dev": "npx @dotenvx/dotenvx run -- node ."}}"#, &[Dotenvx]),
        ];
        for (package, readers) in table {
            assert_eq!(of(&[("package.json", package)]), readers, "{package}");
        }
    }

    #[test]
    fn commands_tell() {
        use Reader::{Compose, DockerEnvFile, Dotenvx, Dotenvy, Kubectl, NodeDotenv, NodeEnvFile};
        let table: [(&str, &[Reader]); 13] = [
            ("node --env-file=.env server.js", &[NodeEnvFile]),
            ("tsx watch --env-file .env src/main.ts", &[NodeEnvFile]),
            ("CMD [\"node\", \"--env-file-if-exists=.env\", \"a.js\"]", &[NodeEnvFile]),
            ("node -r dotenv/config .", &[NodeDotenv]),
            ("\tdocker run --rm --env-file .env image", &[DockerEnvFile]),
            ("docker compose --env-file .env up", &[Compose]),
            ("uv run --env-file .env app.py", &[Dotenvy]),
            ("kubectl create secret generic a --from-env-file=.env", &[Kubectl]),
            ("dotenvx run -- next dev", &[Dotenvx]),
            ("bun --hot src/main.ts", &[Reader::Bun]),
            ("deno run --env-file -A main.ts", &[Reader::Deno]),
            ("deno task start", &Reader::CORE),
            ("@node --env-file=.env a.js && docker run --env-file=.env b", &[NodeEnvFile, DockerEnvFile]),
        ];
        for (line, readers) in table {
            assert_eq!(of(&[("Makefile", line)]), readers, "{line}");
        }
        assert_eq!(of(&[("justfile", "# node --env-file=.env\n")]), Reader::CORE);
    }
}
