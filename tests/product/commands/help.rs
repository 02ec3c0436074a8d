//! What `--help` says, and what happens without a command.

use insta::assert_snapshot;

use crate::support::Case;

#[test]
fn every_command_explains_itself() {
    let case = Case::empty();
    let commands = [
        "",
        "audit",
        "demo",
        "explain",
        "login",
        "status",
        "seed",
        "token",
        "token set",
        "token list",
        "token verify",
        "token share",
        "token reveal",
        "token copy",
        "token remove",
        "keychain",
        "keychain status",
        "keychain migrate",
        "forget",
        "profile",
        "profile list",
        "profile show",
        "profile lint",
        "profile init",
        "profile schema",
    ];
    for command in commands {
        let arguments: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let name = format!("help {command}").trim_end().replace(' ', "_");
        assert_snapshot!(name, case.run(&arguments).exits(0));
    }
}

#[test]
fn the_version_is_one_line() {
    assert_snapshot!(Case::empty().run(&["--version"]));
}

#[test]
fn a_mistyped_command_is_wrong_usage() {
    assert_snapshot!(Case::empty().run(&["sead"]).exits(2));
}

#[test]
fn without_a_terminal_and_a_profile_it_says_how_to_name_one() {
    assert_snapshot!(Case::empty().run(&[]).exits(2));
}

#[test]
fn without_a_terminal_it_prints_the_status() {
    let case = Case::of("services");
    let (bare, status) = (case.run(&[]), case.run(&["status"]));
    assert_eq!((bare.out, bare.err, bare.code), (status.out, status.err, status.code));
}
