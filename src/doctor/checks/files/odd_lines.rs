//! A line that is neither assignment nor comment: some programs skip it, some stop there.

use crate::doctor::{Answer, Check, Edit, Group, Look, Patient, Project, Trouble};
use crate::envfile::{review, with_odd_lines_as_comments};
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: review::ODD_LINE,
    group: Group::Files,
    severity: Severity::Warning,
    title: "every line of an env file is an assignment or a comment",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.append("api/.env", "--- end ---\n"),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let mut troubles = Vec::new();
    for file in project.env_files() {
        let readers = file.reader_names();
        let harmless = file.document.as_ref().and_then(|it| with_odd_lines_as_comments(it, &file.readers));
        for flaw in file.flaws(review::ODD_LINE) {
            let trouble = Trouble::from(flaw.clone());
            troubles.push(match harmless {
                Some(_) => trouble.cured_by(file.edit(project, Edit::OddLines { readers: readers.clone() })),
                None => trouble,
            });
        }
    }
    Ok(troubles)
}
