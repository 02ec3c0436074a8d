//! Where the frame on the screen can be clicked, and what that means.
//!
//! Written while a frame is drawn, by the pieces that know (a list its rows, the footer its keys), and read when somebody
//! clicks. It goes beside the styles because both go wherever something is drawn. The rule: what was drawn later lies
//! above, and of all lists the one drawn last has the keys.

use std::cell::RefCell;
use std::rc::Rc;

use ratatui::layout::{Position, Rect};

use crate::tui::keymap::Intent;

/// Spots of one frame.
#[derive(Clone, Debug, Default)]
pub struct Touch(Rc<RefCell<Vec<(Rect, Intent)>>>);

impl Touch {
    /// Before a frame is drawn, and before something is drawn over it that takes all keys.
    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    /// The list drawn from now on is the one that has the keys.
    pub fn begin_list(&self) {
        self.0.borrow_mut().retain(|(_, intent)| !matches!(intent, Intent::At(_)));
    }

    pub fn note(&self, area: Rect, intent: Intent) {
        self.0.borrow_mut().push((area, intent));
    }

    pub fn at(&self, column: u16, row: u16) -> Option<Intent> {
        let place = Position { x: column, y: row };
        self.0.borrow().iter().rev().find(|(area, _)| area.contains(place)).map(|(_, intent)| *intent)
    }
}
