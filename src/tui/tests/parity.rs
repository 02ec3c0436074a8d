//! The board says what the command line says.

use super::{frame, text};
use crate::tui::fixtures::*;
use crate::tui::keymap::Intent;
use crate::tui::msg::Done;
use crate::tui::screens::board::BoardDone;
use crate::tui::theme::Theme;

fn shown(shop: &mut Shop) -> String {
    text(&frame(&mut shop.0, &Theme::plain(), 120, 40))
}

/// The board has the rows of `status`, and the sources are those of `explain`.
#[test]
fn the_rows_are_those_of_the_commands() {
    for matrix in [half_ready(), all_ready()] {
        let spoken = crate::cli::matrix_text(&matrix);
        let mut shop = Shop::at_home().matrix(matrix.clone()).pressed(&[Intent::Toggle]);
        let shown = text(&frame(&mut shop.0, &Theme::plain(), 140, 60));
        assert!(spoken.contains(&matrix.verdict()) && shown.contains(&matrix.verdict()));
        for cell in matrix.services.iter().flat_map(|row| &row.cells) {
            let has = |text: &str, words: &[&str]| {
                text.lines().any(|line| words.iter().all(|word| line.contains(word)))
            };
            let (status, origin) = (cell.status.to_string(), cell.origin.as_ref().map(ToString::to_string));
            let origin = origin.unwrap_or_default();
            assert!(has(&spoken, &[&cell.variable, &status, &origin]), "{cell:?}\n{spoken}");
            let word = crate::tui::widgets::status::word(cell);
            assert!(has(&shown, &[&cell.variable, &word]), "{cell:?}\n{shown}");
        }
        let rows = |text: &str| matrix.services.iter().filter(|row| text.contains(&row.service)).count();
        assert_eq!((rows(&shown), rows(&spoken)), (matrix.services.len(), matrix.services.len()));
    }
    let told = explanation();
    let mut shop = Shop::at_home().matrix(half_ready());
    let asked = shop.press(Intent::Explain);
    shop.answer(&asked, Done::Board(Ok(BoardDone::Explained(Box::new(told.clone())))));
    let (shown, spoken) = (shown(&mut shop), crate::cli::explanation_text(&told));
    let unconcerned = &told.services[0].sources[3].says;
    assert!(!shown.contains(unconcerned) && !spoken.contains(unconcerned));
    for step in &told.services[0].sources[..3] {
        for text in [&shown, &spoken] {
            let origin = step.origin.to_string();
            assert!(text.lines().any(|line| line.contains(&origin) && line.contains(&step.says)), "{text}");
        }
    }
}
