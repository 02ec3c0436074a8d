//! The leak scan on a real repository with a planted value: found, opened, accepted, taken back, and never shown.

use std::path::Path;
use std::process::{Command, Stdio};

use super::*;
use crate::audit::{Known, OwnName};
use crate::secret::SecretValue;

const OWN: &str = "canary-4711-an-own-value-of-the-shop";

/// A token that is put together here, so that this file holds none.
fn token() -> String {
    ["gh", "p_", "C4narY5f6G7h8I9j0K1", "l2M3n4O5p6Q7r8S9t0"].concat()
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args(arguments).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    assert!(git.status().unwrap().success(), "git {arguments:?}");
}

struct Planted(tempfile::TempDir);

impl Planted {
    /// A repository with a token in two files, and an own value in a third.
    fn new() -> Self {
        let planted = Self(tempfile::tempdir().unwrap());
        let root = planted.root();
        let put = |path: &str, text: String| {
            crate::private_file::replace(&root.join(path), text.as_bytes()).unwrap();
        };
        put("notes.md", format!("# notes\n\ncall it with {}\n", token()));
        put("more/copy.md", token());
        put("config.js", format!("const key = \"{OWN}\";\n"));
        git(&root, &["init", "--quiet"]);
        git(&root, &["add", "--all"]);
        let [project, variable, service, origin] = ["shop", "JWT_SECRET", "api", "aws"].map(str::to_owned);
        let name = OwnName { project, variable, service, origin };
        let state = planted.settings().state_folder().unwrap();
        Known::open(&state).unwrap().remember(&[(name, &SecretValue::new(OWN))]).unwrap();
        planted
    }

    fn root(&self) -> std::path::PathBuf {
        self.0.path().join("shop")
    }

    fn settings(&self) -> Settings {
        Settings::bare(self.root(), self.0.path())
    }

    fn baseline(&self) -> std::path::PathBuf {
        self.root().join(".devsecrets-baseline")
    }
}

async fn look(settings: &Settings, script: &[(&str, KeyCode)]) -> Page {
    let session =
        Session::new(settings.clone(), std::sync::Arc::new(MemoryKeychain::default()), Request::default());
    let mut page = Page::new(script);
    sit_with(session, settings, plain(), &mut page).await;
    page
}

fn never_shown(page: &Page) {
    for text in page.frames.iter().chain(&page.models) {
        assert!(!text.contains("canary-4711") && !text.contains(&token()[4..20]), "{text}");
    }
}

#[tokio::test]
async fn a_planted_value_is_found_accepted_and_taken_back_and_never_shown() {
    let planted = Planted::new();
    let script = [
        ("Palindrom services", KeyCode::Char('L')),
        ("3 findings; 3 files read", KeyCode::Char('a')),
        ("never accepted", KeyCode::Char('/')),
        ("▏", KeyCode::Char('k')),
        ("2 found", KeyCode::Enter),
        ("DS-AUDIT-01 · github-token", KeyCode::Char('a')),
        ("Accept this finding?", KeyCode::Enter),
        ("accepted from now on", KeyCode::Char('r')),
        ("2 accepted by the baseline", KeyCode::Esc),
        ("JWT_SECRET of api (shop)", KeyCode::Char('u')),
        ("accepted no longer", KeyCode::Char('x')),
        ("3 findings; 3 files read", KeyCode::Char('q')),
    ];
    let page = look(&planted.settings(), &script).await;
    never_shown(&page);
    let asked = page.frames.iter().find(|frame| frame.contains("Accept this finding?")).unwrap();
    assert!(asked.contains(".devsecrets-baseline") && asked.contains("2 places"), "{asked}");
    assert!(!planted.baseline().exists(), "what was taken back leaves nothing behind");
}

#[tokio::test]
async fn the_editor_gets_the_terminal_and_what_it_mended_is_gone() {
    let planted = Planted::new();
    let mend = planted.0.path().join("vim");
    let script = "#!/bin/sh\necho \"$1\" > \"$2.line\"\necho mended > \"$2\"\n";
    crate::private_file::replace(&mend, script.as_bytes()).unwrap();
    std::fs::set_permissions(&mend, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let keys = [
        ("Palindrom services", KeyCode::Char('L')),
        ("3 findings; 3 files read", KeyCode::End),
        ("notes.md:3:14", KeyCode::Char('e')),
        ("back from vim", KeyCode::Char('x')),
        ("2 findings; 3 files read", KeyCode::Char('q')),
    ];
    let settings = planted.settings().with("VISUAL", mend.display().to_string());
    let page = look(&settings, &keys).await;
    never_shown(&page);
    assert_eq!(page.between, ["left", "entered"]);
    assert_eq!(std::fs::read_to_string(planted.root().join("notes.md.line")).unwrap(), "+3\n");
}

#[tokio::test]
async fn no_editor_and_no_repository_say_what_to_do() {
    let planted = Planted::new();
    let script = [
        ("Palindrom services", KeyCode::Char('L')),
        ("3 findings; 3 files read", KeyCode::Char('e')),
        ("neither VISUAL nor EDITOR names one", KeyCode::Char('q')),
    ];
    never_shown(&look(&planted.settings(), &script).await);
    let settings = Settings::bare(planted.0.path(), planted.0.path());
    let script =
        [("Palindrom services", KeyCode::Char('L')), ("there is no git repository here", KeyCode::Char('q'))];
    look(&settings, &script).await;
}
