//! Texts nobody would write on purpose.

use devsecrets::profile::{Problems, parse};
use proptest::prelude::*;

fn problems(text: &str) -> Problems {
    parse(text, "hostile.toml").unwrap_err()
}

fn messages(text: &str) -> Vec<String> {
    problems(text).list().iter().map(|problem| problem.message.clone()).collect()
}

const GOOD: &str = "schema = 1\nname = \"a\"\ntitle = \"A\"\n[services.api]\npath = \".\"\n";

#[test]
fn an_empty_file_says_so() {
    for text in ["", " \n\t\n", "\u{feff}"] {
        assert_eq!(messages(text), ["the profile is empty"]);
    }
}

#[test]
fn a_byte_order_mark_and_crlf_are_fine() {
    parse(&format!("\u{feff}{}", GOOD.replace('\n', "\r\n")), "bom.toml").unwrap();
}

#[test]
fn columns_are_the_same_with_a_byte_order_mark() {
    let at = |text: &str| problems(text).list()[0].column;
    assert_eq!(at("\u{feff}nome = 1"), at("nome = 1"));
}

#[test]
fn control_characters_are_refused_wherever_they_hide() {
    let escaped = GOOD.replace("\"A\"", r#""\u001b[31mred""#);
    assert_eq!(messages(&escaped), ["this text holds a control character"]);
    let overridden = GOOD.replace("\"A\"", "\"abc\u{202e}def\"");
    assert_eq!(messages(&overridden), ["this text holds a control character"]);
    let key = GOOD.replace("services.api", r#"services."\u001b]0;x\u0007""#);
    assert_eq!(messages(&key), ["this name holds a control character"]);
    let raw = problems(&GOOD.replace("\"A\"", "\"\u{1b}[2J\""));
    assert!(!raw.to_string().contains('\u{1b}'));
}

#[test]
fn a_huge_text_is_refused_at_once() {
    assert_eq!(messages(&"# x\n".repeat(1 << 20)), ["larger than 256 KiB"]);
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    problems(&format!("x = {}{}", "[".repeat(50_000), "]".repeat(50_000)));
    problems(&format!("x = {}1{}", "{a=".repeat(40_000), "}".repeat(40_000)));
    assert_eq!(messages(&format!("{}x = 1", "a.".repeat(100_000))), ["too many dots in one line"]);
    let level = format!("{}x = {{\n", "a.".repeat(99));
    problems(&format!("{}{}", level.repeat(1_000), "}\n".repeat(1_000)));
}

#[test]
fn many_problems_are_counted_and_the_first_hundred_shown() {
    let found = problems(&format!("{GOOD}{}", (0..500).map(|n| format!("x{n} = 1\n")).collect::<String>()));
    assert_eq!(found.list().len(), 100);
    assert!(found.to_string().ends_with("500 problems in hostile.toml, the first 100 shown"));
}

#[test]
fn a_text_of_nothing_but_faults_is_read_to_its_end() {
    let shown = problems(&"x = \n".repeat(40_000)).to_string();
    assert!(shown.ends_with(" problems in hostile.toml, the first 100 shown"));
}

#[test]
fn numbers_of_any_size_are_told_their_range() {
    let text = format!("{GOOD}[policy]\nrotation_days = 5000000000\n");
    assert_eq!(messages(&text), ["expected a whole number from 1 to 4294967295"]);
    let text = format!("{GOOD}[policy]\nrotation_days = 99999999999999999999999999999999999999999\n");
    assert_eq!(messages(&text), ["expected a whole number from 1 to 4294967295"]);
}

#[test]
fn no_value_is_quoted_in_the_rows() {
    let text =
        format!("{GOOD}[variables.A]\ndefault = {{ prod = \"canary-81\" }}\ngenerate = \"canary-81\"\n");
    let rows = serde_json::to_string(&problems(&text)).unwrap();
    assert!(!rows.contains("canary-81"), "{rows}");
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,200}") {
        let _ = parse(&text, "any").map_err(|problems| problems.to_string());
    }

    /// Pieces of real profiles in any order get further than noise does.
    #[test]
    fn no_mixture_of_real_pieces_does_either(pieces in prop::collection::vec(piece(), 0..30)) {
        let text = pieces.concat();
        if let Err(problems) = parse(&text, "any") {
            prop_assert!(!problems.list().is_empty());
            prop_assert!(problems.to_string().contains("problem"));
        }
    }

    #[test]
    fn no_cut_makes_the_reader_panic(at in 0..12_000usize, instead in ".{0,3}") {
        for profile in devsecrets::profile::bundled() {
            let at = profile.text.floor_char_boundary(at.min(profile.text.len()));
            let text = format!("{}{instead}{}", &profile.text[..at], &profile.text[profile.text.ceil_char_boundary(at + 1)..]);
            let _ = parse(&text, "any").map_err(|problems| problems.to_string());
        }
    }
}

fn piece() -> impl Strategy<Value = String> {
    let words = [
        "schema = 1\n",
        "name = \"a\"\n",
        "title = ",
        "\"A\"\n",
        "[services.api]\n",
        "[services]\n",
        "path = \".\"\n",
        "required = [\"A\"]\n",
        "required = { production = [\"A\", 1] }\n",
        "[variables.A]\n",
        "[variables]\n",
        "A = {}\n",
        "regions = [\"EU\"]\n",
        "generate = { format = \"hex\", bytes = 900 }\n",
        "[[services]]\n",
        "[sso]\n",
        "start_url = \"http://x\"\n",
        "\"\"\"\n",
        "'",
        "{",
        "]",
        "=",
        "\u{1f600}",
        "\r",
        "é = 'é'\n",
        "env_file = \"../x\"\n",
        "[deploy.x]\n",
        "default = 1979-05-27\n",
        "environments = []\n",
        "[policy]\n",
    ];
    prop::sample::select(words.to_vec()).prop_map(str::to_owned)
}
