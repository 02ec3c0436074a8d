//! The policy names what git must ignore; a `.gitignore` that lost a line lets it in.

use std::path::PathBuf;

use crate::doctor::{Answer, Check, Cure, Edit, Group, Look, Patient, Project, Trouble, Unable};
use crate::envfile::guard::Git;
use crate::finding::{Remedy, Severity};

pub(in crate::doctor) const CHECK: Check = Check {
    code: "DS-FILE-25",
    group: Group::Files,
    severity: Severity::Warning,
    title: "git ignores what the policy names",
    cures: true,
    look: Look::Project(look),
    #[cfg(test)]
    sow: |world| world.edit_profile("[policy]\n", "[policy]\nignored = [\"*.pem\"]\n"),
};

fn look(_: &Patient<'_>, project: &Project<'_>) -> Answer {
    let lines = &project.profile().policy.ignored;
    if lines.is_empty() {
        return Err(Unable::NotHere);
    }
    let samples: Vec<PathBuf> = lines.iter().map(|line| project.root().join(sample(line))).collect();
    let git = Git::ask(samples.iter().map(PathBuf::as_path));
    let open = lines.iter().zip(&samples).filter(|(_, sample)| git.exposes(sample));
    let found = open.map(|(line, _)| {
        let edit = Edit::Ignore { line: line.clone() };
        let cure = Cure::Edit { path: project.root().join(".gitignore"), edit };
        let remedy = Remedy::says(format!("add the line `{line}` to .gitignore"));
        Trouble::new(".gitignore", format!("nothing in it covers `{line}`"), remedy).cured_by(cure)
    });
    Ok(found.collect())
}

/// A path that the line matches: git is asked about paths, not about lines.
fn sample(line: &str) -> String {
    let path = line.trim_start_matches(['/', '!']).replace("**/", "").replace('*', "x");
    if path.ends_with('/') { format!("{path}x") } else { path }
}
