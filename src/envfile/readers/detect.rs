//! Which programs read a service's env file, told by the files of its folder.
//!
//! Owns the table of telltale files. A folder that says nothing gets the core set: a value written
//! for all of them is right for whichever it is.

use std::fs;
use std::path::Path;

use super::Reader;

/// A file that speaks of a reader. Presence is enough; no file is parsed.
const TELLTALES: [(&str, Reader); 9] = [
    ("package.json", Reader::NodeDotenv),
    ("pyproject.toml", Reader::PythonDotenv),
    ("requirements.txt", Reader::PythonDotenv),
    ("compose.yaml", Reader::Compose),
    ("compose.yml", Reader::Compose),
    ("docker-compose.yaml", Reader::Compose),
    ("docker-compose.yml", Reader::Compose),
    ("Cargo.toml", Reader::Dotenvy),
    (".envrc", Reader::Shell),
];

pub(super) fn readers_of(folder: &Path) -> Vec<Reader> {
    let mut found: Vec<Reader> =
        TELLTALES.iter().filter(|(file, _)| folder.join(file).is_file()).map(|(_, reader)| *reader).collect();
    if loads_with_node(folder) {
        found.push(Reader::NodeEnvFile);
    }
    found.sort();
    found.dedup();
    if found.is_empty() { Reader::CORE.to_vec() } else { found }
}

/// A script in `package.json` that starts node with `--env-file`.
fn loads_with_node(folder: &Path) -> bool {
    fs::read_to_string(folder.join("package.json")).is_ok_and(|text| text.contains("--env-file"))
}
