//! Document 001: five services, their secrets and their files.

use super::*;

#[test]
fn services_names_every_variable() {
    assert_eq!(
        variables(&profile("services")),
        [
            "JWT_SECRET",
            "OTP_PEPPER",
            "REDIS_URL",
            "S3_ACCESS_KEY_ID",
            "S3_SECRET_ACCESS_KEY",
            "S3_ENDPOINT",
            "S3_REGION",
            "S3_BUCKET",
            "CORS_ORIGIN",
            "TYPESENSE_API_KEY",
            "TYPESENSE_PROTOCOL",
            "EVENTS_SECRET_KEY",
            "EVENTS_DATABASE_URL",
            "EVENTS_BASE_URL",
        ]
    );
}

#[test]
fn services_requires_in_production_what_each_service_names() {
    let profile = profile("services");
    let expected: [(&str, &str, &[&str]); 5] = [
        ("backend", "backend", &["REDIS_URL", "JWT_SECRET", "OTP_PEPPER"]),
        ("agent7-messaging", "agent7-messaging", &["JWT_SECRET"]),
        (
            "media",
            "services/media",
            &[
                "S3_ENDPOINT",
                "S3_REGION",
                "S3_BUCKET",
                "CORS_ORIGIN",
                "S3_ACCESS_KEY_ID",
                "S3_SECRET_ACCESS_KEY",
            ],
        ),
        ("agent9-search", "agent9-search", &["TYPESENSE_PROTOCOL", "TYPESENSE_API_KEY"]),
        (
            "events_service",
            "events_service",
            &["EVENTS_DATABASE_URL", "EVENTS_BASE_URL", "EVENTS_SECRET_KEY"],
        ),
    ];
    assert_eq!(profile.services.len(), expected.len());
    for (service, path, required) in expected {
        assert_eq!(contract(&profile, service, "production", "required"), required, "{service}");
        assert_eq!(profile.services[service].path, path);
        assert_eq!(profile.services[service].env_file.as_deref(), Some(".env"));
    }
}

#[test]
fn services_holds_production_to_its_conditions() {
    let profile = profile("services");
    assert_eq!(profile.variables["CORS_ORIGIN"].forbid["production"], ["*"]);
    let equals = profile.variables["TYPESENSE_PROTOCOL"].require["production"].equals.as_deref();
    assert_eq!((equals, default(&profile, "TYPESENSE_PROTOCOL", "staging")), (Some("https"), Some("https")));
    let scheme = profile.variables["EVENTS_BASE_URL"].require["production"].scheme.as_deref();
    assert_eq!(scheme, Some("https"));
}

#[test]
fn services_is_ready_in_development_with_generated_default_and_store_values() {
    let profile = profile("services");
    assert_eq!(
        generated(&profile),
        [
            ("JWT_SECRET", Format::Base64url, Scope::Project),
            ("OTP_PEPPER", Format::Hex, Scope::Project),
            ("EVENTS_SECRET_KEY", Format::Base64url, Scope::Service),
        ]
    );
    assert_eq!(default(&profile, "REDIS_URL", "development"), Some("redis://localhost:6379"));
    for service in profile.services.values() {
        for entry in service.contract("development") {
            let variable = &profile.variables[entry.variable];
            let ready =
                variable.generate.is_some() || default(&profile, entry.variable, "development").is_some();
            let stored = ["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY", "TYPESENSE_API_KEY"];
            assert!(ready || stored.contains(&entry.variable), "{}", entry.variable);
        }
    }
    assert_eq!(profile.store["aws"].ids_for("media", "development"), ["media/development"]);
    assert_eq!(profile.sso.unwrap().start_url, "https://acme.awsapps.com/start");
}

#[test]
fn services_defaults_are_for_development_alone_where_they_are_secret() {
    let profile = profile("services");
    let secrets = profile.variables.iter().filter(|(_, variable)| variable.secret);
    for (name, _) in secrets {
        assert_eq!(default(&profile, name, "production"), None, "{name}");
    }
}

#[test]
fn services_states_every_rule() {
    let profile = profile("services");
    assert_rules(
        &profile.policy.rules,
        &[
            "Do not commit secrets",
            "Never commit .env files to source control; .gitignore them",
            "AWS Secrets Manager, GCP Secret Manager, Azure Key Vault or HashiCorp Vault",
            "short time to live",
            "least-privilege IAM",
            "fail fast",
            "injected as environment variables at runtime",
            "dotenv; create it from .env.example",
            "direnv, doppler or dotenvx",
            "near each service's root",
        ],
    );
    assert_eq!(profile.policy.ignored, [".env", ".env.linear"]);
    assert_eq!(profile.policy.rotation_days, Some(90));
    let rotation = profile.rotation.unwrap();
    assert_eq!(rotation.runbook.as_deref(), Some("runbooks/rotate-secrets.md"));
    assert_rules(&rotation.steps, &["on compromise or on a fixed cadence, 90 days"]);
    let audit = profile.audit.unwrap();
    assert_eq!(audit.scanners, ["gitleaks", "trufflehog"]);
    assert_rules(&audit.rules, &["CI scans for plaintext secrets"]);
}

#[test]
fn services_keeps_the_linear_key_in_a_file_of_its_own() {
    let token = &profile("services").tokens["linear"];
    assert_eq!(token.file.as_deref(), Some(".env.linear"));
    assert!(token.shape.as_deref().unwrap().starts_with("lin_api_"));
    assert_eq!(token.service(), Some(devsecrets::profile::TokenService::Linear));
}

#[test]
fn services_lists_where_production_runs() {
    let profile = profile("services");
    assert_eq!(profile.deploy.keys().collect::<Vec<_>>(), ["kubernetes", "docker-swarm", "docker-compose"]);
    assert_rules(&profile.deploy["kubernetes"].rules, &["via Secret objects", "Restrict RBAC"]);
    for target in ["docker-swarm", "docker-compose"] {
        assert_rules(&profile.deploy[target].rules, &["file-based injection", "vault-agent"]);
    }
}
