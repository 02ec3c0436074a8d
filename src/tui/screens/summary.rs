//! Step 7: what was done, what to run now, what is remembered and how to take it back.

mod view;

pub use view::view;

use crate::tui::effect::Effect;
use crate::tui::keymap::{Context, Intent};
use crate::tui::model::Model;
use crate::tui::walk;

#[derive(Debug, Default)]
pub struct Summary {
    /// First line in sight.
    pub scroll: usize,
}

pub fn context(_model: &Model) -> Context {
    Context::Summary
}

pub fn update(model: &mut Model, intent: Intent) -> Vec<Effect> {
    match intent {
        Intent::Back => return walk::back(model),
        Intent::Enter => return walk::go_home(model),
        Intent::Retry if !model.facts.matrix.is_busy() => {
            return vec![walk::read(&mut model.facts, &mut model.tasks)];
        }
        _ => {}
    }
    let last = view::last_scroll(model);
    let scroll = &mut model.screens.summary.scroll;
    *scroll = match intent {
        Intent::Up => scroll.saturating_sub(1),
        Intent::Down => *scroll + 1,
        Intent::PageUp => scroll.saturating_sub(10),
        Intent::PageDown => *scroll + 10,
        Intent::First => 0,
        Intent::Last => last,
        _ => *scroll,
    }
    .min(last);
    Vec::new()
}
