//! A token is used where somebody agreed that it may be, and nowhere else.

use super::*;
use crate::keychain::{Keychain as _, MemoryKeychain};
use crate::secret::SecretValue;
use crate::tokens::{Found, find};

fn project(name: &str) -> Project {
    Project { profile: name.to_owned(), root: Path::new("/work").join(name) }
}

fn token() -> Token {
    toml::from_str("title = \"Linear API key\"\npage = \"https://linear.app\"").unwrap()
}

fn home() -> (tempfile::TempDir, Settings) {
    let home = tempfile::tempdir().unwrap();
    let settings = Settings::bare("/", home.path());
    (home, settings)
}

fn offer(shelf: &Shelf, name: &str) -> Offer {
    match shelf.standing(&project(name), "linear") {
        Standing::Offered(offer) => *offer,
        other => panic!("{other:?}"),
    }
}

#[test]
fn another_project_is_offered_it_and_no_more() {
    let (_home, settings) = home();
    Shelf::open(&settings).keep(&project("a"), "linear", &token(), "linear").unwrap();
    let mut shelf = Shelf::open(&settings);
    assert_eq!(shelf.standing(&project("a"), "linear"), Standing::Ours("linear".to_owned()));
    assert_eq!(offer(&shelf, "b").from(), "a");
    let b = offer(&shelf, "b");
    shelf.decide(&project("b"), "linear", &token(), &b, true).unwrap();
    let shelf = Shelf::open(&settings);
    assert_eq!(shelf.standing(&project("b"), "linear"), Standing::Ours("linear".to_owned()));
    assert_eq!(shelf.users("linear").count(), 2);
}

#[test]
fn a_no_is_remembered_and_can_be_taken_back() {
    let (_home, settings) = home();
    let mut shelf = Shelf::open(&settings);
    shelf.keep(&project("a"), "linear", &token(), "linear").unwrap();
    let b = offer(&shelf, "b");
    assert!(!b.declined);
    shelf.decide(&project("b"), "linear", &token(), &b, false).unwrap();
    assert!(offer(&Shelf::open(&settings), "b").declined);
    shelf.decide(&project("b"), "linear", &token(), &b, true).unwrap();
    assert!(matches!(shelf.standing(&project("b"), "linear"), Standing::Ours(_)));
}

/// A clone can call itself what it likes.
#[test]
fn the_same_name_in_another_folder_is_another_project() {
    let (_home, settings) = home();
    let mut shelf = Shelf::open(&settings);
    shelf.keep(&project("a"), "linear", &token(), "linear").unwrap();
    let clone = Project { root: "/tmp/clone".into(), ..project("a") };
    assert!(matches!(shelf.standing(&clone, "linear"), Standing::Offered(_)));
}

#[test]
fn a_token_of_its_own_takes_no_one_s_place() {
    let (_home, settings) = home();
    let mut shelf = Shelf::open(&settings);
    let free = |_: &str| false;
    assert_eq!(shelf.slot_for(&project("a"), "linear", free), "linear");
    shelf.keep(&project("a"), "linear", &token(), "linear").unwrap();
    assert_eq!(shelf.slot_for(&project("a"), "linear", free), "linear");
    assert_eq!(shelf.slot_for(&project("b"), "linear", free), "linear@b");
    assert_eq!(shelf.slot_for(&project("b"), "linear", |slot| slot == "linear@b"), "linear@b.2");
}

/// Tokens of former versions, and those whose record was lost, stay readable: they are offered.
#[test]
fn a_token_without_a_record_is_offered() {
    let (_home, settings) = home();
    let mut shelf = Shelf::open(&settings);
    let keychain = MemoryKeychain::default();
    assert!(matches!(find(&shelf, &keychain, &project("a"), "linear").unwrap(), Found::Nothing));
    keychain.set(&Item::token("linear"), &SecretValue::new("canary")).unwrap();
    let Found::Offered(offer) = find(&shelf, &keychain, &project("a"), "linear").unwrap() else {
        panic!("not offered")
    };
    assert_eq!(offer.from(), "an earlier use");
    shelf.decide(&project("a"), "linear", &token(), &offer, true).unwrap();
    assert!(matches!(find(&shelf, &keychain, &project("a"), "linear").unwrap(), Found::Ours { .. }));
}

#[test]
fn what_is_gone_from_the_keychain_is_nobody_s() {
    let (_home, settings) = home();
    let mut shelf = Shelf::open(&settings);
    shelf.keep(&project("a"), "linear", &token(), "linear").unwrap();
    let found = find(&shelf, &MemoryKeychain::default(), &project("a"), "linear").unwrap();
    assert!(matches!(found, Found::Nothing));
    shelf.forget("linear").unwrap();
    assert_eq!(shelf.standing(&project("a"), "linear"), Standing::Unknown { declined: false });
}

#[test]
fn two_runs_do_not_lose_each_other_s_records() {
    let (_home, settings) = home();
    let (mut first, mut second) = (Shelf::open(&settings), Shelf::open(&settings));
    first.keep(&project("a"), "linear", &token(), "linear").unwrap();
    second.keep(&project("b"), "npm", &token(), "npm").unwrap();
    assert_eq!(Shelf::open(&settings).records().count(), 2);
}

#[test]
fn a_broken_file_is_none_and_recovers() {
    let (home, settings) = home();
    let path = home.path().join(".local/state/devsecrets/tokens.json");
    private_file::replace(&path, b"{ torn").unwrap();
    let mut shelf = Shelf::open(&settings);
    assert_eq!(shelf.records().count(), 0);
    shelf.keep(&project("a"), "linear", &token(), "linear").unwrap();
    assert_eq!(Shelf::open(&settings).records().count(), 1);
}

/// Where nothing can be written, this run still knows what was agreed to.
#[test]
fn without_a_home_it_holds_for_this_run() {
    let settings = Settings::bare("/", Path::new("/h")).keeping(|_| false);
    let mut shelf = Shelf::open(&settings);
    shelf.keep(&project("a"), "linear", &token(), "linear").unwrap_err();
    assert!(matches!(shelf.standing(&project("a"), "linear"), Standing::Ours(_)));
}
