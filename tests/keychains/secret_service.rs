//! The operating system's keychain on Linux, proved against a real gnome-keyring.

use std::time::{Duration, Instant};

use devsecrets::identity::Identity;
use devsecrets::keychain::{Item, Keychain, Kind, OsKeychain, Place, Problem, open};
use devsecrets::secret::SecretValue;

use super::session::{self, EMPTY, NOBODY, UNLOCKED};

#[test]
fn the_secret_service_keeps_the_contract() {
    session::run(UNLOCKED, &["secret_service::inside_the_contract_holds"]);
}

#[test]
fn an_identity_survives_its_process() {
    let inside = ["secret_service::inside_an_identity_is_made", "secret_service::inside_it_is_found_again"];
    session::run(UNLOCKED, &inside);
}

#[test]
fn a_locked_keychain_is_not_an_empty_one() {
    session::run(UNLOCKED, &["secret_service::inside_a_locked_keychain_says_so"]);
}

#[test]
fn what_others_stored_under_our_name_is_told() {
    session::run(UNLOCKED, &["secret_service::inside_foreign_items_are_told"]);
}

#[test]
fn a_service_without_a_keyring_is_no_backend() {
    session::run(EMPTY, &["secret_service::inside_there_is_no_default_keyring"]);
}

#[test]
fn a_bus_without_a_service_is_no_backend() {
    session::run(NOBODY, &["secret_service::inside_nothing_answers"]);
}

#[test]
fn a_bus_that_does_not_exist_is_no_backend() {
    session::run_without_a_bus("secret_service::inside_nothing_answers");
}

#[test]
fn a_bus_that_hangs_is_given_up() {
    session::run_with_a_silent_bus("secret_service::inside_nothing_moves");
}

/// What bulk reading is for; `benches/run` prints it.
#[test]
#[ignore = "a measurement"]
fn twenty_items_are_timed() {
    let said = session::run(UNLOCKED, &["secret_service::inside_twenty_items_are_timed"]);
    let rows: Vec<&str> = said.lines().filter(|line| line.starts_with("keychain, ")).collect();
    std::io::Write::write_all(&mut std::io::stderr(), format!("{}\n", rows.join("\n")).as_bytes()).unwrap();
}

#[test]
#[ignore = "runs inside a session of its own"]
fn inside_twenty_items_are_timed() {
    let keychain = keychain();
    let items: Vec<Item> = (0..20).map(|n| Item::token(&format!("n{n}"))).collect();
    for item in &items {
        keychain.set(item, &SecretValue::new("x".repeat(40))).unwrap();
    }
    let timed = |what: &str, read: &dyn Fn() -> usize| {
        let mut times: Vec<Duration> = (0..15)
            .map(|_| {
                let began = Instant::now();
                assert_eq!(read(), 20);
                began.elapsed()
            })
            .collect();
        times.sort();
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        println!("{what:<44} {:8.1} ms {:8.1} ms {:8.1} ms", ms(times[7]), ms(times[0]), ms(times[14]));
    };
    timed("keychain, 20 items in one call", &|| keychain.get_many(&items).unwrap().len());
    let one = |item: &Item| keychain.get(item).unwrap().is_some();
    timed("keychain, 20 items one by one", &|| items.iter().filter(|item| one(item)).count());
}

fn keychain() -> OsKeychain {
    OsKeychain::new(&session::settings())
}

#[test]
#[ignore = "runs inside a session of its own"]
fn inside_the_contract_holds() {
    super::contract::holds(&keychain());
}

#[test]
#[ignore = "runs inside a session of its own"]
fn inside_an_identity_is_made() {
    let keychain = open(&session::settings(), || panic!("nobody is asked"));
    let identity = Identity::load_or_create(&keychain).unwrap();
    assert_eq!(keychain.kind(), Some(Kind::Os));
    assert_eq!(keychain.says(), "the Secret Service keychain, because it answers");
    std::fs::write("fingerprint", identity.fingerprint()).unwrap();
}

#[test]
#[ignore = "runs inside a session of its own"]
fn inside_it_is_found_again() {
    let found = Identity::load(&keychain()).unwrap().unwrap();
    assert_eq!(found.fingerprint(), std::fs::read_to_string("fingerprint").unwrap());
}

#[test]
#[ignore = "runs inside a session of its own"]
fn inside_a_locked_keychain_says_so() {
    let keychain = keychain().with_time_limit(Duration::from_secs(5));
    let (item, value) = (Item::identity(), SecretValue::new("canary-a8"));
    keychain.set(&item, &value).unwrap();
    lock_the_keyring();
    let errors = [
        keychain.get(&item).unwrap_err(),
        keychain.set(&item, &value).unwrap_err(),
        keychain.create(&item, &value).unwrap_err(),
        keychain.set(&Item::token("new"), &value).unwrap_err(),
        keychain.get_many(&[item.clone(), Item::token("new")]).unwrap_err(),
    ];
    assert_eq!(keychain.items().unwrap(), Some(vec![item]), "names are known without a prompt");
    for error in errors {
        assert!(matches!(error.problem, Problem::Locked), "{error}");
        assert_eq!(error.place, Place::Os);
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
}

fn with_the_keyring(act: impl FnOnce(&secret_service::blocking::Collection<'_>)) {
    use secret_service::{EncryptionType, blocking::SecretService};
    let service = SecretService::connect(EncryptionType::Dh).unwrap();
    act(&service.get_default_collection().unwrap());
}

fn lock_the_keyring() {
    with_the_keyring(|keyring| keyring.lock().unwrap());
}

#[test]
#[ignore = "runs inside a session of its own"]
fn inside_foreign_items_are_told() {
    let keychain = keychain();
    let put = |name: &str, extra: &str, bytes: &[u8]| {
        let attributes = [("service", "devsecrets"), ("username", name), ("extra", extra)].into();
        with_the_keyring(|keyring| {
            keyring.create_item("foreign", attributes, bytes, false, "text/plain").unwrap();
        });
    };
    put("token/binary", "", b"canary\xff\xfe");
    put("token/twice", "1", b"canary-1");
    put("token/twice", "2", b"canary-2");
    for name in ["binary", "twice"] {
        let error = keychain.get(&Item::token(name)).unwrap_err();
        assert!(matches!(error.problem, Problem::Foreign { .. }), "{error}");
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
    let good = Item::token("good");
    keychain.set(&good, &SecretValue::new("ours")).unwrap();
    let items = ["binary", "twice", "good", "none"].map(Item::token);
    let answers = keychain.get_many(&items).unwrap();
    assert_eq!(answers.len(), 3);
    for (item, answer) in answers {
        let told = matches!(&answer, Err(error) if matches!(error.problem, Problem::Foreign { .. }));
        assert_eq!(told, item != good, "{item}");
    }
}

#[test]
#[ignore = "runs inside a session of its own"]
fn inside_there_is_no_default_keyring() {
    let error = keychain().set(&Item::identity(), &SecretValue::new("x")).unwrap_err();
    assert!(matches!(error.problem, Problem::NoBackend(_)), "{error}");
}

#[test]
#[ignore = "runs inside a session of its own"]
fn inside_nothing_answers() {
    let began = Instant::now();
    let error = keychain().get(&Item::identity()).unwrap_err();
    assert!(matches!(error.problem, Problem::NoBackend(_)), "{error}");
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}

#[test]
#[ignore = "runs inside a session of its own"]
fn inside_nothing_moves() {
    let (keychain, limit) = (keychain(), Duration::from_millis(200));
    let error = keychain.with_time_limit(limit).get(&Item::identity()).unwrap_err();
    assert!(matches!(error.problem, Problem::TimedOut(_)), "{error}");
    assert_eq!(error.remedy().command.as_deref(), Some("export DEVSECRETS_KEYCHAIN=file"));
}
