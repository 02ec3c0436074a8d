//! Document 000: the loader contract and its queues.

use super::*;

const QUEUE: [&str; 6] = ["HOST", "PORT", "DB", "USERNAME", "PASSWORD", "TLS"];

#[test]
fn platform_names_every_variable() {
    let mut expected = vec![
        "SECRET_MANAGER_PROVIDER".to_owned(),
        "AWS_REGION".to_owned(),
        "AWS_DEFAULT_REGION".to_owned(),
        "AWS_SECRETS_MANAGER_SECRET_IDS".to_owned(),
        "AWS_ACCESS_KEY_ID".to_owned(),
        "AWS_SECRET_ACCESS_KEY".to_owned(),
        "AWS_SESSION_TOKEN".to_owned(),
        "OPENAI_API_KEY".to_owned(),
        "JWT_SECRET".to_owned(),
        "ENCRYPTION_MASTER_KEY".to_owned(),
    ];
    expected.extend(QUEUE.map(|part| format!("QUEUE_REDIS_{part}")));
    for part in QUEUE {
        expected.extend(["EU", "US"].map(|region| format!("QUEUE_REDIS_{region}_{part}")));
    }
    assert_eq!(variables(&profile("platform")), expected);
}

#[test]
fn platform_switches_the_loader_on_in_production() {
    let profile = profile("platform");
    let provider = &profile.variables["SECRET_MANAGER_PROVIDER"];
    assert_eq!(provider.require["production"].equals.as_deref(), Some("aws"));
    for service in ["api", "worker"] {
        let required = contract(&profile, service, "production", "required");
        for name in ["SECRET_MANAGER_PROVIDER", "AWS_REGION", "AWS_SECRETS_MANAGER_SECRET_IDS"] {
            assert!(required.iter().any(|required| required == name), "{service} {name}");
        }
        let optional = contract(&profile, service, "production", "optional");
        let regional = optional.iter().filter(|name| name.contains("_EU_") || name.contains("_US_"));
        assert_eq!(regional.count(), 12, "{service}");
        for name in ["AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]
        {
            assert!(optional.iter().any(|optional| optional == name), "{service} {name}");
        }
    }
    assert!(profile.store["aws"].ids.is_empty() && profile.store["aws"].region.is_none());
    assert_eq!(profile.policy.static_credentials, StaticCredentials::Allowed);
}

#[test]
fn platform_generates_what_development_misses() {
    let profile = profile("platform");
    let names: Vec<&str> = generated(&profile).into_iter().map(|(name, ..)| name).collect();
    assert_eq!(names, ["JWT_SECRET", "ENCRYPTION_MASTER_KEY"]);
    for service in ["api", "worker"] {
        assert_eq!(contract(&profile, service, "development", "required"), names);
        assert_eq!(profile.services[service].env_file.as_deref(), Some(".env.local"));
    }
    assert_eq!(profile.policy.ignored, [".env", ".env.local", ".env.development"]);
}

#[test]
fn platform_states_every_rule() {
    assert_rules(
        &profile("platform").policy.rules,
        &[
            "from the managed store, never from a shared .env file",
            "while the process boots, before any module",
            "count and provider, and never echo a key",
            "stops production at once; in development it warns and falls back",
            "aws, environment or generated",
            "any other secret becomes one key named after the secret",
            "in the same secret as the API credentials",
            "never make it into tracked files",
        ],
    );
}

#[test]
fn platform_audits_and_reports_health() {
    let profile = profile("platform");
    let audit = profile.audit.unwrap();
    assert_eq!(audit.command.as_deref(), Some("npm run audit:secrets"));
    assert_eq!(audit.tracked, [".env", ".env.*", "*secret*"]);
    assert_eq!(audit.except, [".env.example"]);
    for part in ["sk-", "AWS_SECRET_ACCESS_KEY", "AIza", "PRIVATE KEY"] {
        assert!(audit.patterns.iter().any(|pattern| pattern.contains(part)), "{part}");
    }
    assert_rules(
        &audit.rules,
        &["non-zero status and a short list", "after installing dependencies, before packaging"],
    );
    let health = profile.health.unwrap();
    assert_eq!(health.path, "/api/health/credentials");
    assert_eq!(health.protected_by, ["authenticateToken", "adminOnly"]);
}

#[test]
fn platform_runs_on_managed_infrastructure_through_a_role() {
    let profile = profile("platform");
    assert_eq!(profile.deploy.keys().collect::<Vec<_>>(), ["eks", "ecs", "lambda"]);
    for target in profile.deploy.values() {
        assert_rules(&target.rules, &["secretsmanager:GetSecretValue", "before Node starts"]);
    }
}
