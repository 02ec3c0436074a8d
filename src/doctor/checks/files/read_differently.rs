//! One file, two programs, two values: it works on one machine and fails on the next.

use crate::doctor::{Answer, Check, Edit, Group, Look, Patient, Project, Trouble};
use crate::envfile::{review, with_one_reading};
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: review::DISAGREEMENT,
    group: Group::Files,
    severity: Severity::Warning,
    title: "all readers take the same value",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.append("api/.env", "SIGN=a#b\n"),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let mut troubles = Vec::new();
    for file in project.env_files() {
        for flaw in file.flaws(review::DISAGREEMENT) {
            let trouble = Trouble::from(flaw.clone());
            let variable = flaw.subject.strip_prefix(&format!("{}: ", file.path)).unwrap_or_default();
            let (variable, readers) = (variable.to_owned(), file.reader_names());
            let mended = file.document.as_ref().and_then(|it| with_one_reading(it, &variable, &file.readers));
            troubles.push(match mended {
                Some(_) => trouble.cured_by(file.edit(project, Edit::OneReading { variable, readers })),
                None => trouble,
            });
        }
    }
    Ok(troubles)
}
