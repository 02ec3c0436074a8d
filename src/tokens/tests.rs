//! A token is kept only in its shape, and never shown.

use super::*;
use crate::keychain::MemoryKeychain;

fn linear() -> Token {
    Token {
        title: "Linear API key".to_owned(),
        shape: Some("lin_api_[A-Za-z0-9]{8}".to_owned()),
        page: Some("https://linear.app/settings/account/security".to_owned()),
        scopes: vec!["read".to_owned()],
        file: Some(".env.linear".to_owned()),
        verify: None,
        preset: None,
    }
}

/// What stands in the keychain after `pasted` was set.
fn kept(token: &Token, pasted: &str) -> Result<String, Error> {
    let keychain = MemoryKeychain::default();
    set(&keychain, "linear", "linear", token, &SecretValue::new(pasted))?;
    Ok(value(&keychain).expose_to(str::to_owned))
}

fn value(keychain: &MemoryKeychain) -> SecretValue {
    keychain.get(&item("linear")).unwrap().unwrap()
}

#[test]
fn a_paste_is_cleaned_at_its_ends() {
    for pasted in [
        "lin_api_Abcd1234",
        "  lin_api_Abcd1234\r\n",
        "\"lin_api_Abcd1234\"\n",
        "' lin_api_Abcd1234 '",
        "`lin_api_Abcd1234`",
        "“lin_api_Abcd1234”",
        "\u{feff}lin_api_Abcd1234\u{200b}",
        "LINEAR_API_KEY=lin_api_Abcd1234",
        "export LINEAR_API_KEY=\"lin_api_Abcd1234\"\n",
        "Authorization: Bearer lin_api_Abcd1234",
    ] {
        assert_eq!(kept(&linear(), pasted).unwrap(), "lin_api_Abcd1234", "{pasted:?}");
    }
}

#[test]
fn what_was_left_out_is_said() {
    let dropped = |pasted: &str| clean(&SecretValue::new(pasted)).dropped;
    assert!(dropped("lin_api_Abcd1234").is_empty() && dropped("lin_api_Abcd1234\r\n").is_empty());
    assert_eq!(dropped("K3Y=\" x \"\n"), ["the name before `=`", "quotes", "white space"]);
    assert_eq!(dropped("bearer x"), ["`Bearer`"]);
}

/// What looks like a name may be part of a token.
#[test]
fn only_a_name_in_capitals_is_taken_off() {
    let any = Token { shape: None, ..linear() };
    for token in ["abc=def", "aGVsbG8=", "AB=", "ABC==", "A_B"] {
        assert_eq!(kept(&any, token).unwrap(), token);
    }
}

#[test]
fn quotes_that_are_no_pair_belong_to_the_token() {
    let any = Token { shape: None, ..linear() };
    for pasted in ["\"half", "'mixed\"", "in\"side", "\""] {
        assert_eq!(kept(&any, pasted).unwrap(), pasted);
    }
}

#[test]
fn the_whole_token_must_fit() {
    let either = Token { shape: Some("aa|bb".to_owned()), ..linear() };
    assert!(kept(&either, "aa").is_ok() && kept(&either, "bb").is_ok());
    for pasted in ["aab", "abb", "xaa", "bbx", "a a"] {
        assert!(matches!(kept(&either, pasted), Err(Error::Misshapen { .. })), "{pasted}");
    }
}

#[test]
fn a_misfit_says_how_and_never_what() {
    let error = kept(&linear(), "ghp_canary77").unwrap_err();
    let says = "it is no Linear API key, to judge by its shape \
                (12 characters; it looks like a GitHub personal access token)";
    assert_eq!(error.to_string(), says);
    assert!(!format!("{error:?} {}", error.remedy()).contains("canary"));
    let short = kept(&linear(), "lin_api_Abc").unwrap_err().to_string();
    assert!(short.ends_with("(11 characters instead of 16)"), "{short}");
    assert_eq!(
        error.remedy().to_string(),
        "make one (rights: read) at https://linear.app/settings/account/security, \
         copy the whole of it and try again: devsecrets token set linear"
    );
}

#[test]
fn a_misfit_leaves_the_former_token() {
    let keychain = MemoryKeychain::default();
    set(&keychain, "linear", "linear", &linear(), &SecretValue::new("lin_api_Abcd1234")).unwrap();
    set(&keychain, "linear", "linear", &linear(), &SecretValue::new("lin_api_short")).unwrap_err();
    assert_eq!(value(&keychain).chars(), 16);
}

#[test]
fn nothing_and_too_much_are_told_apart() {
    let any = Token { shape: None, page: None, ..linear() };
    assert!(matches!(kept(&any, " \"\" "), Err(Error::Blank { .. })));
    assert!(matches!(kept(&any, "one\ntwo"), Err(Error::ManyLines { .. })));
    assert!(check("linear", &linear(), &SecretValue::new("lin_api_Abcd1234")).is_ok());
}

#[test]
fn a_shape_that_is_no_expression_is_the_profile_s_fault() {
    for shape in ["[a-", "a)|(?:b"] {
        let broken = Token { shape: Some(shape.to_owned()), ..linear() };
        let error = kept(&broken, "canary").unwrap_err();
        assert!(matches!(error, Error::BadShape { .. }), "{shape}");
        assert_eq!(error.remedy().says, "correct `shape` under [tokens.linear]");
    }
}

#[test]
fn a_file_of_something_else_is_known() {
    for alone in ["", "\n", "lin_api_Abcd1234\n", "lin_api_Abcd1234", "  c2VjcmV0cw==\r\n"] {
        assert!(is_token_alone(alone.as_bytes()), "{alone:?}");
    }
    let others = [
        "PORT=3000\n",
        "# notes\n",
        "one two\n",
        "one\ntwo\n",
        "{ \"name\": 1 }",
        "export KEY='x'",
        "\"quoted\"",
    ];
    for other in others {
        assert!(!is_token_alone(other.as_bytes()), "{other:?}");
    }
    assert!(!is_token_alone(b"\xff\xfe"));
}

#[test]
fn the_file_holds_the_token_on_one_line_and_no_name() {
    let contents = file_contents(&SecretValue::new("lin_api_Abcd1234"));
    assert_eq!(contents.expose_to(str::to_owned), "lin_api_Abcd1234\n");
}

#[test]
fn while_typing_the_shape_is_told() {
    let shape = Some("lin_api_[a-z]{4}");
    assert_eq!(fit("  ", shape), Fit::Nothing);
    assert_eq!(fit("lin", shape), Fit::SoFar { left: Some(9) });
    assert_eq!(fit("lin_api_ab", shape), Fit::SoFar { left: Some(2) });
    assert_eq!(fit("lin_api_abcde", shape), Fit::TooLong { of: 12 });
    assert_eq!(fit("lin_api_abc1", shape), Fit::Differs);
    assert_eq!(fit("lin_api_ab", Some("lin_api_[a-z]{4,9}")), Fit::SoFar { left: None });
    assert_eq!(fit("lin_api_ab", Some(r"lin_api_\w{4}\.x")), Fit::SoFar { left: Some(4) });
    assert_eq!(fit(" KEY='lin_api_abcd'\n", shape), Fit::Matches);
    assert_eq!(fit("ghp_x", shape), Fit::Other("a GitHub personal access token"));
    assert_eq!(fit("lin_oauth_x", shape), Fit::Other("a Linear OAuth token"));
    assert_eq!(fit("hunter2", shape), Fit::Differs);
    assert_eq!(fit("x", None), Fit::NoShape);
    assert_eq!(fit("x", Some("(")), Fit::NoShape);
}

#[test]
fn the_beginning_of_a_shape_is_its_literal_part() {
    assert_eq!(beginning("lin_api_[A-Za-z0-9]{40}"), "lin_api_");
    assert_eq!(beginning("^sk-?x"), "sk");
    assert_eq!(beginning("(a|b)"), "");
    assert_eq!(beginning(r"\d+"), "");
}
