//! `forget`: everything we made is listed, goes by consent, and nothing else is touched.

use devsecrets::keychain::{FileKeychain, Item, Keychain as _, Passphrase};
use devsecrets::secret::SecretValue;
use insta::assert_snapshot;

use crate::support::{Case, acme};

fn linear() -> String {
    format!("lin_api_{}", "Ab3".repeat(13) + "Z")
}

const PROFILE: &str = r#"
schema = 1
name = "shop"
title = "Shop"

[variables.DERIVED]
generate = { format = "hex", bytes = 16 }
[variables.PORT]
secret = false
default = "8080"

[services.api]
path = "api"
env_file = ".env"
required = ["DERIVED", "PORT"]
[services.web]
path = "web"
env_file = ".env"
required = ["PORT"]

[tokens.linear]
preset = "linear"
file = ".env.linear"
"#;

/// Two env files of ours, one of them with lines of the developer's own, a token with a file, and an identity.
fn lived_in() -> Case {
    let case = Case::with_profile(PROFILE).with_key_file().file("web/.env", "# mine\nMINE=1\n");
    case.run(&["seed", "--yes"]).exits(0);
    case.run_with(&linear(), &["token", "set", "linear"]).exits(0);
    let edited = case.read("api/.env").replace("8080", "9090");
    case.write("api/.env", &edited);
    case
}

#[test]
fn listed_and_left_until_somebody_agrees() {
    let case = lived_in();
    let before = (case.digest(), case.kept());
    assert_snapshot!("listed", case.run(&["forget", "--dry-run"]).exits(0));
    assert_snapshot!("nobody_agreed", case.run(&["forget"]).exits(2));
    assert!(before == (case.digest(), case.kept()), "looking changes nothing");
}

#[test]
fn our_lines_go_and_nobody_else_s() {
    let case = lived_in();
    let run = case.run(&["forget", "--yes"]).exits(0);
    assert!(!run.raw.contains(&linear()), "{run}");
    assert_snapshot!("forgotten", run);
    assert_eq!(case.read("web/.env"), "# mine\nMINE=1\n");
    let api = case.read("api/.env");
    assert!(api.contains("PORT=9090") && !api.contains("DERIVED"), "{api}");
    assert!(!case.has(".env.linear") && !case.state("").exists());
    assert_snapshot!("nothing_left", case.run(&["forget", "--yes"]).exits(0));
}

#[test]
fn a_file_that_was_all_ours_goes_whole() {
    let case = Case::with_profile(PROFILE).with_key_file();
    case.run(&["seed", "--yes"]).exits(0);
    case.run(&["forget", "--yes"]).exits(0);
    assert!(!case.has("api/.env") && !case.has("web/.env"));
}

/// What cannot go is named, the records stay to tell of it, and the next run ends what this one began.
#[test]
fn what_stands_in_the_way_is_named_and_resumed() {
    let case = lived_in();
    case.write(".env.linear", "edited\n");
    let run = case.run(&["forget", "--yes"]).exits(1);
    run.clone().says("DS-FORGET-01").says("DS-FORGET-02");
    assert!(case.state("tokens.json").exists());
    std::fs::remove_file(case.path(".env.linear")).unwrap();
    case.run(&["forget", "--yes"]).exits(0);
    assert!(!case.state("").exists());
}

/// A root key is told from anything else; what is none may be another application's.
#[test]
fn what_is_no_identity_is_left_and_named() {
    let case = lived_in();
    let passphrase = Passphrase::known(SecretValue::new("correct horse battery staple"));
    let keychain = FileKeychain::new(case.state("keychain.age"), passphrase);
    keychain.set(&Item::identity(), &SecretValue::new("hello there")).unwrap();
    case.run(&["forget", "--yes"]).exits(1).says("`identity` is not what devsecrets stores");
    assert!(keychain.get(&Item::identity()).unwrap().is_some());
}

/// A keychain that does not open says so once, not once for each of its items.
#[test]
fn a_wrong_passphrase_is_told_once_and_removes_nothing_of_the_file() {
    let case = lived_in();
    let before = std::fs::read(case.state("keychain.age")).unwrap();
    std::fs::write(case.home("passphrase"), "another\n").unwrap();
    assert_snapshot!("wrong_passphrase", case.run(&["forget", "--yes"]).exits(1));
    assert!(before == std::fs::read(case.state("keychain.age")).unwrap());
}

#[test]
fn one_project_alone_leaves_the_identity() {
    let case = lived_in();
    let document = case.run(&["forget", "--project", "--yes", "--json"]).exits(0).json();
    let places = document["survey"]["things"].to_string();
    assert!(places.contains("token/linear") && !places.contains("identity"), "{places}");
    assert!(case.state("keychain.age").exists());
    assert!(!case.read("api/.env").contains("DERIVED"));
    assert_eq!(document["survey"]["by_hand"][0]["page"], "https://linear.app/settings/account/security");
    case.run(&["forget", "--project", "--dry-run"]).exits(0).says("there is nothing of ours here");
}

/// Our session goes, one that the AWS CLI made stays.
#[test]
fn only_our_own_sign_in_goes() {
    let case = Case::of("services").on(acme()).with_key_file();
    let case =
        case.file("devsecrets.toml", crate::support::ONE_SERVICE).without("DEVSECRETS_PROFILE").signed_in();
    let theirs = case.home(".aws/sso/cache/0000000000000000000000000000000000000000.json");
    std::fs::write(&theirs, "{}").unwrap();
    let cached = || std::fs::read_dir(case.home(".aws/sso/cache")).unwrap().count();
    assert_eq!(cached(), 3);
    case.run(&["forget", "--yes"]).exits(0).says("sign out of AWS (shop)");
    assert!(theirs.exists());
    assert_eq!(cached(), 1);
}

/// What we wrote into the AWS config file goes while it is as we wrote it; the rest of the file stays, to the byte.
#[test]
fn an_aws_profile_goes_unless_somebody_edited_it() {
    const THEIRS: &str = "[profile mine]\nregion = eu-west-1\n";
    for edited in [false, true] {
        let case = Case::of("services").on(acme()).with_key_file();
        let case = case.file("devsecrets.toml", crate::support::ONE_SERVICE).without("DEVSECRETS_PROFILE");
        let config = case.home(".aws/config");
        std::fs::create_dir_all(config.parent().unwrap()).unwrap();
        std::fs::write(&config, THEIRS).unwrap();
        case.run(&["login", "--yes"]).exits(0);
        let written = std::fs::read_to_string(&config).unwrap();
        assert!(written.contains("sso_account_id"), "{written}");
        if edited {
            std::fs::write(&config, format!("{written}output = json\n")).unwrap();
        }
        let run = case.run(&["forget", "--project", "--yes"]).exits(0);
        let left = std::fs::read_to_string(&config).unwrap();
        assert!(left.starts_with(THEIRS), "{left}");
        assert_eq!(left.contains("sso_account_id"), edited, "{run}\n{left}");
        assert!(left.contains("[sso-session ") && run.out.contains("remove [sso-session "), "{run}");
        assert_eq!(run.out.contains("which was edited since we wrote it"), edited, "{run}");
        let roles = std::fs::read_to_string(case.state("roles.json")).unwrap();
        assert_eq!(roles.trim(), "{}", "the choice of account and role goes with the project");
    }
}

/// Nobody is kept from leaving.
#[test]
fn a_broken_profile_or_none_is_no_obstacle() {
    let case = lived_in();
    case.write("devsecrets.toml", "schema = ");
    case.run(&["forget", "--yes"]).exits(0);
    assert!(!case.state("").exists());
    Case::empty().run(&["forget"]).exits(0).says("there is nothing of ours here");
}
