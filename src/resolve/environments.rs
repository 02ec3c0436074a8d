//! What an environment is for, by its name: generous nowhere by accident.

/// Environments where derived values are welcome. Nothing else counts as one by accident.
pub fn is_development(environment: &str) -> bool {
    matches!(environment, "development" | "dev" | "local" | "test")
}

/// Environments where a slip would reach customers, by their name.
pub fn is_production(environment: &str) -> bool {
    matches!(environment, "production" | "prod" | "live")
}
