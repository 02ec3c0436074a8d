//! Short forms spelled out, so that every other room meets concrete names only.
//!
//! Three short forms exist: a family (`QUEUE_REDIS_{REGION}_HOST` with `regions`) stands for one
//! variable of each region, `"*"` in a table of names stands for every environment, and the `preset`
//! of a token or store for what is known of that service.

use std::borrow::Cow;
use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::lists::{EVERYWHERE, Names};
use super::schema::{Map, Profile, Variable};
use super::{preset, store_preset};

/// What a family's name holds where the region goes.
pub(super) const REGION: &str = "{REGION}";

/// Spells out all forms in place. Expanding twice changes nothing.
pub(super) fn expand(profile: &mut Profile) {
    profile.tokens.values_mut().for_each(preset::fill);
    profile.store.values_mut().for_each(store_preset::fill);
    let families: Map<String, Vec<String>> = profile
        .variables
        .iter()
        .filter(|(name, _)| name.contains(REGION))
        .map(|(name, variable)| (name.clone(), concrete(name, variable).map(Cow::into_owned).collect()))
        .collect();
    let environments = profile.environments.clone();
    let services = profile.services.values_mut();
    let lists =
        services.flat_map(|service| [&mut service.required, &mut service.optional, &mut service.denied]);
    for names in lists.chain(profile.deploy.values_mut().map(|target| &mut target.variables)) {
        spread(names, &environments);
        names.lists_mut().into_iter().for_each(|list| unfold(list, &families));
    }
    if !families.is_empty() {
        profile.variables = std::mem::take(&mut profile.variables).into_iter().flat_map(members).collect();
    }
}

/// The names one declaration stands for.
pub(super) fn concrete<'p>(name: &'p str, variable: &'p Variable) -> impl Iterator<Item = Cow<'p, str>> {
    let family = name.contains(REGION);
    let members = variable.regions.iter().filter(move |_| family);
    let itself = (!family).then_some(Cow::Borrowed(name));
    itself.into_iter().chain(members.map(|region| Cow::Owned(name.replace(REGION, region))))
}

fn members((name, variable): (String, Variable)) -> Vec<(String, Variable)> {
    if !name.contains(REGION) {
        return vec![(name, variable)];
    }
    let member = |region: &String| {
        let filled = |text: &Option<String>| text.as_ref().map(|text| text.replace(REGION, region));
        let (about, note) = (filled(&variable.about), filled(&variable.note));
        (name.replace(REGION, region), Variable { about, note, regions: Vec::new(), ..variable.clone() })
    };
    variable.regions.iter().map(member).collect()
}

/// `{ "*" = [A], production = [B] }` becomes A everywhere, and A and B in production.
fn spread(names: &mut Names, environments: &[String]) {
    let Names::In(table) = names else { return };
    let Some(everywhere) = table.shift_remove(EVERYWHERE) else { return };
    let list = |environment: &String| {
        let own = table.get(environment).cloned().unwrap_or_default();
        everywhere.iter().cloned().chain(own).collect()
    };
    *table = environments.iter().map(|environment| (environment.clone(), list(environment))).collect();
}

fn unfold(list: &mut Vec<String>, families: &Map<String, Vec<String>>) {
    let mut seen = HashSet::with_capacity_and_hasher(list.len(), RandomState::default());
    let names = std::mem::take(list).into_iter();
    *list = names
        .flat_map(|name| families.get(&name).cloned().unwrap_or_else(|| vec![name]))
        .filter(|name| seen.insert(name.clone()))
        .collect();
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    const TEXT: &str = r#"
        schema = 1
        name = "queues"
        title = "Queues"
        environments = ["development", "production"]
        [variables."Q_{REGION}_HOST"]
        about = "Queue of {REGION}"
        regions = ["EU", "US"]
        [variables.PORT]
        [services.api]
        path = "."
        required = { "*" = ["PORT"], production = ["Q_{REGION}_HOST", "Q_EU_HOST"] }
    "#;

    #[test]
    fn a_family_becomes_one_variable_of_each_region() {
        let profile = parse(TEXT, "t").unwrap();
        assert_eq!(profile.variables.keys().collect::<Vec<_>>(), ["Q_EU_HOST", "Q_US_HOST", "PORT"]);
        assert_eq!(profile.variables["Q_US_HOST"].about.as_deref(), Some("Queue of US"));
        assert!(profile.variables["Q_US_HOST"].regions.is_empty());
    }

    #[test]
    fn lists_are_spread_and_unfolded_without_repeats() {
        let required = &parse(TEXT, "t").unwrap().services["api"].required;
        assert_eq!(required.of("development"), ["PORT"]);
        assert_eq!(required.of("production"), ["PORT", "Q_EU_HOST", "Q_US_HOST"]);
    }

    #[test]
    fn expanding_twice_changes_nothing() {
        let once = parse(TEXT, "t").unwrap();
        let mut twice = once.clone();
        super::expand(&mut twice);
        assert_eq!(once, twice);
    }
}
