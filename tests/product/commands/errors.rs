//! Every way a call can fail, at every call of a sign-in: which code a person is told, and that nothing hostile is shown.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use devsecrets::sandbox::{Fault, Operation};
use insta::assert_snapshot;

use crate::support::{Case, Run, acme};

const FAULTS: [Fault; 12] = [
    Fault::Expired,
    Fault::Denied,
    Fault::InvalidGrant,
    Fault::ForgottenRegistration,
    Fault::Throttled,
    Fault::ServerError,
    Fault::Status(418, "TeapotException"),
    Fault::Hostile,
    Fault::Malformed,
    Fault::Empty,
    Fault::Dropped,
    Fault::Truncated,
];

/// A line for each fault: it, the exit code, and what is said of it.
fn told(operation: Operation) -> String {
    let mut lines = String::new();
    for fault in FAULTS {
        let case = Case::of("services").on(acme());
        // The first two are tried again, so a fault that is to be told lasts.
        case.stage().script(operation, [fault; 3]);
        let run = case.run(&["login"]);
        assert!(!run.raw.contains('\u{1b}') && !run.raw.contains('\u{202e}'), "{fault:?}: {run}");
        let _ = writeln!(lines, "{fault:?}: exit {}", run.code.unwrap());
        for line in said(&run) {
            let _ = writeln!(lines, "  {line}");
        }
    }
    lines
}

/// What is said of a failure, without the code to approve.
fn said(run: &Run) -> impl Iterator<Item = &str> {
    let of_a_finding =
        |line: &&str| line.starts_with("error") || line.starts_with("warning") || line.starts_with("  next");
    run.err.lines().filter(of_a_finding).map(str::trim_start)
}

#[test]
fn register_client() {
    assert_snapshot!(told(Operation::RegisterClient));
}

#[test]
fn start_device_authorization() {
    assert_snapshot!(told(Operation::StartDeviceAuthorization));
}

#[test]
fn list_accounts() {
    assert_snapshot!(told(Operation::ListAccounts));
}

#[test]
fn list_account_roles() {
    assert_snapshot!(told(Operation::ListAccountRoles));
}

#[test]
fn get_role_credentials() {
    assert_snapshot!(told(Operation::GetRoleCredentials));
}

/// While a person decides, a busy service is asked again, so only what is final is told.
#[test]
fn create_token() {
    let mut lines = String::new();
    for fault in
        [Fault::Expired, Fault::Denied, Fault::InvalidGrant, Fault::Hostile, Fault::Empty, Fault::Malformed]
    {
        let case = Case::of("services").on(acme());
        case.stage().script(Operation::CreateToken, [fault]);
        let run = case.run(&["login"]);
        assert!(!run.raw.contains('\u{1b}'), "{fault:?}: {run}");
        let _ = writeln!(
            lines,
            "{fault:?}: exit {}\n  {}",
            run.code.unwrap(),
            said(&run).collect::<Vec<_>>().join("\n  ")
        );
    }
    assert_snapshot!(lines);
}

/// Answers every connection in the same way.
fn proxy(answer: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    port
}

#[test]
fn a_proxy_that_wants_a_password_is_named_and_its_password_is_not() {
    let port = proxy("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    let proxy = format!("http://me:canary-31@127.0.0.1:{port}"); // devsecrets:allow made up
    let case = Case::of("services").with("HTTPS_PROXY", &proxy);
    let run = case.run(&["login"]).exits(2);
    assert!(!run.raw.contains("canary-31"), "{run}");
    assert_snapshot!(run);
}

#[test]
fn a_region_that_does_not_exist() {
    let case = Case::of("services").with("AWS_ENDPOINT_URL", "https://oidc.eu-west-9.invalid");
    let run = case.run(&["login"]).exits(2);
    // Without a network there is no name server to say so.
    assert!(run.err.contains("[DS-NET-01]") || run.err.contains("[DS-NET-02]"), "{run}");
}

#[test]
fn keys_in_the_environment_are_warned_of_and_not_shown() {
    let case = Case::of("services").on(acme());
    let case = case.with("AWS_ACCESS_KEY_ID", "AKIACANARY32").with("AWS_SECRET_ACCESS_KEY", "canary-33");
    let run = case.run(&["login"]).exits(0);
    assert!(!run.raw.contains("canary-33") && !run.raw.contains("AKIACANARY32"), "{run}");
    assert_snapshot!(run);
    case.run(&["status"]).says("[DS-SSO-42]");
}
