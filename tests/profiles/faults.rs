//! What an author sees: every fault at once, drawn over the text.

use devsecrets::profile::parse;

fn shown(text: &str) -> String {
    parse(text, "devsecrets.toml").unwrap_err().to_string()
}

#[test]
fn wrong_keys_types_and_meanings_are_all_shown_at_once() {
    insta::assert_snapshot!(shown(include_str!("many-faults.toml")));
}

#[test]
fn every_syntax_error_is_shown() {
    insta::assert_snapshot!(shown(
        "schema = 1\nname = shop\ntitle = \"Shop\n[services.api\npath = 'api'\nextra = 1\n"
    ));
}

#[test]
fn colour_is_the_callers_choice() {
    let problems = parse("nome = 1", "devsecrets.toml").unwrap_err();
    assert!(!problems.render(false).contains('\u{1b}'));
    assert!(problems.render(true).contains('\u{1b}'));
}

#[test]
fn rows_are_what_json_shows() {
    let rows =
        serde_json::to_string_pretty(&parse("schema = 2\nnome = \"x\"\n", "devsecrets.toml").unwrap_err());
    insta::assert_snapshot!(rows.unwrap());
}
