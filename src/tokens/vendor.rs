//! Whose token a string is, told by its beginning.
//!
//! Owns a short list of published prefixes. It serves hints ("you pasted the other one") and keeps one vendor's token from
//! being sent to another; nothing is accepted because of it.

use crate::profile::TokenService;
use crate::secret::SecretValue;

/// Prefixes as the vendors document them; a longer one stands before any it begins with.
const PREFIXES: &[(&str, &str)] = &[
    ("lin_api_", "a Linear API key"),
    ("lin_oauth_", "a Linear OAuth token"),
    ("github_pat_", "a GitHub fine-grained token"),
    ("ghp_", "a GitHub personal access token"),
    ("gho_", "a GitHub OAuth token"),
    ("ghs_", "a GitHub app token"),
    ("glpat-", "a GitLab personal access token"),
    ("npm_", "an npm access token"),
    ("dckr_pat_", "a Docker Hub access token"),
    ("sk-ant-", "an Anthropic API key"),
    ("sk_live_", "a live Stripe secret key"),
    ("sk_test_", "a Stripe test key"),
    ("sk-", "an OpenAI API key"),
    ("rnd_", "a Render API key"),
    ("xoxb-", "a Slack bot token"),
    ("xoxp-", "a Slack user token"),
    ("AKIA", "an AWS access key id"),
    ("ASIA", "a temporary AWS access key id"),
    ("AIza", "a Google API key"),
    ("eyJ", "a JSON Web Token"),
    ("-----BEGIN", "a private key or certificate"),
];

/// The vendor and kind with an article, such as "a Linear API key".
pub fn vendor_of(token: &SecretValue) -> Option<&'static str> {
    token.expose_to(begins_like)
}

pub(super) fn begins_like(text: &str) -> Option<&'static str> {
    PREFIXES.iter().find(|(prefix, _)| text.starts_with(prefix)).map(|(_, vendor)| *vendor)
}

/// True for a token that is plainly some other service's, and so must not be sent to this one.
pub(super) fn is_foreign(token: &SecretValue, service: TokenService) -> bool {
    let own: &[&str] = match service {
        TokenService::Linear => &["lin_"],
        TokenService::Github => &["github_pat_", "ghp_", "gho_", "ghs_", "ghu_"],
        TokenService::Npm => &["npm_"],
    };
    let is_own = token.expose_to(|text| own.iter().any(|prefix| text.starts_with(prefix)));
    !is_own && vendor_of(token).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_prefix_is_hidden_by_an_earlier_one() {
        for (prefix, vendor) in PREFIXES {
            assert_eq!(vendor_of(&SecretValue::new(format!("{prefix}x"))), Some(*vendor));
        }
        assert_eq!(vendor_of(&SecretValue::new("hunter2")), None);
    }
}
