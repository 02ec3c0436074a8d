//! The key file, written over and over and killed in between: it opens, and holds one generation of everything.

use std::path::Path;

use devsecrets::keychain::{FileKeychain, Item, Keychain, Passphrase};
use devsecrets::secret::SecretValue;
use rand::RngExt as _;

use super::{APPLYING, kill, kills, value, worker};

const TEST: &str = "key_file::killed_at_any_instant_the_key_file_is_old_or_new";

fn keychain(world: &Path) -> FileKeychain {
    let passphrase = Passphrase::known(SecretValue::new("open sesame"));
    FileKeychain::new(world.join("state/keychain.age"), passphrase).with_work_factor(1)
}

fn items() -> [Item; 3] {
    ["one", "two", "three"].map(Item::token)
}

/// Writes all of them at once, for ever.
fn work(world: &Path) {
    let (keychain, mut rng) = (keychain(world), rand::rng());
    loop {
        let all = SecretValue::new(value(rng.random_range(0..1000)).repeat(20));
        println!("{APPLYING}");
        keychain.set_many(&items().map(|item| (item, all.clone())).into()).unwrap();
    }
}

#[test]
fn killed_at_any_instant_the_key_file_is_old_or_new() {
    if let Some(world) = worker() {
        work(&world);
    }
    let world = tempfile::tempdir().unwrap();
    let mut generations = 0;
    let mut last: Option<SecretValue> = None;
    for _ in 0..kills() {
        let begun = rand::rng().random_range(1..4);
        kill(TEST, world.path(), begun, 8_000);
        let kept = keychain(world.path()).get_many(&items()).unwrap();
        let values: Vec<SecretValue> = kept.into_values().map(Result::unwrap).collect();
        assert_eq!(values.len(), 3, "an item is lost");
        assert!(values.iter().all(|value| value.same_as(&values[0])), "two generations are mixed");
        generations += usize::from(last.as_ref().is_none_or(|last| !last.same_as(&values[0])));
        last = values.into_iter().next();
    }
    assert!(generations > kills() / 2, "the worker was killed before it ever wrote: {generations}");
}
