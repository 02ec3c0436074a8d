//! What the screen wants done, and what came of it.

use crate::doctor::{Cure, Diagnosis};
use crate::onboard::Remedies;
use crate::seed::{Preview, Report};
use crate::tui::msg::Answer;

#[derive(Debug)]
pub enum DoctorAct {
    /// These codes or groups; all when empty.
    Examine(Vec<String>),
    /// What these cures would do.
    Plan(Vec<Cure>),
    /// Does what was shown.
    Heal(Box<Remedies>),
    /// What the seeding of these would write.
    PlanSeed(Box<Remedies>),
    /// Writes what was shown.
    Seed(Box<Preview>),
    /// Takes back the last change to files.
    Undo,
}

impl DoctorAct {
    pub fn words(&self) -> &'static str {
        match self {
            Self::Examine(_) => "looking what is wrong",
            Self::Plan(_) | Self::PlanSeed(_) => "looking what would be done",
            Self::Heal(_) | Self::Seed(_) => "mending",
            Self::Undo => "taking it back",
        }
    }

    pub fn must_finish(&self) -> bool {
        matches!(self, Self::Heal(_) | Self::Seed(_) | Self::Undo)
    }
}

#[derive(Debug)]
pub enum DoctorDone {
    Examined(Answer<Diagnosis>),
    Planned(Answer<Box<Remedies>>),
    Healed(Answer<Report>),
    SeedPlanned(Answer<Preview>),
    Seeded(Answer<Report>),
    Undone(Answer<Report>),
}
