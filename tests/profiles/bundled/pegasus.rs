//! Document 004: the ownership matrix and the deploy targets.

use super::*;

const VARIABLES: [&str; 5] = ["OPENAI_API_KEY", "DATABASE_URL", "REDIS_URL", "PLC_STORAGE_DIR", "JWT_SECRET"];

#[test]
fn pegasus_names_every_variable() {
    let profile = profile("pegasus");
    assert_eq!(variables(&profile), VARIABLES);
    assert_eq!(plain(&profile), ["PLC_STORAGE_DIR"]);
    assert_eq!(profile.policy.secret_names, ["AWS_*", "GCP_*"]);
}

/// The matrix of the document: API, worker, mobile, CI, in its order of rows.
#[test]
fn pegasus_holds_the_ownership_matrix() {
    let profile = profile("pegasus");
    let matrix = [
        ("OPENAI_API_KEY", [true, true, false, true]),
        ("DATABASE_URL", [true, true, false, true]),
        ("REDIS_URL", [true, true, false, true]),
        ("PLC_STORAGE_DIR", [true, true, false, true]),
        ("JWT_SECRET", [true, false, false, false]),
    ];
    assert_eq!(profile.services.keys().collect::<Vec<_>>(), ["api", "worker", "mobile", "ci"]);
    for (variable, cells) in matrix {
        for (service, owns) in ["api", "worker", "mobile", "ci"].into_iter().zip(cells) {
            let need = if owns { "required" } else { "denied" };
            let names = contract(&profile, service, "production", need);
            assert!(names.iter().any(|name| name == variable), "{service} {variable} {need}");
        }
    }
}

#[test]
fn pegasus_keeps_the_notes_of_the_matrix() {
    let profile = profile("pegasus");
    let notes = [
        ("OPENAI_API_KEY", "Separate keys for production and staging"),
        ("OPENAI_API_KEY", "for tests only"),
        ("DATABASE_URL", "never used locally"),
        ("REDIS_URL", "Isolate by environment"),
        ("PLC_STORAGE_DIR", "Not a secret"),
        ("JWT_SECRET", "overlap window"),
    ];
    for (variable, note) in notes {
        assert!(profile.variables[variable].note.as_deref().unwrap().contains(note), "{variable} {note}");
    }
}

#[test]
fn pegasus_says_what_is_a_secret_and_what_is_not() {
    let policy = profile("pegasus").policy;
    assert_rules(
        &policy.in_scope,
        &[
            "OPENAI_API_KEY and equivalent provider tokens",
            "DATABASE_URL",
            "REDIS_URL",
            "signed URL keys",
            "webhook",
        ],
    );
    assert_rules(&policy.not_secret, &["Feature flags", "Public URLs", "tuning values"]);
}

#[test]
fn pegasus_states_every_baseline_rule() {
    let policy = profile("pegasus").policy;
    assert_rules(
        &policy.rules,
        &[
            "Never hardcode secrets",
            "Never commit .env files containing real values",
            "Inject secrets at runtime",
            "least privilege, with separate keys",
            "every 90 days",
            "Revoke and replace immediately",
        ],
    );
    assert_eq!(policy.rotation_days, Some(90));
}

#[test]
fn pegasus_guides_every_deploy_target() {
    let profile = profile("pegasus");
    let targets: [(&str, &[&str], &[&str]); 5] = [
        (
            "local",
            &[],
            &["gitignored", "non-production credentials", "from .env.example", "before the next push"],
        ),
        ("render", &["render.yaml"], &["Environment Groups", "only reference variable names", "MFA"]),
        (
            "railway",
            &["railway.toml", "railway.worker.toml"],
            &["not in TOML files", "Separate API and worker", "audit history"],
        ),
        ("fly", &["fly.toml"], &["fly secrets set", "secret literals in fly.toml", "readiness endpoints"]),
        (
            "gcp",
            &["cloudbuild.yaml"],
            &["IAM-bound service accounts", "secret accessor roles", "audit logging"],
        ),
    ];
    assert_eq!(profile.deploy.len(), targets.len());
    for (name, files, rules) in targets {
        let target = &profile.deploy[name];
        let named: Vec<&str> = target.file.iter().chain(&target.files).map(String::as_str).collect();
        assert_eq!(named, files, "{name}");
        assert_rules(&target.rules, rules);
        assert_eq!(target.variables, Names::default());
    }
}

#[test]
fn pegasus_rotates_and_breaks_glass_step_by_step() {
    let rotation = profile("pegasus").rotation.unwrap();
    assert_rules(
        &rotation.steps,
        &[
            "replacement value",
            "staging first; validate /health/ready",
            "staggered",
            "Revoke the previous",
            "operations log",
        ],
    );
    assert_rules(
        &rotation.break_glass,
        &[
            "Freeze deploys",
            "immediately in the secret store",
            "Restart API and worker",
            "smoke checks",
            "incident record",
        ],
    );
    assert_eq!(rotation.verify, ["/health/ready"]);
    assert_eq!(rotation.record, ["operator", "timestamp", "impacted services"]);
    assert_rules(&rotation.evidence, &["Endpoint/UI:", "Test:", "Proof:"]);
}
