//! `token`: personal tokens, from standard input into the keychain and a file of their own.

use insta::assert_snapshot;

use crate::stand_in::{StandIn, good, reply};
use crate::support::Case;

/// The shape the profile asks for: `lin_api_` and forty letters or digits.
fn linear() -> String {
    format!("lin_api_{}", "Ab3".repeat(13) + "Z")
}

#[test]
fn kept_and_in_a_file_of_its_own() {
    let case = Case::of("services");
    assert_snapshot!(case.run_with(&format!("{}\n", linear()), &["token", "set", "linear"]).exits(0));
    assert_eq!(case.read(".env.linear"), format!("{}\n", linear()));
    case.git(&["check-ignore", "--quiet", ".env.linear"]);
}

/// The file holds the token as it was kept, not as it was pasted.
#[test]
fn a_paste_is_cleaned_in_the_file_too() {
    let case = Case::of("services");
    case.run_with(&format!("  \"{}\" \r\n\n", linear()), &["token", "set", "linear"]).exits(0);
    assert_eq!(case.read(".env.linear"), format!("{}\n", linear()));
}

#[test]
fn another_token_takes_its_place() {
    let case = Case::of("services");
    case.run_with(&linear(), &["token", "set", "linear"]).exits(0);
    let second = linear().replace('Z', "Y");
    case.run_with(&second, &["token", "set", "linear"]).exits(0);
    assert_eq!(case.read(".env.linear"), format!("{second}\n"));
}

#[test]
fn the_wrong_shape() {
    let case = Case::of("services");
    assert_snapshot!(case.run_with("lin_api_short", &["token", "set", "linear"]).exits(2));
    assert!(!case.has(".env.linear"));
}

#[test]
fn another_vendor_s_token() {
    let run = Case::of("services").run_with("ghp_canary0123", &["token", "set", "linear"]).exits(2);
    assert!(!run.raw.contains("canary"), "{run}");
    assert_snapshot!(run);
}

#[test]
fn nothing_on_standard_input() {
    assert_snapshot!(Case::of("services").run(&["token", "set", "linear"]).exits(2));
}

#[test]
fn a_token_the_profile_does_not_know() {
    assert_snapshot!(Case::of("services").run_with(&linear(), &["token", "set", "liner"]).exits(2));
}

#[test]
fn a_profile_without_tokens() {
    let case = Case::of("platform");
    assert_snapshot!("no_tokens_to_set", case.run_with("x", &["token", "set", "linear"]).exits(2));
    assert_snapshot!("no_tokens_to_list", case.run(&["token", "list"]).exits(0));
}

#[test]
fn tracked_by_git_the_file_is_not_written() {
    let case = Case::of("services").file(".env.linear", "old\n");
    case.git(&["add", "--force", ".env.linear"]);
    assert_snapshot!(case.run_with(&linear(), &["token", "set", "linear"]).exits(1));
    assert_eq!(case.read(".env.linear"), "old\n");
}

#[test]
fn listed_and_forgotten() {
    let case = Case::of("services").with_key_file();
    case.run_with(&linear(), &["token", "set", "linear"]).exits(0);
    assert_snapshot!("a_kept_token", case.run(&["token", "list"]).exits(0));
    assert_snapshot!("a_forgotten_token", case.run(&["token", "remove", "linear"]).exits(0));
    assert_snapshot!("no_token_left", case.run(&["token", "remove", "linear"]).exits(0));
}

#[test]
fn each_command_prints_one_versioned_document() {
    let case = Case::of("services");
    let set = case.run_with(&linear(), &["token", "set", "linear", "--json"]).exits(0).json();
    assert_eq!((&set["version"], &set["file"]), (&1.into(), &".env.linear".into()));
    assert_eq!(set["left_out"].as_array().map(Vec::len), Some(0));
    assert_eq!(case.run(&["token", "list", "--json"]).exits(0).json()["version"], 1);
    let removed = case.run(&["token", "remove", "linear", "--json"]).exits(0).json();
    assert_eq!((&removed["version"], &removed["removed"]), (&1.into(), &false.into()));
}

const VIEWER: &str =
    r#"{"data":{"viewer":{"name":"Jane Doe","email":"jane@acme.test","organization":{"name":"Acme"}}}}"#;

fn asking(answer: &str) -> (Case, StandIn) {
    let stand_in = StandIn::saying(answer);
    let case = Case::of("services").with_key_file().with("DEVSECRETS_ENDPOINT_LINEAR", &stand_in.url);
    case.run_with(&linear(), &["token", "set", "linear"]).exits(0);
    (case, stand_in)
}

#[test]
fn its_service_says_whose_it_is() {
    let (case, _stand_in) = asking(&good(VIEWER));
    assert_snapshot!("verified", case.run(&["token", "verify"]).exits(0));
    assert_snapshot!("listed_with_its_account", case.run(&["token", "list"]).exits(0));
    let checked = case.run(&["token", "verify", "linear", "--json"]).exits(0).json();
    assert_eq!(checked["checked"][0]["account"]["organization"], "Acme");
}

#[test]
fn a_refused_token_is_a_finding_and_silence_a_failure() {
    let (case, _stand_in) = asking(&reply("401 Unauthorized", "", "{}"));
    assert_snapshot!("refused", case.run(&["token", "verify", "linear"]).exits(1));
    let nobody = case.with("DEVSECRETS_ENDPOINT_LINEAR", "http://127.0.0.1:1");
    assert_snapshot!("nobody_answers", nobody.run(&["token", "verify", "linear"]).exits(2));
    assert_snapshot!("nobody_is_asked", nobody.run(&["token", "verify", "linear", "--offline"]).exits(2));
}

/// A profile from a clone names a host of its own: no key goes there unasked.
#[test]
fn a_host_of_the_profile_s_own_is_agreed_to_first() {
    let stand_in = StandIn::saying(good(r#"{"user":"jane"}"#));
    let profile = format!(
        "schema = 1\nname = \"own\"\ntitle = \"Own\"\n[services.a]\npath = \".\"\n[tokens.own]\ntitle = \"Own key\"\n\
         verify = {{ url = \"{}/me\", account = \"/user\" }}\n",
        stand_in.url
    );
    let case = Case::with_profile(&profile).with_key_file();
    case.run_with("s3cret-canary", &["token", "set", "own"]).exits(0);
    assert_snapshot!("a_new_host", case.run(&["token", "verify", "own"]).exits(2));
    assert!(stand_in.asked().is_empty());
    case.run(&["token", "verify", "own", "--yes"]).exits(0);
    case.run(&["token", "verify", "own"]).exits(0).says("jane");
}

/// Kept for one project, another one of the same developer gets it by consent alone.
#[test]
fn another_project_uses_it_by_consent() {
    let (case, _stand_in) = asking(&good(VIEWER));
    let here = "schema = 1\nname = \"other\"\ntitle = \"Other\"\n[variables.LINEAR_API_KEY]\ntoken = \"linear\"\n\
                [services.a]\npath = \".\"\nenv_file = \".env\"\nrequired = [\"LINEAR_API_KEY\"]\n\
                [tokens.linear]\npreset = \"linear\"\n";
    let other = case.without("DEVSECRETS_PROFILE").file("devsecrets.toml", here);
    assert_snapshot!("offered", other.run(&["token", "list"]).exits(0));
    assert_snapshot!("not_used_unasked", other.run(&["status"]).exits(1));
    assert_snapshot!("not_shown_unasked", other.run(&["token", "reveal", "linear", "--stdout"]).exits(2));
    assert_snapshot!("shared", other.run(&["token", "share", "linear"]).exits(0));
    other.run(&["seed", "--yes"]).exits(0);
    assert_eq!(other.values(".env")["LINEAR_API_KEY"], linear());
    assert_snapshot!("left_to_its_owner", other.run(&["token", "remove", "linear"]).exits(0));
    let owner = other.with("DEVSECRETS_PROFILE", "services");
    owner.run(&["token", "reveal", "linear", "--stdout"]).exits(0).says(&linear());
}

/// A token typed for another project takes nobody's place.
#[test]
fn each_project_may_have_its_own() {
    let (case, _stand_in) = asking(&good(VIEWER));
    let here = "schema = 1\nname = \"other\"\ntitle = \"Other\"\n[services.a]\npath = \".\"\n\
                [tokens.linear]\npreset = \"linear\"\n";
    let other = case.without("DEVSECRETS_PROFILE").file("devsecrets.toml", here);
    let own = linear().replace('Z', "Y");
    other.run_with(&own, &["token", "set", "linear"]).exits(0);
    other.run(&["token", "reveal", "linear", "--stdout"]).exits(0).says(&own);
    let owner = other.with("DEVSECRETS_PROFILE", "services");
    owner.run(&["token", "reveal", "linear", "--stdout"]).exits(0).says(&linear());
}

#[test]
fn what_rode_along_with_a_paste_is_said() {
    let pasted = format!("export LINEAR_API_KEY=\"{}\"\n", linear());
    let run = Case::of("services").run_with(&pasted, &["token", "set", "linear"]).exits(0);
    assert_snapshot!(run);
}

#[test]
fn revealing_needs_a_person_or_a_word() {
    let (case, _stand_in) = asking(&good(VIEWER));
    assert_snapshot!("no_terminal", case.run(&["token", "reveal", "linear"]).exits(2));
    let run = case.run(&["token", "reveal", "linear", "--stdout"]).exits(0);
    assert_eq!((run.out.as_str(), run.err.as_str()), (format!("{}\n", linear()).as_str(), ""));
    case.run(&["token", "reveal", "linear", "--json"]).exits(2);
    let none = Case::of("services");
    assert_snapshot!("none_to_reveal", none.run(&["token", "reveal", "linear", "--stdout"]).exits(2));
}

#[test]
fn the_file_goes_with_the_token_when_asked_and_unedited() {
    let (case, _stand_in) = asking(&good(VIEWER));
    case.write(".env.linear", "edited\n");
    case.run(&["token", "remove", "linear", "--yes"]).exits(0).says("it holds something else by now");
    assert_eq!(case.read(".env.linear"), "edited\n");
    case.run_with(&linear(), &["token", "set", "linear"]).exits(0);
    assert_snapshot!("forgotten_with_its_file", case.run(&["token", "remove", "linear", "--yes"]).exits(0));
    assert!(!case.has(".env.linear"));
}

/// The desktop's clipboard, as a script that takes the place of `xclip`.
fn with_a_clipboard(script: &str) -> Case {
    use std::os::unix::fs::PermissionsExt as _;
    let case = Case::of("services").with_key_file().with("DISPLAY", ":9");
    case.run_with(&linear(), &["token", "set", "linear"]).exits(0);
    let program = case.home("bin/xclip");
    std::fs::create_dir_all(program.parent().unwrap()).unwrap();
    std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", case.home("bin").display(), std::env::var("PATH").unwrap());
    case.with("PATH", &path)
}

/// It waits for a window system that does not answer; nobody has to wait for it.
#[test]
fn a_clipboard_that_hangs_is_given_up() {
    let case = with_a_clipboard("exec sleep 600");
    let run = case.run(&["token", "copy", "linear"]).exits(2);
    assert!(!run.raw.contains(&linear()), "{run}");
    assert_snapshot!("clipboard_hangs", run);
}
