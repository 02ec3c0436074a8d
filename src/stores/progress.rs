//! How many secrets have been answered for, told while the rest is under way.

use std::fmt;
use std::sync::Arc;

/// Hears of answers. Cloned, it counts for the same hearer.
#[derive(Clone, Default)]
pub struct Progress(Option<Arc<dyn Fn(usize) + Send + Sync>>);

impl Progress {
    /// `hear` is told how many more have been answered, whatever the answer was.
    pub fn to(hear: impl Fn(usize) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(hear)))
    }

    pub(super) fn answered(&self, more: usize) {
        if let Some(hear) = &self.0 {
            hear(more);
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress")
    }
}
