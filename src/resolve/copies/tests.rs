//! Copies: whom they stand in for, how they age, and what keeps others from reading them.

use super::*;
use crate::profile::{Profile, parse};
use crate::resolve::{Deadline, OnCount};
use crate::stores::Consents;
use crate::tokens::Shelf;

struct World {
    home: tempfile::TempDir,
    root: tempfile::TempDir,
    profile: Profile,
}

impl World {
    fn new(policy: &str) -> Self {
        let text = format!(
            "schema = 1\nname = \"x\"\ntitle = \"X\"\n[policy]\n{policy}\n[services.a]\npath = \".\"\n\
             [store.s]\nkind = \"aws-secrets-manager\"\nids = [\"x\"]"
        );
        let folder = || tempfile::tempdir().unwrap();
        Self { home: folder(), root: folder(), profile: parse(&text, "t").unwrap() }
    }

    fn with<R>(&self, environment: &str, act: impl FnOnce(Scope<'_>) -> R) -> R {
        let settings = Settings::bare(self.root.path(), self.home.path());
        act(Scope {
            settings: &settings,
            profile: &self.profile,
            root: self.root.path(),
            environment,
            services: &[],
            shelf: &Shelf::open(&settings),
            consents: &Consents::default(),
            only_open: false,
            deadline: Deadline::begin(&settings),
            on_wait: &|_, _| {},
            on_count: &(std::sync::Arc::new(|_, _| {}) as OnCount),
        })
    }

    fn copies(&self, environment: &str, root: u8, now: OffsetDateTime) -> Copies {
        let identity = Identity::from_root([root; 32]);
        self.with(environment, |scope| Copies::open(scope, identity, false, Duration::hours(12), now))
            .unwrap()
    }
}

fn now() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap()
}

fn places() -> BTreeSet<Place> {
    [(None, "one".to_owned()), (None, "two".to_owned())].into()
}

fn came(copies: &mut Copies) {
    let values = Values::from_iter([("KEY".to_owned(), SecretValue::new("canary-3c"))]);
    let payload = Payload { cached: None, ..Payload::copied(values, None, now()) };
    let found = Found::from([((None, "one".to_owned()), Ok(payload))]);
    copies.stand_in("s", &places(), Ok(found)).unwrap();
    copies.save().unwrap();
}

fn offline(copies: &mut Copies) -> Vec<bool> {
    let found = copies.stand_in("s", &places(), Err(NotAsked::Offline));
    found.map_or_else(|_| Vec::new(), |found| found.values().map(Result::is_ok).collect())
}

#[tokio::test]
async fn a_copy_stands_in_for_what_cannot_be_reached() {
    let world = World::new("");
    came(&mut world.copies("development", 1, now()));
    let mut later = world.copies("development", 1, now() + Duration::hours(11));
    assert_eq!(offline(&mut later), [true, false]);
    let slow = Found::from([((None, "one".to_owned()), Err(Miss::TooSlow { seconds: 1 }))]);
    let found = later.stand_in("s", &places(), Ok(slow)).unwrap();
    assert_eq!(found[&(None, "one".to_owned())].as_ref().unwrap().cached, Some(now()));
}

#[tokio::test]
async fn a_copy_tells_as_much_as_the_store_did() {
    let world = World::new("");
    let mut copies = world.copies("development", 1, now());
    let said = Payload {
        unusable: vec!["LIST".to_owned()],
        twice: vec!["TWICE".to_owned()],
        account: Some("111122223333".to_owned()),
        ..Payload::copied(Values::default(), None, now())
    };
    copies.keep(("s".to_owned(), None, "one".to_owned()), &said);
    copies.save().unwrap();
    let copy = world.copies("development", 1, now()).get(&("s".to_owned(), None, "one".to_owned())).unwrap();
    assert_eq!((copy.unusable, copy.twice, copy.account), (said.unusable, said.twice, said.account));
}

#[tokio::test]
async fn a_store_that_answers_is_never_stood_in_for() {
    let world = World::new("");
    let mut copies = world.copies("development", 1, now());
    came(&mut copies);
    let denied = Miss::Denied { id: "one".to_owned(), reason: String::new(), permission: "p" };
    let found = Found::from([((None, "one".to_owned()), Err(denied))]);
    assert!(copies.stand_in("s", &places(), Ok(found)).unwrap().values().all(Result::is_err));
    assert!(copies.stand_in("s", &places(), Err(NotAsked::NotSignedIn)).is_err());
    assert!(offline(&mut copies).is_empty(), "what was refused is kept no longer");
}

#[tokio::test]
async fn copies_age_and_a_clock_set_back_makes_none_young() {
    let world = World::new("");
    came(&mut world.copies("development", 1, now()));
    assert!(offline(&mut world.copies("development", 1, now() + Duration::hours(13))).is_empty());
    assert!(offline(&mut world.copies("development", 1, now() - Duration::hours(1))).is_empty());
}

#[tokio::test]
async fn another_identity_environment_or_damage_reads_nothing() {
    let world = World::new("");
    let mut first = world.copies("development", 1, now());
    came(&mut first);
    let bytes = std::fs::read_to_string(&first.path).unwrap();
    assert!(!bytes.contains("canary"));
    assert!(world.copies("development", 2, now()).damaged);
    let other = world.copies("test", 1, now());
    private_file::replace(&other.path, bytes.as_bytes()).unwrap();
    assert!(world.copies("test", 1, now()).damaged);
    private_file::replace(&first.path, &bytes.as_bytes()[..30]).unwrap();
    let mut again = world.copies("development", 1, now());
    assert!(again.damaged && offline(&mut again).is_empty());
    came(&mut again);
    assert!(!world.copies("development", 1, now()).damaged);
}

#[tokio::test]
async fn copies_are_for_development_and_by_policy_alone() {
    let spans = |policy: &str, environment: &str| World::new(policy).with(environment, opening::allowed);
    assert_eq!(spans("offline_cache = \"12h\"", "development"), Some(Duration::hours(12)));
    assert_eq!(spans("offline_cache = \"12h\"", "production"), None);
    assert_eq!(spans("offline_cache = \"12h\"", "staging"), None);
    assert_eq!(spans("", "development"), None);
}

#[tokio::test]
async fn copies_go_with_their_time_and_with_the_policy() {
    let mut world = World::new("offline_cache = \"12h\"");
    let mut copies = world.copies("development", 1, now());
    came(&mut copies);
    let real = OffsetDateTime::now_utc();
    let sweep = |world: &World, at| world.with("production", |scope| opening::sweep(scope, at));
    sweep(&world, real + Duration::hours(11));
    assert!(copies.path.exists());
    sweep(&world, real + Duration::hours(13));
    assert!(!copies.path.exists(), "over their time");
    came(&mut copies);
    world.profile.policy.offline_cache = None;
    sweep(&world, real);
    assert!(!copies.path.exists(), "no longer allowed");
}

#[tokio::test]
async fn the_last_copy_takes_the_file_with_it() {
    let world = World::new("");
    came(&mut world.copies("development", 1, now()));
    let late = world.copies("development", 1, now() + Duration::hours(13));
    late.save().unwrap();
    assert!(!late.path.exists());
}
