//! Which programs read a service's env file, told by the files of its folder.
//!
//! Owns the table of telltale files. A folder that says nothing gets the core set: a value written
//! for all of them is right for whichever it is.

use std::fs;
use std::path::Path;

use super::Reader;

/// A file that speaks of a reader. Presence is enough.
const TELLTALES: [(&str, Reader); 7] = [
    ("pyproject.toml", Reader::PythonDotenv),
    ("requirements.txt", Reader::PythonDotenv),
    ("compose.yaml", Reader::Compose),
    ("compose.yml", Reader::Compose),
    ("docker-compose.yaml", Reader::Compose),
    ("docker-compose.yml", Reader::Compose),
    ("Cargo.toml", Reader::Dotenvy),
];

pub(super) fn readers_of(folder: &Path) -> Vec<Reader> {
    let present = TELLTALES.iter().filter(|(file, _)| folder.join(file).is_file());
    let mut found: Vec<Reader> = present.map(|(_, reader)| *reader).collect();
    if let Ok(package) = fs::read(folder.join("package.json")) {
        found.extend(readers_of_package(&package));
    }
    found.sort();
    found.dedup();
    if found.is_empty() { Reader::CORE.to_vec() } else { found }
}

/// Next.js and Vite read the file themselves; otherwise npm `dotenv` does, and node where a script
/// starts it with `--env-file`.
fn readers_of_package(package: &[u8]) -> Vec<Reader> {
    let package: serde_json::Value = serde_json::from_slice(package).unwrap_or_default();
    let depends_on = |name: &str| {
        ["dependencies", "devDependencies"].into_iter().any(|list| package[list].get(name).is_some())
    };
    let frameworks = [("next", Reader::Next), ("vite", Reader::Vite)];
    let mut found: Vec<Reader> =
        frameworks.into_iter().filter(|(name, _)| depends_on(name)).map(|(_, reader)| reader).collect();
    let scripts = package["scripts"].as_object().into_iter().flatten();
    if scripts.filter_map(|(_, script)| script.as_str()).any(|script| script.contains("--env-file")) {
        found.push(Reader::NodeEnvFile);
    }
    if found.is_empty() || depends_on("dotenv") {
        found.push(Reader::NodeDotenv);
    }
    found
}
