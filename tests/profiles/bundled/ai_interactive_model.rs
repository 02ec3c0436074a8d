//! Document 002: the proxy and its model keys.

use super::*;

const NAME: &str = "ai-interactive-model";

#[test]
fn ai_interactive_model_names_every_variable() {
    assert_eq!(
        variables(&profile(NAME)),
        [
            "NODE_ENV",
            "PROXY_JWT_SECRET",
            "ANTHROPIC_API_KEY",
            "SENTRY_DSN",
            "REDIS_URL",
            "DOCKER_USERNAME",
            "DOCKER_PASSWORD",
        ]
    );
}

#[test]
fn ai_interactive_model_keeps_secrets_in_env_local() {
    let profile = profile(NAME);
    let service = &profile.services[NAME];
    assert_eq!((service.path.as_str(), service.env_file.as_deref()), (".", Some(".env.local")));
    assert_eq!(profile.policy.ignored, [".env*"]);
    assert_eq!(contract(&profile, NAME, "production", "required"), ["PROXY_JWT_SECRET", "ANTHROPIC_API_KEY"]);
    assert_eq!(contract(&profile, NAME, "production", "optional"), ["SENTRY_DSN", "REDIS_URL", "NODE_ENV"]);
    assert_eq!(default(&profile, "NODE_ENV", "production"), Some("production"));
}

#[test]
fn ai_interactive_model_generates_what_openssl_rand_hex_32_would() {
    let profile = profile(NAME);
    assert_eq!(generated(&profile), [("PROXY_JWT_SECRET", Format::Hex, Scope::Project)]);
    assert_eq!(profile.variables["PROXY_JWT_SECRET"].generate.as_ref().unwrap().bytes, 32);
}

#[test]
fn ai_interactive_model_states_every_rule() {
    let profile = profile(NAME);
    assert_rules(
        &profile.policy.rules,
        &[
            "never commit .env files, and cover .env*",
            "GitHub Actions secrets, HashiCorp Vault, AWS Secrets Manager or Parameter Store",
            "env.example or env.sample",
            "short-lived credentials",
            "least access",
            "alerts for suspicious retrievals",
            "at rest and in transit",
            "secret scanning in CI",
            "scripts/check-prod-env.js",
            "logs or error messages",
            "IAM roles",
            "scripts/seed-dev-env.sh",
            "direnv or dotenv",
        ],
    );
    let rotation = profile.rotation.unwrap();
    assert_eq!(rotation.runbook.as_deref(), Some("scripts/rotate-secrets.md"));
    assert_rules(&rotation.steps, &["documented rotation procedure", "Automate", "rollover in staging"]);
    assert_eq!(profile.audit.unwrap().scanners, ["GitHub Secret Scanning", "trufflehog", "snyk"]);
}

#[test]
fn ai_interactive_model_names_every_target() {
    let profile = profile(NAME);
    assert_eq!(
        profile.deploy.keys().collect::<Vec<_>>(),
        ["github-actions", "docker", "kubernetes", "vault"]
    );
    let variables = |target: &str| profile.deploy[target].variables.all().join(" ");
    assert_eq!(
        variables("github-actions"),
        "PROXY_JWT_SECRET ANTHROPIC_API_KEY SENTRY_DSN REDIS_URL NODE_ENV DOCKER_USERNAME DOCKER_PASSWORD"
    );
    assert_eq!(variables("docker"), "DOCKER_USERNAME DOCKER_PASSWORD");
    assert_eq!(variables("kubernetes"), "PROXY_JWT_SECRET ANTHROPIC_API_KEY");
    assert_eq!(variables("vault"), "ANTHROPIC_API_KEY");
    assert_rules(&profile.deploy["github-actions"].rules, &["${{ secrets.NAME }}", "::add-mask::"]);
    assert_rules(&profile.deploy["docker"].rules, &["BuildKit --secret"]);
    assert_rules(&profile.deploy["kubernetes"].rules, &["kubectl create secret", "secretKeyRef"]);
    assert_rules(&profile.deploy["vault"].rules, &["paths they need", "Vault Agent", "dynamic secrets"]);
    assert!(profile.deploy["kubernetes"].secrets_in.as_deref().unwrap().contains("ai-secrets"));
}
