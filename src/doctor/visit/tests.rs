//! Checks that never come back, beside one that does.

use std::sync::Arc;
use std::time::Duration;

use super::{Limits, Visit, look};
use crate::doctor::fixtures::World;
use crate::doctor::{Check, Group, Look, Outcome};
use crate::envfile::Journal;
use crate::finding::Severity;

const HANGS: Check = Check {
    code: "DS-TEST-01",
    group: Group::Machine,
    severity: Severity::Error,
    title: "it comes back",
    cures: false,
    look: Look::Machine(|_| {
        loop {
            std::thread::park();
        }
    }),
    sow: |_| {},
};
const SILENT: Check =
    Check { code: "DS-TEST-02", look: Look::Network(|_, _| Box::pin(std::future::pending())), ..HANGS };
const BREAKS: Check =
    Check { code: "DS-TEST-03", look: Look::Project(|_, _| unreachable!("there is no project")), ..HANGS };
const GOOD: Check = Check { code: "DS-TEST-04", look: Look::Machine(|_| Ok(Vec::new())), ..HANGS };

fn visit(world: &World) -> Visit {
    let limit = Duration::from_secs(1);
    Visit {
        journal: Journal::open(&world.settings),
        shelf: crate::tokens::Shelf::open(&world.settings),
        settings: world.settings.clone(),
        keychain: world.keychain.clone(),
        now: time::OffsetDateTime::now_utc(),
        no_project: None,
        token: None,
        choice: None,
        ground: None,
        said: Err("nobody was asked".to_owned()),
        limits: Limits { here: limit, network: limit },
    }
}

/// The good one is heard while the others still hang, and they are told as such.
#[tokio::test]
async fn one_that_hangs_holds_nobody_up() {
    let world = World::healthy().await;
    let mut heard = Vec::new();
    let mut hear = |checked: &crate::doctor::Checked| heard.push(checked.code);
    let done = look(&[&HANGS, &GOOD], &Arc::new(visit(&world)), &mut hear).await;
    assert_eq!(heard, [GOOD.code, HANGS.code]);
    let hung = done.iter().find(|checked| checked.code == HANGS.code).unwrap();
    assert_eq!(hung.outcome, Outcome::NotChecked);
    assert_eq!(hung.not_checked.as_deref(), Some("could not tell: no answer in 1 s"));
}

#[tokio::test]
async fn a_call_without_an_answer_is_given_up() {
    let world = World::healthy().await;
    let mut online = visit(&world);
    online.settings.offline = false;
    let loaded = crate::profile::find(&world.settings, None).unwrap();
    online.ground = Some(super::Ground::new(loaded, "development", &["api".to_owned()]));
    let done = look(&[&SILENT], &Arc::new(online), &mut |_| {}).await;
    assert_eq!(done[0].not_checked.as_deref(), Some("could not tell: no answer in 1 s"));
}

/// Whatever a check lacks is said, and stops no other.
#[tokio::test]
async fn what_a_check_lacks_is_said() {
    let world = World::healthy().await;
    let done = look(&[&SILENT, &BREAKS, &GOOD], &Arc::new(visit(&world)), &mut |_| {}).await;
    let why = |code: &str| done.iter().find(|one| one.code == code).and_then(|one| one.not_checked.clone());
    assert_eq!(why(SILENT.code).as_deref(), Some("offline"));
    assert_eq!(why(BREAKS.code).as_deref(), Some("there is no profile that can be read"));
    assert_eq!(why(GOOD.code), None);
}
