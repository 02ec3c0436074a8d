//! Nothing is written that was not shown, and nothing is applied that was not approved.

use std::path::Path;

use super::*;
use crate::envfile::Journal;
use crate::profile::{Profile, parse};
use crate::resolve::{Sources, View, decide};
use crate::settings::Settings;

const PROFILE: &str = r#"
schema = 1
name = "pair"
title = "Pair"
[variables.LEFT]
secret = false
default = "l"
[variables.BOTH]
default = "canary-both"
[services.left]
path = "."
env_file = ".env"
required = ["LEFT", "BOTH"]
[services.right]
path = "."
env_file = ".env"
required = ["BOTH"]
"#;

fn profile(left: &str) -> Profile {
    parse(&PROFILE.replace("\"l\"", &format!("\"{left}\"")), "test").unwrap()
}

fn plan(root: &Path, left: &str, rehearsal: bool) -> Plan {
    let (profile, services) = (profile(left), ["left".to_owned(), "right".to_owned()]);
    let found = decide(&profile, "development", &services, &Sources::default(), View::Seeding);
    let matrix = found.matrix(&profile, &services);
    let (services, accounts) = (&services[..], &[][..]);
    draft(&Draft {
        profile: &profile,
        root,
        services,
        accounts,
        matrix: &matrix,
        found: &found,
        exported: &found,
        incoming: &found,
        journal: &Journal::open(&Settings::bare("/", root)),
        variables: &[],
        take: &[],
        prune: false,
        rehearsal,
    })
}

#[test]
fn a_shared_file_is_planned_and_written_once() {
    let home = tempfile::tempdir().unwrap();
    let plan = plan(home.path(), "l", false);
    let preview = plan.preview().clone();
    assert_eq!(preview.files.len(), 1);
    assert_eq!(preview.files[0].service.as_deref(), Some("left, right"));
    let mut journal = Journal::open(&Settings::bare("/", home.path()));
    let report =
        apply(plan.approve(&preview).unwrap_or_else(|_| panic!("approved")), &mut journal, &mut |_, _| {});
    assert_eq!((report.is_clean(), report.files[0].written), (true, 2));
    let text = std::fs::read_to_string(home.path().join(".env")).unwrap();
    assert_eq!(text.matches("BOTH=").count(), 1);
}

/// It is told in the report, so nobody need be told again that a seed was cut short.
#[test]
fn a_file_that_could_not_be_written_is_no_seed_cut_short() {
    let home = tempfile::tempdir().unwrap();
    let plan = plan(home.path(), "l", false);
    let preview = plan.preview().clone();
    crate::private_file::replace(&home.path().join(".env"), b"MINE=1\n").unwrap();
    let mut journal = Journal::open(&Settings::bare("/", home.path()));
    let approved = plan.approve(&preview).unwrap_or_else(|_| panic!("approved"));
    assert_eq!(apply(approved, &mut journal, &mut |_, _| {}).files[0].outcome, FileOutcome::Failed);
    assert_eq!(Journal::open(&Settings::bare("/", home.path())).unfinished().count(), 0);
}

#[test]
fn a_rehearsal_cannot_be_approved() {
    let home = tempfile::tempdir().unwrap();
    let plan = plan(home.path(), "l", true);
    let preview = plan.preview().clone();
    assert!(plan.approve(&preview).is_err());
}

#[test]
fn the_preview_of_another_plan_approves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let other = plan(home.path(), "other", false).preview().clone();
    assert!(plan(home.path(), "l", false).approve(&other).is_err());
}

#[test]
fn planning_changes_nothing_and_shows_no_secret() {
    let home = tempfile::tempdir().unwrap();
    let preview = plan(home.path(), "l", false).preview().clone();
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
    let shown = format!("{preview:?} {}", serde_json::to_string(&preview).unwrap());
    assert!(!shown.contains("canary"), "{shown}");
    assert_eq!(preview.verdict(), "1 file to create");
}
