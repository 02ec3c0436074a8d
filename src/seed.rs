//! Seeding env files: draft → plan → preview → approved → report.
//!
//! The rule: nothing is written that was not shown. [`apply()`] takes only an [`Approved`], which only the preview of
//! the same plan makes; deciding reads files but changes none, doing is small.

mod adopt;
mod apply;
mod by_hand;
mod day_one;
pub(crate) mod declared;
mod draft;
mod file;
mod flaws;
mod ignore;
mod lines;
mod lock;
mod mend;
mod merge;
mod plan;
mod policy;
mod preview;
mod report;
mod spot;
mod token_file;
mod undo;

pub use adopt::{ADOPTION_VERSION, AdoptedFile, Adoption, adopt};
pub use apply::apply;
pub use by_hand::{ByHand, by_hand};
pub use day_one::{begin_day_one, end_day_one, is_day_one};
pub use declared::readers;
pub use draft::{Draft, draft};
pub use flaws::flaws;
pub use lock::Lock;
pub use mend::{Edit, Mending, mend};
pub use plan::{Approved, Plan};
pub use preview::{Change, FilePreview, FileState, Line, PREVIEW_VERSION, Preview, Shown};
pub use report::{FileOutcome, FileReport, REPORT_VERSION, Report};
pub use spot::Spot;
pub use token_file::write_token_file;
pub use undo::{Undoable, undo, undo_entries, undoable, unreadable_undo_entries};

#[cfg(test)]
mod tests;
