//! Whose keys a line to AWS signs with, and what to do when AWS will not have them.
//!
//! A person who never signed in through us is not helped by `devsecrets login`: each kind of keys has a way of its own.

use super::Miss;
use crate::secret::plain;
use crate::settings::Settings;

/// Where the keys come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Our own sign-in.
    Role,
    /// `AWS_ACCESS_KEY_ID` and its siblings.
    Environment,
    /// The AWS profile that `AWS_PROFILE` names.
    Profile(String),
    /// Whatever the SDK finds.
    Chain,
}

/// Whether the SDK would sign with keys of the environment that never end: temporary ones come with a session token (AWS IAM
/// User Guide, "Use temporary credentials with AWS resources").
pub fn keys_are_long_lived(settings: &Settings) -> bool {
    Whose::ambient(settings) == Whose::Environment && settings.var("AWS_SESSION_TOKEN").is_none()
}

impl Whose {
    /// Of keys that are not from our own sign-in: what the SDK looks at first, first.
    pub fn ambient(settings: &Settings) -> Self {
        let keys = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(|name| settings.var(name));
        if keys.iter().all(Option::is_some) {
            return Self::Environment;
        }
        let profile = settings.var("AWS_PROFILE").or_else(|| settings.var("AWS_DEFAULT_PROFILE"));
        profile.map_or(Self::Chain, |name| Self::Profile(plain(name)))
    }

    pub fn expired(&self) -> Miss {
        let next = match self {
            Self::Role => "sign in again: devsecrets login".to_owned(),
            Self::Environment => "export new ones, or unset AWS_ACCESS_KEY_ID and use AWS_PROFILE".to_owned(),
            Self::Profile(name) => format!("renew them: aws sso login --profile {name}"),
            Self::Chain => "renew them with the AWS CLI, or set AWS_PROFILE".to_owned(),
        };
        Miss::Expired { whose: self.to_string(), next }
    }

    /// AWS does not know the keys, or the signature made with them. Of a role's that is how a revoked session looks.
    pub fn refused(&self) -> Miss {
        let next = match self {
            Self::Role => return self.expired(),
            Self::Environment => {
                "correct AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or unset them and use \
                 AWS_PROFILE"
                    .to_owned()
            }
            Self::Profile(name) => format!("see whether they work: {}", check(name)),
            Self::Chain => "see whether they work: aws sts get-caller-identity".to_owned(),
        };
        Miss::Refused { whose: self.to_string(), next }
    }

    pub fn none(&self) -> Miss {
        match self {
            Self::Profile(name) => {
                Miss::NoKeys { profile: name.clone(), next: format!("see why: {}", check(name)) }
            }
            _ => Miss::NoCredentials,
        }
    }
}

fn check(profile: &str) -> String {
    format!("aws sts get-caller-identity --profile {profile}")
}

impl std::fmt::Display for Whose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Role => f.write_str("the AWS keys"),
            Self::Environment => f.write_str("the keys in AWS_ACCESS_KEY_ID and its siblings"),
            Self::Profile(name) => write!(f, "the keys of the AWS profile {name}"),
            Self::Chain => f.write_str("the AWS credentials found here"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn ambient(environment: &[(&str, &str)]) -> Whose {
        let bare = Settings::bare("/", Path::new("/nowhere"));
        Whose::ambient(&environment.iter().fold(bare, |all, (name, value)| all.with(name, *value)))
    }

    #[test]
    fn temporary_keys_come_with_a_token() {
        let keys = [
            ("AWS_ACCESS_KEY_ID", "made-up"),
            ("AWS_SECRET_ACCESS_KEY", "made-up"),
            ("AWS_SESSION_TOKEN", "made-up"),
        ];
        let settings = |environment: &[(&str, &str)]| {
            let bare = Settings::bare("/", Path::new("/nowhere"));
            environment.iter().fold(bare, |all, (name, value)| all.with(name, *value))
        };
        assert!(keys_are_long_lived(&settings(&keys[..2])));
        assert!(!keys_are_long_lived(&settings(&keys)));
        assert!(!keys_are_long_lived(&settings(&[("AWS_PROFILE", "dev")])));
    }

    /// Where the profile has no sign-in, `devsecrets login` has nothing to do.
    #[test]
    fn each_kind_of_keys_has_a_way_of_its_own() {
        let keys = [
            ("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"),
            ("AWS_SECRET_ACCESS_KEY", "example"),
            ("AWS_PROFILE", "dev"),
        ];
        for (whose, part) in [
            (ambient(&keys), "AWS_ACCESS_KEY_ID"),
            (ambient(&keys[2..]), "--profile dev"),
            (ambient(&keys[..1]), "aws"),
        ] {
            for miss in [whose.expired(), whose.refused()] {
                let next = miss.next_step();
                assert!(next.to_lowercase().contains(&part.to_lowercase()), "{miss}: {next}");
                assert!(!next.contains("devsecrets login"), "{miss}: {next}");
            }
        }
        assert_eq!(ambient(&keys[2..]).none().to_string(), "the AWS profile dev gives no credentials");
        assert_eq!(ambient(&[]).none(), Miss::NoCredentials);
        assert_eq!(Whose::Role.refused().next_step(), "sign in again: devsecrets login");
    }
}
