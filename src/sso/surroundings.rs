//! What of the environment would surprise somebody who signs in: seen before anything is sent.

use crate::aws::foreign_endpoints;
use crate::finding::{Finding, Remedy};
use crate::settings::Settings;

/// Warnings about the environment, for a profile that signs in. Names of variables and hosts, never a value.
pub fn surroundings(settings: &Settings) -> Vec<Finding> {
    shadowed(settings).into_iter().chain(elsewhere(settings)).collect()
}

/// Static keys win over a profile in boto3, the AWS CLI v2 and the SDK for Rust (measured).
pub fn shadowed(settings: &Settings) -> Option<Finding> {
    settings.var("AWS_ACCESS_KEY_ID")?;
    let remedy = Remedy::run(
        "unset them in this shell, and remove them from its start-up files",
        "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN",
    );
    let says = "it is exported, so most AWS tools use these keys and not the role you signed in for";
    Some(Finding::warning("DS-SSO-42", "AWS_ACCESS_KEY_ID", says, remedy))
}

fn elsewhere(settings: &Settings) -> Vec<Finding> {
    let warn = |(variable, host): (&'static str, String)| {
        let remedy = Remedy::run("if that is not meant so", format!("unset {variable}"));
        Finding::warning("DS-NET-19", variable, format!("calls go to {host}, which is not AWS's"), remedy)
    };
    foreign_endpoints(settings).into_iter().map(warn).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn told(variables: &[(&str, &str)]) -> Vec<String> {
        let bare = Settings::bare("/", Path::new("/h"));
        let settings = variables.iter().fold(bare, |all, (name, value)| all.with(name, *value));
        surroundings(&settings).iter().map(|finding| format!("{} {}", finding.code, finding.says)).collect()
    }

    #[test]
    fn a_plain_shell_and_a_stand_in_on_this_machine_are_no_surprise() {
        assert!(told(&[]).is_empty());
        assert!(told(&[("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"), ("AWS_PROFILE", "x")]).is_empty());
        assert!(told(&[("AWS_ENDPOINT_URL", "https://localhost:4566")]).is_empty());
        assert!(told(&[("AWS_ENDPOINT_URL_SSO", "https://portal.sso.eu-west-2.amazonaws.com")]).is_empty());
    }

    #[test]
    fn keys_of_the_environment_are_told_without_showing_them() {
        let told = told(&[("AWS_ACCESS_KEY_ID", "AKIACANARY7"), ("AWS_SECRET_ACCESS_KEY", "canary-8")]);
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("DS-SSO-42 ") && !told[0].to_lowercase().contains("canary"), "{told:?}");
    }

    #[test]
    fn hosts_that_are_not_aws_s_are_named() {
        let told = told(&[
            ("AWS_ENDPOINT_URL", "https://me:canary-9@gateway.corp/x?y"),
            ("AWS_ENDPOINT_URL_SSO", "https://evilamazonaws.com"),
        ]);
        assert_eq!(
            told,
            [
                "DS-NET-19 calls go to evilamazonaws.com, which is not AWS's",
                "DS-NET-19 calls go to gateway.corp, which is not AWS's"
            ]
        );
    }

    #[test]
    fn an_endpoint_that_is_switched_off_is_no_surprise() {
        let all =
            [("AWS_ENDPOINT_URL", "https://gateway.corp"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")];
        assert!(told(&all).is_empty());
    }
}
