//! What every keychain must do. Called with an empty one; leaves it empty.

use std::collections::BTreeMap;
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
    reads_many_at_once(keychain);
    removes_only_what_it_knows(keychain);
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

/// Names and values of what is kept among `items`.
fn kept(keychain: &dyn Keychain, items: &[Item]) -> Vec<(String, String)> {
    let answers = keychain.get_many(items).unwrap();
    answers
        .into_iter()
        .map(|(item, value)| (item.to_string(), value.unwrap().expose_to(str::to_owned)))
        .collect()
}

fn twenty() -> BTreeMap<Item, SecretValue> {
    (0..20).map(|n| (Item::token(&format!("n{n}")), SecretValue::new(format!("größe {n}\n")))).collect()
}

fn reads_many_at_once(keychain: &dyn Keychain) {
    let values = twenty();
    let mut items: Vec<Item> = values.keys().cloned().collect();
    assert!(kept(keychain, &items).is_empty() && kept(keychain, &[]).is_empty());
    keychain.set_many(&values).unwrap();
    items.push(Item::token("none"));
    let read = kept(keychain, &items);
    assert_eq!(read.len(), 20);
    for (name, value) in read {
        let item = values.keys().find(|item| item.as_str() == name).unwrap();
        assert!(values[item].same_as(&SecretValue::new(value)), "{name}");
    }
    // Nothing is read that was not asked for.
    assert_eq!(kept(keychain, &items[..2]).len(), 2);
    assert_eq!(keychain.items().unwrap(), Some(values.keys().cloned().collect()), "all can be listed here");
    assert!(keychain.remove_same(&values).unwrap().is_empty());
    assert_eq!(keychain.items().unwrap(), Some(Vec::new()));
}

fn removes_only_what_it_knows(keychain: &dyn Keychain) {
    let (same, changed, gone) = (Item::token("same"), Item::token("changed"), Item::token("gone"));
    let known = [&same, &changed, &gone].map(|item| (item.clone(), SecretValue::new("known")));
    set(keychain, &same, "known");
    set(keychain, &changed, "newer");
    assert_eq!(keychain.remove_same(&known.into()).unwrap(), std::slice::from_ref(&changed));
    assert_eq!((get(keychain, &same), get(keychain, &changed).as_deref()), (None, Some("newer")));
    keychain.remove(&changed).unwrap();
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
