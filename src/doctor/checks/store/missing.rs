//! A secret that is not there is most often one that is spelt otherwise. Whether anything lacks its values is told elsewhere.

use super::missed;
use crate::doctor::{Answer, Check, Evidence, Group, Look, Patient, Project};
use crate::finding::Severity;
use crate::profile::nearest;
use crate::stores::Miss;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STORE-01",
    group: Group::Store,
    severity: Severity::Warning,
    title: "every secret that is asked for is there",
    cures: false,
    look: Look::Values(look),
    #[cfg(test)]
    sow: |world| world.store_ids(&["api/development", "api/developmnet"]),
};

fn look(_: &Patient<'_>, project: &Project<'_>, evidence: &Evidence<'_>) -> Answer {
    let known = there(evidence);
    missed(evidence, |miss| {
        let Miss::NotThere { id, .. } = miss else { return None };
        let near = (!is_derived(id, project)).then(|| nearest(id, known.iter().copied())).flatten();
        let near = near.map(|near| format!(", did you mean {near}?")).unwrap_or_default();
        Some(format!("{miss}{near}"))
    })
}

fn there<'a>(evidence: &'a Evidence<'_>) -> Vec<&'a str> {
    let answers = evidence.sources.stores.iter().flat_map(|store| store.answers.values().flatten().flatten());
    answers.filter(|(_, answer)| answer.is_ok()).map(|(id, _)| id.as_str()).collect()
}

/// What follows from the name of a service is no slip of the pen.
fn is_derived(id: &str, project: &Project<'_>) -> bool {
    let profile = project.profile();
    profile.store.values().any(|store| {
        let mut services = profile.services.keys();
        let pattern = store.ids.iter().any(|id| id.contains("{service}"));
        pattern && services.any(|one| store.ids_for(one, project.environment).iter().any(|known| known == id))
    })
}
