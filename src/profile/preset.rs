//! What is known of the tokens of a few services, so that a profile needs one word for each.
//!
//! Owns shapes, pages and least rights as the services document them. A profile's own words win over these.

use super::schema::{Token, TokenService, Verify};

struct Preset {
    title: &'static str,
    shape: &'static str,
    page: &'static str,
    scopes: &'static [&'static str],
}

/// Linear: linear.app/docs/api-and-webhooks. GitHub: fine-grained first, as its documentation advises; the classic
/// form is still taken. npm: granular tokens, the only kind made since November 2025.
fn preset(service: TokenService) -> Preset {
    match service {
        TokenService::Linear => Preset {
            title: "Linear API key",
            shape: "lin_api_[A-Za-z0-9]{40}",
            page: "https://linear.app/settings/account/security",
            scopes: &["Read"],
        },
        TokenService::Github => Preset {
            title: "GitHub token",
            shape: "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}|ghp_[A-Za-z0-9]{36}",
            page: "https://github.com/settings/personal-access-tokens/new",
            scopes: &["Metadata: read-only"],
        },
        TokenService::Npm => Preset {
            title: "npm access token",
            shape: "npm_[A-Za-z0-9]{36}",
            page: "https://www.npmjs.com/settings/~/tokens",
            scopes: &["Packages and scopes: read-only"],
        },
    }
}

/// Puts the preset's words where the profile has none of its own.
pub(super) fn fill(token: &mut Token) {
    let Some(service) = token.preset else { return };
    let known = preset(service);
    if token.title.is_empty() {
        known.title.clone_into(&mut token.title);
    }
    token.shape.get_or_insert_with(|| known.shape.to_owned());
    token.page.get_or_insert_with(|| known.page.to_owned());
    if token.scopes.is_empty() {
        token.scopes = known.scopes.iter().map(|scope| (*scope).to_owned()).collect();
    }
    token.verify.get_or_insert(Verify::Service(service));
}

#[cfg(test)]
mod tests {
    use crate::profile::{Token, TokenService, Verify, parse};

    fn token(lines: &str) -> Token {
        let text = format!(
            "schema = 1\nname = \"x\"\ntitle = \"X\"\n[services.a]\npath = \".\"\n[tokens.t]\n{lines}"
        );
        parse(&text, "t").unwrap().tokens["t"].clone()
    }

    #[test]
    fn one_word_is_enough() {
        let token = token("preset = \"github\"");
        assert_eq!(token.title, "GitHub token");
        assert_eq!(token.verify, Some(Verify::Service(TokenService::Github)));
        assert!(token.page.is_some() && token.shape.is_some() && !token.scopes.is_empty());
    }

    #[test]
    fn the_profile_s_own_words_win() {
        let token = token("preset = \"linear\"\ntitle = \"Tracker key\"\nscopes = [\"Write\"]");
        assert_eq!((token.title.as_str(), token.scopes[0].as_str()), ("Tracker key", "Write"));
    }

    /// A shape that does not compile would refuse every token.
    #[test]
    fn every_shape_is_an_expression() {
        for service in ["linear", "github", "npm"] {
            let shape = token(&format!("preset = \"{service}\"")).shape.unwrap();
            assert!(regex_lite::Regex::new(&shape).is_ok(), "{shape}");
        }
    }

    fn problems(lines: &str) -> String {
        let text = format!(
            "schema = 1\nname = \"x\"\ntitle = \"X\"\n[services.a]\npath = \".\"\n[tokens.t]\n{lines}"
        );
        parse(&text, "t").unwrap_err().to_string()
    }

    #[test]
    fn what_a_check_must_have_is_said() {
        assert!(problems("preset = \"githb\"").contains("did you mean `github`?"));
        assert!(problems("shape = 'x'").contains("missing key `title`"));
        let check = |body: &str| problems(&format!("title = \"T\"\nverify = {{ {body} }}"));
        assert!(check("url = \"http://example.com\", account = \"/a\"").contains("https address"));
        assert!(check("url = \"https://u:p@example.com\", account = \"/a\"").contains("https address"));
        assert!(check("url = \"https://example.com\"").contains("missing key `account`"));
        assert!(check("url = \"https://example.com\", account = \"a\"").contains("begins with `/`"));
        assert!(check("url = \"https://e.com\", account = \"/a\", header = \"X: y\"").contains("`{token}`"));
        assert!(check("ulr = \"https://e.com\", account = \"/a\"").contains("did you mean `url`?"));
    }
}
