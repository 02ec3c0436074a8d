//! A full disk: files are as they were, the report says so, and nothing is left behind.
//!
//! Needs a file system of its own, so the test runs itself again in a user and mount namespace (`unshare`) with a small
//! tmpfs. Where namespaces are not to be had it is skipped, loudly.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "test helpers stand outside of #[test] functions")]

use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use devsecrets::keychain::MemoryKeychain;
use devsecrets::onboard::{Request, Session};
use devsecrets::private_file;
use devsecrets::seed::{FileOutcome, Report};
use devsecrets::settings::Settings;

const INSIDE: &str = "DEVSECRETS_SMALL_DISK";
const NAME: &str = "a_full_disk_loses_nothing";

fn profile(value: &str) -> String {
    format!(
        "schema = 1\nname = \"full\"\ntitle = \"Full\"\nenvironments = [\"development\"]\n\
         [variables.V]\nabout = \"x\"\ndefault = \"{value}\"\n\
         [services.s]\npath = \"s\"\nenv_file = \".env\"\nrequired = [\"V\"]\n"
    )
}

fn seed(project: &Path, home: &Path, value: &str) -> Report {
    private_file::replace(&project.join("devsecrets.toml"), profile(value).as_bytes()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let settings = Settings::bare(project, home);
    let mut session = Session::new(settings, Arc::new(MemoryKeychain::default()), Request::default());
    session.preferred().unwrap().unwrap();
    runtime.block_on(async {
        let preview = session.plan(false).await.unwrap();
        session.apply(&preview).await.unwrap()
    })
}

/// Runs where the service's folder is a tmpfs of 256 KiB.
fn inside(project: &Path) {
    let (home, disk) = (tempfile::tempdir().unwrap(), project.join("s"));
    assert_eq!(seed(project, home.path(), "small").files[0].outcome, FileOutcome::Created);
    let before = std::fs::read(disk.join(".env")).unwrap();
    fill(&disk);
    let report = seed(project, home.path(), &"large".repeat(2000));
    assert_eq!(report.files[0].outcome, FileOutcome::Failed);
    let finding = report.files[0].finding.as_ref().unwrap();
    assert_eq!((finding.code, finding.says.contains("No space left")), ("DS-FILE-12", true), "{finding:?}");
    assert_eq!(std::fs::read(disk.join(".env")).unwrap(), before);
    assert_eq!(std::fs::read_dir(&disk).unwrap().count(), 2, "something was left behind");
}

/// Leaves less room than the new file needs.
fn fill(disk: &Path) {
    let mut filler = std::fs::File::create_new(disk.join("filler")).unwrap();
    while filler.write_all(&[b'x'; 1024]).is_ok() {}
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how a test speaks to itself in another process")]
fn a_full_disk_loses_nothing() {
    if let Some(project) = std::env::var_os(INSIDE) {
        return inside(Path::new(&project));
    }
    let project = tempfile::tempdir().unwrap();
    let disk = project.path().join("s");
    private_file::create_folder(&disk).unwrap();
    if !unshared(&disk, "true").output().is_ok_and(|output| output.status.success()) {
        return skipped();
    }
    let itself = std::env::current_exe().unwrap();
    let again = format!("exec '{}' --exact {NAME} --nocapture", itself.display());
    let output = unshared(&disk, &again).env(INSIDE, project.path()).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}

/// Past the test harness, which keeps what passing tests print.
fn skipped() {
    let _ = std::io::stderr()
        .write_all(b"SKIPPED: a_full_disk_loses_nothing: no mount namespace can be made here\n");
}

/// A command with a small tmpfs at `disk`, which nobody else sees.
fn unshared(disk: &Path, script: &str) -> Command {
    let mut command = Command::new("unshare");
    let mount = format!("mount -t tmpfs -o size=256k tmpfs '{}' && {script}", disk.display());
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c"]).arg(mount);
    command
}
