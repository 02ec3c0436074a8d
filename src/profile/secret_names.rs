//! Names that hold a secret by the project's own rule, whoever declares them.

use super::Policy;

impl Policy {
    /// Whether one of the policy's shapes of secret names fits `name`.
    pub fn names_secret(&self, name: &str) -> bool {
        self.secret_names.iter().any(|shape| fits(shape, name))
    }
}

/// `*` stands for any letters.
fn fits(shape: &str, name: &str) -> bool {
    match shape.split_once('*') {
        None => shape == name,
        Some((start, rest)) => name.strip_prefix(start).is_some_and(|tail| {
            tail.char_indices().map(|(at, _)| at).chain([tail.len()]).any(|at| fits(rest, &tail[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_names() {
        assert!(fits("AWS_*", "AWS_SECRET_ACCESS_KEY") && fits("*_KEY", "API_KEY") && fits("*", ""));
        assert!(!fits("AWS_*", "GAWS_X") && !fits("*_KEY", "KEY"));
    }
}
