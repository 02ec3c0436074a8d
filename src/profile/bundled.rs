//! The profiles that come with the program, as text inside the binary.

/// One bundled profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bundled {
    /// As in `--profile NAME`.
    pub name: &'static str,
    /// Name for people.
    pub title: &'static str,
    /// The TOML file.
    pub text: &'static str,
}

/// All of them, in the order a picker shows them.
pub fn bundled() -> &'static [Bundled] {
    &[
        Bundled {
            name: "platform",
            title: "Platform API and workers",
            text: include_str!("../../profiles/platform.toml"),
        },
        Bundled {
            name: "services",
            title: "Commerce services",
            text: include_str!("../../profiles/services.toml"),
        },
        Bundled {
            name: "ai-interactive-model",
            title: "AI interactive model",
            text: include_str!("../../profiles/ai-interactive-model.toml"),
        },
        Bundled {
            name: "palindrom",
            title: "Palindrom services",
            text: include_str!("../../profiles/palindrom.toml"),
        },
        Bundled { name: "pegasus", title: "Pegasus", text: include_str!("../../profiles/pegasus.toml") },
    ]
}

/// A profile with every key explained.
pub fn example() -> &'static str {
    include_str!("../../profiles/example.toml")
}

/// What `profile init` writes: the example, without the line that names a schema beside it, and with its stores as
/// comments, since each would be asked at the first start.
pub fn starter() -> String {
    let mut in_store = false;
    let line = |line: &str| {
        if line.starts_with('[') || line.starts_with("# ---") {
            in_store = line.starts_with("[store.");
        }
        if in_store && !line.is_empty() { format!("# {line}\n") } else { format!("{line}\n") }
    };
    example().trim_start_matches("#:schema ./schema.json\n#\n").lines().map(line).collect()
}
