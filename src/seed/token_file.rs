//! The file that holds one personal token alone: one line, no variable name (`.env.linear`).

use std::path::Path;

use super::ignore;
use crate::envfile::{Snapshot, guard, replace, replace_shared};
use crate::finding::{Finding, Remedy, Severity};
use crate::secret::{SecretValue, plain};

/// Writes `contents` to `path` (relative to `root`), ignored by git first.
///
/// # Errors
/// As a finding: tracked by git, outside the project, not writable. Nothing is written then.
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
    contents.expose_to(|text| replace(&full, &snapshot, text.as_bytes())).map_err(cannot)?;
    Ok(())
}

fn ignore_it(root: &Path, file: &Path) -> Option<()> {
    let plan = ignore::plan(root, &[file.to_owned()]);
    let (snapshot, bytes) = plan.write?;
    replace_shared(&plan.path, &snapshot, &bytes).ok().map(|_| ())
}
