//! A secret written into a file that deploys the project is committed with it.

use crate::deploy::{self, Setting, is_literal};
use crate::doctor::{Answer, Check, Group, Look, Patient, Project, Trouble, Unable};
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-DEPLOY-01",
    group: Group::Deploy,
    severity: Severity::Error,
    title: "no deploy file holds a secret in clear",
    cures: false,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| {
        world.write(
            "render.yaml",
            "services:\n  - envVars:\n      - key: JWT_SECRET\n        value: in-clear\n",
        )
    },
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let files = deploy::files(project.profile(), project.root(), project.services);
    if files.is_empty() {
        return Err(Unable::NotHere);
    }
    let mut troubles = Vec::new();
    for file in files {
        let shown = file.path.strip_prefix(project.root()).unwrap_or(&file.path).display().to_string();
        let settings = deploy::settings(&file.path).unwrap_or_default();
        for setting in settings.iter().filter(|setting| tells(project, setting)) {
            let says = format!("{} stands there in clear", setting.name);
            let remedy = Remedy::says(
                "let it refer to the target's own secrets, and rotate it: it is in the history of the repository",
            );
            troubles.push(Trouble::new(format!("{shown}:{}", setting.line), says, remedy));
        }
    }
    Ok(troubles)
}

fn tells(project: &Project<'_>, setting: &Setting) -> bool {
    let policy = &project.profile().policy;
    let secret = match project.profile().variable(&setting.name) {
        Some(variable) => variable.secret,
        None => policy.names_secret(&setting.name),
    };
    secret && setting.value.expose_to(is_literal)
}
