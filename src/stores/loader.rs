//! Which secrets a service reads, and where: the contract of the platform's own loader.
//!
//! | variable | says |
//! | --- | --- |
//! | `SECRET_MANAGER_PROVIDER` | `aws` switches AWS Secrets Manager on, anything else switches it off |
//! | `AWS_REGION`, then `AWS_DEFAULT_REGION` | the region, where the profile names none |
//! | `AWS_SECRETS_MANAGER_SECRET_IDS` | names or ARNs, separated by commas, in the place of the profile's own |
//!
//! A store is asked for the environments and services it is for, and an ARN in the region it names.
//!
//! A store that names ids of its own needs no switch: it is on unless the switch names somebody else. The other
//! stores know none of these variables but the region's.

use std::collections::BTreeSet;

use super::aws_line::region_of;
use crate::profile::{Store, StoreKind};

/// Switches the loader on.
pub const PROVIDER: &str = "SECRET_MANAGER_PROVIDER";
/// Lists what it loads.
pub const IDS: &str = "AWS_SECRETS_MANAGER_SECRET_IDS";
/// Where it loads from; the first that is set.
const REGIONS: [&str; 2] = ["AWS_REGION", "AWS_DEFAULT_REGION"];

/// Whether it says what the loader asks, and where.
pub fn steers(name: &str) -> bool {
    [PROVIDER, IDS].iter().chain(&REGIONS).any(|known| *known == name)
}

/// An id, behind what tells secrets of one id apart: the region of an AWS store, the service where a command names it.
pub type Place = (Option<String>, String);

/// What one service reads from one store: each place once, in the order asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub places: Vec<Place>,
    /// Ids that follow from the names of service and environment: not every service has such a secret.
    pub conventional: BTreeSet<String>,
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
    if !store.serves(service, environment) {
        return Err(Idle::Nothing);
    }
    let own = store.ids_for(service, environment);
    let listed = match store.kind {
        StoreKind::AwsSecretsManager => listed(&own, &told)?,
        StoreKind::AwsParameterStore | StoreKind::Command => None,
    };
    let follows = |id: &&String| listed.is_none() && !store.ids.contains(*id);
    let conventional = own.iter().filter(follows).cloned().collect();
    let ids = listed.unwrap_or(own);
    let part = match store.kind {
        StoreKind::AwsSecretsManager | StoreKind::AwsParameterStore => {
            let declared = store.region_in(environment).map(str::to_owned);
            declared.or_else(|| REGIONS.into_iter().find_map(&told))
        }
        StoreKind::Command => {
            store.command.iter().any(|word| word.contains("{service}")).then(|| service.to_owned())
        }
    };
    let mut seen = BTreeSet::new();
    let ids = ids.into_iter().filter(|id| seen.insert(id.clone()));
    let place = |id: String| match region_of(&id).filter(|_| store.kind.is_aws()) {
        Some(own) => (Some(own.to_owned()), id),
        None => (part.clone(), id),
    };
    let places: Vec<Place> = ids.map(place).collect();
    if places.is_empty() { Err(Idle::Nothing) } else { Ok(Wanted { places, conventional }) }
}

/// Ids that stand in the place of the profile's own.
fn listed(own: &[String], told: impl Fn(&str) -> Option<String>) -> Result<Option<Vec<String>>, Idle> {
    let provider = told(PROVIDER).map(|name| name.trim().to_owned());
    let on = provider.as_deref().is_some_and(|name| name.eq_ignore_ascii_case("aws"));
    match (on, provider) {
        (true, _) => {
            let listed = told(IDS).map(|list| split(&list)).filter(|ids| !ids.is_empty());
            if listed.is_none() && own.is_empty() { Err(Idle::NoIds) } else { Ok(listed) }
        }
        (false, None) if !own.is_empty() => Ok(None),
        (false, provider) => Err(Idle::Off { provider }),
    }
}

fn split(list: &str) -> Vec<String> {
    list.split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::PerEnvironment;

    fn store(ids: &[&str]) -> Store {
        let ids: Vec<String> = ids.iter().map(|id| format!("{id:?}")).collect();
        toml::from_str(&format!("kind = \"aws-secrets-manager\"\nids = [{}]", ids.join(", "))).unwrap()
    }

    fn ask(own: &[&str], world: &[(&str, &str)]) -> Result<Wanted, Idle> {
        let told = |name: &str| world.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned());
        wanted(&store(own), "api", "staging", told)
    }

    fn ids(own: &[&str], world: &[(&str, &str)]) -> Vec<String> {
        ask(own, world).unwrap().places.into_iter().map(|(_, id)| id).collect()
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
        let region = |world: &[(&str, &str)]| ask(&["x"], world).unwrap().places[0].0.clone();
        assert_eq!(region(&[]), None);
        assert_eq!(region(&[("AWS_DEFAULT_REGION", "eu-west-1")]).as_deref(), Some("eu-west-1"));
        let both = [("AWS_DEFAULT_REGION", "eu-west-1"), ("AWS_REGION", "eu-west-2")];
        assert_eq!(region(&both).as_deref(), Some("eu-west-2"));
    }

    #[test]
    fn a_region_may_differ_by_environment_and_an_arn_names_its_own() {
        let arn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:b-AbCdEf";
        let mut store = store(&["x", arn]);
        let regions =
            [("production", "eu-west-1")].map(|(name, region)| (name.to_owned(), region.to_owned()));
        store.region = Some(PerEnvironment::In(regions.into_iter().collect()));
        let regions = |environment: &str| {
            let told = |name: &str| (name == "AWS_REGION").then(|| "eu-west-2".to_owned());
            wanted(&store, "api", environment, told).unwrap().places.into_iter().filter_map(|place| place.0)
        };
        assert_eq!(regions("production").collect::<Vec<_>>(), ["eu-west-1", "us-east-1"]);
        assert_eq!(regions("staging").collect::<Vec<_>>(), ["eu-west-2", "us-east-1"]);
    }

    #[test]
    fn a_store_is_asked_for_those_it_is_for() {
        let mut store = store(&["x"]);
        (store.environments, store.services) = (vec!["production".to_owned()], vec!["api".to_owned()]);
        assert!(wanted(&store, "api", "production", |_| None).is_ok());
        assert_eq!(wanted(&store, "api", "staging", |_| None), Err(Idle::Nothing));
        assert_eq!(wanted(&store, "web", "production", |_| None), Err(Idle::Nothing));
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
    fn what_follows_from_a_name_is_told_from_what_is_named() {
        let conventional = |own: &[&str], world: &[(&str, &str)]| ask(own, world).unwrap().conventional;
        let own = ["{service}/{environment}", "shared"];
        assert_eq!(conventional(&own, &[]), BTreeSet::from(["api/staging".to_owned()]));
        assert!(conventional(&own, &[(PROVIDER, "aws"), (IDS, "api/staging")]).is_empty());
    }

    #[test]
    fn a_store_with_ids_of_its_own_needs_no_switch_but_obeys_it() {
        assert_eq!(ids(&["own"], &[(IDS, "listed")]), ["own"]);
        assert_eq!(ids(&["own"], &[(PROVIDER, "aws")]), ["own"]);
        assert_eq!(ids(&["own"], &[(PROVIDER, "aws"), (IDS, "listed")]), ["listed"]);
        assert!(matches!(ask(&["own"], &[(PROVIDER, "none")]), Err(Idle::Off { .. })));
    }
}
