//! A sign-in of the old form cannot be refreshed: one signs in again every few hours.

use crate::doctor::{Answer, Check, Cure, Group, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::secret::plain;
use crate::sso::config_file::{Document, Name, config_path};
use crate::sso::{SessionName, same_portal};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-CONFIG-06",
    group: Group::SignIn,
    severity: Severity::Warning,
    title: "the AWS config file signs in by an sso-session",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| {
        world.choose_role("222233334444");
        world.write_home(
            ".aws/config",
            "[profile old]\nsso_start_url = https://shop.awsapps.com/start\nsso_region = eu-west-2\n",
        );
    },
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    let trouble = |(header, line): (String, usize)| {
        let says = format!("[{header}] on line {line} signs in the old way, which cannot be refreshed");
        let remedy = Remedy::run("add the new form beside it", Cure::WriteConfig.to_string());
        let trouble = Trouble::new("the AWS config file", says, remedy);
        if patient.choice.is_some() { trouble.cured_by(Cure::WriteConfig) } else { trouble }
    };
    Ok(legacy(patient, &project.session()?).into_iter().map(trouble).collect())
}

/// Sections that lead to this portal without a session, with their lines; none once the session itself is there.
pub(super) fn legacy(patient: &Patient<'_>, session: &SessionName) -> Vec<(String, usize)> {
    let bytes = config_path(patient.settings).and_then(|path| std::fs::read(path).ok());
    let document = Document::parse(&bytes.map(zeroize::Zeroizing::new).unwrap_or_default());
    if document.named(&Name::Session(session.session.clone())).next().is_some() {
        return Vec::new();
    }
    let here = |section: &&crate::sso::config_file::Section| {
        let url = section.key("sso_start_url").filter(|_| !section.has("sso_session"));
        let profile = !section.header.trim_start().starts_with("sso-session");
        profile && url.is_some_and(|key| same_portal(document.value(key), &session.start_url))
    };
    document.sections().iter().filter(here).map(|section| (plain(&section.header), section.line)).collect()
}
