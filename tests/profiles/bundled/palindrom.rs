//! Document 003: no env files, one secret per environment.

use super::*;

#[test]
fn palindrom_names_every_variable() {
    let profile = profile("palindrom");
    assert_eq!(
        variables(&profile),
        ["AWS_REGION", "SECRET_ID", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
    );
    assert_eq!(default(&profile, "AWS_REGION", "production"), Some("eu-west-2"));
    let id = profile.variables["SECRET_ID"].default_for("api", "production");
    assert_eq!(id.as_deref(), Some("api/production"));
}

#[test]
fn palindrom_forbids_env_files_and_static_keys() {
    let profile = profile("palindrom");
    assert_eq!(profile.policy.env_files, EnvFiles::Forbidden);
    assert_eq!(profile.policy.static_credentials, StaticCredentials::Forbidden);
    assert_eq!(profile.services.keys().collect::<Vec<_>>(), ["api", "llm-service"]);
    for (name, service) in &profile.services {
        assert_eq!(service.env_file, None);
        assert_eq!(contract(&profile, name, "development", "required"), ["AWS_REGION", "SECRET_ID"]);
        assert_eq!(
            contract(&profile, name, "development", "denied"),
            ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
        );
    }
}

#[test]
fn palindrom_signs_in_through_sso_and_names_secrets_by_service() {
    let profile = profile("palindrom");
    let sso = profile.sso.unwrap();
    assert_eq!(sso.aws_profile.as_deref(), Some("palindrom"));
    assert_eq!((sso.session.as_str(), sso.region.as_str()), ("palindrom", "eu-west-2"));
    let store = &profile.store["aws"];
    assert_eq!(store.region_in("production"), Some("eu-west-2"));
    assert_eq!(store.ids_for("llm-service", "production"), ["llm-service/production"]);
}

#[test]
fn palindrom_states_every_rule() {
    assert_rules(
        &profile("palindrom").policy.rules,
        &[
            "No .env files",
            "No secrets in code",
            "AWS Secrets Manager only",
            "No long-lived credentials",
            "Do not share secrets in chat",
            "placeholder descriptions only",
            "{service}/{environment}",
            "@palindrom/fastify-base and palindrom-ai/llm",
            "without redeploying",
            "CloudTrail",
            "The same way of access everywhere",
        ],
    );
}

#[test]
fn palindrom_deploys_through_oidc() {
    let profile = profile("palindrom");
    assert_eq!(profile.deploy.keys().collect::<Vec<_>>(), ["github-actions"]);
    assert_rules(
        &profile.deploy["github-actions"].rules,
        &[
            "No AWS access keys are stored in GitHub",
            "`id-token: write` and `contents: read`",
            "arn:aws:iam::ACCOUNT_ID:role/github-actions",
            "may read secrets",
        ],
    );
}
