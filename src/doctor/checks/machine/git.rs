//! Without git nobody can tell whether a file of secrets would be committed.

use std::process::{Command, Stdio};

use crate::doctor::{Answer, Check, Group, Look, Patient, Trouble};
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-MACHINE-01",
    group: Group::Machine,
    severity: Severity::Warning,
    title: "git is installed",
    cures: false,
    look: Look::Machine(look),
    #[cfg(test)]
    sow: |world| world.set("PATH", "/nowhere"),
};

fn look(patient: &Patient<'_>) -> Answer {
    let mut command = Command::new("git");
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(path) = patient.settings.var("PATH") {
        command.env("PATH", path);
    }
    let works = command.status().is_ok_and(|status| status.success());
    let remedy = Remedy::says("install git, so that no env file is committed by accident");
    Ok(if works { Vec::new() } else { vec![Trouble::new("git", "it cannot be run", remedy)] })
}
