//! The page a person sees when the browser comes back.
//!
//! It loads nothing and its one script takes the query, with the code in it, out of the address bar; without scripts the
//! query stays, and is worth nothing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{Response, StatusCode, header};
use sha2::{Digest as _, Sha256};

use super::callback::Verdict;

const FRAME: &str = include_str!("page.html");

/// What there is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Approved,
    Denied,
    Failed,
    /// A verdict after the first.
    Again,
    /// Another sign-in's way back.
    Foreign,
    Nothing,
}

impl Page {
    pub fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Code(_) => Self::Approved,
            Verdict::Denied => Self::Denied,
            Verdict::Failed(_) => Self::Failed,
        }
    }

    /// Status, mark, title and advice.
    fn says(self) -> (StatusCode, &'static str, &'static str, &'static str) {
        match self {
            Self::Approved => {
                (StatusCode::OK, "✓", "Approved", "You can close this tab and go back to your terminal.")
            }
            Self::Denied => {
                (StatusCode::OK, "✕", "Not approved", "Nothing was shared. You can close this tab.")
            }
            Self::Failed => {
                (StatusCode::OK, "✕", "The sign-in failed", "Your terminal says why. You can close this tab.")
            }
            Self::Again => (
                StatusCode::GONE,
                "✕",
                "Already answered",
                "This sign-in has had its answer. Close this tab.",
            ),
            Self::Foreign => (
                StatusCode::BAD_REQUEST,
                "✕",
                "Another sign-in's page",
                "This tab belongs to an earlier sign-in. Close it and use the newest one.",
            ),
            Self::Nothing => (StatusCode::NOT_FOUND, "✕", "Nothing here", "You can close this tab."),
        }
    }

    fn html(self) -> String {
        let (_, mark, title, advice) = self.says();
        let mood = if self == Self::Approved { "good" } else { "bad" };
        [("mood", mood), ("mark", mark), ("title", title), ("advice", advice)]
            .iter()
            .fold(FRAME.to_owned(), |page, (name, text)| page.replace(&format!("{{{{{name}}}}}"), text))
    }

    pub fn response(self) -> Result<Response<Full<Bytes>>, hyper::http::Error> {
        Response::builder()
            .status(self.says().0)
            .header(header::CONTENT_TYPE, "text/html; charset=utf-8")
            .header(header::CACHE_CONTROL, "no-store")
            .header(header::REFERRER_POLICY, "no-referrer")
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            .header(header::CONTENT_SECURITY_POLICY, policy())
            .header(header::CONNECTION, "close")
            .body(Full::new(Bytes::from(self.html())))
    }
}

/// The one script there is may run, and nothing may be loaded.
fn policy() -> String {
    let script = FRAME.split_once("<script>").and_then(|(_, rest)| rest.split_once("</script>"));
    let hash = STANDARD.encode(Sha256::digest(script.map_or("", |(script, _)| script)));
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_filled_in() {
        for page in [Page::Approved, Page::Denied, Page::Failed, Page::Again, Page::Foreign, Page::Nothing] {
            let html = page.html();
            assert!(!html.contains("{{") && html.contains(page.says().2), "{html}");
            assert!(html.contains("history.replaceState"), "the query stays in the address bar");
            assert!(!html.contains("src=") && !html.contains("href="), "it loads something");
        }
    }
}
