//! `logout`: the session ends at the portal, and what a sign-in left behind goes.

use devsecrets::sandbox::{Fault, Operation};
use insta::assert_snapshot;

use crate::support::{Case, acme};

fn cached(case: &Case) -> usize {
    case.kept()
        .iter()
        .filter(|(path, _)| path.parent().is_some_and(|folder| folder.ends_with("sso/cache")))
        .count()
}

#[test]
fn session_and_registration_go() {
    let case = Case::of("services").on(acme()).signed_in();
    assert_eq!(cached(&case), 2, "token and registration");
    assert_snapshot!("logout", case.run(&["logout"]).exits(0));
    assert_eq!((cached(&case), case.stage().count(Operation::Logout)), (0, 1));
    assert_snapshot!("logout_again", case.run(&["logout"]).exits(0));
    assert_eq!(case.stage().count(Operation::Logout), 1);
}

#[test]
fn a_portal_that_cannot_be_told_keeps_nothing_here() {
    let case = Case::of("services").on(acme()).signed_in();
    case.stage().script(Operation::Logout, [Fault::Status(400, "InvalidRequestException")]);
    assert_snapshot!(case.run(&["logout"]).exits(0));
    assert_eq!(cached(&case), 0);
}

/// There is no session, which is what the codes of both say.
#[test]
fn a_profile_without_a_sign_in_has_no_session() {
    let case = Case::with_profile(crate::support::LOCAL);
    case.run(&["login"]).exits(0);
    case.run(&["login", "--status"]).exits(1);
    case.run(&["logout"]).exits(0).says("there was no session");
    assert_eq!(case.run(&["logout", "--json"]).exits(0).json()["ended"], false);
}

/// As `aws sso logout` does, and without a profile.
#[test]
fn all_sessions_at_once() {
    let case = Case::of("services").on(acme()).signed_in();
    let second =
        ["login", "--start-url", "https://acme.awsapps.com/start", "--region", "eu-west-2", "--session"];
    case.run(&[&second[..], &["second"]].concat()).exits(0);
    let broken = case.with("DEVSECRETS_PROFILE", "no-such-profile");
    let document = broken.run(&["logout", "--all", "--json"]).exits(0).json();
    assert_eq!(document["sessions"], 2);
    assert_eq!((cached(&broken), broken.stage().count(Operation::Logout)), (0, 2));
}
