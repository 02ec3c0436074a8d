//! Filters of ListSecrets and BatchGetSecretValue.
//!
//! Several filters must all match; of one filter's values any may. Values are prefixes, names and
//! tags mind case, descriptions do not, `!` negates, and `all` searches words in everything.

use serde::Deserialize;

use super::vault::Vault;
use super::{invalid_parameter, validation};
use crate::sandbox::reply::Refusal;
use crate::sandbox::stored::StoredSecret;

/// Most filters in one call, by the service model.
const MOST: usize = 10;

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Filter {
    key: String,
    values: Vec<String>,
}

/// The caller's secrets that pass every filter, deleted ones too.
pub(super) fn matching<'a>(vault: &Vault<'a>, filters: &[Filter]) -> Result<Vec<&'a StoredSecret>, Refusal> {
    if filters.len() > MOST {
        return Err(validation("filters", "Member must have length less than or equal to 10"));
    }
    if let Some(filter) = filters.iter().find(|filter| !KEYS.contains(&filter.key.as_str())) {
        return Err(invalid_parameter(format!("{} is not a valid filter key.", filter.key)));
    }
    let passes = |secret: &&StoredSecret| filters.iter().all(|filter| filter.passes(secret));
    Ok(vault.secrets().filter(passes).collect())
}

const KEYS: [&str; 7] =
    ["name", "description", "tag-key", "tag-value", "primary-region", "owning-service", "all"];

impl Filter {
    fn passes(&self, secret: &StoredSecret) -> bool {
        self.values.iter().any(|value| match value.strip_prefix('!') {
            Some(unwanted) => !self.finds(secret, unwanted),
            None => self.finds(secret, value),
        })
    }

    fn finds(&self, secret: &StoredSecret, value: &str) -> bool {
        let tags = &secret.tags;
        match self.key.as_str() {
            "name" => secret.name.starts_with(value),
            "description" => secret.description.to_lowercase().starts_with(&value.to_lowercase()),
            "tag-key" => tags.iter().any(|(key, _)| key.starts_with(value)),
            "tag-value" => tags.iter().any(|(_, tag)| tag.starts_with(value)),
            "all" => everything(secret).contains(&value.to_lowercase()),
            // Nothing here is replicated or owned by another service.
            _ => false,
        }
    }
}

fn everything(secret: &StoredSecret) -> String {
    let tags = secret.tags.iter().flat_map(|(key, value)| [key.as_str(), value]);
    let texts = [secret.name.as_str(), &secret.description].into_iter().chain(tags);
    texts.collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(key: &str, value: &str) -> bool {
        let secret =
            StoredSecret::new("backend/development", "x").described("The API").tagged("team", "Core");
        Filter { key: key.to_owned(), values: vec![value.to_owned()] }.passes(&secret)
    }

    #[test]
    fn values_are_prefixes_and_may_be_negated() {
        assert!(finds("name", "backend/") && !finds("name", "Backend/") && !finds("name", "development"));
        assert!(finds("name", "!media/") && !finds("name", "!backend/"));
        assert!(finds("description", "the api") && finds("tag-key", "team") && !finds("tag-value", "core"));
        assert!(finds("all", "CORE") && !finds("owning-service", "rds"));
    }
}
