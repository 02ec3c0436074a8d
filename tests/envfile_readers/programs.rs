//! Runs the real readers, each once over many files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Seen;
pub use super::parts::{folder as parts, skipped};

pub fn runs(program: &Path) -> bool {
    let mut command = Command::new(program);
    command.args(["-c", ":"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok()
}

/// Standard output of `program`, which must succeed, in an empty environment.
pub fn output(program: &Path, arguments: &[&str], files: &[PathBuf]) -> Vec<u8> {
    let mut command = Command::new(program);
    command.env_clear().args(arguments).args(files).stderr(Stdio::inherit());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{} failed", program.display());
    output.stdout
}

/// `[{"KEY": "hex"}, null, …]`
pub fn from_json(json: &[u8]) -> Vec<Seen> {
    let seen: Vec<Option<BTreeMap<String, String>>> = serde_json::from_slice(json).unwrap();
    let bytes = |hex: String| -> Vec<u8> {
        (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).unwrap()).collect()
    };
    let decoded =
        |values: BTreeMap<String, String>| values.into_iter().map(|(key, hex)| (key, bytes(hex))).collect();
    seen.into_iter().map(|values| values.map(decoded)).collect()
}

/// Program and major version.
pub type Node = (PathBuf, u32);

fn node_at(program: PathBuf, what: &str) -> Option<Node> {
    let output = Command::new(&program).arg("--version").output().ok();
    let version = output.and_then(|output| String::from_utf8(output.stdout).ok());
    let major = version.and_then(|version| version.trim_start_matches('v').split('.').next()?.parse().ok());
    if major.is_none() {
        skipped(what);
    }
    Some((program, major?))
}

/// Those that can read env files themselves, which began with 20.12 (`util.parseEnv`).
pub fn nodes_with_parse_env() -> Vec<Node> {
    let reads = |(program, major): &Node| {
        let probe = "process.exit(require('util').parseEnv ? 0 : 1)";
        let able = Command::new(program).args(["-e", probe]).status().is_ok_and(|status| status.success());
        if !able {
            skipped(&format!("a node with util.parseEnv ({major} has none)"));
        }
        able
    };
    [node(), newer_node()].into_iter().flatten().filter(reads).collect()
}

pub fn node() -> Option<Node> {
    node_at(which("node")?, "node")
}

pub fn newer_node() -> Option<Node> {
    node_at(parts().join("node-new/node_modules/node/bin/node"), "a newer node")
}

/// The program's own path, since it runs with an empty `PATH`.
pub fn which(name: &str) -> Option<PathBuf> {
    let output = Command::new("sh").args(["-c", &format!("command -v {name}")]).output().unwrap();
    let path = String::from_utf8(output.stdout).unwrap();
    if path.trim().is_empty() {
        skipped(name);
        return None;
    }
    Some(PathBuf::from(path.trim()))
}

pub const HEX: &str = "const hex = (values) => Object.fromEntries(Object.entries(values)
    .map(([key, value]) => [key, Buffer.from(value).toString('hex')]));
const fs = require('fs');
const files = process.argv.slice(1);";

/// The folder of an npm package beneath `node/`.
pub fn package(name: &str) -> Option<String> {
    let folder = parts().join("node/node_modules").join(name);
    if !folder.is_dir() {
        skipped(&format!("npm {name}"));
        return None;
    }
    Some(folder.display().to_string())
}

pub fn node_dotenv(files: &[PathBuf]) -> Option<Vec<Seen>> {
    let (program, _) = node()?;
    let package = package("dotenv")?;
    let script = format!(
        "{HEX} const dotenv = require({package:?});
        console.log(JSON.stringify(files.map((file) => hex(dotenv.parse(fs.readFileSync(file, 'utf8'))))));",
    );
    Some(from_json(&output(&program, &["-e", &script, "--"], files)))
}

/// `processEnv` of `@next/env`, which is what `next dev` calls for each file.
pub fn next_env(files: &[PathBuf]) -> Option<Vec<Seen>> {
    let (program, _) = node()?;
    let package = package("@next/env")?;
    let script = format!(
        "{HEX} const {{ processEnv }} = require({package:?});
        const read = (file) => {{
            for (const key of Object.keys(process.env)) delete process.env[key];
            const contents = fs.readFileSync(file, 'utf8');
            return processEnv([{{ path: file, contents, env: {{}} }}], '.', {{ info() {{}}, error() {{}} }}, true)[1];
        }};
        console.log(JSON.stringify(files.map((file) => hex(read(file)))));",
    );
    Some(from_json(&output(&program, &["-e", &script, "--"], files)))
}

pub fn parse_env(program: &Path, files: &[PathBuf]) -> Vec<Seen> {
    let script = format!(
        "{HEX} const {{ parseEnv }} = require('util');
        console.log(JSON.stringify(files.map((file) => hex(parseEnv(fs.readFileSync(file, 'utf8'))))));"
    );
    from_json(&output(program, &["--no-warnings", "-e", &script, "--"], files))
}

pub fn env_file_flag(program: &Path, file: &Path, keys: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let flag = format!("--env-file={}", file.display());
    let script = format!(
        "const hex = (key) => [key, Buffer.from(process.env[key]).toString('hex')];
        console.log(JSON.stringify([Object.fromEntries({keys:?}.map(hex))]));"
    );
    let seen = from_json(&output(program, &[&flag, "-e", &script], &[]));
    seen.into_iter().next().flatten().unwrap()
}

/// Where its versions stand, oldest first.
pub const PYTHONS: [&str; 2] = ["venv-old", "venv"];

/// `venv` is the folder it is installed in.
pub fn python_dotenv(venv: &str, files: &[PathBuf]) -> Option<Vec<Seen>> {
    const SCRIPT: &str = "
import json, logging, os, sys
from dotenv.main import DotEnv
logging.disable(logging.CRITICAL)
os.environ.clear()
def read(file):
    try:
        values = DotEnv(file, encoding='utf-8', override=False).dict()
    except UnicodeDecodeError:
        return None
    return {key: value.encode().hex() for key, value in values.items() if value is not None}
print(json.dumps([read(file) for file in sys.argv[1:]]))
";
    let program = parts().join(venv).join("bin/python");
    let probe = Command::new(&program).args(["-c", "import dotenv"]).stderr(Stdio::null()).status();
    if !probe.is_ok_and(|status| status.success()) {
        skipped(&format!("python-dotenv in {venv}"));
        return None;
    }
    Some(from_json(&output(&program, &["-c", SCRIPT], files)))
}

/// `set -a; . file`, then the environment; anything printed counts as a failure.
pub fn shell(name: &str, files: &[PathBuf]) -> Option<Vec<Seen>> {
    const SCRIPT: &str = r#"
while [ $# -gt 0 ]; do
  ( PATH=/nonexistent; set -a
    . "$1" >"$1.out" 2>&1 && exec /usr/bin/env -0 >"$1.env" )
  shift
done 2>/dev/null"#;
    let program = which(name)?;
    if !runs(&program) || !Path::new("/usr/bin/env").exists() {
        skipped(name);
        return None;
    }
    for file in files {
        let _ = std::fs::remove_file(file.with_extension("env"));
    }
    let _ = Command::new(&program).env_clear().args(["-c", SCRIPT, name]).args(files).status().unwrap();
    Some(files.iter().map(|file| environment(file)).collect())
}

pub fn environment(file: &Path) -> Seen {
    let quiet = std::fs::read(file.with_extension("out")).is_ok_and(|printed| printed.is_empty());
    let dump = std::fs::read(file.with_extension("env")).ok().filter(|_| quiet)?;
    let own = ["PATH", "PWD", "OLDPWD", "SHLVL", "_", "OPTIND"];
    let pairs = dump.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()).filter_map(|entry| {
        let equals = entry.iter().position(|byte| *byte == b'=')?;
        Some((String::from_utf8_lossy(&entry[..equals]).into_owned(), entry[equals + 1..].to_vec()))
    });
    Some(pairs.filter(|(key, _)| !own.contains(&key.as_str())).collect())
}

/// The crate, loading as `from_path` does: the first assignment of a key wins.
pub fn dotenvy(file: &[u8]) -> Seen {
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let mut values = BTreeMap::new();
    for item in dotenvy::from_read_iter(file) {
        let (key, value) = item.ok()?;
        values.entry(key).or_insert_with(|| value.into_bytes());
    }
    Some(values)
}

pub fn every_core_program(files: &[PathBuf]) -> Vec<(String, Vec<Seen>)> {
    let mut all = vec![(
        "dotenvy".to_owned(),
        files.iter().map(|file| dotenvy(&std::fs::read(file).unwrap())).collect(),
    )];
    all.extend(node_dotenv(files).map(|seen| ("npm dotenv".to_owned(), seen)));
    for (program, major) in nodes_with_parse_env() {
        all.push((format!("node {major}"), parse_env(&program, files)));
    }
    for venv in PYTHONS {
        all.extend(python_dotenv(venv, files).map(|seen| (format!("python-dotenv in {venv}"), seen)));
    }
    for name in ["bash", "dash"] {
        all.extend(shell(name, files).map(|seen| (name.to_owned(), seen)));
    }
    all
}
