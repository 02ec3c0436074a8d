//! What the browser brings back, judged without I/O.
//!
//! The rule: one path, one state, compared exactly; all else is a stray and changes nothing, so that neither a favicon
//! nor another page on this machine can end a sign-in or slip in a code of its own.

use crate::secret::{SecretValue, plain};
use crate::sso::SsoError;

const PATH: &str = "/oauth/callback";

/// How the person decided.
#[derive(Clone, Debug)]
pub(super) enum Verdict {
    Code(SecretValue),
    Denied,
    /// The service's own word for what went wrong.
    Failed(String),
}

/// What a request to our port is.
#[derive(Debug)]
pub(super) enum Visit {
    Verdict(Verdict),
    /// Another path, or nothing in it: favicons, scanners, prefetches.
    Stray,
    /// The right path with another sign-in's state.
    Foreign,
}

/// What the way back has to look like.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    /// With the port, as in the authorize address.
    pub redirect: String,
    pub state: String,
}

impl Expected {
    pub fn new(port: u16, state: String) -> Self {
        Self { redirect: format!("http://127.0.0.1:{port}{PATH}"), state }
    }

    /// The `Host` a browser sends here; another name means another page leads here (DNS rebinding).
    pub fn host(&self) -> &str {
        self.redirect.trim_start_matches("http://").split('/').next().unwrap_or_default()
    }

    pub fn judge(&self, path: &str, query: Option<&str>) -> Visit {
        let Some(query) = query.filter(|_| path == PATH) else { return Visit::Stray };
        let query = Query::read(query);
        match query {
            Query { code: None, error: None, .. } => Visit::Stray,
            // Reported: some errors come without the state. They can end this sign-in, and nothing more.
            Query { error: Some(error), state, .. } if state.as_ref().is_none_or(|s| *s == self.state) => {
                Visit::Verdict(if error == "access_denied" {
                    Verdict::Denied
                } else {
                    Verdict::Failed(plain(&error))
                })
            }
            Query { code: Some(code), state: Some(state), .. } if state == self.state => {
                Visit::Verdict(Verdict::Code(SecretValue::new(code)))
            }
            _ => Visit::Foreign,
        }
    }

    /// The same for an address that was copied from a browser elsewhere.
    pub fn judge_pasted(&self, address: &SecretValue) -> Result<Verdict, SsoError> {
        let visit = address.expose_to(|text| {
            let text = text.trim().trim_matches(['"', '\'', '<', '>']);
            let text = text.strip_prefix("http://").unwrap_or(text);
            let rest = text.strip_prefix(self.host()).unwrap_or_default();
            let rest = rest.split('#').next().unwrap_or_default();
            let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
            self.judge(path, Some(query))
        });
        match visit {
            Visit::Verdict(verdict) => Ok(verdict),
            Visit::Stray | Visit::Foreign => Err(SsoError::NotTheAddress),
        }
    }
}

/// The three fields that matter; the first of each counts.
#[derive(Default)]
struct Query {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

impl Query {
    fn read(query: &str) -> Self {
        let mut found = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let field = match &*name {
                "code" => &mut found.code,
                "state" => &mut found.state,
                "error" => &mut found.error,
                _ => continue,
            };
            if field.is_none() && !value.is_empty() {
                *field = Some(value.into_owned());
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected() -> Expected {
        Expected::new(4711, "st-ate_1".to_owned())
    }

    fn judged(query: &str) -> Visit {
        expected().judge(PATH, Some(query))
    }

    #[test]
    fn the_code_counts_with_the_exact_state_alone() {
        let Visit::Verdict(Verdict::Code(code)) = judged("code=a%2Bb%20c&state=st-ate_1") else { panic!() };
        assert!(code.same_as(&SecretValue::new("a+b c")));
        for query in [
            "code=x",
            "code=x&state=",
            "code=x&state=st-ate_2",
            "code=x&state=ST-ATE_1",
            "code=x&state=st-ate_1%20",
        ] {
            assert!(matches!(judged(query), Visit::Foreign), "{query}");
        }
    }

    #[test]
    fn strays_are_told_apart() {
        for query in ["", "state=st-ate_1", "code=&state=st-ate_1", "other=1"] {
            assert!(matches!(judged(query), Visit::Stray), "{query}");
        }
        for path in [
            "/",
            "/favicon.ico",
            "/oauth/callback/",
            "//oauth/callback",
            "/OAuth/callback",
            "/oauth%2Fcallback",
        ] {
            assert!(matches!(expected().judge(path, Some("code=x&state=st-ate_1")), Visit::Stray), "{path}");
        }
        assert!(matches!(expected().judge(PATH, None), Visit::Stray));
    }

    #[test]
    fn an_error_ends_it_unless_it_is_somebody_else_s() {
        assert!(matches!(judged("error=access_denied&state=st-ate_1"), Visit::Verdict(Verdict::Denied)));
        assert!(matches!(judged("error=access_denied"), Visit::Verdict(Verdict::Denied)));
        assert!(matches!(judged("error=access_denied&state=other"), Visit::Foreign));
        let Visit::Verdict(Verdict::Failed(says)) = judged("error=bad%1b[2J") else { panic!() };
        assert_eq!(says, "bad");
    }

    #[test]
    fn a_pasted_address_is_the_very_one() {
        let pasted = |text: &str| expected().judge_pasted(&SecretValue::new(text));
        for text in [
            "http://127.0.0.1:4711/oauth/callback?code=c&state=st-ate_1",
            "  127.0.0.1:4711/oauth/callback?state=st-ate_1&code=c#top\n",
            "'http://127.0.0.1:4711/oauth/callback?code=c&state=st-ate_1'",
        ] {
            assert!(matches!(pasted(text), Ok(Verdict::Code(_))), "{text}");
        }
        for text in [
            "",
            "c",
            "http://127.0.0.1:4712/oauth/callback?code=c&state=st-ate_1",
            "http://127.0.0.1:4711/oauth/callback?code=c&state=other",
            "https://evil.example/oauth/callback?code=c&state=st-ate_1",
        ] {
            assert!(matches!(pasted(text), Err(SsoError::NotTheAddress)), "{text}");
        }
    }
}
