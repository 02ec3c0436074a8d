//! The file that holds one personal token alone: one line, no variable name (`.env.linear`).

use std::path::Path;

use super::ignore;
use crate::envfile::{Snapshot, guard, replace, replace_shared};
use crate::finding::{Finding, Remedy, Severity};
use crate::secret::{SecretValue, plain};
use crate::tokens;

/// Writes `contents` to `path` (relative to `root`), ignored by git first.
///
/// # Errors
/// As a finding: tracked by git, outside the project, not writable, or a file of something else. Nothing is written then.
pub fn write_token_file(root: &Path, path: &str, contents: &SecretValue) -> Result<(), Finding> {
    let full = root.join(path);
    let mut findings = guard::inspect(&guard::Git::default(), root, root, &full);
    if let Some(index) = findings.iter().position(|finding| finding.code == guard::NOT_IGNORED) {
        let finding = findings.remove(index);
        ignore_it(root, &full).ok_or(finding)?;
    }
    if let Some(obstacle) = findings.into_iter().find(|finding| finding.severity == Severity::Error) {
        return Err(obstacle);
    }
    let cannot = |error: crate::envfile::ReplaceError| {
        let remedy = Remedy::says("correct the rights, then keep the token again");
        Finding::error("DS-FILE-12", path, plain(&error.to_string()), remedy)
    };
    let snapshot = Snapshot::read(&full).map_err(cannot)?;
    if !tokens::is_token_alone(snapshot.bytes()) {
        return Err(something_else(path));
    }
    contents.expose_to(|text| replace(&full, &snapshot, text.as_bytes())).map_err(cannot)?;
    Ok(())
}

fn ignore_it(root: &Path, file: &Path) -> Option<()> {
    let plan = ignore::plan(root, &[file.to_owned()]);
    let (snapshot, bytes) = plan.write?;
    replace_shared(&plan.path, &snapshot, &bytes).ok().map(|_| ())
}

/// It would be lost: of a token's file no journal is kept.
fn something_else(path: &str) -> Finding {
    let remedy = Remedy::says(
        "move it away, or name another `file` for the token in the profile; then keep the token again",
    );
    Finding::error("DS-TOKEN-25", path, "it holds something else than a token, and was left as it is", remedy)
}
