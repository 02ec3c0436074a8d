//! `env`: what it prints is read back by those it is for, and nothing else holds a value.

use std::collections::BTreeMap;
use std::process::Command;

use devsecrets::envfile::Reader;

use crate::support::{Case, LOCAL, Run};

const HARD: &str = "c4nary it's \"x\" `id` $HOME ${A} \\n # é\ttab %25 !";
const LINES: &str = "c4nary-one\nc4nary-two\n";

/// Two values from the shell, one plain from the profile.
fn case(api_key: &str, pepper: &str) -> Case {
    Case::with_profile(LOCAL).with("API_KEY", api_key).with("PEPPER", pepper)
}

fn printed(case: &Case, format: &str) -> Run {
    let run = case.run(&["env", "--format", format, "-s", "api"]).exits(0);
    assert!(!run.err.contains("c4nary"), "{run}");
    run
}

/// `raw` is both streams; what is on standard error is not meant for the reader.
fn bytes(case: &Case, format: &str) -> Vec<u8> {
    case.command(&["env", "--quiet", "--format", format, "-s", "api"]).output().unwrap().stdout
}

#[test]
fn real_shells_read_it_back() {
    let case = case(HARD, LINES);
    for shell in ["sh", "bash", "dash", "zsh", "ksh", "busybox"] {
        let mut command = Command::new(shell);
        if shell == "busybox" {
            command.arg("sh");
        }
        let text = String::from_utf8(bytes(&case, "shell")).unwrap();
        command.arg("-c").arg(format!("{text}\nprintf '%s|%s|%s' \"$API_KEY\" \"$PEPPER\" \"$PORT\""));
        let Ok(output) = command.env_remove("API_KEY").output() else { continue };
        assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{HARD}|{LINES}|8080"), "{shell}");
    }
}

#[test]
fn an_env_file_is_read_alike_by_independent_readers() {
    let case = case("c4nary $x # y", "long enough \"p\"");
    let text = bytes(&case, "dotenv");
    let read: BTreeMap<String, String> = dotenvy::from_read_iter(&*text).map(Result::unwrap).collect();
    assert_eq!((&*read["API_KEY"], &*read["PEPPER"]), ("c4nary $x # y", "long enough \"p\""));
    std::fs::write(case.path("printed.env"), &text).unwrap();
    let script = "console.log(JSON.stringify([process.env.API_KEY, process.env.PEPPER]))";
    let node = Command::new("node")
        .arg(format!("--env-file={}", case.path("printed.env").display()))
        .args(["-e", script])
        .env_remove("API_KEY")
        .output();
    if let Ok(output) = node.map(|output| String::from_utf8(output.stdout).unwrap()) {
        assert_eq!(output.trim(), r#"["c4nary $x # y","long enough \"p\""]"#);
    }
}

#[test]
fn docker_reads_it_back_and_what_it_cannot_hold_is_named() {
    let good = case(HARD, "long enough");
    let readings = Reader::DockerEnvFile.read(&bytes(&good, "docker")).unwrap();
    let read = [readings.get("API_KEY"), readings.get("PORT")];
    assert_eq!(read, [Some(HARD.as_bytes()), Some("8080".as_bytes())]);

    let run = case("c4nary", LINES).run(&["env", "--format", "docker", "-s", "api"]).exits(1);
    assert!(run.err.contains("PEPPER: docker's env files cannot hold it"), "{run}");
    assert!(run.out.is_empty() && !run.raw.contains("c4nary"), "{run}");
}

#[test]
fn json_is_one_object() {
    let run = printed(&case(HARD, LINES), "json");
    let read = run.json();
    assert_eq!(
        (&read["API_KEY"], &read["PEPPER"], &read["PORT"]),
        (&HARD.into(), &LINES.into(), &"8080".into())
    );
}

/// As the runner reads it: a name, `<<`, a delimiter; lines until the delimiter.
fn github(text: &str) -> BTreeMap<String, String> {
    let mut read = BTreeMap::new();
    let mut lines = text.split('\n');
    while let Some((name, end)) = lines.next().and_then(|line| line.split_once("<<")) {
        let value: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
        read.insert(name.to_owned(), value.join("\n"));
    }
    read
}

#[test]
fn github_masks_first_and_gets_the_values_in_its_file() {
    let case = case(HARD, LINES).file("github-env", "BEFORE=1\n");
    let case = case.with("GITHUB_ENV", "github-env");
    let run = printed(&case, "github");
    let masks: Vec<&str> = run.out.lines().collect();
    let hard = format!("::add-mask::{}", HARD.replace('%', "%25"));
    assert!(masks.contains(&hard.as_str()) && masks.contains(&"::add-mask::c4nary-two"), "{run}");
    assert!(masks.iter().all(|line| line.starts_with("::add-mask::")) && !run.out.contains("8080"), "{run}");
    let text = case.read("github-env");
    let read = github(text.strip_prefix("BEFORE=1\n").unwrap());
    assert_eq!((&*read["API_KEY"], &*read["PEPPER"], &*read["PORT"]), (HARD, LINES, "8080"));

    let case = case.with("GITHUB_ENV", "no/such/file");
    let unwritable = case.run(&["env", "--format", "github", "-s", "api"]).exits(2);
    let unset = case.without("GITHUB_ENV").run(&["env", "--format", "github", "-s", "api"]).exits(2);
    for run in [unwritable, unset] {
        assert!(run.out.is_empty() && run.err.contains("DS-ENV-03"), "{run}");
    }
}

#[test]
fn what_is_missing_is_told_and_nothing_is_printed() {
    let case = Case::with_profile(LOCAL).with("PEPPER", "c4nary long enough");
    let run = case.run(&["env", "--format", "shell", "-s", "api"]).exits(1);
    assert!(run.out == "false\n" && run.err.contains("DS-RUN-01") && !run.raw.contains("c4nary"), "{run}");
    let run = case.run(&["env", "--format", "json", "-s", "api"]).exits(1);
    assert!(run.out.is_empty(), "{run}");
    case.run(&["env", "--format", "shell", "-s", "api", "--allow-missing"]).exits(0).says("export PEPPER=");
}

/// `eval ""` succeeds, so an empty output would let a script go on without its values.
#[test]
fn an_eval_of_what_failed_fails() {
    let case = Case::with_profile(LOCAL);
    let failures = [
        &["--format", "shell", "-s", "api"][..],
        &["--format", "shell", "-s", "apo"],
        // Not understood at all.
        &["--format", "shell", "-s", "api", "--alow-missing"],
        &["-f", "shel", "-s", "api"],
        &["-f", "shell", "-s"],
    ];
    for (words, shell) in
        failures.iter().flat_map(|words| ["sh", "bash", "dash", "zsh"].map(|sh| (words, sh)))
    {
        let printed = case.command(&[&["env"][..], words].concat()).output().unwrap().stdout;
        let mut script = Command::new(shell);
        script.args(["-ec", "eval \"$1\"; echo went on", "sh"]).arg(String::from_utf8(printed).unwrap());
        let Ok(output) = script.output() else { continue };
        assert!(!output.status.success() && output.stdout.is_empty(), "{shell}");
    }
}

/// A word that is no value is for `eval` alone.
#[test]
fn a_line_that_is_not_understood_prints_nothing_for_other_readers() {
    let case = Case::with_profile(LOCAL);
    for words in [&["--format", "json", "--alow-missing"][..], &["-f=docker", "-s"], &["--help"]] {
        let run = case.run(&[&["env"][..], words].concat());
        assert!(!run.out.contains("false"), "{words:?}: {run}");
    }
    case.run(&["status", "-s"]).exits(2);
}

/// Whoever reads the file afterwards would go on with nothing.
#[cfg(target_os = "linux")]
#[test]
fn data_that_cannot_be_written_is_no_success() {
    let case = Case::with_profile(LOCAL);
    for arguments in [&["env", "--format", "json", "-s", "api", "--allow-missing"][..], &["status", "--json"]]
    {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = case.command(arguments).stdout(full).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("standard output could not be written: No space left"), "{said}");
    }
}

/// One of them takes `$HOME` for a variable.
#[test]
fn an_env_file_is_written_for_the_programs_that_read_it() {
    let profile = LOCAL.replace("env_file = \".env\"", "env_file = \".env\"\nreaders = [\"dotenv-expand\"]");
    let case = Case::with_profile(&profile).with("API_KEY", "c4nary$HOME x");
    let run = case.run(&["env", "--format", "dotenv", "-s", "api"]).exits(0);
    assert!(run.out.contains("c4nary\\$HOME x"), "{run}");
}
