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
    }
}

/// What stands in the keychain after `pasted` was set.
fn kept(token: &Token, pasted: &str) -> Result<String, Error> {
    let keychain = MemoryKeychain::default();
    set(&keychain, "linear", token, &SecretValue::new(pasted))?;
    Ok(get(&keychain, "linear")?.unwrap().expose_to(str::to_owned))
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
    ] {
        assert_eq!(kept(&linear(), pasted).unwrap(), "lin_api_Abcd1234", "{pasted:?}");
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
    let says = "`linear` does not have the shape of the Linear API key \
                (12 characters; it begins like a GitHub personal access token)";
    assert_eq!(error.to_string(), says);
    assert!(!format!("{error:?} {}", error.remedy()).contains("canary"));
    assert_eq!(
        error.remedy().to_string(),
        "make one with the rights read at https://linear.app/settings/account/security, \
         copy the whole of it and try again: devsecrets token set linear"
    );
}

#[test]
fn a_misfit_leaves_the_former_token() {
    let keychain = MemoryKeychain::default();
    set(&keychain, "linear", &linear(), &SecretValue::new("lin_api_Abcd1234")).unwrap();
    set(&keychain, "linear", &linear(), &SecretValue::new("lin_api_short")).unwrap_err();
    assert_eq!(get(&keychain, "linear").unwrap().unwrap().chars(), 16);
    assert!(remove(&keychain, "linear").unwrap() && !remove(&keychain, "linear").unwrap());
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
fn the_file_holds_the_token_on_one_line_and_no_name() {
    let contents = file_contents(&SecretValue::new("lin_api_Abcd1234"));
    assert_eq!(contents.expose_to(str::to_owned), "lin_api_Abcd1234\n");
}
