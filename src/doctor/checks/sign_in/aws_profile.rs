//! `AWS_PROFILE` decides as whom other tools of this shell ask; one that does not exist stops them all.

use crate::doctor::{Answer, Check, Group, Look, Patient, Project, Trouble, Unable};
use crate::finding::{Remedy, Severity};
use crate::secret::plain;
use crate::sso::config_file::{Document, Name, config_path, credentials_path};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-SSO-47",
    group: Group::SignIn,
    severity: Severity::Warning,
    title: "AWS_PROFILE names a profile that is there",
    cures: false,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.set("AWS_PROFILE", "long-gone"),
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    project.session()?;
    let named = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]
        .into_iter()
        .find_map(|variable| Some((variable, patient.settings.var(variable)?)));
    let Some((variable, profile)) = named else { return Err(Unable::NotHere) };
    let read = |path: Option<std::path::PathBuf>| {
        let bytes = path.and_then(|path| std::fs::read(path).ok()).map(zeroize::Zeroizing::new);
        Document::parse(&bytes.unwrap_or_default())
    };
    let has = |document: &Document, name: &Name| document.named(name).next().is_some();
    let (config, keys) = (read(config_path(patient.settings)), read(credentials_path(patient.settings)));
    if has(&config, &Name::Profile(profile.to_owned())) || has(&keys, &Name::Bare(profile.to_owned())) {
        return Ok(Vec::new());
    }
    let says = format!("there is no AWS profile `{}`, so AWS tools of this shell fail", plain(profile));
    Ok(vec![Trouble::new(variable, says, Remedy::run("unset it", format!("unset {variable}")))])
}
