//! A start within a start: what was given to one service is not another's, nor another environment's.

use crate::support::{BINARY, Case, Run};

const PROFILE: &str = r#"schema = 1
name = "shop"
title = "Shop"
[variables.KEY]
[variables.MODE]
secret = false
default = { development = "slow", production = "fast" }
[variables.LOCAL]
secret = false
default = { development = "here" }
[services.api]
path = "api"
env_file = ".env"
required = ["KEY", "LOCAL"]
optional = ["MODE"]
[services.web]
path = "web"
env_file = ".env"
required = ["KEY"]
[services.worker]
path = "worker"
optional = ["MODE"]
"#;

fn shop() -> Case {
    Case::with_profile(PROFILE).file("api/.env", "KEY=api's\n").file("web/.env", "KEY=web's\n")
}

/// The program with `inner`, started by one for the api in development.
fn within(case: &Case, inner: &[&str]) -> Run {
    case.run(&[&["-q", "run", "-s", "api", "--", BINARY, "-q"], inner].concat())
}

#[test]
fn production_is_not_started_with_what_development_was_given() {
    let case = shop();
    let run = within(&case, &["run", "-e", "production", "-s", "api", "--", "env"]);
    run.exits(125).says("LOCAL").says("given to api for development, so it is not looked at here");
    let run = within(&case, &["run", "-e", "production", "-s", "worker", "--", "printenv", "MODE"]);
    assert_eq!(run.exits(0).out.trim(), "fast");
}

#[test]
fn another_service_gets_its_own() {
    let case = shop();
    let print = ["--", "printenv", "KEY"];
    let web = [&["run", "-s", "web"][..], &print].concat();
    assert_eq!(within(&case, &web).exits(0).out.trim(), "web's");
    // Also a level deeper, by way of the same service.
    let again = [&["run", "-s", "api", "--", BINARY, "-q"], &web[..]].concat();
    assert_eq!(within(&case, &again).exits(0).out.trim(), "web's");
    // Who has no say about it does not inherit it.
    within(&case, &[&["run", "-s", "worker"][..], &print].concat()).exits(1);
}

#[test]
fn a_shell_that_took_the_values_in_knows_whose_they_are() {
    let script =
        r#"eval "$("$0" -q env -s api --format shell)" && "$0" -q run -e production -s worker -- env"#;
    let case = shop();
    let run = case.run(&["-q", "run", "-s", "worker", "--", "sh", "-c", script, BINARY]).exits(0);
    assert!(run.out.contains("MODE=fast") && !run.out.contains("KEY="), "{run}");
}

#[test]
fn what_somebody_exports_in_between_counts() {
    let inner = [BINARY, "-q", "run", "-s", "web", "--", "printenv", "KEY"];
    let run = shop().run(&[&["-q", "run", "-s", "api", "--", "env", "KEY=mine"], &inner[..]].concat());
    assert_eq!(run.exits(0).out.trim(), "mine");
}
