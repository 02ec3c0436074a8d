//! Files that remember a choice, so that it is made once. One that cannot be read costs that choice each time.

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Trouble, Unable};
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-STATE-06",
    group: Group::State,
    severity: Severity::Warning,
    title: "what was chosen before can be read",
    cures: true,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| world.write_state("roles.json", "[1, 2"),
};

/// Accounts and roles, methods, and what was used last: losing one costs one more choice.
const FILES: [&str; 3] = ["roles.json", "sign-in.json", "recent.json"];

fn look(patient: &Patient<'_>) -> Answer {
    let folder = patient.settings.state_folder().filter(|folder| folder.is_dir()).ok_or(Unable::NotHere)?;
    let paths = FILES.iter().map(|file| folder.join(file)).filter(|path| path.exists());
    let torn = paths.filter(|path| {
        let bytes = std::fs::read(path).unwrap_or_default();
        !serde_json::from_slice::<serde_json::Value>(&bytes).is_ok_and(|value| value.is_object())
    });
    let found = torn.map(|path| {
        let cure = Cure::Delete { path: path.clone() };
        let remedy = Remedy::run("remove it, and choose once more", cure.to_string());
        Trouble::new(path.display().to_string(), "it is torn", remedy).cured_by(cure)
    });
    Ok(found.collect())
}
