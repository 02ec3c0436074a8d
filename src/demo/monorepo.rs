//! The five services of seeds/001 as a repository one could have cloned a minute ago.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use super::world::random;

/// Path within the repository, and contents.
const FILES: [(&str, &str); 13] = [
    ("README.md", "# Acme shop\n\nFive services. Their secrets come from `devsecrets`.\n"),
    (".gitignore", "node_modules/\n.venv/\n"),
    ("backend/package.json", include_str!("files/backend.package.json")),
    ("backend/index.js", include_str!("files/index.js")),
    ("agent7-messaging/package.json", include_str!("files/messaging.package.json")),
    ("agent7-messaging/index.js", include_str!("files/index.js")),
    ("services/media/package.json", include_str!("files/media.package.json")),
    ("services/media/index.js", include_str!("files/index.js")),
    // Somebody has been here before: their comment, their order and their value must survive.
    ("services/media/.env", include_str!("files/media.env")),
    ("agent9-search/package.json", include_str!("files/search.package.json")),
    ("agent9-search/index.js", include_str!("files/index.js")),
    ("events_service/pyproject.toml", include_str!("files/events.pyproject.toml")),
    ("events_service/main.py", "from fastapi import FastAPI\n\napp = FastAPI()\n"),
];

/// Kept by nobody, as an env file should be.
const UNTRACKED: &str = "services/media/.env";

/// Where somebody left a key, for the leak scan to find.
const LEAK: &str = "docs/release.md";

pub(super) fn lay_out(root: &Path) -> io::Result<()> {
    let leak = with_a_leak()?;
    for (path, contents) in FILES.into_iter().chain([(LEAK, leak.as_str())]) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::File::create_new(&path)?;
        #[expect(clippy::disallowed_methods, reason = "a file of a demo project, not a secret of anybody")]
        fs::write(&path, contents)?;
    }
    commit(root);
    Ok(())
}

/// The key is made up on every start, in the form that Linear documents.
fn with_a_leak() -> io::Result<String> {
    let key = random(20)?;
    Ok(format!(
        "# Release\n\nClose the cycle (this key is made up: the demo's leak scan is to find it):\n\n    \
         curl -H 'Authorization: lin_api_{key}' https://api.linear.app/graphql\n"
    ))
}

/// Without git the demo goes on; the preview then says that nothing can be ignored.
fn commit(root: &Path) {
    git(root, &["init", "--quiet"]);
    let tracked = FILES.iter().map(|(path, _)| *path).filter(|path| *path != UNTRACKED);
    git(root, &["add", "--"].into_iter().chain(tracked).chain([LEAK]).collect::<Vec<_>>());
    let somebody = ["-c", "user.name=Ada", "-c", "user.email=ada@acme.example"];
    git(root, &somebody.into_iter().chain(["commit", "--quiet", "-m", "The shop"]).collect::<Vec<_>>());
}

/// In this repository, and without what the person has set up for their own: hooks, signatures, another work tree.
fn git(root: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args(arguments).current_dir(root).stdout(Stdio::null()).stderr(Stdio::null());
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_TEMPLATE_DIR"] {
        git.env_remove(variable);
    }
    for config in ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"] {
        git.env(config, "/dev/null");
    }
    let _ = git.status();
}
