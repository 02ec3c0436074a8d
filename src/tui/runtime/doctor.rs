//! The doctor's jobs as calls of the engine.

use tokio::sync::mpsc::UnboundedSender;

use crate::doctor::Selection;
use crate::onboard::Session;
use crate::tui::effect::TaskId;
use crate::tui::msg::Msg;
use crate::tui::screens::doctor::{DoctorAct, DoctorDone};

/// Each check is told as it ends.
pub async fn perform(
    session: &mut Session,
    id: TaskId,
    act: DoctorAct,
    sender: &UnboundedSender<Msg>,
) -> DoctorDone {
    match act {
        DoctorAct::Examine(only) => {
            let selection = Selection { only, ..Selection::default() };
            // Nobody listens any more once we are leaving.
            let mut tell = |checked: &crate::doctor::Checked| {
                drop(sender.send(Msg::Checked(id, Box::new(checked.clone()))));
            };
            DoctorDone::Examined(session.examine(&selection, &mut tell).await)
        }
        DoctorAct::Plan(cures) => DoctorDone::Planned(session.remedies(&cures).map(Box::new)),
        DoctorAct::Heal(remedies) => DoctorDone::Healed(session.heal(&remedies).await),
        DoctorAct::PlanSeed(remedies) => DoctorDone::SeedPlanned(session.plan_seeds(&remedies).await),
        DoctorAct::Seed(preview) => DoctorDone::Seeded(session.apply(&preview).await),
        DoctorAct::Undo => DoctorDone::Undone(session.undo(None).await),
    }
}
