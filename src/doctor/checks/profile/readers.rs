//! Who reads an env file decides how it is written. Where nothing tells, it is written for all of them, and some values
//! have no form that all take.

use crate::doctor::{Answer, Check, Group, Look, Patient, Project, Trouble};
use crate::envfile::Reader;
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-PROFILE-24",
    group: Group::Profile,
    severity: Severity::Note,
    title: "it is known who reads each env file",
    cures: false,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.edit_profile("readers = [\"shell\", \"node-dotenv\"]\n", ""),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let declares = |name: &String| project.profile().service(name).is_ok_and(|it| !it.readers.is_empty());
    let is_there = |path: &str| project.root().join(path).parent().is_some_and(std::path::Path::is_dir);
    let files = project.env_files().iter().filter(|file| is_there(&file.path));
    let silent = files.filter(|file| file.readers == Reader::CORE && !file.services.iter().any(declares));
    let found = silent.map(|file| {
        let says = "nothing in its folder tells who reads it, so it is written for every common reader";
        Trouble::new(&file.path, says, Remedy::says("name them as `readers` of the service in the profile"))
    });
    Ok(found.collect())
}
