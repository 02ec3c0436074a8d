//! What a file is for, told by its name alone.
//!
//! Generic rules look only into files that hold settings: there a random-looking value behind a telling name is a secret,
//! in code it is a constant, a test or a checksum.

/// Endings of files that hold settings.
const SETTINGS: &[&str] = &[
    "env",
    "json",
    "jsonc",
    "json5",
    "yaml",
    "yml",
    "toml",
    "ini",
    "cfg",
    "conf",
    "cnf",
    "config",
    "properties",
    "props",
    "tf",
    "tfvars",
    "tfstate",
    "hcl",
    "xml",
    "plist",
    "bicep",
    "npmrc",
    "pypirc",
    "netrc",
    "http",
];

/// Names of files that hold settings, or how they begin; what was typed into a shell counts as such.
const SETTINGS_NAMES: &[&str] = &[
    "dockerfile",
    "containerfile",
    "docker-compose",
    "compose",
    "procfile",
    "jenkinsfile",
    ".env",
    ".npmrc",
    ".yarnrc",
    ".pypirc",
    ".netrc",
    ".pgpass",
    ".git-credentials",
    ".dockercfg",
    ".dockerconfigjson",
    ".s3cfg",
    ".my.cnf",
    ".htpasswd",
    "credentials",
    "kubeconfig",
    ".bashrc",
    ".zshrc",
    ".profile",
    ".envrc",
    ".flaskenv",
    ".bash_history",
    ".zsh_history",
    ".zhistory",
    ".histfile",
    ".sh_history",
    ".ksh_history",
    "fish_history",
    "consolehost_history",
];

/// Written by package managers, and full of checksums.
const LOCKED: &[&str] = &[
    "package-lock.json",
    "npm-shrinkwrap.json",
    "pnpm-lock.yaml",
    "composer.lock",
    "cargo.lock",
    "yarn.lock",
    "poetry.lock",
    "uv.lock",
    "go.sum",
    "deno.lock",
    "packages.lock.json",
    "pubspec.lock",
    "gemfile.lock",
    "flake.lock",
    "bun.lock",
    "podfile.lock",
    "package.resolved",
    ".terraform.lock.hcl",
    ".secrets.baseline",
];

/// Parts of a name that say: to be copied and filled in.
const EXAMPLES: &[&str] =
    &["example", "examples", "sample", "template", "tmpl", "tpl", "dist", "schema", "defaults"];

/// Endings of files that hold data.
const DATA: &[&str] = &["json", "yaml", "yml", "toml", "txt", "env", "ini", "properties", "tfvars"];

/// What the name of a file says about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kind {
    /// Its last part, in small letters.
    pub name: String,
    pub settings: bool,
    /// `.env`, `.env.local` and so on, and not one to be copied.
    pub env_file: bool,
    /// A data file named after secrets.
    pub secret_file: bool,
}

impl Kind {
    /// By `path`, whose parts are divided by `/`.
    pub fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let parts: Vec<&str> = name.split(['.', '-', '_', ' ']).collect();
        let example = parts.iter().any(|part| EXAMPLES.contains(part));
        let is_env = name == ".env" || name.starts_with(".env.");
        let data = DATA.contains(&ending) || !name.trim_start_matches('.').contains('.');
        let named = parts.iter().any(|part| ["secret", "secrets"].contains(part));
        Self {
            // Told by its folder: the name says nothing.
            settings: is_settings(&name, ending) || is_env || path.ends_with(".kube/config"),
            // `.env.vault` is encrypted as a whole.
            env_file: is_env && !example && name != ".env.vault",
            secret_file: named && data && !example && !is_env,
            name,
        }
    }
}

fn is_settings(name: &str, ending: &str) -> bool {
    let begins = |known: &&str| {
        name.strip_prefix(*known).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '_']))
    };
    let script =
        ["sh", "bash", "zsh", "ps1"].contains(&ending) && (name.contains("deploy") || name.contains("env"));
    !LOCKED.contains(&name) && (SETTINGS.contains(&ending) || SETTINGS_NAMES.iter().any(begins) || script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_told_from_code_and_checksums() {
        for path in [
            "a/render.yaml",
            ".env",
            "x/.env.example",
            "Dockerfile.prod",
            "docker-compose.dev.yml",
            "deploy.sh",
        ] {
            assert!(Kind::of(path).settings, "{path}");
        }
        for path in ["src/config.rs", "package-lock.json", "go.sum", "README.md", "composer.lock", "run.sh"] {
            assert!(!Kind::of(path).settings, "{path}");
        }
    }

    #[test]
    fn env_files_are_told_from_examples() {
        for path in [".env", "api/.env.local", ".env.production", ".env.keys"] {
            assert!(Kind::of(path).env_file, "{path}");
        }
        for path in [
            ".env.example",
            ".env.schema",
            ".env.local.sample",
            ".env.template",
            ".env.dist",
            ".envrc",
            "env.ts",
        ] {
            assert!(!Kind::of(path).env_file, "{path}");
        }
    }

    #[test]
    fn data_named_after_secrets_is_told_from_code_and_docs() {
        for path in ["secrets.json", "k8s/prod-secrets.yaml", "secret", ".secrets", "app.secret.txt"] {
            assert!(Kind::of(path).secret_file, "{path}");
        }
        for path in
            ["secrets.rs", "env-secret.test.ts", "secrets.rst", "secrets.example.yaml", "secretary.json"]
        {
            assert!(!Kind::of(path).secret_file, "{path}");
        }
    }
}
