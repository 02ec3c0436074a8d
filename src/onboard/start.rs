//! How a service is started, read off its own files when the profile does not say.

use std::path::Path;

/// The command a developer of this kind of project would type; `None` when the files speak of none.
pub(super) fn command(folder: &Path) -> Option<String> {
    node(folder).or_else(|| python(folder)).or_else(|| rust(folder))
}

fn node(folder: &Path) -> Option<String> {
    let text = std::fs::read(folder.join("package.json")).ok()?;
    let package: serde_json::Value = serde_json::from_slice(&text).ok()?;
    let script = ["dev", "start"].into_iter().find(|name| package["scripts"][name].is_string())?;
    let runner = [("pnpm-lock.yaml", "pnpm"), ("yarn.lock", "yarn"), ("bun.lock", "bun run")]
        .into_iter()
        .find(|(lock, _)| folder.join(lock).exists());
    Some(format!("{} {script}", runner.map_or("npm run", |(_, runner)| runner)))
}

fn python(folder: &Path) -> Option<String> {
    if folder.join("manage.py").exists() {
        return Some("python manage.py runserver".to_owned());
    }
    let declared =
        ["pyproject.toml", "requirements.txt"].map(|name| std::fs::read_to_string(folder.join(name)));
    let fastapi = declared.iter().flatten().any(|text| text.to_lowercase().contains("fastapi"));
    (fastapi && folder.join("main.py").exists()).then(|| "fastapi dev main.py".to_owned())
}

fn rust(folder: &Path) -> Option<String> {
    folder.join("Cargo.toml").exists().then(|| "cargo run".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::private_file::replace;

    fn with(files: &[(&str, &str)]) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            replace(&folder.path().join(name), text.as_bytes()).unwrap();
        }
        command(folder.path())
    }

    #[test]
    fn each_kind_of_project_has_its_word() {
        let package = r#"{"scripts":{"start":"node .","dev":"node --watch ."}}"#;
        assert_eq!(with(&[("package.json", package)]).as_deref(), Some("npm run dev"));
        assert_eq!(with(&[("package.json", package), ("pnpm-lock.yaml", "")]).as_deref(), Some("pnpm dev"));
        let fastapi = [("pyproject.toml", "dependencies = ['FastAPI']"), ("main.py", "")];
        assert_eq!(with(&fastapi).as_deref(), Some("fastapi dev main.py"));
        assert_eq!(with(&[("Cargo.toml", "")]).as_deref(), Some("cargo run"));
    }

    #[test]
    fn silence_is_no_guess() {
        assert_eq!(with(&[("package.json", "{}")]), None);
        assert_eq!(with(&[("package.json", "not json")]), None);
        assert_eq!(with(&[("main.py", "")]), None);
    }
}
