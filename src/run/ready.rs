//! Whether the service may be started, and what stands in its way.

use super::Environment;
use crate::finding::{Finding, Remedy, Severity};
use crate::resolve::{Cell, NoValue, Status};

impl Environment {
    /// What stands in the way, and what should be known. The child runs when none is an error: outside of development
    /// a store that failed is one, whatever could be had elsewhere.
    ///
    /// `allow_missing` turns a missing value into a warning; a value that breaks a rule is an error in any case.
    pub fn findings(&self, allow_missing: bool) -> Vec<Finding> {
        let of_contract: Vec<Finding> =
            self.row.cells.iter().filter_map(|cell| self.finding(cell, allow_missing)).collect();
        let opaque = self.opaque.iter().map(|name| {
            let remedy = Remedy::says(format!("export {name} as UTF-8, or unset it"));
            let says = "exported, and not UTF-8: handed on as it is, unmasked, and no rule was looked at";
            Finding::warning("DS-RUN-12", name, says, remedy)
        });
        let told: Vec<&str> = of_contract.iter().map(|finding| finding.says.as_str()).collect();
        let of_stores = self.loading.findings(&self.start.environment, &self.row.cells, &told);
        // What an edit in such a file says would win, so nothing else is known to be right.
        let of_files = self.loading.flaws.iter().cloned().map(|flaw| match allow_missing {
            true => Finding { severity: Severity::Warning, ..flaw },
            false => flaw,
        });
        of_stores.into_iter().chain(of_files).chain(of_contract).chain(opaque).collect()
    }

    fn finding(&self, cell: &Cell, allow_missing: bool) -> Option<Finding> {
        let service = &self.row.service;
        let (code, severity, says) = match cell.status {
            Status::Missing | Status::Blocked => {
                let severity = if allow_missing { Severity::Warning } else { Severity::Error };
                let code = if cell.status == Status::Missing { "DS-RUN-01" } else { "DS-RUN-02" };
                (code, severity, format!("{service} requires it: {}", problem(cell)))
            }
            Status::Invalid if self.has_nul(cell) => ("DS-RUN-05", Severity::Error, problem(cell).to_owned()),
            Status::Unset if cell.tried.iter().any(|attempt| attempt.why == NoValue::Nul) => {
                ("DS-RUN-05", Severity::Warning, format!("left out: {}", problem(cell)))
            }
            Status::Invalid => ("DS-RUN-03", Severity::Error, problem(cell).to_owned()),
            Status::Forbidden => {
                ("DS-RUN-04", Severity::Warning, format!("not handed on: {}", problem(cell)))
            }
            Status::Ready | Status::Unset | Status::Absent => return None,
        };
        let remedy = Remedy::says(cell.next.as_deref().unwrap_or("see devsecrets status"));
        Some(Finding { severity, ..Finding::error(code, &cell.variable, says, remedy) })
    }

    fn has_nul(&self, cell: &Cell) -> bool {
        self.value(&cell.variable).is_some_and(|value| value.expose_to(|text| text.contains('\0')))
    }
}

fn problem(cell: &Cell) -> &str {
    cell.problem.as_deref().unwrap_or("no source has it")
}
