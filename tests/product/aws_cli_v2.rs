//! The AWS CLI that signs in itself, version 2: sessions it makes are ours, and ours are its.

use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Output};

use devsecrets::sandbox::Operation;

use crate::parts;
use crate::support::{Case, acme};

const PAGE: &str = "import sys, urllib.request; urllib.request.urlopen(sys.argv[1]).read()";

/// Where it is installed, or `None` after saying why.
fn installed() -> Option<PathBuf> {
    let folder = parts::folder().join("aws-cli");
    let there = folder.join("venv/bin/python").exists() && folder.join("cli").exists();
    if !there {
        parts::skipped("version 2 of the AWS CLI");
    }
    there.then_some(folder)
}

/// Its Python, in the case's home, led to the sandbox by variables alone.
fn python(case: &Case, folder: &std::path::Path) -> Command {
    let mut command = Command::new(folder.join("venv/bin/python"));
    command.env_clear().envs(case.stage().environment());
    command.env("PYTHONPATH", folder.join("cli/usr/lib/python3/dist-packages"));
    command.env("HOME", case.home("")).env("PATH", std::env::var("PATH").unwrap());
    command.env("AWS_EC2_METADATA_DISABLED", "true").env("BROWSER", browser(case, folder));
    command
}

fn aws(case: &Case, folder: &std::path::Path, arguments: &[&str]) -> Output {
    python(case, folder).args(["-m", "awscli"]).args(arguments).output().unwrap()
}

/// A program that looks at a page as a browser does: redirects followed, nothing shown.
fn browser(case: &Case, folder: &std::path::Path) -> String {
    let program = case.home("browser");
    let python = folder.join("venv/bin/python");
    std::fs::write(&program, format!("#!/bin/sh\nexec {} -c '{PAGE}' \"$1\"\n", python.display())).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
    format!("{} %s &", program.display())
}

#[track_caller]
fn reads_a_secret(case: &Case, folder: &std::path::Path) {
    let get =
        ["secretsmanager", "get-secret-value", "--profile", "services", "--secret-id", "media/development"];
    let output = aws(case, folder, &get);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Opens the address our login prints, as the person would.
fn sign_in_by_browser(case: &Case, folder: &std::path::Path) {
    let asked = ["login", "--yes", "--use-browser", "--no-browser"];
    let mut child = case.start(&asked);
    let mut says = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let address = says.find_map(|line| line.find("http://").map(|at| line[at..].to_owned())).unwrap();
    let seen = python(case, folder).args(["-c", PAGE, &address]).status().unwrap();
    assert!(seen.success());
    says.for_each(drop);
    assert!(child.wait().unwrap().success());
}

#[test]
fn it_uses_the_sessions_we_make() {
    let Some(folder) = installed() else { return };
    let case = Case::of("services").on(acme());
    case.run(&["login", "--yes", "--use-device-code"]).exits(0);
    reads_a_secret(&case, &folder);
    assert!(aws(&case, &folder, &["sso", "logout"]).status.success());
    case.run(&["login", "--status"]).exits(1);
    sign_in_by_browser(&case, &folder);
    reads_a_secret(&case, &folder);
}

#[test]
fn we_use_the_sessions_it_makes() {
    let Some(folder) = installed() else { return };
    let case = Case::of("services").on(acme());
    case.run(&["login", "--yes"]).exits(0);
    for how in [&["--use-device-code"][..], &[]] {
        case.run(&["logout"]).exits(0);
        let before = case.stage().count(Operation::CreateToken);
        let login = [&["sso", "login", "--profile", "services"][..], how].concat();
        let output = aws(&case, &folder, &login);
        assert!(output.status.success(), "{how:?}: {}", String::from_utf8_lossy(&output.stderr));
        let made = case.stage().count(Operation::CreateToken);
        assert!(made > before, "{how:?}");
        case.run(&["login", "--status"]).exits(0);
        let status = case.run(&["status", "--json"]).json();
        assert!(status.to_string().contains(r#""origin":"aws""#), "{how:?}");
        assert_eq!(case.stage().count(Operation::CreateToken), made, "{how:?}: we asked nobody to sign in");
    }
}
