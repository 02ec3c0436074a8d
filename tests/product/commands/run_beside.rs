//! `run --redact` and `run --watch` off a terminal: what is masked, what passes, signals and ends.

use std::fmt::Write as _;
use std::fs::Permissions;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Command, Stdio};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::support::{Case, LOCAL, heard, skipped};

const CANARY: &str = "canary/7f+3a \"quoted\"";

fn case() -> Case {
    Case::with_profile(LOCAL).file("api/.env", "API_KEY='canary/7f+3a \"quoted\"'\nPEPPER=pepper-pepper\n")
}

fn redacted(script: &str) -> crate::support::Run {
    case().run(&["run", "--redact", "--", "sh", "-c", script])
}

#[test]
fn values_are_masked_in_both_streams_and_split_anywhere() {
    let run = redacted(r#"echo "[$API_KEY]"; echo "($API_KEY)" >&2; printf 'canary/7f'; sleep 0.2; printf '+3a "quoted" end'"#).exits(0);
    assert_eq!(run.out, format!("[{0}]\n{0} end", "*".repeat(CANARY.len())));
    assert_eq!(run.err, format!("({})\n", "*".repeat(CANARY.len())));
}

/// The command inherits them, and they open more than any secret of the service.
#[test]
fn keys_that_open_the_stores_are_masked_too() {
    let text = format!("{LOCAL}[policy]\nsecret_names = [\"AWS_*\", \"*_PAT\"]\n");
    let case = Case::with_profile(&text).with("AWS_SECRET_ACCESS_KEY", "c4nary-of-aws");
    let case = case.with("AWS_SESSION_TOKEN", "c4nary-of-a-session").with("VENDOR_PAT", "c4nary-by-policy");
    let case = case.with("AWS_REGION", "eu-west-2").with("API_KEY", "key-of-api");
    let run = case.run(&["run", "--redact", "--", "env"]).exits(0);
    assert!(!run.raw.contains("c4nary") && run.out.contains("AWS_REGION=eu-west-2"), "{run}");
}

#[test]
fn encoded_values_are_masked() {
    let mut forms =
        vec![serde_json::to_string(CANARY).unwrap(), "canary%2F7f%2B3a%20%22quoted%22".to_owned()];
    for lead in ["", "a", "ab"] {
        forms.push(BASE64_STANDARD.encode(format!("{lead}{CANARY}")));
    }
    let mut hex = String::new();
    CANARY.bytes().for_each(|byte| write!(hex, "{byte:02x}").unwrap());
    forms.push(hex);
    forms.push(CANARY.bytes().map(|byte| format!("%{byte:02X}")).collect());
    for form in forms {
        let run = case().run_with(&form, &["run", "--redact", "--", "cat"]).exits(0);
        assert!(run.out.matches('*').count() * 10 >= form.len() * 8, "{form}: {run}");
        assert!(
            !run.out.contains("quoted") && !run.out.contains("Y2FuYXJ5") && !run.out.contains("63616e617279"),
            "{run}"
        );
    }
}

/// JSON escapes the quotes in the value, so its base64 is another one.
#[test]
fn a_value_within_json_within_base64_is_masked() {
    for name in ["k", "ke", "key"] {
        let form = BASE64_STANDARD.encode(serde_json::json!({ name: CANARY }).to_string());
        let run = case().run_with(&form, &["run", "--redact", "--", "cat"]).exits(0);
        // Of the value's own characters those at its ends hold bits of what stands beside it.
        assert!(run.out.matches('*').count() >= (CANARY.len() + 2) * 8 / 6 - 1, "{form}: {run}");
    }
}

/// What the service makes of a value that stands encoded in its environment is as secret.
#[test]
fn a_value_handed_on_in_base64_is_masked_once_it_is_decoded_too() {
    let written = BASE64_STANDARD.encode("canary-certificate");
    let case = case().file("api/.env", &format!("API_KEY=key-of-api\nCERTIFICATE={written}\n"));
    let script = "printf %s \"$CERTIFICATE\" | base64 -d; echo \" $CERTIFICATE\"";
    let run = case.run(&["run", "--redact", "--", "sh", "-c", script]).exits(0);
    assert_eq!(run.out, format!("{} {}\n", "*".repeat(18), "*".repeat(written.len())));
}

#[test]
fn what_is_no_secret_is_untouched() {
    let everything: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let case = case();
    let mut command = case.command(&["run", "--redact", "--", "cat"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut stdin, sent) = (child.stdin.take().unwrap(), everything.clone());
    let writer = std::thread::spawn(move || stdin.write_all(&sent));
    assert_eq!(child.wait_with_output().unwrap().stdout, everything);
    writer.join().unwrap().unwrap();
    let run = redacted("echo $PORT 8080").exits(0);
    assert_eq!(run.out, "8080 8080\n");
}

#[test]
fn much_output_arrives_whole() {
    let run = redacted(r#"yes "$API_KEY." | head -n 200000"#).exits(0);
    assert_eq!(run.out.len(), 200_000 * (CANARY.len() + 2));
    assert!(!run.out.contains("canary"));
}

#[test]
fn a_short_secret_is_named_as_unmasked() {
    let case = Case::with_profile(LOCAL).file("api/.env", "API_KEY=abc\n");
    case.run(&["run", "--redact", "--", "true"]).exits(0).says("not masked, shorter than 6 bytes: API_KEY");
}

#[test]
fn its_end_is_our_end_beside_it_too() {
    for (script, code) in [("exit 0", 0), ("exit 7", 7), ("kill -TERM $$", 143)] {
        redacted(script).exits(code);
    }
    if heard("-INT") {
        redacted("kill -INT $$").exits(130);
    }
    case().run(&["run", "--redact", "--", "no-such-command-7"]).exits(127);
}

#[test]
fn a_closed_pipe_reaches_the_child() {
    let case = case();
    let mut child = case.command(&["run", "--redact", "--", "yes"]).stdout(Stdio::piped()).spawn().unwrap();
    child.stdout.take().unwrap().read_exact(&mut [0; 10]).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(128 + 13), "SIGPIPE, as without us");
}

/// Without us it would have been the command's own failure.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_no_success() {
    let case = case();
    for (flags, script, code) in [
        (&["--redact"][..], "echo hi", 125),
        (&["--redact"], "echo hi; exit 7", 7),
        (&["--redact", "--watch"], "echo hi", 125),
        (&["--redact"], "exec seq 1 200000", 141),
    ] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let words = [&["run"], flags, &["--", "sh", "-c", script]].concat();
        let output = case.command(&words).stdout(full).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{flags:?} {script}: {said}");
        assert!(
            said.contains("could not all be written: No space left") && said.contains("DS-RUN-14"),
            "{said}"
        );
    }
}

/// Some programs make a pipe that they share with others one that does not wait.
#[test]
fn a_reader_that_is_slow_loses_nothing() {
    let (mut reader, writer) = std::io::pipe().unwrap();
    rustix::io::ioctl_fionbio(&writer, true).unwrap();
    let case = case();
    let mut command = case.command(&["run", "--redact", "--", "seq", "1", "100000"]);
    let mut child = command.stdout(writer).spawn().unwrap();
    drop(command);
    std::thread::sleep(std::time::Duration::from_millis(300));
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    assert_eq!((text.lines().count(), child.wait().unwrap().code()), (100_000, Some(0)));
}

/// Waits until the child of `run` has said that it is ready.
pub(super) fn ready(command: &mut Command) -> (Child, BufReader<std::process::ChildStdout>) {
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    assert_eq!(line, "ready\n");
    (child, out)
}

pub(super) fn send(signal: &str, child: &Child) {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
}

#[test]
fn signals_reach_the_child() {
    let script = "trap 'echo caught; exit 9' TERM INT HUP; echo ready; while :; do sleep 0.05; done";
    for flags in [&["run", "--redact", "--"][..], &["run", "--watch", "--"], &["run", "--"]] {
        for signal in ["-TERM", "-INT", "-HUP"].into_iter().filter(|signal| heard(signal)) {
            let case = case();
            let (mut child, mut out) = ready(&mut case.command(&[flags, &["sh", "-c", script]].concat()));
            send(signal, &child);
            let mut line = String::new();
            out.read_line(&mut line).unwrap();
            assert_eq!(line, "caught\n", "{flags:?} {signal}");
            assert_eq!(child.wait().unwrap().code(), Some(9), "{flags:?} {signal}");
        }
    }
}

/// A shell that ignores a signal has whatever it starts ignore it.
#[test]
fn what_is_ignored_stays_ignored() {
    let script = "echo ready; sleep 1; echo over";
    for flag in ["--redact", "--watch"] {
        let case = case();
        let inner = case.command(&["run", flag, "--", "sh", "-c", script]);
        let mut command = Command::new("sh");
        command
            .args(["-c", "trap '' HUP INT; exec \"$@\"", "sh"])
            .arg(inner.get_program())
            .args(inner.get_args());
        command.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(case.path(""));
        let (mut child, mut out) = ready(&mut command);
        send("-HUP", &child);
        send("-INT", &child);
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert_eq!((line.as_str(), child.wait().unwrap().code()), ("over\n", Some(0)), "{flag}");
    }
}

#[test]
fn as_process_1_it_ends_on_sigterm_and_collects_orphans() {
    let can = Command::new("unshare").args(["--pid", "--fork", "--mount-proc", "true"]).status();
    if !can.is_ok_and(|status| status.success()) {
        return skipped("unshare --pid is not allowed here");
    }
    let script = "trap 'exit 9' TERM; (sleep 0.1 &) ; echo ready; sleep 0.5; \
        grep -l '^State:.Z' /proc/[0-9]*/status >&2; kill -TERM 1; while :; do sleep 0.05; done";
    for flags in [&["run", "--redact", "--"][..], &["run", "--"]] {
        let case = case();
        let inner = case.command(&[flags, &["sh", "-c", script]].concat());
        let mut command = Command::new("unshare");
        command.args(["--pid", "--fork", "--mount-proc"]).arg(inner.get_program()).args(inner.get_args());
        command
            .envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .current_dir(case.path(""));
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(9), "{flags:?} {output:?}");
        // The shell itself says that its `sleep` was ended; only a line of grep's names a process.
        let zombie = String::from_utf8_lossy(&output.stderr).contains("/proc/");
        assert!(!flags.contains(&"--redact") || !zombie, "{output:?}");
    }
}

/// What a shell starts can be started in every way.
#[test]
fn a_script_without_an_interpreter_runs_as_in_a_shell() {
    let case = case().file("bin/greet", "echo \"$1, ${#PEPPER}\"\n");
    std::fs::set_permissions(case.path("bin/greet"), Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", case.path("bin").display());
    let case = case.with("PATH", &path);
    for flags in [&["run"][..], &["run", "--redact"], &["run", "--watch"], &["run", "--watch", "--redact"]] {
        for program in ["bin/greet", "greet"] {
            let run = case.run(&[flags, &["--", program, "hello"]].concat()).exits(0);
            assert_eq!(run.out, "hello, 13\n", "{run}");
        }
    }
}
