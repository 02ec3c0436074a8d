//! Every check against the fault it is for.

use super::Outcome;
use super::fixtures::World;

#[tokio::test]
async fn nothing_is_wrong_with_a_healthy_world() {
    let found = World::healthy().await.examine(&[]).await;
    let bad: Vec<_> = found.checks.iter().filter(|checked| checked.outcome == Outcome::Bad).collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

#[tokio::test]
async fn nothing_is_wrong_with_a_healthy_world_on_the_network() {
    let world = World::online().await;
    let found = world.examine(&["sign-in", "store", "DS-MACHINE-02"]).await;
    let odd: Vec<_> = found.checks.iter().filter(|one| one.outcome == Outcome::NotChecked).collect();
    assert!(odd.is_empty(), "{odd:#?}");
    let bad: Vec<_> = found.problems().collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

/// Every check speaks up at its fault, and what it can mend stays mended. Side by side: most of the time is waited for.
#[tokio::test]
async fn each_check_finds_its_fault_and_mends_it() {
    futures_util::future::join_all(super::checks::ALL.iter().map(|check| finds_and_mends(check))).await;
}

async fn finds_and_mends(check: &super::Check) {
    let code = check.code;
    let mut world = if check.is_network() { World::online().await } else { World::healthy().await };
    (check.sow)(&mut world);
    assert_eq!(world.check(code).await.outcome, Outcome::Bad, "{code} is silent");
    if check.cures {
        assert!(world.heal(code).await, "{code} offers no cure");
        let after = world.check(code).await;
        assert_eq!(after.outcome, Outcome::Good, "{code} is not cured: {after:#?}");
        assert!(!world.heal(code).await, "{code} has more to cure");
    }
}

/// A role that is forgotten gets no lines, and a file that is deleted no permissions.
#[tokio::test]
async fn cures_do_not_get_in_each_others_way() {
    let world = World::healthy().await;
    world.choose_role("111122223333");
    world.cache_text("{");
    world.chmod_cached_token(0o644);
    assert!(world.heal("sign-in").await);
    let left: Vec<String> =
        world.examine(&["sign-in"]).await.problems().map(|one| one.finding.says.clone()).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn a_seed_of_a_folder_that_is_gone_is_no_trouble() {
    let world = World::healthy().await;
    world.begin_a_seed("gone/.env", "JWT_SECRET");
    assert_eq!(world.check("DS-STATE-02").await.outcome, Outcome::Good);
}

#[test]
fn codes_are_unique_and_grouped() {
    let codes: std::collections::BTreeSet<_> = super::checks::ALL.iter().map(|check| check.code).collect();
    assert_eq!(codes.len(), super::checks::ALL.len());
    assert!(super::checks::ALL.is_sorted_by_key(|check| check.group), "in the order of the report");
}

#[tokio::test]
async fn a_service_that_does_not_exist_is_said() {
    let world = World::healthy().await;
    let request = crate::onboard::Request { services: vec!["apo".to_owned()], ..Default::default() };
    let mut session = crate::onboard::Session::new(world.settings.clone(), world.keychain.clone(), request);
    let said = session.examine(&super::Selection::default(), &mut |_| {}).await.unwrap_err();
    assert_eq!(said.code, "DS-PROFILE-06");
}
