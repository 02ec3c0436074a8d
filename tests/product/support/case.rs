//! One developer's machine: a home folder, a project, and nothing of the real environment.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use devsecrets::onboard::{Request, Session};
use devsecrets::profile;
use devsecrets::settings::Settings;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{Run, Stage};

/// A place to run the program in. Methods that lay it out take and return it, so that a case reads as a sentence.
pub struct Case {
    folder: TempDir,
    environment: BTreeMap<String, String>,
    pub stage: Option<Stage>,
}

impl Case {
    /// A repository with nothing in it.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        for name in ["home", "shop"] {
            fs::create_dir(root.join(name)).unwrap();
        }
        let environment = BTreeMap::from([
            ("HOME".to_owned(), root.join("home").display().to_string()),
            ("PATH".to_owned(), std::env::var("PATH").unwrap()),
            ("DEVSECRETS_KEYCHAIN".to_owned(), "memory".to_owned()),
            ("AWS_EC2_METADATA_DISABLED".to_owned(), "true".to_owned()),
        ]);
        let case = Self { folder, environment, stage: None };
        case.git(&["init", "--quiet"]);
        case
    }

    /// A repository that uses a bundled profile, with the folder of each of its services.
    pub fn of(bundled: &str) -> Self {
        let text = profile::bundled().iter().find(|known| known.name == bundled).unwrap().text;
        let case = Self::empty().with("DEVSECRETS_PROFILE", bundled);
        case.folders_of(text);
        case
    }

    /// A repository with a profile of its own.
    pub fn with_profile(text: &str) -> Self {
        let case = Self::empty().file("devsecrets.toml", text);
        case.folders_of(text);
        case
    }

    fn folders_of(&self, profile: &str) {
        let Ok(profile) = profile::parse(profile, "devsecrets.toml") else { return };
        for service in profile.services.values() {
            fs::create_dir_all(self.path(&service.path)).unwrap();
        }
    }

    /// With AWS as `world` has it.
    pub fn on(mut self, world: devsecrets::sandbox::World) -> Self {
        let stage = Stage::start(world);
        self.environment.extend(stage.environment());
        self.stage = Some(stage);
        self
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.environment.remove(name);
        self
    }

    /// Keys in an encrypted file, which outlives a process; each call of it costs about a second.
    pub fn with_key_file(self) -> Self {
        let path = self.home("passphrase");
        fs::write(&path, "correct horse battery staple\n").unwrap();
        self.with("DEVSECRETS_KEYCHAIN", "file")
            .with("DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE", &path.display().to_string())
    }

    /// With a file of the project, relative to its root.
    pub fn file(self, path: &str, text: &str) -> Self {
        self.write(path, text);
        self
    }

    /// Signed in as the only role there is.
    #[track_caller]
    pub fn signed_in(self) -> Self {
        self.run(&["login"]).exits(0);
        self
    }

    pub fn stage(&self) -> &Stage {
        self.stage.as_ref().unwrap()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join("shop").join(path)
    }

    pub fn home(&self, path: &str) -> PathBuf {
        self.root().join("home").join(path)
    }

    /// Where the program keeps what it remembers.
    pub fn state(&self, path: &str) -> PathBuf {
        self.home(".local/state/devsecrets").join(path)
    }

    fn root(&self) -> PathBuf {
        fs::canonicalize(self.folder.path()).unwrap()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        let path = self.path(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub fn has(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// What dotenvy, an independent reader, takes from a file.
    #[track_caller]
    pub fn values(&self, path: &str) -> BTreeMap<String, String> {
        dotenvy::from_path_iter(self.path(path)).unwrap().map(Result::unwrap).collect()
    }

    #[track_caller]
    pub fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.env_clear().envs(&self.environment).current_dir(self.path("")).args(arguments);
        assert!(git.stdout(Stdio::null()).status().unwrap().success(), "git {arguments:?}");
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_with("", arguments)
    }

    /// Runs the program with `input` on standard input.
    pub fn run_with(&self, input: &str, arguments: &[&str]) -> Run {
        let mut child = self.start(arguments);
        // A program that fails early need not read it.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        self.end(arguments, child)
    }

    /// Starts the program and lets it run.
    pub fn start(&self, arguments: &[&str]) -> Child {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    /// Waits for what [`Case::start`] started.
    pub fn end(&self, arguments: &[&str], child: Child) -> Run {
        self.looked_at(arguments, &child.wait_with_output().unwrap())
    }

    /// The program, to be started as a case likes.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_devsecrets"));
        command.args(arguments).env_clear().envs(&self.environment).current_dir(self.path(""));
        command
    }

    /// A session in this process, for steps the program takes in one breath.
    pub fn session(&self) -> Session {
        let bare = Settings::bare(self.path(""), &self.home(""));
        let settings = self.environment.iter().fold(bare, |all, (name, value)| all.with(name, value));
        let keychain = devsecrets::keychain::open(&settings, || None);
        Session::new(settings, std::sync::Arc::new(keychain), Request::default())
    }

    fn looked_at(&self, arguments: &[&str], output: &std::process::Output) -> Run {
        let root = self.root();
        let place = |path: &str| root.join(path).display().to_string();
        Run::of(arguments, output, &[(place("shop"), "PROJECT"), (place("home"), "HOME")])
    }

    /// A digest of every file of the project, git's own left out, to tell whether a byte changed.
    pub fn digest(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        digest(&self.path(""), &self.path(""), &mut found);
        found
    }

    /// Every file beneath the home folder: path and bytes.
    pub fn kept(&self) -> Vec<(PathBuf, Vec<u8>)> {
        files(&self.home("")).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
    }

    /// Every file of the project, git's own left out.
    pub fn project(&self) -> Vec<PathBuf> {
        files(&self.path(""))
    }
}

fn digest(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
    for path in files(folder) {
        let name = path.strip_prefix(root).unwrap().display().to_string();
        let hash = Sha256::digest(fs::read(&path).unwrap());
        found.insert(name, hash.iter().map(|byte| format!("{byte:02x}")).collect());
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let kind = entry.file_type().unwrap();
        match entry.file_name() == ".git" {
            true => {}
            false if kind.is_dir() => found.extend(files(&entry.path())),
            false => found.push(entry.path()),
        }
    }
    found.sort();
    found
}
