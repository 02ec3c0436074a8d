//! A file that one of its readers refuses sets no variable at all there.

use crate::doctor::{Answer, Check, Group, Look, Patient, Project, Trouble};
use crate::envfile::review;
use crate::finding::Severity;

pub(in crate::doctor) const CHECK: Check = Check {
    code: review::UNREADABLE,
    group: Group::Files,
    severity: Severity::Error,
    title: "every reader accepts the env file",
    cures: false,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.append("api/.env", "OPEN='never closed\n"),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let mut troubles = Vec::new();
    for file in project.env_files() {
        let odd = |subject: &str| file.flaws(review::ODD_LINE).any(|odd| odd.subject == subject);
        // A line that is odd anyway is told once.
        let flaws = file.flaws(review::UNREADABLE).filter(|flaw| !odd(&flaw.subject));
        troubles.extend(flaws.cloned().map(Trouble::from));
    }
    Ok(troubles)
}
