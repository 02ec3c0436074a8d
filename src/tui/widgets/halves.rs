//! A list and the details of what is under its cursor: side by side where there is room, else one beneath the other.
//!
//! The rule: where it is low, the list keeps at least half of the rows, for without it there is nothing to see details of.

use ratatui::layout::{Constraint, Layout, Rect};

/// From this width on they stand side by side.
const TWO_COLUMNS: u16 = 76;
/// Rows that details beneath a list get, where the list has as many.
const LOW: u16 = 7;

/// The list's room, and that of the details.
pub fn halves(area: Rect) -> [Rect; 2] {
    let layout = if area.width >= TWO_COLUMNS {
        Layout::horizontal([Constraint::Percentage(52), Constraint::Fill(1)]).spacing(1)
    } else {
        Layout::vertical([Constraint::Fill(1), Constraint::Length(LOW.min(area.height / 2))])
    };
    area.layout(&layout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_never_smaller_than_its_details_beneath_it() {
        for height in 1..40 {
            let [list, details] = halves(Rect::new(0, 0, 60, height));
            assert!(list.height >= details.height && list.height + details.height == height, "{height}");
        }
        let [list, details] = halves(Rect::new(0, 0, 80, 20));
        assert_eq!((list.height, details.height, details.x), (20, 20, list.right() + 1));
    }
}
