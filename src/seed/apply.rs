//! Doing what was approved, file by file.
//!
//! A file that fails does not stop the next; it is as it was, and the report says why.

use std::path::Path;

use super::plan::{FilePlan, Kind};
use super::{Approved, Change, FileOutcome, FileReport, FileState, REPORT_VERSION, Report};
use crate::envfile::{Document, Journal, Record, ReplaceError, Written, replace, replace_shared};
use crate::finding::{Finding, Remedy};
use crate::secret::{SecretValue, plain};

/// Writes the files of an approved plan; `step` hears how many of how many are done.
///
/// The journal is written twice however many files there are: what is intended before, what was done after.
pub fn apply(approved: Approved, journal: &mut Journal, step: &mut dyn FnMut(usize, usize)) -> Report {
    let plan = approved.0;
    let records: Vec<Option<Record>> =
        plan.files.iter().map(|file| record(file, &plan.preview.environment)).collect();
    let intended: Vec<Record> = records.iter().flatten().cloned().collect();
    let not_recorded = if intended.is_empty() { None } else { journal.intend(&intended).err() };
    let files = write_all(&plan.files, step);
    let known = records.into_iter().zip(&files).filter_map(|(record, report)| Some((record?, report)));
    let (done, failed): (Vec<_>, Vec<_>) = known.partition(|(_, report)| is_written(report));
    let done: Vec<Record> = done.into_iter().map(|(record, _)| record).collect();
    let not_recorded =
        if done.is_empty() { not_recorded } else { journal.record(&done).err().or(not_recorded) };
    failed.iter().for_each(|(record, _)| end(&record.file, journal));
    Report {
        version: REPORT_VERSION,
        profile: plan.preview.profile.clone(),
        environment: plan.preview.environment.clone(),
        files,
        findings: not_recorded.iter().map(unrecorded).collect(),
    }
}

/// Nothing is under way any more for a file that was not written: what stands in it now counts.
fn end(file: &Path, journal: &mut Journal) {
    let standing = std::fs::read(file).unwrap_or_default();
    // Left open it is told as a seed that was cut short, which it is then.
    let _ = journal.finish(file, &Document::parse(&standing));
}

fn write_all(files: &[FilePlan], step: &mut dyn FnMut(usize, usize)) -> Vec<FileReport> {
    let mut ignored = true;
    let mut reports = Vec::new();
    for file in files {
        let waits = file.kind.waits();
        let report = if waits && !ignored { failed(file, not_ignored(file)) } else { write(file) };
        ignored &= !(file.kind == Kind::GitIgnore && report.outcome == FileOutcome::Failed);
        reports.push(report);
        step(reports.len(), files.len());
    }
    reports
}

fn is_written(report: &FileReport) -> bool {
    matches!(report.outcome, FileOutcome::Created | FileOutcome::Updated)
}

fn write(file: &FilePlan) -> FileReport {
    let Some((snapshot, bytes)) = &file.write else {
        let refused = file.shown.state == FileState::Refused;
        let outcome = if refused { FileOutcome::Refused } else { FileOutcome::Unchanged };
        let finding = file.shown.findings.iter().max_by_key(|finding| finding.severity).cloned();
        return report(file, outcome, 0, finding.filter(|_| refused));
    };
    let written = match file.kind {
        Kind::GitIgnore => replace_shared(&file.path, snapshot, bytes),
        Kind::EnvFile { .. } | Kind::Mended => replace(&file.path, snapshot, bytes),
    };
    let lines = file.shown.lines.iter().filter(|line| line.change.writes()).count();
    match written {
        Err(error) => failed(file, cannot_write(file, &error)),
        Ok(Written::Unchanged) => report(file, FileOutcome::Unchanged, 0, None),
        Ok(Written::Created) => report(file, FileOutcome::Created, lines, None),
        Ok(Written::Replaced) => report(file, FileOutcome::Updated, lines, None),
    }
}

/// Our values in a file that will be written, as its readers will find them.
fn record(file: &FilePlan, environment: &str) -> Option<Record> {
    let (snapshot, bytes) =
        file.write.as_ref().filter(|_| matches!(file.kind, Kind::EnvFile { ours: true, .. }))?;
    let (before, after) = (Document::parse(snapshot.bytes()), Document::parse(bytes));
    let values = |document: &Document, names: &[String]| -> Vec<(String, SecretValue)> {
        names.iter().filter_map(|name| Some((name.clone(), document.get(name)?))).collect()
    };
    let named = |wanted: &[Change]| -> Vec<String> {
        let lines = file.shown.lines.iter().filter(|line| wanted.contains(&line.change));
        lines.map(|line| line.name.clone()).collect()
    };
    let ours = named(&[Change::Add, Change::Replace, Change::Same]);
    Some(Record {
        file: file.path.clone(),
        environment: Some(environment.to_owned()),
        standing: values(&before, &ours),
        written: values(&after, &ours),
        removed: named(&[Change::Remove]),
    })
}

/// Failing to remember is safe: the next seed takes these values for hand edits and keeps them.
fn unrecorded(error: &std::io::Error) -> Finding {
    let says = format!("written, but not recorded: {}", plain(&error.to_string()));
    let remedy =
        Remedy::says("make the state folder writable; until then these values count as edited by hand");
    Finding::warning("DS-SEED-04", "journal", says, remedy)
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
