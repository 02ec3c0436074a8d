//! Doing what was approved, file by file.
//!
//! A file that fails does not stop the next; it is as it was, and the report says why.

use super::plan::{FilePlan, Kind};
use super::{Approved, Change, FileOutcome, FileReport, FileState, REPORT_VERSION, Report};
use crate::envfile::{Document, Journal, ReplaceError, Written, replace, replace_shared};
use crate::finding::{Finding, Remedy};
use crate::secret::{SecretValue, plain};

/// Writes the files of an approved plan and records what was written.
pub fn apply(approved: Approved, journal: &mut Journal) -> Report {
    let plan = approved.0;
    let mut ignored = true;
    let mut files = Vec::new();
    for file in &plan.files {
        let report = if file.kind == (Kind::EnvFile { ignored_by_plan: true }) && !ignored {
            failed(file, not_ignored(file))
        } else {
            one(file, journal)
        };
        ignored &= !(file.kind == Kind::GitIgnore && report.outcome == FileOutcome::Failed);
        files.push(report);
    }
    Report {
        version: REPORT_VERSION,
        profile: plan.preview.profile.clone(),
        environment: plan.preview.environment.clone(),
        files,
        findings: Vec::new(),
    }
}

fn one(file: &FilePlan, journal: &mut Journal) -> FileReport {
    let Some((snapshot, bytes)) = &file.write else {
        let refused = file.shown.state == FileState::Refused;
        let outcome = if refused { FileOutcome::Refused } else { FileOutcome::Unchanged };
        let finding = file.shown.findings.iter().max_by_key(|finding| finding.severity).cloned();
        return report(file, outcome, 0, finding.filter(|_| refused));
    };
    let written = match file.kind {
        Kind::GitIgnore => replace_shared(&file.path, snapshot, bytes),
        Kind::EnvFile { .. } => replace(&file.path, snapshot, bytes),
    };
    match written {
        Err(error) => failed(file, cannot_write(file, &error)),
        Ok(Written::Unchanged) => report(file, FileOutcome::Unchanged, 0, None),
        Ok(done) => {
            let outcome = if done == Written::Created { FileOutcome::Created } else { FileOutcome::Updated };
            let lines = file.shown.lines.iter().filter(|line| line.change.writes()).count();
            report(file, outcome, lines, record(file, bytes, journal))
        }
    }
}

/// Remembers our values by fingerprint. Failing that, the next seed takes them for hand edits and keeps them.
fn record(file: &FilePlan, bytes: &[u8], journal: &mut Journal) -> Option<Finding> {
    if file.kind == Kind::GitIgnore {
        return None;
    }
    let document = Document::parse(bytes);
    let ours = file.shown.lines.iter().filter(|line| line.change.writes() || line.change == Change::Same);
    let written: Vec<(String, SecretValue)> =
        ours.filter_map(|line| Some((line.name.clone(), document.get(&line.name)?))).collect();
    let removed = file.shown.lines.iter().filter(|line| line.change == Change::Remove);
    let removed: Vec<String> = removed.map(|line| line.name.clone()).collect();
    let error = journal.record(&file.path, &written, &removed).err()?;
    Some(Finding::warning(
        "DS-SEED-04",
        file.shown.path.clone(),
        format!("written, but not recorded: {}", plain(&error.to_string())),
        Remedy::says("make the state folder writable; until then these values count as edited by hand"),
    ))
}

fn cannot_write(file: &FilePlan, error: &ReplaceError) -> Finding {
    let path = file.shown.path.clone();
    match error {
        ReplaceError::Changed(_) => Finding::error(
            "DS-FILE-11",
            path,
            "it changed after the preview, so it was left alone",
            Remedy::run("look at the new preview", "devsecrets seed"),
        ),
        other => {
            let cause =
                std::error::Error::source(other).map(|cause| format!(": {cause}")).unwrap_or_default();
            let says = plain(&format!("{other}{cause}"));
            Finding::error(
                "DS-FILE-12",
                path,
                says,
                Remedy::says("free space or correct the rights, then seed again"),
            )
        }
    }
}

fn not_ignored(file: &FilePlan) -> Finding {
    let remedy = Remedy::says("mend .gitignore first, then seed again");
    let says = "not written, because git does not ignore it yet";
    Finding::error(crate::envfile::guard::NOT_IGNORED, file.shown.path.clone(), says, remedy)
}

fn failed(file: &FilePlan, finding: Finding) -> FileReport {
    report(file, FileOutcome::Failed, 0, Some(finding))
}

fn report(file: &FilePlan, outcome: FileOutcome, written: usize, finding: Option<Finding>) -> FileReport {
    let (path, service) = (file.shown.path.clone(), file.shown.service.clone());
    FileReport { path, service, outcome, written, finding }
}
