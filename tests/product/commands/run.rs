//! `run`: what the child is given, what stands in the way, and how it ends.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::process::ExitStatusExt as _;

use insta::assert_snapshot;

use crate::support::{Case, LOCAL, ONE_SERVICE, acme};

fn local() -> Case {
    Case::with_profile(LOCAL).file("api/.env", "API_KEY=canary-1401\n")
}

/// What `env` prints in the child, as `NAME=value` lines.
fn given(case: &Case, flags: &[&str]) -> Vec<String> {
    let words: Vec<&str> = [&["run"], flags, &["--", "env"]].concat();
    case.run(&words).exits(0).out.lines().map(str::to_owned).collect()
}

fn has(lines: &[String], line: &str) -> bool {
    lines.iter().any(|other| other == line)
}

#[test]
fn the_child_gets_what_the_service_declares() {
    let lines = given(&local(), &[]);
    assert!(has(&lines, "API_KEY=canary-1401") && has(&lines, "PORT=8080"), "{lines:?}");
}

#[test]
fn precedence_is_that_of_status() {
    let lines = given(&local().with("API_KEY", "exported"), &[]);
    assert!(has(&lines, "API_KEY=exported"), "{lines:?}");
    let lines = given(&local().with("API_KEY", " "), &[]);
    assert!(has(&lines, "API_KEY=canary-1401"), "blank counts as unset: {lines:?}");
}

#[test]
fn values_come_from_the_store_without_any_file() {
    let profile =
        ONE_SERVICE.replace("env_file = \".env\"\n", "") + "\n[policy]\nenv_files = \"forbidden\"\n";
    let case = Case::with_profile(&profile).on(acme()).signed_in();
    let lines = given(&case, &["--service", "api"]);
    assert!(has(&lines, "API_KEY=from the store") && has(&lines, "PORT=8080"), "{lines:?}");
    assert_eq!(case.project().len(), 1, "nothing but the profile: {:?}", case.project());
}

#[test]
fn nobody_is_asked_when_this_machine_settles_it() {
    let case =
        Case::with_profile(ONE_SERVICE).file("api/.env", "API_KEY=mine\nPORT=1\n").on(acme()).signed_in();
    let calls = case.stage().log().len();
    assert!(has(&given(&case, &[]), "API_KEY=mine"));
    assert_eq!(case.stage().log().len(), calls);
}

#[test]
fn an_encoded_variable_arrives_as_its_file_would_have_it() {
    let case = local().file("api/.env", "API_KEY=k\nCERTIFICATE=b25lCnR3bw==\n");
    assert!(has(&given(&case, &[]), "CERTIFICATE=b25lCnR3bw=="));
}

#[test]
fn what_is_missing_is_named_with_its_next_step() {
    assert_snapshot!(Case::with_profile(LOCAL).run(&["run", "--", "env"]).exits(125));
}

#[test]
fn a_value_out_of_reach_is_named_with_its_next_step() {
    assert_snapshot!(Case::with_profile(ONE_SERVICE).on(acme()).run(&["run", "--", "env"]).exits(125));
}

#[test]
fn missing_is_allowed_on_request() {
    let case = Case::with_profile(LOCAL);
    let run = case.run(&["run", "--allow-missing", "--", "sh", "-c", "echo [$API_KEY] $PORT"]);
    assert_snapshot!(run.exits(0));
}

#[test]
fn a_broken_rule_stops_it() {
    let case = local().file("api/.env", "API_KEY=k\nPEPPER=hot\n");
    assert_snapshot!(case.run(&["run", "--allow-missing", "--", "env"]).exits(125));
}

#[test]
fn what_is_denied_is_not_handed_on() {
    let case = local().with("ADMIN_KEY", "canary-1402");
    let run = case.run(&["run", "--", "env"]).exits(0).says("DS-RUN-04");
    assert!(!run.raw.contains("canary-1402"), "{run}");
}

#[test]
fn pure_leaves_the_contract_and_a_base() {
    let case = local()
        .with("AWS_ACCESS_KEY_ID", "AKIA")
        .with("OTHER", "x")
        .with("LC_ALL", "C")
        .with("PEPPER", "exported-pepper");
    let mut names: Vec<String> = given(&case, &["--pure"]);
    names.retain(|line| !line.starts_with("_="));
    names.iter_mut().for_each(|line| line.truncate(line.find('=').unwrap()));
    names.sort();
    assert_eq!(names, ["API_KEY", "DEVSECRETS_GIVEN", "HOME", "LC_ALL", "PATH", "PEPPER", "PORT"]);
}

#[test]
fn what_unlocks_our_keychain_stays_with_us() {
    let lines = given(&local().with_key_file(), &[]);
    assert!(!lines.iter().any(|line| line.starts_with("DEVSECRETS_KEYCHAIN_PASSPHRASE")), "{lines:?}");
}

#[test]
fn whoever_has_a_region_has_both() {
    let lines = given(&local().with("AWS_DEFAULT_REGION", "eu-west-2"), &[]);
    assert!(has(&lines, "AWS_REGION=eu-west-2"), "{lines:?}");
    let lines = given(&local().with("AWS_REGION", "eu-west-1").with("AWS_DEFAULT_REGION", "eu-west-2"), &[]);
    assert!(has(&lines, "AWS_REGION=eu-west-1") && has(&lines, "AWS_DEFAULT_REGION=eu-west-2"), "{lines:?}");
}

#[test]
fn what_is_not_utf8_passes_untouched() {
    let odd = OsString::from_vec(b"\xff\xfe odd".to_vec());
    let case = local();
    let mut command = case.command(&["run", "--", "sh", "-c", "printf %s \"$ODD\""]);
    let output = command.env("ODD", &odd).output().unwrap();
    assert_eq!(output.stdout, odd.clone().into_vec());
    let mut pure = case.command(&["run", "--pure", "--", "sh", "-c", "printf %s \"$ODD$PATH\""]);
    let path = OsString::from_vec([b"/bin:/usr/bin:/\xff".as_slice()].concat());
    let output = pure.env("ODD", &odd).env("PATH", &path).output().unwrap();
    assert_eq!(output.stdout, path.into_vec(), "the base passes as it is, the rest does not");
}

/// What a developer exports comes first, whatever it is made of.
#[test]
fn an_export_that_is_not_utf8_wins_and_is_told() {
    let odd = OsString::from_vec(b"\xff\xfe odd".to_vec());
    let case = local();
    let with = |words: &[&str]| case.command(words).env("API_KEY", &odd).output().unwrap();
    let said = |output: &std::process::Output| {
        String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned()
    };
    for flags in [&["run"][..], &["run", "--pure"], &["run", "--redact"]] {
        let run = with(&[flags, &["--", "sh", "-c", "printf %s \"$API_KEY\""]].concat());
        assert_eq!(run.stdout, odd.clone().into_vec(), "{flags:?}");
        assert!(said(&run).contains("not UTF-8: handed on as it is"), "{}", said(&run));
    }
    let status = with(&["status"]);
    assert!(status.status.success() && said(&status).contains("not UTF-8"), "{}", said(&status));
    let explained = with(&["explain", "API_KEY"]);
    assert!(said(&explained).contains("in use, as it is; it is not UTF-8"), "{}", said(&explained));
    let printed = with(&["env", "--format", "json"]);
    assert!(printed.stdout.is_empty() && said(&printed).contains("DS-ENV-02"), "{}", said(&printed));
}

#[test]
fn its_end_is_our_end() {
    for (script, code) in [("exit 0", 0), ("exit 7", 7), ("exit 143", 143)] {
        local().run(&["run", "--", "sh", "-c", script]).exits(code);
    }
    let output = local().command(&["run", "--", "sh", "-c", "kill -TERM $$"]).output().unwrap();
    assert_eq!(output.status.signal(), Some(15), "the process is the child itself");
}

#[test]
fn the_process_is_the_child() {
    let case = local();
    let mut child = case.command(&["exec", "--", "sh", "-c", "echo $$"]);
    let child = child.stdout(std::process::Stdio::piped()).spawn().unwrap();
    let id = child.id().to_string();
    assert_eq!(String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap().trim(), id);
}

#[test]
fn what_cannot_be_started_ends_as_in_a_shell() {
    assert_snapshot!("run_not_found", local().run(&["run", "--", "no-such-command-7"]).exits(127));
    let case = local().file("api/plain.txt", "text");
    assert_snapshot!("run_not_executable", case.run(&["run", "--", "./api/plain.txt"]).exits(126));
}

/// What a shell would have made of the line is the next step.
#[test]
fn a_line_that_only_a_shell_reads_is_pointed_out() {
    for (words, next) in [
        (&["npm run dev"][..], "it is one word: leave out the quotes, or let a shell read it"),
        (&["FOO=1", "true"], "devsecrets run -- env FOO=1 COMMAND"),
        (&["cd", "web"], "only a shell knows it: devsecrets run -- sh -c 'cd …'"),
    ] {
        local().run(&[&["run", "--"][..], words].concat()).exits(127).says(next);
    }
    local().run(&["run", "sh", "-c", "true"]).exits(125).says("devsecrets run -- sh …");
}

#[test]
fn one_service_is_started_at_a_time() {
    let two = format!("{LOCAL}\n[services.web]\npath = \"web\"\nrequired = [\"PORT\"]\n");
    let run = Case::with_profile(&two).run(&["run", "-s", "api", "-s", "web", "--", "true"]).exits(125);
    assert!(run.err.contains("one service at a time, not api and web"), "{run}");
}

#[test]
fn our_own_failures_are_125() {
    Case::empty().run(&["run", "--", "env"]).exits(125).says("DS-PROFILE-01");
    local().run(&["run", "-s", "apo", "--", "env"]).exits(125).says("did you mean `api`");
    local().run(&["run", "--nonsense", "--", "env"]).exits(125);
    local().run(&["run"]).exits(125);
    local().run(&["run", "--help"]).exits(0);
}

#[test]
fn which_service_is_told_by_the_folder() {
    let two = format!("{LOCAL}\n[services.web]\npath = \"web\"\nrequired = [\"PORT\"]\n");
    let case = Case::with_profile(&two).file("web/package.json", "{}");
    assert_snapshot!(case.run(&["run", "--", "env"]).exits(125));
    let inside = case.command(&["run", "--", "true"]).current_dir(case.path("web")).status().unwrap();
    assert!(inside.success());
}

/// `status` and `run` judge alike: without a required value nothing starts, without an optional one it does.
#[test]
fn a_value_no_process_can_be_given_stops_what_requires_it() {
    let with_nul = |text: &str| {
        let world = crate::support::bare_acme().auto_approve();
        let world =
            devsecrets::sandbox::World::secret(world, "api/development", "{\"API_KEY\":\"a\\u0000b\"}");
        Case::with_profile(text).on(world).signed_in()
    };
    let required = with_nul(ONE_SERVICE);
    required.run(&["run", "--", "env"]).exits(125).says("DS-RUN-05").says("NUL");
    required.run(&["status"]).exits(1).says("invalid");

    let optional = with_nul(&ONE_SERVICE.replace("required", "optional"));
    let run = optional.run(&["run", "--", "env"]).exits(0).says("API_KEY: left out: aws: holds a NUL byte");
    assert!(!run.out.contains("API_KEY="), "{run}");
    optional.run(&["status"]).exits(0).says("holds a NUL byte");
}

/// The system names neither the variable nor its limit.
#[cfg(target_os = "linux")]
#[test]
fn a_value_too_long_for_any_process_is_named_with_the_limit() {
    let long = "c4nary".repeat(25_000);
    let case = Case::with_profile(LOCAL).file("api/.env", &format!("API_KEY={long}\n"));
    for flags in [&[][..], &["--redact"], &["--watch"], &["--pure"]] {
        let run = case.run(&[&["run"], flags, &["--", "true"]].concat()).exits(126);
        assert!(
            run.err.contains("error: API_KEY: ") && run.err.contains("131,072"),
            "{flags:?}: {}",
            run.err.len()
        );
        assert!(run.err.contains("150,009 bytes") && run.err.contains("DS-RUN-13"), "{flags:?}");
        assert!(!run.raw.contains("c4nary") && !run.raw.contains("spelling"), "{flags:?}");
    }
}

/// A branch that was changed takes folders away from under a shell.
#[test]
fn a_folder_that_is_gone_is_named_and_is_no_end_of_the_command() {
    let case = local();
    let script = "mkdir gone && cd gone && rmdir ../gone && exec \"$@\"";
    let run = |words: &[&str]| {
        let inner = case.command(words);
        let mut command = std::process::Command::new("sh");
        command.args(["-c", script, "sh"]).arg(inner.get_program()).args(words).current_dir(case.path(""));
        let output =
            command.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?)))).output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    for (words, code, out) in [
        (&["run", "--", "true"][..], 125, ""),
        (&["env", "--format", "shell"], 2, "false\n"),
        (&["env", "--format", "json"], 2, ""),
        (&["status"], 2, ""),
    ] {
        let (ended, said, told) = run(words);
        assert_eq!((ended, &*said), (Some(code), out), "{words:?}: {told}");
        assert!(
            told.contains("error: working folder: ") && told.contains("next: go to"),
            "{words:?}: {told}"
        );
    }
}
