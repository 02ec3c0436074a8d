//! The pages of the catalogue, as text inside the binary. A new family is one line here.

/// File and text of each family, in the order a day meets them.
pub const PAGES: &[(&str, &str)] = &[
    ("src/explain/codes/profile.md", include_str!("codes/profile.md")),
    ("src/explain/codes/sso.md", include_str!("codes/sso.md")),
    ("src/explain/codes/config.md", include_str!("codes/config.md")),
    ("src/explain/codes/net.md", include_str!("codes/net.md")),
    ("src/explain/codes/store.md", include_str!("codes/store.md")),
    ("src/explain/codes/seed.md", include_str!("codes/seed.md")),
    ("src/explain/codes/run.md", include_str!("codes/run.md")),
    ("src/explain/codes/env.md", include_str!("codes/env.md")),
    ("src/explain/codes/file.md", include_str!("codes/file.md")),
    ("src/explain/codes/undo.md", include_str!("codes/undo.md")),
    ("src/explain/codes/token.md", include_str!("codes/token.md")),
    ("src/explain/codes/forget.md", include_str!("codes/forget.md")),
    ("src/explain/codes/identity.md", include_str!("codes/identity.md")),
    ("src/explain/codes/key.md", include_str!("codes/key.md")),
    ("src/explain/codes/step.md", include_str!("codes/step.md")),
    ("src/explain/codes/doctor.md", include_str!("codes/doctor.md")),
    ("src/explain/codes/machine.md", include_str!("codes/machine.md")),
    ("src/explain/codes/value.md", include_str!("codes/value.md")),
    ("src/explain/codes/deploy.md", include_str!("codes/deploy.md")),
    ("src/explain/codes/state.md", include_str!("codes/state.md")),
    ("src/explain/codes/audit.md", include_str!("codes/audit.md")),
    ("src/explain/codes/demo.md", include_str!("codes/demo.md")),
    ("src/explain/codes/explain.md", include_str!("codes/explain.md")),
];
