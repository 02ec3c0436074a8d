//! A token that was replaced in the keychain is out of date in its file.

use crate::doctor::{Answer, Check, Cure, Group, KeptToken, Look, Patient, Project, Trouble};
use crate::finding::{Remedy, Severity};
use crate::profile::EnvFiles;
use crate::tokens::{self, Found};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-TOKEN-23",
    group: Group::Tokens,
    severity: Severity::Warning,
    title: "token files say what the keychain keeps",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.write(".env.linear", "canary-of-last-year\n"),
};

fn look(patient: &Patient<'_>, project: &Project<'_>) -> Answer {
    if project.profile().policy.env_files == EnvFiles::Forbidden {
        return Ok(Vec::new());
    }
    Ok(project.tokens(patient)?.iter().filter_map(|kept| out_of_step(kept, project)).collect())
}

fn out_of_step(kept: &KeptToken, project: &Project<'_>) -> Option<Trouble> {
    let (Ok(Found::Ours { value, .. }), Some(path)) = (&kept.found, &kept.declared.file) else { return None };
    let says = match std::fs::read(project.root().join(path)).map(zeroize::Zeroizing::new) {
        Ok(bytes) => {
            let same = tokens::file_contents(value).expose_to(|text| *bytes == text.as_bytes());
            (!same).then_some("it holds another token than the keychain")?
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => "it is not there",
        Err(_) => return None,
    };
    let cure = Cure::TokenFile { token: kept.name.clone(), path: path.clone() };
    let remedy = Remedy::run("write it", "devsecrets doctor --fix");
    Some(Trouble::new(path.as_str(), says, remedy).cured_by(cure))
}
