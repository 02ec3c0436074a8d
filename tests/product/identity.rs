//! `devsecrets identity` where nobody is at a terminal: scripts, a second laptop, a mistake.

use serde_json::json;

use crate::support::Case;

const SHOP: &str = r#"schema = 1
name = "shop"
title = "Shop"
[variables.JWT_SECRET]
about = "Signs session tokens"
generate = { format = "hex", bytes = 32 }
[variables.PEPPER]
about = "Stirred into one-time codes"
generate = { format = "alnum", bytes = 24, scope = "service" }
[services.api]
path = "api"
env_file = ".env"
required = ["JWT_SECRET", "PEPPER"]
"#;

/// Two vectors of BIP-39: entropy 7f7f…, and 8080….
const PHRASE: &str = "legal winner thank year wave sausage worth useful legal winner thank year wave sausage \
                      worth useful legal winner thank year wave sausage worth title";
const OTHER: &str = "letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount \
                     doctor acoustic avoid letter advice cage absurd amount doctor acoustic bless";

fn shop() -> Case {
    Case::with_profile(SHOP).with_key_file()
}

#[test]
fn it_comes_to_be_with_the_first_consent_and_not_before() {
    let case = shop();
    case.run(&["identity", "show"]).exits(0).says("There is no identity yet");
    case.run(&["seed", "--dry-run"]).exits(0);
    case.run(&["status"]).says("ready");
    case.run(&["seed"]).exits(2).says("nobody agreed");
    assert!(!case.state("keychain.age").exists());
    let seeded = case.run(&["seed", "--yes"]).exits(0).says("DS-IDENTITY-01");
    assert_eq!(seeded.raw.matches("made just now").count(), 1);
    let again = case.run(&["seed", "--yes"]).exits(0);
    assert!(!again.raw.contains("made just now"), "{again}");
    let shown = case.run(&["identity", "show", "--json"]).exits(0).json();
    assert_eq!(shown["identity"]["fingerprint"].as_str().map(str::len), Some(16));
    assert_eq!(shown["identity"]["phrase_checked"], json!(null));
}

/// A new key file needs a passphrase, and nobody is there to think of one.
#[test]
fn what_could_not_be_derived_is_not_ready() {
    let case = Case::with_profile(SHOP).with("DEVSECRETS_KEYCHAIN", "file");
    let next = "export DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE=PATH";
    case.run(&["status"]).exits(1).says("a passphrase is needed").says(next);
    case.run(&["run", "-s", "api", "--", "true"]).exits(125).says("DS-RUN-02").says(next);
    assert!(!case.state("keychain.age").exists());
}

/// What is started gets no passphrase of ours, so another run in there has to be told why.
#[test]
fn a_run_within_a_run_says_who_has_the_passphrase() {
    let case = shop();
    case.run(&["seed", "--yes"]).exits(0);
    let program = env!("CARGO_BIN_EXE_devsecrets");
    std::fs::remove_file(case.path("api/.env")).unwrap();
    let words =
        ["run", "-s", "api", "--", "env", "-u", "JWT_SECRET", program, "run", "-s", "api", "--", "true"];
    case.run(&words).exits(125).says("the `devsecrets run` around this one keeps it to itself");
    let file = format!("DEVSECRETS_KEYCHAIN_PASSPHRASE_FILE={}", case.home("passphrase").display());
    let again = [&words[..7], &[&*file], &words[7..]].concat();
    case.run(&again).exits(0);
}

#[test]
fn a_second_laptop_has_the_same_values_rotations_included() {
    let (laptop, second) = (shop(), shop());
    for case in [&laptop, &second] {
        case.run_with(PHRASE, &["identity", "import"]).exits(0);
        case.run(&["seed", "--yes"]).exits(0);
    }
    let before = laptop.values("api/.env");
    assert_eq!(before, second.values("api/.env"));
    laptop.run(&["identity", "rotate", "JWT_SECRET"]).exits(2).says("nobody agreed");
    let rotated = laptop.run(&["identity", "rotate", "JWT_SECRET", "--yes"]).exits(0);
    assert!(rotated.err.contains("devsecrets identity rotate --to shop/JWT_SECRET=1"), "{rotated}");
    laptop.run(&["seed", "--yes"]).exits(0);
    let after = laptop.values("api/.env");
    assert_ne!(before["JWT_SECRET"], after["JWT_SECRET"]);
    assert_eq!(before["PEPPER"], after["PEPPER"]);
    second.run(&["identity", "rotate", "--to", "shop/JWT_SECRET=1"]).exits(0);
    second.run(&["seed", "--yes"]).exits(0);
    assert_eq!(after, second.values("api/.env"));
}

#[test]
fn another_identity_is_never_replaced_in_silence_and_comes_back() {
    let case = shop();
    case.run_with(PHRASE, &["identity", "import"]).exits(0);
    let mine = fingerprint(&case);
    let refused = case.run_with(OTHER, &["identity", "import"]).exits(2);
    assert!(refused.err.contains(&format!("another identity is here: {mine}")), "{refused}");
    assert_eq!(fingerprint(&case), mine);
    case.run_with(OTHER, &["identity", "import", "--yes"]).exits(0).says(&format!("--former {mine}"));
    let other = fingerprint(&case);
    assert_ne!(other, mine);
    case.run(&["identity", "import", "--former", &mine, "--yes"]).exits(0);
    assert_eq!(fingerprint(&case), mine);
    case.run(&["identity", "show"]).says(&other);
    case.run(&["identity", "import", "--former", "0000000000000000", "--yes"])
        .exits(2)
        .says("DS-IDENTITY-03");
}

#[test]
fn a_wrong_phrase_is_told_by_place_and_repeated_nowhere() {
    let case = shop();
    let wrong = [
        (PHRASE.replacen("winner", "winnre", 1), "word 2 is not in the list"),
        (PHRASE.replace("title", "useful"), "they do not belong together"),
        // One letter off, and two neighbours that changed places.
        (PHRASE.replacen("wave", "wage", 1), "look first at word 5, which is one letter from another word"),
        (PHRASE.replacen("winner thank", "thank winner", 1), "words 2 and 3, perhaps the other way round"),
        (PHRASE.replace("title", ""), "a recovery phrase has 24 words, and this has 23"),
    ];
    for (phrase, says) in wrong {
        let run = case.run_with(&phrase, &["identity", "import"]).exits(2).says(says);
        assert!(
            !["sausage", "winner", "winnre", "title", "wage", "wave"].iter().any(|w| run.raw.contains(w)),
            "{run}"
        );
    }
    assert!(!case.state("keychain.age").exists());
}

#[test]
fn no_output_ever_holds_a_word_or_the_key() {
    let case = shop();
    let mut said = String::new();
    for arguments in [
        &["identity", "import"][..],
        &["identity", "show"],
        &["identity", "show", "--json"],
        &["identity", "export"],
        &["identity", "export", "--json"],
        &["identity", "rotate", "--yes", "--json"],
        &["identity", "forget", "--yes"],
    ] {
        said += &case.run_with(PHRASE, arguments).raw;
    }
    assert!(said.contains("DS-IDENTITY-06"), "{said}");
    // The root key in the forms it has: words, hex, base64.
    for form in ["sausage", "winner", "7f7f7f7f", "f39/f39/"] {
        assert!(!said.contains(form), "{form} in\n{said}");
    }
    case.run(&["identity", "show", "--json"]).exits(0);
}

#[test]
fn forgetting_asks_first_and_says_what_is_lost() {
    let case = shop();
    case.run(&["identity", "forget"]).exits(0).says("there was none");
    case.run(&["seed", "--yes"]).exits(0);
    case.run(&["identity", "forget"]).exits(2).says("Its phrase was never written down");
    case.run(&["identity", "forget", "--yes"]).exits(0).says("forgotten");
    case.run(&["identity", "show"]).says("There is no identity yet");
}

/// `forget` takes along what an identity took the place of, which nothing would name any more.
#[test]
fn nothing_of_a_replaced_identity_outlives_forget() {
    let case = shop();
    case.run(&["seed", "--yes"]);
    let mine = fingerprint(&case);
    case.run_with(OTHER, &["identity", "import", "--yes"]).exits(0);
    case.run(&["forget", "--yes"]).exits(0);
    case.run(&["identity", "import", "--former", &mine, "--yes"]).exits(2);
    case.run_with(OTHER, &["identity", "import", "--yes"]).exits(0);
    case.run(&["identity", "import", "--former", &mine, "--yes"]).exits(2);
}

#[test]
fn only_what_is_derived_can_be_rotated() {
    let case = shop();
    case.run_with(PHRASE, &["identity", "import"]).exits(0);
    case.run(&["identity", "rotate", "JWT_SECRT", "--yes"]).exits(2).says("did you mean `JWT_SECRET`?");
    case.run(&["identity", "rotate", "--to", "nonsense"]).exits(2).says("PROJECT/VARIABLE=NUMBER");
}

fn fingerprint(case: &Case) -> String {
    let shown = case.run(&["identity", "show", "--json"]).exits(0).json();
    shown["identity"]["fingerprint"].as_str().unwrap().to_owned()
}
