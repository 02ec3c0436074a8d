//! Without the two sections of the AWS config file the AWS CLI and every SDK know nothing of the sign-in.

use super::legacy_profile::legacy;
use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::sso::config_file::{ConfigPlan, ConfigState, Record, Wanted, draft};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-CONFIG-15",
    group: Group::SignIn,
    severity: Severity::Warning,
    title: "the AWS config file knows the sign-in",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.choose_role("222233334444"),
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    let session = project.session()?;
    // Nothing can be written before a role is chosen, and what is of the old form is said by itself.
    let Some(choice) = patient.choice.filter(|_| legacy(patient, &session).is_empty()) else {
        return Ok(Vec::new());
    };
    let wanted = Wanted::of(session, project.profile(), choice);
    let drafted =
        draft(patient.settings, &wanted, &Record::recall(patient.settings, &project.profile().name));
    let plan = drafted.plan();
    Ok(match plan.state {
        _ if plan.declined => Vec::new(),
        ConfigState::Current => Vec::new(),
        ConfigState::Ready => vec![lacking(plan)],
        ConfigState::Blocked => plan.findings.iter().cloned().map(Trouble::from).collect(),
    })
}

fn lacking(plan: &ConfigPlan) -> Trouble {
    let new = plan.lines.iter().filter(|line| line.sign == '+' && line.text.starts_with('['));
    let sections: Vec<&str> = new.map(|line| line.text.as_str()).collect();
    let says = match sections.as_slice() {
        [] => format!("profile {} is out of date", plan.aws_profile),
        sections => format!("it lacks {}", sections.join(" and ")),
    };
    let remedy = Remedy::run("write what is lacking", Cure::WriteConfig.to_string());
    Trouble::new(plan.file.as_str(), says, remedy).cured_by(Cure::WriteConfig)
}
