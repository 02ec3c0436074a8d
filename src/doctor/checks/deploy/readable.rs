//! A deploy file that the profile names and nobody can read is checked by nobody.

use crate::deploy;
use crate::doctor::{Answer, Check, Group, Look, Patient, Project, Trouble, Unable};
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-DEPLOY-02",
    group: Group::Deploy,
    severity: Severity::Note,
    title: "deploy files of the profile can be read",
    cures: false,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| {
        world.edit_profile("[services.api]", "[deploy.render]\nfile = \"render.yaml\"\n\n[services.api]")
    },
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let files = deploy::files(project.profile(), project.root(), project.services);
    let mut declared = files.iter().filter(|file| file.declared).peekable();
    declared.peek().ok_or(Unable::NotHere)?;
    let found = declared.filter_map(|file| {
        let says = deploy::settings(&file.path).err()?.to_string();
        let shown = file.path.strip_prefix(project.root()).unwrap_or(&file.path).display().to_string();
        Some(Trouble::new(
            shown,
            says,
            Remedy::says("correct it, or the `file` of the target in the profile"),
        ))
    });
    Ok(found.collect())
}
