//! Where a profile is found, what a local file may change, and each failure with its next step.

use std::fs;

use tempfile::TempDir;

use super::*;

const SHOP: &str = r#"
schema = 1
name = "shop"
title = "Shop"
[services.api]
path = "api"
env_file = ".env"
[services.web]
path = "web"
"#;

/// A repository with a `.git` folder, a profile at its root and a folder `api/src` in it.
struct Repository(TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(TempDir::new().unwrap());
        fs::create_dir_all(repository.at("api/src")).unwrap();
        fs::create_dir(repository.at(".git")).unwrap();
        repository.with(FILE, SHOP)
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    #[expect(clippy::disallowed_methods, reason = "a fixture, in a folder of its own")]
    fn with(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        fs::write(self.at(path), text).unwrap();
        self
    }

    fn without(self, path: &str) -> Self {
        let path = self.at(path);
        if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) }.unwrap();
        self
    }

    fn from(&self, folder: &str) -> Settings {
        Settings::bare(self.at(folder), self.0.path())
    }

    fn broken(&self) -> String {
        match find(&self.from(""), None).unwrap_err() {
            LoadError::Broken(problems) => problems.to_string(),
            other => panic!("expected problems, got {other}"),
        }
    }
}

#[test]
fn the_nearest_file_up_to_the_git_root_is_found() {
    let repository = Repository::new();
    let loaded = find(&repository.from("api/src"), None).unwrap();
    assert_eq!(loaded.source, Source::File(repository.at(FILE)));
    assert_eq!((loaded.root, loaded.profile.name.as_str()), (repository.at(""), "shop"));

    let nearer = repository.with("api/devsecrets.toml", SHOP);
    assert_eq!(locate(&nearer.from("api/src"), None).unwrap().root, nearer.at("api"));
}

#[test]
fn the_search_ends_at_the_git_root() {
    let repository = Repository::new().with("api/.git", "gitdir: elsewhere");
    assert!(matches!(locate(&repository.from("api/src"), None), Err(LoadError::None)));
}

#[test]
fn outside_a_repository_only_the_folder_itself_counts() {
    let folder = Repository::new().without(".git");
    assert!(locate(&folder.from(""), None).is_ok());
    assert!(matches!(locate(&folder.from("api"), None), Err(LoadError::None)));
}

#[test]
fn the_option_outranks_the_variable_and_the_variable_the_file() {
    let repository = Repository::new();
    let settings = repository.from("api").with("DEVSECRETS_PROFILE", "pegasus");
    let located = locate(&settings, None).unwrap();
    assert_eq!((located.source, located.root), (Source::Bundled("pegasus"), repository.at("")));
    assert_eq!(locate(&settings, Some("services")).unwrap().source, Source::Bundled("services"));
    assert_eq!(locate(&settings, Some("../devsecrets.toml")).unwrap().root, repository.at("api/.."));
}

#[test]
fn a_folder_stands_for_the_profile_in_it() {
    let repository = Repository::new();
    let located = locate(&repository.from("api"), Some("..")).unwrap();
    assert_eq!(located.source, Source::File(repository.at("api/..").join(FILE)));
}

#[test]
fn a_bundled_name_outranks_a_folder_of_that_name() {
    let repository = Repository::new();
    fs::create_dir(repository.at("services")).unwrap();
    let repository = repository.with("services/devsecrets.toml", SHOP);
    let source = |wanted| locate(&repository.from(""), Some(wanted)).unwrap().source;
    assert_eq!(source("services"), Source::Bundled("services"));
    assert_eq!(source("services/"), Source::File(repository.at("services").join(FILE)));
}

#[test]
fn each_failure_has_its_next_step() {
    let repository = Repository::new().without(FILE);
    let step = |wanted| {
        let error = find(&repository.from(""), wanted).unwrap_err();
        format!(
            "{} -> {}",
            error.to_string().replace(&*repository.0.path().to_string_lossy(), "REPO"),
            error.next_step()
        )
    };
    insta::assert_snapshot!(
        [None, Some("pegasos"), Some("zebra"), Some("a/b"), Some("b.toml")].map(step).join("\n")
    );
}

#[test]
fn a_broken_profile_can_still_be_located() {
    let repository = Repository::new().with(FILE, "schema = ");
    assert!(locate(&repository.from(""), None).is_ok());
    assert!(repository.broken().contains("devsecrets.toml:1:"));
}

#[test]
fn bytes_that_are_not_utf_8_are_pointed_at() {
    let repository = Repository::new().with(FILE, b"schema = 1\nname = \"\xff\"\n");
    assert!(repository.broken().contains("this is not UTF-8"));
    assert!(repository.broken().contains(":2:9"));
}

#[test]
fn a_huge_file_is_refused_unread() {
    let repository = Repository::new().with(FILE, vec![b'#'; LARGEST + 10]);
    assert!(repository.broken().contains("larger than 256 KiB"));
}

#[test]
fn a_local_file_moves_services_and_the_usual_environment() {
    let local = "environment = \"staging\"\n[services.api]\npath = \"backend\"\nenv_file = \".env.local\"\n";
    let repository = Repository::new().with(LOCAL_FILE, local);
    let profile = find(&repository.from(""), None).unwrap().profile;
    assert_eq!(profile.environments, ["staging", "development", "production"]);
    let api = &profile.services["api"];
    assert_eq!((api.path.as_str(), api.env_file.as_deref()), ("backend", Some(".env.local")));
}

#[test]
fn a_local_file_cannot_touch_anything_else() {
    let local = r#"
environment = "stagin"
policy = { env_files = "allowed" }
[services.api]
path = "../elsewhere"
required = []
[services.wep]
path = "web"
"#;
    let repository = Repository::new().with(LOCAL_FILE, local);
    let shown = repository.broken().replace(&*repository.0.path().to_string_lossy(), "REPO");
    insta::assert_snapshot!(shown);
}

#[test]
fn a_local_file_cannot_bring_back_forbidden_env_files() {
    let shared = SHOP
        .replace("env_file = \".env\"", "")
        .replace("[services.api]", "policy.env_files = \"forbidden\"\n[services.api]");
    let repository =
        Repository::new().with(FILE, shared).with(LOCAL_FILE, "services.api.env_file = \".env\"");
    assert!(repository.broken().contains("the policy forbids env files"));
}

/// What is most likely not meant is told, and the profile is read.
#[test]
fn warnings_come_along_with_what_was_read() {
    let made_up = "key0123456789abcdefghij";
    let text = format!(
        "{SHOP}[services.upper]\npath = \"API\"\n[variables.UNUSED]\n[variables.PASTED]\ndefault = \"{made_up}\"\n\
         [variables.PATH]\ndefault = \"./bin\"\n[services.front]\npath = \"front\"\noptional = [\"PASTED\", \"PATH\"]\n"
    );
    let lint = |settings: &Settings| locate(settings, None).unwrap().lint().unwrap();
    let warnings = lint(&Repository::new().with(FILE, text).from(""));
    let said: Vec<&str> = warnings.list().iter().map(|problem| problem.message.as_str()).collect();
    let case = "this path differs from another one in case alone, which macOS and Windows do not tell apart";
    let steers = "this default decides which programs run";
    assert_eq!(said, [case, "no service has this variable", "this default looks like a secret", steers]);
    assert_eq!(warnings.count(), "4 warnings");
    assert!(warnings.to_string().starts_with("warning: ") && !warnings.to_string().contains("error: "));
    assert!(lint(&Repository::new().from("")).list().is_empty());
}

#[test]
fn a_local_file_names_no_template_either() {
    let repository = Repository::new().with(LOCAL_FILE, "services.api.env_file = \".env.example\"");
    assert!(repository.broken().contains("this is the template of an env file"));
}

#[test]
fn an_empty_local_file_changes_nothing() {
    assert!(find(&Repository::new().with(LOCAL_FILE, "\n").from(""), None).is_ok());
}
