//! `run --watch` off a terminal: what starts the command again, and what does not.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Stdio};
use std::time::{Duration, Instant};

use devsecrets::sandbox::Operation;

use super::run_beside::{ready, send};
use crate::support::{Case, LOCAL, bare_acme, heard};

/// Says what it was given, and again for each line it reads.
const TALKS: &str =
    "echo ready; echo \"$PEPPER\"; while read line; do echo \"still $PEPPER\"; done; exec sleep 60";

const STORE: &str = "[store.aws]\nkind = \"aws-secrets-manager\"\nregion = \"eu-west-2\"\nids = [\"shop\"]\n";

/// A project that keeps its secrets in a store.
fn stored() -> Case {
    Case::with_profile(&format!("{LOCAL}{STORE}"))
        .with("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
        .with("AWS_SECRET_ACCESS_KEY", "example")
}

fn holding(pepper: &str) -> String {
    format!(r#"{{"API_KEY":"key-of-api","PEPPER":"{pepper}"}}"#)
}

fn stocked(pepper: &str) -> Case {
    stored().on(bare_acme().static_key("AKIAEXAMPLE").secret("shop", holding(pepper)))
}

fn filed() -> Case {
    Case::with_profile(LOCAL).file("api/.env", &with("first-pepper"))
}

fn with(pepper: &str) -> String {
    format!("API_KEY=key-of-api\nPEPPER={pepper}\n")
}

/// `run --watch`, and what it and its command say.
struct Watched {
    child: Child,
    input: ChildStdin,
    out: BufReader<ChildStdout>,
    err: BufReader<ChildStderr>,
}

impl Watched {
    fn start(case: &Case, poll: &str, script: &str) -> Self {
        let mut command = case.command(&["run", "--watch", "--poll", poll, "--", "sh", "-c", script]);
        let (mut child, out) = ready(command.stdin(Stdio::piped()).stderr(Stdio::piped()));
        let (input, err) = (child.stdin.take().unwrap(), BufReader::new(child.stderr.take().unwrap()));
        Self { child, input, out, err }
    }

    /// The command's next line.
    fn next(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// What is said up to the line with `words`.
    fn said(&mut self, words: &str) -> String {
        let mut said = String::new();
        while !said.contains(words) {
            assert!(self.err.read_line(&mut said).unwrap() > 0, "no `{words}` in {said}");
        }
        said
    }

    /// The command's answer, for which it must be running.
    fn asked(&mut self) -> String {
        writeln!(self.input, "are you there").unwrap();
        self.next()
    }

    /// Ends it; what is left of what was said.
    fn end(mut self) -> String {
        send("-TERM", &self.child);
        assert_eq!(self.child.wait().unwrap().into_raw(), 143 << 8);
        let mut said = String::new();
        while self.err.read_line(&mut said).unwrap() > 0 {}
        said
    }
}

/// Nothing runs yet that a signal could be passed on to.
#[test]
fn watching_ends_while_a_store_keeps_it_waiting() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", silent.local_addr().unwrap());
    let case = stored().with("AWS_ENDPOINT_URL_SECRETS_MANAGER", &address);
    for (signal, code) in [("-TERM", 143), ("-INT", 130)].into_iter().filter(|(signal, _)| heard(signal)) {
        let mut command = case.command(&["run", "--watch", "--", "true"]);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut said).unwrap();
        assert!(said.contains("has not answered yet"), "{said}");
        send(signal, &child);
        assert_eq!(child.wait().unwrap().code(), Some(code));
    }
}

/// The store says something else from one look to the next.
#[test]
fn a_changed_secret_starts_it_again() {
    let case = stocked("first-pepper");
    let mut run = Watched::start(&case, "1", TALKS);
    assert_eq!(run.next(), "first-pepper");
    assert!(case.stage().put_secret("shop", holding("another-pepper")));
    assert_eq!([run.next(), run.next()], ["ready", "another-pepper"]);
    let said = run.end();
    assert!(
        said.contains("a value changed: api has ended on SIGTERM") && !said.contains("pepper-"),
        "{said}"
    );
}

/// What it runs with is better than nothing, and the next step the finding names is noticed.
#[test]
fn a_value_that_leaves_its_store_ends_nothing_and_its_return_is_noticed() {
    let case = stocked("first-pepper");
    let mut run = Watched::start(&case, "1", TALKS);
    assert_eq!(run.next(), "first-pepper");
    assert!(case.stage().put_secret("shop", r#"{"PEPPER":"first-pepper"}"#));
    let said = run.said("a value changed; api goes on as it was started");
    assert!(said.contains("error: API_KEY: api requires it"), "{said}");
    let looks = || {
        let counts =
            [Operation::GetSecretValue, Operation::BatchGetSecretValue].map(|call| case.stage().count(call));
        counts.iter().sum::<usize>()
    };
    let (before, end) = (looks(), Instant::now() + Duration::from_secs(60));
    while looks() < before + 2 {
        assert!(Instant::now() < end, "nobody looks any more");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(run.asked(), "still first-pepper");
    assert!(case.stage().put_secret("shop", holding("another-pepper")));
    assert_eq!([run.next(), run.next()], ["ready", "another-pepper"]);
    let said = run.end();
    assert!(
        said.contains("a value changed: api has ended") && !said.contains("goes on"),
        "told once: {said}"
    );
}

/// A bad secret may be why it failed.
#[test]
fn a_command_that_failed_starts_again_when_a_secret_changes() {
    let case = stocked("wrong-pepper");
    let script = format!("[ \"$PEPPER\" = right-pepper ] || {{ echo ready; exit 1; }}; {TALKS}");
    let mut run = Watched::start(&case, "1", &script);
    run.said("api ended with 1; it starts again when a file or a value changes");
    assert!(case.stage().put_secret("shop", holding("right-pepper")));
    assert_eq!([run.next(), run.next()], ["ready", "right-pepper"]);
    assert!(run.end().contains("starting api again"));
}

#[test]
fn a_changed_env_file_starts_it_again() {
    let case = filed();
    let mut run = Watched::start(&case, "60", TALKS);
    assert_eq!(run.next(), "first-pepper");
    case.write("api/.env", &with("another-pepper"));
    assert_eq!([run.next(), run.next()], ["ready", "another-pepper"]);
    let said = run.said("starting api again");
    assert!(said.contains("a file changed: api has ended on SIGTERM"), "{said}");
    case.write("api/.env", "PEPPER=hot\n");
    let said = run.said("a file changed; api goes on as it was started");
    assert!(said.contains("API_KEY") && said.contains("DS-RUN-03"), "{said}");
    assert!(!said.contains("hot") && !said.contains("key-of-api"), "{said}");
    assert_eq!(run.asked(), "still another-pepper");
    case.write("api/.env", &with("third-pepper"));
    assert_eq!([run.next(), run.next()], ["ready", "third-pepper"]);
    run.end();
}

/// Half of it is typed.
#[test]
fn a_profile_that_cannot_be_read_ends_nothing() {
    let case = filed();
    let mut run = Watched::start(&case, "1", TALKS);
    assert_eq!(run.next(), "first-pepper");
    case.write("devsecrets.toml", &format!("{LOCAL}[store."));
    let said = run.said("a file changed; api goes on as it was started");
    assert!(said.contains("DS-PROFILE-"), "{said}");
    assert_eq!(run.asked(), "still first-pepper");
    case.write("devsecrets.toml", &LOCAL.replace("8080", "9090"));
    assert_eq!([run.next(), run.next()], ["ready", "first-pepper"]);
    run.end();
}

/// Nothing runs: both the file and what is wrong with it are waited for.
#[test]
fn after_a_failure_a_bad_change_is_told_and_a_good_one_starts_it() {
    let case = filed();
    let script = format!("[ \"$PEPPER\" = right-pepper ] || {{ echo ready; exit 4; }}; {TALKS}");
    let mut run = Watched::start(&case, "0", &script);
    run.said("api ended with 4; it starts again when a file changes");
    case.write("api/.env", "PEPPER=right-pepper\n");
    assert!(run.said("not started; the next change is waited for").contains("API_KEY"));
    case.write("api/.env", &with("right-pepper"));
    assert_eq!([run.next(), run.next()], ["ready", "right-pepper"]);
    run.end();
}

/// A look at the values falls between the save and the moment it counts as settled.
#[test]
fn one_save_is_one_start() {
    let case = filed();
    let mut run = Watched::start(&case, "1", TALKS);
    assert_eq!(run.next(), "first-pepper");
    for pepper in ["second-pepper", "third-pepper", "fourth-pepper"] {
        case.write("api/.env", &with(pepper));
        assert_eq!([run.next(), run.next()], ["ready", pepper]);
        // A second start would come of the look at the files that follows.
        std::thread::sleep(Duration::from_millis(1500));
    }
    assert_eq!(run.asked(), "still fourth-pepper", "it is the one that was started");
    let said = run.end();
    assert_eq!(said.matches("starting api again").count(), 3, "{said}");
}
