//! Whose token a string is, told by its beginning.
//!
//! Owns a short list of published prefixes. It serves hints only ("you pasted the other one"):
//! nothing is accepted or refused because of it.

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
    let fits = |text: &str| PREFIXES.iter().find(|(prefix, _)| text.starts_with(prefix));
    token.expose_to(|text| fits(text).map(|(_, vendor)| *vendor))
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
