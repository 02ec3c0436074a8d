//! The text of the hook.

use std::path::Path;

const BEFORE: &str = "#!/bin/sh
# Looks for secrets in what is staged, before each commit.
# Written by `devsecrets audit --install-hook`; `devsecrets audit --uninstall-hook` takes it away.
other=";

/// Without the program nothing would be looked at, and nobody would know: so the commit stops.
const AFTER: &str = "
program=$(command -v devsecrets) || program=$other
if [ ! -x \"$program\" ]; then
    echo 'devsecrets is not on PATH, so nobody looked for secrets. To commit without: git commit --no-verify' >&2
    exit 1
fi
exec \"$program\" audit --staged
";

/// With where to look for the program when it is not on the `PATH`.
pub(super) fn text(program: Option<&Path>) -> String {
    let program =
        program.and_then(Path::to_str).filter(|name| !name.contains(['\n', '\0'])).unwrap_or_default();
    format!("{BEFORE}'{}'{AFTER}", program.replace('\'', r"'\''"))
}

/// Whether it is our text, whatever the other place was.
pub(super) fn is_ours(found: &[u8]) -> bool {
    let inner = found.strip_prefix(BEFORE.as_bytes()).and_then(|rest| rest.strip_suffix(AFTER.as_bytes()));
    inner.is_some_and(|quoted| quoted.len() >= 2 && !quoted.contains(&b'\n'))
}
