//! Which secrets a service reads, and where: the contract of the platform's own loader.
//!
//! | variable | says |
//! | --- | --- |
//! | `SECRET_MANAGER_PROVIDER` | `aws` switches AWS Secrets Manager on, anything else switches it off |
//! | `AWS_REGION`, then `AWS_DEFAULT_REGION` | the region, where the profile names none |
//! | `AWS_SECRETS_MANAGER_SECRET_IDS` | names or ARNs, separated by commas, in the place of the profile's own |
//!
//! A store that names ids of its own needs no switch: it is on unless the switch names somebody else. The other
//! stores know none of these variables but the region's.

use crate::profile::{Store, StoreKind};

/// Switches the loader on.
pub const PROVIDER: &str = "SECRET_MANAGER_PROVIDER";
/// Lists what it loads.
pub const IDS: &str = "AWS_SECRETS_MANAGER_SECRET_IDS";
/// Where it loads from; the first that is set.
const REGIONS: [&str; 2] = ["AWS_REGION", "AWS_DEFAULT_REGION"];

/// What one service reads from one store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Each once, in the order asked.
    pub ids: Vec<String>,
    /// What tells secrets of one id apart: the region of an AWS store, the service where a command names it.
    pub part: Option<String>,
}

/// Why a service reads nothing from a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Idle {
    /// The switch is not set, or set to somebody else.
    Off { provider: Option<String> },
    /// It is on, and nothing says what to load.
    NoIds,
    /// The profile names nothing for this service.
    Nothing,
}

/// What `service` reads from `store` in `environment`. `told` looks a variable up where the service itself would:
/// its environment, its env file, the profile's defaults.
///
/// # Errors
/// When it reads nothing, with the reason.
pub fn wanted(
    store: &Store,
    service: &str,
    environment: &str,
    told: impl Fn(&str) -> Option<String>,
) -> Result<Wanted, Idle> {
    let own = store.ids_for(service, environment);
    let ids = match store.kind {
        StoreKind::AwsSecretsManager => loaded(own, &told)?,
        StoreKind::AwsParameterStore | StoreKind::Command => own,
    };
    let part = match store.kind {
        StoreKind::AwsSecretsManager | StoreKind::AwsParameterStore => {
            store.region.clone().or_else(|| REGIONS.into_iter().find_map(&told))
        }
        StoreKind::Command => {
            store.command.iter().any(|word| word.contains("{service}")).then(|| service.to_owned())
        }
    };
    let mut seen = std::collections::BTreeSet::new();
    let ids: Vec<String> = ids.into_iter().filter(|id| seen.insert(id.clone())).collect();
    if ids.is_empty() { Err(Idle::Nothing) } else { Ok(Wanted { ids, part }) }
}

fn loaded(own: Vec<String>, told: impl Fn(&str) -> Option<String>) -> Result<Vec<String>, Idle> {
    let provider = told(PROVIDER).map(|name| name.trim().to_owned());
    let on = provider.as_deref().is_some_and(|name| name.eq_ignore_ascii_case("aws"));
    match (on, provider) {
        (true, _) => {
            let listed = told(IDS).map(|list| split(&list)).filter(|ids| !ids.is_empty());
            let ids = listed.unwrap_or(own);
            if ids.is_empty() { Err(Idle::NoIds) } else { Ok(ids) }
        }
        (false, None) if !own.is_empty() => Ok(own),
        (false, provider) => Err(Idle::Off { provider }),
    }
}

fn split(list: &str) -> Vec<String> {
    list.split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(ids: &[&str]) -> Store {
        let ids: Vec<String> = ids.iter().map(|id| format!("{id:?}")).collect();
        toml::from_str(&format!("kind = \"aws-secrets-manager\"\nids = [{}]", ids.join(", "))).unwrap()
    }

    fn ask(own: &[&str], world: &[(&str, &str)]) -> Result<Wanted, Idle> {
        let told = |name: &str| world.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned());
        wanted(&store(own), "api", "staging", told)
    }

    fn ids(own: &[&str], world: &[(&str, &str)]) -> Vec<String> {
        ask(own, world).unwrap().ids
    }

    /// Seed 000: "`SECRET_MANAGER_PROVIDER=aws` activates the AWS loader."
    #[test]
    fn seed_000_the_provider_variable_activates_the_loader() {
        assert_eq!(ask(&[], &[(IDS, "a")]), Err(Idle::Off { provider: None }));
        let other = Idle::Off { provider: Some("gcp".to_owned()) };
        assert_eq!(ask(&[], &[(IDS, "a"), (PROVIDER, "gcp")]), Err(other));
        assert_eq!(ids(&[], &[(IDS, "a"), (PROVIDER, "aws")]), ["a"]);
        assert_eq!(ids(&[], &[(IDS, "a"), (PROVIDER, " AWS ")]), ["a"]);
    }

    /// Seed 000: "`AWS_REGION` (or `AWS_DEFAULT_REGION`)".
    #[test]
    fn seed_000_region_variables_in_order() {
        let region = |world: &[(&str, &str)]| ask(&["x"], world).unwrap().part;
        assert_eq!(region(&[]), None);
        assert_eq!(region(&[("AWS_DEFAULT_REGION", "eu-west-1")]).as_deref(), Some("eu-west-1"));
        let both = [("AWS_DEFAULT_REGION", "eu-west-1"), ("AWS_REGION", "eu-west-2")];
        assert_eq!(region(&both).as_deref(), Some("eu-west-2"));
    }

    /// Seed 000: "Comma-separated list of secret ARNs or names."
    #[test]
    fn seed_000_ids_are_separated_by_commas_names_or_arns() {
        let listed = [(PROVIDER, "aws"), (IDS, "a, arn:aws:secretsmanager:eu-west-2:1:secret:b-AbCdEf ,,a")];
        assert_eq!(ids(&[], &listed), ["a", "arn:aws:secretsmanager:eu-west-2:1:secret:b-AbCdEf"]);
        assert_eq!(ask(&[], &[(PROVIDER, "aws")]), Err(Idle::NoIds));
        assert_eq!(ask(&[], &[(PROVIDER, "aws"), (IDS, " , ")]), Err(Idle::NoIds));
    }

    /// Seed 003: "`{service}/{environment}`".
    #[test]
    fn seed_003_secrets_are_named_after_service_and_environment() {
        assert_eq!(ids(&["{service}/{environment}", "shared", "shared"], &[]), ["api/staging", "shared"]);
    }

    #[test]
    fn a_store_with_ids_of_its_own_needs_no_switch_but_obeys_it() {
        assert_eq!(ids(&["own"], &[(IDS, "listed")]), ["own"]);
        assert_eq!(ids(&["own"], &[(PROVIDER, "aws")]), ["own"]);
        assert_eq!(ids(&["own"], &[(PROVIDER, "aws"), (IDS, "listed")]), ["listed"]);
        assert!(matches!(ask(&["own"], &[(PROVIDER, "none")]), Err(Idle::Off { .. })));
    }
}
