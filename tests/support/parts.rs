//! Where the real programs stand that tests compare us with, and how a test without one says so.
//!
//! `tests/run` installs them: Python's in `venv/` and `venv-old/`, npm's in `node/`, a newer node in `node-new/`, bun and
//! deno in `runtimes/`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// `$DEVSECRETS_TEST_PARTS`, else `target/test-parts`.
#[expect(clippy::disallowed_methods, reason = "a test is told by its environment where its parts are")]
pub fn folder() -> PathBuf {
    std::env::var_os("DEVSECRETS_TEST_PARTS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/test-parts"), PathBuf::from)
}

/// Straight to standard error, past the test harness, which keeps what passing tests print.
pub fn skipped(missing: &str) {
    let line = format!("SKIPPED: {missing} is not installed; see tests/run\n");
    // In one piece, for tests run side by side.
    let _ = std::io::stderr().write_all(line.as_bytes());
}
