//! The five services of seeds/001 as a repository one could have cloned a minute ago.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

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

pub(super) fn lay_out(root: &Path) -> io::Result<()> {
    for (path, contents) in FILES {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::File::create_new(&path)?;
        #[expect(clippy::disallowed_methods, reason = "a file of a demo project, not a secret of anybody")]
        fs::write(&path, contents)?;
    }
    init_git(root);
    Ok(())
}

/// Without git the demo goes on; the preview then says that nothing can be ignored.
fn init_git(root: &Path) {
    let mut git = Command::new("git");
    git.args(["init", "--quiet"]).current_dir(root).stdout(Stdio::null()).stderr(Stdio::null());
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        git.env_remove(variable);
    }
    let _ = git.status();
}
