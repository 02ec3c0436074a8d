//! Taking back what was written last, wherever it was written.
//!
//! The rule: what this sitting wrote goes back at one key, for the person has just seen it. Anything older is named first.

use time::macros::format_description;

use super::act::{BoardAct, BoardDone, start};
use crate::seed::Undoable;
use crate::tui::effect::Effect;
use crate::tui::model::{Load, Model};
use crate::tui::overlays::{Asked, Question};
use crate::tui::widgets::text::count;

/// More files than this are only counted.
const LISTED: usize = 6;

/// The newest write is known: taken back, or asked about.
pub(super) fn found(model: &mut Model, last: Undoable) -> Vec<Effect> {
    if last.at >= model.begun {
        return start(model, BoardAct::Undo(last.id));
    }
    model.screens.board.act = Load::Ready(BoardDone::LastWrite(last));
    model.waiting.get_or_insert(Question::Undo);
    Vec::new()
}

/// What would be taken back.
pub fn question(model: &Model) -> Option<Asked> {
    let Some(BoardDone::LastWrite(last)) = model.screens.board.act.ready() else { return None };
    let form = format_description!("[year]-[month]-[day] [hour]:[minute] UTC");
    let at = last.at.format(form).unwrap_or_default();
    let (listed, rest) = last.files.split_at(last.files.len().min(LISTED));
    let more = (!rest.is_empty()).then(|| format!("and {} more", rest.len()));
    let files = listed.iter().cloned().chain(more).collect::<Vec<_>>().join(", ");
    Some(Asked {
        title: format!("Take back {}?", count(last.files.len(), "file")),
        says: vec![
            format!("Written on {at}, for {}, before devsecrets was started this time: {files}", last.environment),
            "Each becomes what it was before that, or goes if it was not there. One that was edited since stays."
                .to_owned(),
        ],
        answers: ("take back", "leave it"),
    })
}

/// The person's answer.
pub fn agreed(model: &mut Model, yes: bool) -> Vec<Effect> {
    match std::mem::take(&mut model.screens.board.act) {
        Load::Ready(BoardDone::LastWrite(last)) if yes => start(model, BoardAct::Undo(last.id)),
        _ => Vec::new(),
    }
}
