//! Seeding env files: draft → plan → preview → approved → report.

mod preview;
mod report;

pub use preview::{Change, FilePreview, FileState, Line, PREVIEW_VERSION, Preview, Shown};
pub use report::{FileOutcome, FileReport, REPORT_VERSION, Report};
