//! Which secrets a service reads, and where.

use crate::profile::Store;
use crate::settings::Settings;

/// The ids of `service` in `environment`, placeholders filled in, each once.
///
/// `AWS_SECRETS_MANAGER_SECRET_IDS` (comma separated names or ARNs) stands in for a store's `ids`, as the
/// platform's own loader has it.
pub fn ids_for(settings: &Settings, store: &Store, service: &str, environment: &str) -> Vec<String> {
    let listed: Vec<String> = match settings.var("AWS_SECRETS_MANAGER_SECRET_IDS") {
        Some(list) => list.split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect(),
        None => store.ids_for(service, environment),
    };
    let mut seen = std::collections::BTreeSet::new();
    listed.into_iter().filter(|id| seen.insert(id.clone())).collect()
}

/// The store's region: its own, else `AWS_REGION`, else `AWS_DEFAULT_REGION`.
pub fn region_of(settings: &Settings, store: &Store) -> Option<String> {
    let named = store.region.as_deref();
    named
        .or_else(|| settings.var("AWS_REGION"))
        .or_else(|| settings.var("AWS_DEFAULT_REGION"))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::profile::StoreKind;

    fn store() -> Store {
        let ids = vec!["{service}/{environment}".to_owned(), "shared".to_owned(), "shared".to_owned()];
        Store { kind: StoreKind::AwsSecretsManager, region: None, ids }
    }

    #[test]
    fn placeholders_are_filled_and_repeats_dropped() {
        let settings = Settings::bare("/", Path::new("/h"));
        assert_eq!(ids_for(&settings, &store(), "api", "staging"), ["api/staging", "shared"]);
    }

    #[test]
    fn the_loader_s_variable_names_the_ids() {
        let settings =
            Settings::bare("/", Path::new("/h")).with("AWS_SECRETS_MANAGER_SECRET_IDS", "a, arn:aws:x ,");
        assert_eq!(ids_for(&settings, &store(), "api", "staging"), ["a", "arn:aws:x"]);
    }

    #[test]
    fn region_variables_in_order() {
        let settings = Settings::bare("/", Path::new("/h")).with("AWS_DEFAULT_REGION", "eu-west-1");
        assert_eq!(region_of(&settings, &store()).as_deref(), Some("eu-west-1"));
        let settings = settings.with("AWS_REGION", "eu-west-2");
        assert_eq!(region_of(&settings, &store()).as_deref(), Some("eu-west-2"));
    }
}
