//! What would be written, with its values, and the consent without which it is not.

use std::path::PathBuf;

use zeroize::Zeroizing;

use super::{FilePreview, Preview};
use crate::envfile::Snapshot;

/// Files to write, the bytes for each, and what people were shown. Holds values.
pub struct Plan {
    pub(super) preview: Preview,
    /// In the order of the preview's files.
    pub(super) files: Vec<FilePlan>,
    /// To be looked at, never to be applied.
    pub(super) rehearsal: bool,
}

/// One file.
pub(super) struct FilePlan {
    pub path: PathBuf,
    pub shown: FilePreview,
    /// The file as it was read, and the new bytes; `None` when nothing may be written.
    pub write: Option<(Snapshot, Zeroizing<Vec<u8>>)>,
    pub kind: Kind,
}

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Holds secrets; `ignored_by_plan` when git ignores it only once the plan's `.gitignore` is written. What is written is
    /// noted down as ours, or counts as edited by hand.
    EnvFile {
        ignored_by_plan: bool,
        ours: bool,
    },
    GitIgnore,
    /// Repaired: its values stay whose they were.
    Mended,
}

impl Kind {
    /// Written only once git ignores it.
    pub(super) fn waits(self) -> bool {
        matches!(self, Self::EnvFile { ignored_by_plan: true, .. })
    }
}

impl Plan {
    pub(super) fn new(preview: Preview, files: Vec<FilePlan>, rehearsal: bool) -> Self {
        Self { preview, files, rehearsal }
    }

    /// The masked form: all a face ever sees.
    pub fn preview(&self) -> &Preview {
        &self.preview
    }

    /// Consent to exactly what `seen` showed.
    ///
    /// # Errors
    /// The plan itself, when something else was seen or it was made for looking only.
    pub fn approve(self, seen: &Preview) -> Result<Approved, Box<Self>> {
        if self.rehearsal || *seen != self.preview { Err(Box::new(self)) } else { Ok(Approved(self)) }
    }
}

/// A plan somebody has agreed to.
pub struct Approved(pub(super) Plan);
