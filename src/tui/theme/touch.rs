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
pub struct Touch {
    spots: Rc<RefCell<Vec<(Rect, Intent)>>>,
    /// What nothing may be drawn over.
    kept: Rc<RefCell<Vec<Rect>>>,
}

impl Touch {
    /// Before a frame is drawn, and before something is drawn over it that takes all keys.
    pub fn clear(&self) {
        self.spots.borrow_mut().clear();
        self.kept.borrow_mut().clear();
    }

    /// The list drawn from now on is the one that has the keys.
    pub fn begin_list(&self) {
        self.spots.borrow_mut().retain(|(_, intent)| !matches!(intent, Intent::At(_)));
    }

    pub fn note(&self, area: Rect, intent: Intent) {
        self.spots.borrow_mut().push((area, intent));
    }

    /// The cursor is here, or a question: no remark may lie over it.
    pub fn keep(&self, area: Rect) {
        self.kept.borrow_mut().push(area);
    }

    pub fn may_cover(&self, area: Rect) -> bool {
        !self.kept.borrow().iter().any(|kept| kept.intersects(area))
    }

    #[cfg(test)]
    pub fn kept(&self) -> Vec<Rect> {
        self.kept.borrow().clone()
    }

    pub fn at(&self, column: u16, row: u16) -> Option<Intent> {
        let place = Position { x: column, y: row };
        self.spots.borrow().iter().rev().find(|(area, _)| area.contains(place)).map(|(_, intent)| *intent)
    }
}
