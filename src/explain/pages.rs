//! The pages of the catalogue, as text inside the binary. A new family is one line here.

/// File and text of each family, in the order a day meets them.
pub const PAGES: &[(&str, &str)] = &[
    ("codes/profile.md", include_str!("../../codes/profile.md")),
    ("codes/sso.md", include_str!("../../codes/sso.md")),
    ("codes/config.md", include_str!("../../codes/config.md")),
    ("codes/net.md", include_str!("../../codes/net.md")),
    ("codes/store.md", include_str!("../../codes/store.md")),
    ("codes/seed.md", include_str!("../../codes/seed.md")),
    ("codes/run.md", include_str!("../../codes/run.md")),
    ("codes/file.md", include_str!("../../codes/file.md")),
    ("codes/undo.md", include_str!("../../codes/undo.md")),
    ("codes/token.md", include_str!("../../codes/token.md")),
    ("codes/forget.md", include_str!("../../codes/forget.md")),
    ("codes/identity.md", include_str!("../../codes/identity.md")),
    ("codes/key.md", include_str!("../../codes/key.md")),
    ("codes/step.md", include_str!("../../codes/step.md")),
    ("codes/doctor.md", include_str!("../../codes/doctor.md")),
    ("codes/machine.md", include_str!("../../codes/machine.md")),
    ("codes/value.md", include_str!("../../codes/value.md")),
    ("codes/demo.md", include_str!("../../codes/demo.md")),
    ("codes/explain.md", include_str!("../../codes/explain.md")),
];
