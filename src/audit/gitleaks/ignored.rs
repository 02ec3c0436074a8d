//! `.gitleaksignore`: findings that a repository has agreed to, by place.
//!
//! Each line is `file:rule:line`, or `commit:file:rule:line` for what a commit brought, as gitleaks writes its fingerprints.
//! One that matches nothing any more is no error. They speak of shapes alone; an own value is told all the same.

use std::collections::HashSet;
use std::path::Path;

use super::ours;
use crate::audit::{AuditError, Leak};

/// Its name, at the root of the repository.
const NAME: &str = ".gitleaksignore";

/// Rules of gitleaks that look for what one of ours does.
const TWINS: &[(&str, &[&str])] = &[
    ("aws-access-key-id", &["aws-access-token"]),
    ("google-api-key", &["gcp-api-key"]),
    ("github-token", &["github-oauth", "github-app-token", "github-refresh-token"]),
    ("github-fine-grained-token", &["github-fine-grained-pat"]),
    (
        "gitlab-token",
        &["gitlab-pat", "gitlab-ptt", "gitlab-rrt", "gitlab-deploy-token", "gitlab-cicd-job-token"],
    ),
    (
        "slack-token",
        &["slack-bot-token", "slack-user-token", "slack-legacy-token", "slack-config-access-token"],
    ),
    ("slack-webhook", &["slack-webhook-url"]),
    ("teams-webhook", &["microsoft-teams-webhook"]),
    ("telegram-bot-token", &["telegram-bot-api-token"]),
    ("discord-bot-token", &["discord-api-token"]),
    ("sendgrid-key", &["sendgrid-api-token"]),
    ("twilio-key", &["twilio-api-key"]),
    ("mailgun-key", &["mailgun-private-api-token"]),
    ("mailchimp-key", &["mailchimp-api-key"]),
    ("npm-token", &["npm-access-token"]),
    ("pypi-token", &["pypi-upload-token"]),
    ("rubygems-key", &["rubygems-api-token"]),
    ("clojars-token", &["clojars-api-token"]),
    ("openai-key", &["openai-api-key"]),
    ("anthropic-key", &["anthropic-api-key", "anthropic-admin-api-key"]),
    ("huggingface-token", &["huggingface-access-token", "huggingface-organization-api-token"]),
    ("perplexity-key", &["perplexity-api-key"]),
    ("linear-key", &["linear-api-key"]),
    ("notion-token", &["notion-api-token"]),
    ("digitalocean-token", &["digitalocean-pat", "digitalocean-access-token", "digitalocean-refresh-token"]),
    ("hashicorp-vault-token", &["vault-service-token", "vault-batch-token"]),
    ("terraform-token", &["hashicorp-tf-api-token"]),
    ("doppler-token", &["doppler-api-token"]),
    ("databricks-token", &["databricks-api-token"]),
    ("pulumi-token", &["pulumi-api-token"]),
    ("planetscale-credential", &["planetscale-api-token", "planetscale-oauth-token", "planetscale-password"]),
    ("heroku-key", &["heroku-api-key", "heroku-api-key-v2"]),
    ("fly-token", &["flyio-access-token"]),
    ("netlify-token", &["netlify-access-token"]),
    ("onepassword-service-token", &["1password-service-account-token"]),
    ("onepassword-secret-key", &["1password-secret-key"]),
    ("grafana-token", &["grafana-api-key", "grafana-cloud-api-token", "grafana-service-account-token"]),
    ("sentry-token", &["sentry-access-token", "sentry-org-token", "sentry-user-token"]),
    ("newrelic-key", &["new-relic-user-api-key", "new-relic-insert-key"]),
    ("dynatrace-token", &["dynatrace-api-token"]),
    ("postman-key", &["postman-api-token"]),
    ("prefect-token", &["prefect-api-token"]),
    ("sonarqube-token", &["sonar-api-token"]),
    ("sourcegraph-token", &["sourcegraph-access-token"]),
    ("square-token", &["square-access-token"]),
    ("shippo-token", &["shippo-api-token"]),
    ("easypost-key", &["easypost-api-token"]),
    ("typeform-token", &["typeform-api-token"]),
    ("shopify-token", &["shopify-access-token", "shopify-custom-access-token", "shopify-shared-secret"]),
    ("authorization-header", &["curl-auth-header"]),
];

/// What the file names.
#[derive(Debug, Default)]
pub(in crate::audit) struct Ignored(HashSet<String>);

impl Ignored {
    /// Of the repository at `root`; nothing where it keeps no such file.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn of(root: &Path) -> Result<Self, AuditError> {
        let path = root.join(NAME);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Self::parse(&String::from_utf8_lossy(&bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => {
                let says = error.kind().to_string();
                Err(AuditError::Unreadable { path: path.display().to_string(), says })
            }
        }
    }

    /// Lines that are no fingerprint match nothing, as in gitleaks.
    fn parse(text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self(lines.flat_map(|line| [in_our_words(line), Some(line.to_owned())]).flatten().collect())
    }

    /// Whether it names this finding.
    pub fn names(&self, leak: &Leak) -> bool {
        if self.0.is_empty() || leak.own.is_some() {
            return false;
        }
        let anywhere = format!("{}:{}:{}", leak.path, leak.rule, leak.line);
        let brought =
            || leak.commit.as_ref().is_some_and(|commit| self.0.contains(&format!("{commit}:{anywhere}")));
        self.0.contains(&anywhere) || brought()
    }
}

/// With `/`, and the rule by its name here.
fn in_our_words(line: &str) -> Option<String> {
    let (rest, number) = line.rsplit_once(':')?;
    let (place, rule) = rest.rsplit_once(':')?;
    Some(format!("{}:{}:{number}", place.replace('\\', "/"), known(rule)))
}

/// Our name of a rule of gitleaks. Only a place is named with it, so one of ours may stand for several of theirs.
fn known(rule: &str) -> &str {
    let twin = TWINS.iter().find(|(_, theirs)| theirs.contains(&rule)).map(|(ours, _)| *ours);
    twin.unwrap_or_else(|| ours(rule))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Remedy;

    fn leak(rule: &str, commit: Option<&str>) -> Leak {
        Leak {
            code: crate::audit::PATTERN,
            rule: rule.into(),
            title: String::new(),
            path: "docs/a b.md".into(),
            commit: commit.map(str::to_owned),
            line: 3,
            column: 1,
            length: 9,
            own: None,
            remedy: Remedy::says(""),
            fingerprint: None,
        }
    }

    #[test]
    fn a_fingerprint_names_a_finding_by_its_place() {
        let all = "# agreed to\n\n  docs/a b.md:acme-key:3  \nabc123:docs/a b.md:jwt:3\nnonsense\ngone.md:jwt:1\n\
            docs\\a b.md:github-pat:3\n";
        let ignored = Ignored::parse(all);
        assert!(ignored.names(&leak("acme-key", None)) && ignored.names(&leak("acme-key", Some("ffff"))));
        assert!(ignored.names(&leak("jwt", Some("abc123"))));
        assert!(ignored.names(&leak("github-token", None)), "by its name in gitleaks");
        for (rule, commit) in [("jwt", None), ("jwt", Some("ffff")), ("other", None)] {
            assert!(!ignored.names(&leak(rule, commit)), "{rule} {commit:?}");
        }
        assert!(!ignored.names(&Leak { line: 4, ..leak("acme-key", None) }));
        assert!(!Ignored::default().names(&leak("acme-key", None)));
    }

    #[test]
    fn every_twin_is_a_rule_of_ours() {
        let rules = crate::audit::Rules::own().unwrap();
        for (ours, _) in TWINS {
            assert!(rules.all().iter().any(|rule| rule.id == *ours), "{ours}");
        }
    }

    #[test]
    fn an_own_value_is_named_in_vain() {
        let [project, variable, service, origin] = ["shop", "V", "api", "aws"].map(str::to_owned);
        let own = crate::audit::OwnName { project, variable, service, origin };
        let own = Leak { own: Some(own), ..leak("own-value", None) };
        assert!(!Ignored::parse("docs/a b.md:own-value:3").names(&own));
    }
}
