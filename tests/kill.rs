//! Killed at any instant, an apply leaves each file old or new, never torn, and the journal knows every value in them.
//!
//! The test runs itself as a worker that seeds the same project over and over, each time with other values, and kills
//! it with SIGKILL at random moments. `KILLS` sets how often (100 by default); each kill falls into the moments after an apply has begun.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "test helpers stand outside of #[test] functions"
)]
#![expect(clippy::print_stdout, reason = "how the worker tells that an apply begins")]

#[path = "kill/forget.rs"]
mod forget;
#[path = "kill/key_file.rs"]
mod key_file;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use devsecrets::envfile::{Document, Journal};
use devsecrets::keychain::MemoryKeychain;
use devsecrets::onboard::{Request, Session};
use devsecrets::private_file;
use devsecrets::secret::SecretValue;
use devsecrets::settings::Settings;
use rand::RngExt as _;

const WORKER: &str = "DEVSECRETS_KILL_WORKER";
const APPLYING: &str = "applying";
const SERVICES: usize = 4;
const VARIABLES: usize = 6;

/// Long enough that a torn write would show, and the same letter throughout.
fn value(round: usize) -> String {
    let letter = if round.is_multiple_of(2) { "a" } else { "b" };
    letter.repeat(40 + round % 100)
}

/// A project whose every variable has `value` as its default.
fn profile(value: &str) -> String {
    let mut text =
        String::from("schema = 1\nname = \"kill\"\ntitle = \"Kill\"\nenvironments = [\"development\"]\n");
    let names: Vec<String> = (0..VARIABLES).map(|n| format!("V{n}")).collect();
    for name in &names {
        text += &format!("[variables.{name}]\nabout = \"x\"\ndefault = \"{value}\"\n");
    }
    for n in 0..SERVICES {
        text += &format!("[services.s{n}]\npath = \"s{n}\"\nenv_file = \".env\"\nrequired = {names:?}\n");
    }
    text
}

fn settings(world: &Path) -> Settings {
    Settings::bare(world.join("project"), &world.join("home"))
}

/// Seeds for ever.
fn work(world: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut rng = rand::rng();
    loop {
        let text = profile(&value(rng.random_range(0..1000)));
        private_file::replace(&world.join("project/devsecrets.toml"), text.as_bytes()).unwrap();
        let keychain = Arc::new(MemoryKeychain::default());
        let mut session = Session::new(settings(world), keychain, Request::default());
        session.preferred().unwrap().unwrap();
        runtime.block_on(async {
            let preview = session.plan(false).await.unwrap();
            println!("{APPLYING}");
            session.apply(&preview).await.unwrap();
        });
    }
}

#[test]
fn killed_at_any_instant_files_are_old_or_new_and_known() {
    if let Some(world) = worker() {
        work(&world);
    }
    let kills = kills();
    let world = tempfile::tempdir().unwrap();
    for n in 0..SERVICES {
        private_file::create_folder(&world.path().join(format!("project/s{n}"))).unwrap();
    }
    private_file::create_folder(&world.path().join("home")).unwrap();
    let written: usize = (0..kills).map(|_| kill_one(world.path())).sum();
    assert!(written > kills, "the worker was killed before it ever wrote: {written} files in {kills} kills");
}

/// Starts a worker, kills it shortly after one of its applies began, and checks what it left.
fn kill_one(world: &Path) -> usize {
    let begun = rand::rng().random_range(0..2);
    kill("killed_at_any_instant_files_are_old_or_new_and_known", world, begun, 12_000);
    check(world)
}

/// Starts `test` as a worker and kills it up to `within` microseconds after it has said `begun` times, from zero, that it
/// begins.
fn kill(test: &str, world: &Path, begun: usize, within: u64) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(WORKER, world)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut applies = lines.filter(|line| line.ends_with(APPLYING));
    applies.nth(begun).expect("the worker ended by itself");
    std::thread::sleep(Duration::from_micros(rand::rng().random_range(0..within)));
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Every file that is there is whole, one generation, and known to the journal. Returns how many there are.
fn check(world: &Path) -> usize {
    let journal = Journal::open(&settings(world));
    let mut found = 0;
    for n in 0..SERVICES {
        let path = world.join(format!("project/s{n}/.env"));
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let document = Document::parse(&bytes);
        let values: Vec<SecretValue> = document.entries().map(|entry| entry.value).collect();
        assert_eq!(values.len(), VARIABLES, "{} is torn", path.display());
        for (n, value) in values.iter().enumerate() {
            assert!(value.same_as(&values[0]), "{} mixes two generations", path.display());
            assert!(journal.wrote(&path, &format!("V{n}"), value), "{}: V{n} is unknown", path.display());
        }
        found += 1;
    }
    found
}

#[expect(clippy::disallowed_methods, reason = "how a test speaks to itself in another process")]
fn worker() -> Option<PathBuf> {
    std::env::var_os(WORKER).map(PathBuf::from)
}

#[expect(clippy::disallowed_methods, reason = "how often is the caller's choice")]
fn kills() -> usize {
    std::env::var("KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(100)
}
