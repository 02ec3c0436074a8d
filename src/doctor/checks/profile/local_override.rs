//! An override that says what the profile says anyway hides the next change of the profile.

use crate::doctor::{Answer, Check, Cure, Edit, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::profile::LOCAL_FILE;

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-PROFILE-23",
    group: Group::Profile,
    severity: Severity::Note,
    title: "every local override changes something",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| {
        world
            .write("devsecrets.local.toml", "environment = \"development\"\n[services.api]\npath = \"api\"\n")
    },
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let idle = &project.loaded.idle;
    let Some(last) = idle.last() else { return Ok(Vec::new()) };
    let keys: Vec<&str> = idle.iter().map(|one| one.key.as_str()).collect();
    let says = format!(
        "{} {} what the profile says anyway",
        keys.join(", "),
        if last == &idle[0] { "says" } else { "say" }
    );
    let remedy = Remedy::says(format!("take it out of {LOCAL_FILE}"));
    let lines = idle.iter().filter_map(|one| one.line).collect();
    let cure = Cure::Edit { path: project.root().join(LOCAL_FILE), edit: Edit::WithoutLines { lines } };
    let trouble = Trouble::new(LOCAL_FILE, says, remedy);
    // One that shares its line with another is for a person to take apart.
    let all = idle.iter().all(|one| one.line.is_some());
    Ok(vec![if all { trouble.cured_by(cure) } else { trouble }])
}
