//! The leak scan, as this sitting asks for it.
//!
//! What it is told is data: it looks on its own, and keeps neither the session nor anybody else waiting.

use super::session::Session;
use crate::audit::{Heed, Inspection, Source};

impl Session {
    /// A scan of `source`, of which findings may be accepted.
    pub fn inspection(&self, source: Source) -> Inspection {
        let whole = Inspection::of(source, &self.settings.folder, self.settings.state_folder());
        Inspection { heed: Heed::MayAccept, ..whole }
    }
}
