//! `seed`: what it shows, what it writes, and what it leaves alone.

use insta::assert_snapshot;

use crate::support::{Case, ONE_SERVICE, SHARED_FILE, acme};

/// The five services of the bundled profile, signed in, with one env file somebody has written before.
fn shop() -> Case {
    let package = r#"{"dependencies":{"dotenv":"^17.0.0"}}"#;
    let case = Case::of("services").on(acme()).signed_in();
    case.file("services/media/package.json", package).file("services/media/.env", HAND_WRITTEN)
}

const HAND_WRITTEN: &str = "# The shop's front end runs on Vite here.\r\n\
    CORS_ORIGIN=http://localhost:5173   # edited by hand\r\n\
    \r\n\
    export  OURS='kept as it is'\r\n\
    S3_BUCKET=\r\n";

#[test]
fn a_rehearsal_shows_everything_and_writes_nothing() {
    let case = shop();
    let before = case.digest();
    assert_snapshot!(case.run(&["seed", "--dry-run"]).exits(0));
    assert_eq!(case.digest(), before);
    assert!(!case.state("journal.json").exists());
}

#[test]
fn nothing_is_written_unless_somebody_agrees() {
    let case = shop();
    let before = case.digest();
    assert_snapshot!(case.run(&["seed", "--service", "backend"]).exits(2));
    assert_eq!(case.digest(), before);
}

#[test]
fn a_second_run_changes_no_byte() {
    let case = shop().with_key_file();
    assert_snapshot!("seed", case.run(&["seed", "--yes"]).exits(0));
    let first = case.digest();
    assert_snapshot!("seed_again", case.run(&["seed", "--yes"]).exits(0));
    assert_eq!(case.digest(), first);
}

/// Without a keychain that lasts, a value in use is kept rather than replaced by another one.
#[test]
fn a_lost_identity_changes_no_byte_either() {
    let case = shop();
    case.run(&["seed", "--yes"]).exits(0);
    let first = case.digest();
    case.run(&["seed", "--yes"]).exits(0);
    assert_eq!(case.digest(), first);
}

#[test]
fn values_come_from_their_sources() {
    let case = shop();
    case.run(&["seed", "--yes"]).exits(0);
    let (backend, messaging) = (case.values("backend/.env"), case.values("agent7-messaging/.env"));
    assert_eq!(backend["JWT_SECRET"], messaging["JWT_SECRET"]);
    assert_eq!((backend["JWT_SECRET"].len(), backend["OTP_PEPPER"].len()), (64, 64));
    assert_eq!(case.values("services/media/.env")["S3_SECRET_ACCESS_KEY"], "s3-secret");
    assert_eq!(case.values("agent9-search/.env")["TYPESENSE_API_KEY"], "type-sense");
    assert_eq!(case.values("events_service/.env")["EVENTS_BASE_URL"], "http://localhost:8000");
}

#[test]
fn files_are_private_and_ignored_by_git() {
    let case = shop();
    case.run(&["seed", "--yes"]).exits(0);
    for file in ["backend/.env", "services/media/.env"] {
        case.git(&["check-ignore", "--quiet", file]);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        for file in ["backend/.env", "services/media/.env"] {
            let mode = std::fs::metadata(case.path(file)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
    }
}

#[test]
fn a_hand_edit_is_kept_with_its_comment_and_line_ends() {
    let case = shop();
    case.run(&["seed", "--yes", "--service", "media"]).exits(0);
    let text = case.read("services/media/.env");
    assert!(text.starts_with(&HAND_WRITTEN.replace("S3_BUCKET=\r\n", "")), "{text}");
    assert!(text.contains("\r\nS3_BUCKET=media-development\r\n"), "{text}");
    assert!(text.lines().count() == text.matches("\r\n").count(), "{text:?}");
}

#[test]
fn an_edit_after_seeding_wins_too() {
    let case = Case::with_profile(ONE_SERVICE).on(acme()).signed_in();
    case.run(&["seed", "--yes"]).exits(0);
    let edited = case.read("api/.env").replace("from the store", "mine");
    case.write("api/.env", &edited);
    assert_snapshot!(case.run(&["seed", "--yes"]).exits(0));
    assert_eq!(case.read("api/.env"), edited);
}

#[test]
fn a_rotated_secret_replaces_our_copy() {
    let case = Case::with_profile(ONE_SERVICE).on(acme()).signed_in();
    case.run(&["seed", "--yes"]).exits(0);
    case.stage().put_secret("api/development", r#"{"API_KEY":"rotated"}"#);
    assert_snapshot!(case.run(&["seed", "--yes"]).exits(0));
    assert_eq!(case.values("api/.env")["API_KEY"], "rotated");
}

#[test]
fn out_of_reach_of_the_store_our_copy_stays() {
    let case = Case::with_profile(ONE_SERVICE).on(acme()).signed_in();
    case.run(&["seed", "--yes"]).exits(0);
    let before = case.digest();
    assert_snapshot!(case.run(&["seed", "--yes", "--offline"]).exits(0));
    assert_eq!(case.digest(), before);
}

#[test]
fn signed_out_it_says_so_and_writes_what_it_has() {
    let case = Case::with_profile(ONE_SERVICE).on(acme());
    assert_snapshot!(case.run(&["seed", "--yes"]).exits(1));
    assert_eq!(case.values("api/.env")["PORT"], "8080");
}

#[test]
fn what_is_only_exported_is_not_written_down() {
    let case = Case::with_profile(ONE_SERVICE).with("API_KEY", "exported value");
    assert_snapshot!("exported", case.run(&["seed", "--offline", "--dry-run"]));
    assert_snapshot!("exported_and_wanted", case.run(&["seed", "--offline", "--from-env", "--yes"]).exits(0));
    assert_eq!(case.values("api/.env")["API_KEY"], "exported value");
}

#[test]
fn another_environment_has_its_own_values() {
    let world = acme().secret("api/staging", r#"{"API_KEY":"staging key","PORT":"9090"}"#);
    let case = Case::with_profile(ONE_SERVICE).on(world).signed_in();
    assert_snapshot!(case.run(&["seed", "--env", "staging", "--yes"]).exits(0));
    assert_eq!(case.values("api/.env")["API_KEY"], "staging key");
}

#[test]
fn two_services_may_share_a_file() {
    let case = Case::with_profile(SHARED_FILE);
    assert_snapshot!(case.run(&["seed", "--yes"]).exits(0));
    assert_eq!(case.values(".env").len(), 3);
}

#[test]
fn a_policy_against_env_files_is_kept() {
    let case = Case::of("palindrom");
    assert_snapshot!(case.run(&["seed", "--yes", "--offline"]).exits(1));
    assert!(case.project().is_empty());
}

#[test]
fn a_production_account_is_refused() {
    let policy = "[policy]\nproduction_accounts = [\"111122223333\"]\n\n[sso]";
    let case = Case::with_profile(&ONE_SERVICE.replace("[sso]", policy)).on(acme()).signed_in();
    assert_snapshot!(case.run(&["seed", "--yes"]).exits(1));
    assert!(!case.has("api/.env"));
}

#[test]
fn json_is_one_versioned_document() {
    let case = Case::with_profile(ONE_SERVICE).on(acme()).signed_in();
    let document = case.run(&["seed", "--json", "--yes"]).exits(0).json();
    assert_eq!((document["version"].as_u64(), document["report"]["version"].as_u64()), (Some(1), Some(1)));
    assert_eq!(document["report"]["files"][1]["outcome"], "created");
    assert_eq!(document["preview"]["files"][1]["lines"][0]["value"]["masked"]["chars"], 14);
    assert_eq!(case.run(&["seed", "--json"]).exits(0).json()["preview"]["files"][0]["state"], "unchanged");
}

#[test]
fn refusing_consent_is_one_document_too() {
    let case = Case::with_profile(SHARED_FILE);
    assert_eq!(case.run(&["seed", "--json"]).exits(2).json()["error"]["code"], "DS-SEED-06");
}

#[test]
fn quiet_says_only_what_went_wrong() {
    let run = Case::with_profile(SHARED_FILE).run(&["seed", "--yes", "--quiet"]).exits(0);
    assert_eq!(run.err, "");
}

/// A shell takes a CRLF file's blank lines for commands, so for it nothing can be added.
#[test]
fn a_file_that_one_of_its_readers_refuses_is_an_error() {
    let case = Case::of("services").file("services/media/.env", HAND_WRITTEN);
    assert_snapshot!(case.run(&["seed", "--offline", "--yes", "--service", "media"]).exits(1));
    assert_eq!(case.read("services/media/.env"), HAND_WRITTEN);
}

/// One variable of one service: the rest of its file, and the same variable elsewhere, keep every byte.
#[test]
fn one_variable_of_one_service() {
    let text = "# mine\nPORT=1 # odd\n\nAPI_KEY=\n";
    let case = Case::with_profile(ONE_SERVICE).on(acme()).signed_in().file("api/.env", text);
    let rehearsal = case.run(&["seed", "api/API_KEY", "--dry-run"]);
    assert_eq!(rehearsal.out.matches("PORT").count(), 0, "{rehearsal}");
    assert_eq!(case.read("api/.env"), text);
    let run = case.run(&["seed", "api/API_KEY", "--yes"]);
    assert!(run.out.contains("updated"), "{run}");
    let after = case.read("api/.env");
    let line = after.lines().find(|line| line.starts_with("API_KEY=")).unwrap();
    assert_eq!(after, text.replace("API_KEY=", line), "only its own bytes change");
    case.run(&["seed", "api/API_KEY", "--check"]).exits(0);
    assert_eq!(case.read("api/.env"), after);
}

#[test]
fn one_variable_is_not_that_of_another_service() {
    let case = Case::with_profile(TWO_FILES);
    case.run(&["seed", "api/KEY", "--yes"]).exits(0);
    assert!(case.has("api/.env") && !case.has("web/.env"));
    assert_eq!(case.values("api/.env").len(), 1, "{:?}", case.values("api/.env"));
    let run = case.run(&["seed", "web", "api/PORT", "--dry-run"]);
    assert!(
        run.out.contains("web/.env") && run.out.contains("api/.env"),
        "a whole service beside one: {run}"
    );
    case.run(&["seed", "api/KEYS"]).exits(2).says("did you mean `api/KEY`?");
    case.run(&["seed", "apo/KEY"]).exits(2).says("DS-PROFILE-09");
}

const TWO_FILES: &str = r#"
schema = 1
name = "two"
title = "Two"
[variables.KEY]
default = "from the profile"
[variables.PORT]
secret = false
default = "8080"
[services.api]
path = "api"
env_file = ".env"
required = ["KEY", "PORT"]
[services.web]
path = "web"
env_file = ".env"
required = ["KEY", "PORT"]
"#;
