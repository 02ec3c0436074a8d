//! What every keychain must do. Called with an empty one; leaves it empty.

use std::thread;

use devsecrets::identity::Identity;
use devsecrets::keychain::{Item, Keychain, MOST_BYTES, Problem};
use devsecrets::secret::SecretValue;

pub fn holds(keychain: &dyn Keychain) {
    keeps_replaces_and_forgets(keychain);
    keeps_every_byte(keychain);
    items_do_not_mix(keychain);
    creates_once(keychain);
    refuses_what_is_too_large(keychain);
    makes_one_identity_for_all(keychain);
    tells_a_foreign_identity(keychain);
}

fn get(keychain: &dyn Keychain, item: &Item) -> Option<String> {
    keychain.get(item).unwrap().map(|value| value.expose_to(str::to_owned))
}

fn set(keychain: &dyn Keychain, item: &Item, value: &str) {
    keychain.set(item, &SecretValue::new(value)).unwrap();
}

fn keeps_replaces_and_forgets(keychain: &dyn Keychain) {
    let item = Item::token("linear");
    assert_eq!(get(keychain, &item), None);
    assert!(!keychain.remove(&item).unwrap());
    set(keychain, &item, "first");
    assert_eq!(get(keychain, &item).as_deref(), Some("first"));
    set(keychain, &item, "second");
    assert_eq!(get(keychain, &item).as_deref(), Some("second"));
    assert!(keychain.remove(&item).unwrap());
    assert_eq!(get(keychain, &item), None);
}

fn keeps_every_byte(keychain: &dyn Keychain) {
    let item = Item::token("odd");
    let long = "0123456789abcdef".repeat(140);
    for value in ["line one\nline two\n", " spaces ", "quotes \" ' ` $HOME \\", "größe 🔑", &long] {
        set(keychain, &item, value);
        assert_eq!(get(keychain, &item).as_deref(), Some(value));
    }
    keychain.remove(&item).unwrap();
}

fn items_do_not_mix(keychain: &dyn Keychain) {
    let (one, other) = (Item::token("one"), Item::token("one/other"));
    set(keychain, &one, "1");
    set(keychain, &other, "2");
    assert!(keychain.remove(&one).unwrap());
    assert_eq!(get(keychain, &other).as_deref(), Some("2"));
    keychain.remove(&other).unwrap();
}

fn creates_once(keychain: &dyn Keychain) {
    let item = Item::token("once");
    let create = |value: &str| {
        let stands = keychain.create(&item, &SecretValue::new(value)).unwrap();
        stands.expose_to(str::to_owned)
    };
    assert_eq!((create("first"), create("second")), ("first".to_owned(), "first".to_owned()));
    keychain.remove(&item).unwrap();
}

fn refuses_what_is_too_large(keychain: &dyn Keychain) {
    let item = Item::token("large");
    set(keychain, &item, "small");
    let large = SecretValue::new("canary-b7".repeat(MOST_BYTES));
    let error = keychain.set(&item, &large).unwrap_err();
    assert!(matches!(error.problem, Problem::TooLarge { .. }), "{error}");
    assert!(!format!("{error} {error:?} {}", error.remedy()).contains("canary"));
    assert_eq!(get(keychain, &item).as_deref(), Some("small"), "the former value stands");
    keychain.remove(&item).unwrap();
}

fn makes_one_identity_for_all(keychain: &dyn Keychain) {
    assert!(Identity::load(keychain).unwrap().is_none());
    let fingerprints: Vec<String> = thread::scope(|scope| {
        let makers: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| Identity::load_or_create(keychain).unwrap().fingerprint()))
            .collect();
        makers.into_iter().map(|maker| maker.join().unwrap()).collect()
    });
    let kept = Identity::load(keychain).unwrap().unwrap().fingerprint();
    assert!(fingerprints.iter().all(|fingerprint| *fingerprint == kept), "{fingerprints:?}");
    keychain.remove(&Item::identity()).unwrap();
}

fn tells_a_foreign_identity(keychain: &dyn Keychain) {
    for foreign in ["canary-c1 is no key", "Y2FuYXJ5", ""] {
        set(keychain, &Item::identity(), foreign);
        let error = Identity::load_or_create(keychain).unwrap_err();
        let shown = format!("{error} {error:?} {}", error.remedy());
        assert!(shown.contains("`identity` is not what devsecrets stores"), "{shown}");
        assert!(!shown.contains("canary"), "{shown}");
        assert_eq!(get(keychain, &Item::identity()).as_deref(), Some(foreign), "nothing is overwritten");
    }
    keychain.remove(&Item::identity()).unwrap();
}
