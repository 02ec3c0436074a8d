//! A value on the screen for some seconds: the box around it, and never the value.
//!
//! The rule: the frame leaves [`room`] empty, and the runtime writes the value there, once, past model and frame. Whatever
//! takes this overlay away (a key, the time, a question, another size) takes the value off the screen.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;
use time::OffsetDateTime;

use super::Overlay;
use crate::onboard::SHOWN_FOR;
use crate::secret::Extent;
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::view::body;
use crate::tui::widgets::panel::{centred, popup};
use crate::tui::widgets::text::{fit, span, wrap};

const NARROW: u16 = 44;
const WIDE: u16 = 104;
/// Borders and the air inside them.
const EDGE: u16 = 4;
/// Borders, and the line that says when it goes, with a gap above it.
const AROUND: u16 = 4;

/// What is said of a value that has no room anywhere.
pub const CANNOT_BE_SHOWN: &str =
    "it holds signs that a terminal would obey, or that turn the direction of writing";

/// What is said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revealed {
    title: String,
    extent: Extent,
    /// The command that shows it outside of this window.
    how: Option<String>,
    until: OffsetDateTime,
}

impl Revealed {
    pub fn new(title: String, extent: Extent, how: Option<String>, now: OffsetDateTime) -> Self {
        Self { title, extent, how, until: now + SHOWN_FOR }
    }

    /// Its box in a window of this size.
    fn place(&self, size: Size) -> Rect {
        let body = body(size);
        let width = rows(self.extent.columns()).saturating_add(EDGE).clamp(NARROW, WIDE).min(body.width);
        let tall = rows(self.extent.rows(usize::from(width.saturating_sub(EDGE))));
        centred(body, width, tall.saturating_add(AROUND))
    }

    /// What to do where there is no room.
    fn otherwise(&self) -> String {
        let chars = self.extent.chars();
        let how = self.how.as_ref().map(|how| format!(", or in a shell: {how}")).unwrap_or_default();
        format!(
            "Its {chars} characters have no room in this window. c copies it from the list; make the window larger{how}"
        )
    }
}

fn rows(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// Where the runtime writes the value; `None` when nothing is revealed, or the window has not got the room.
pub fn room(model: &Model) -> Option<Rect> {
    let Some(Overlay::Revealed(revealed)) = &model.overlay else { return None };
    let place = revealed.place(model.window.size);
    let room = Rect {
        x: place.x + EDGE / 2,
        y: place.y + 1,
        width: place.width.checked_sub(EDGE)?,
        height: place.height.checked_sub(AROUND)?,
    };
    let fits = usize::from(room.height) >= revealed.extent.rows(usize::from(room.width));
    fits.then_some(room).filter(|room| room.width > 1)
}

pub(super) fn view(model: &Model, revealed: &Revealed, theme: &Theme, frame: &mut Frame) {
    let place = revealed.place(model.window.size);
    if room(model).is_none() {
        return no_room(revealed, theme, frame, place);
    }
    let inner = popup(frame, place, theme, &revealed.title);
    let left = (revealed.until - model.window.now).whole_seconds().max(0);
    let says = format!("hidden again in {left} s, or at any key");
    let last = Rect { y: inner.bottom().saturating_sub(1), height: inner.height.min(1), ..inner };
    frame.render_widget(Line::from(span(fit(&says, usize::from(inner.width)), theme.dim)), last);
}

fn no_room(revealed: &Revealed, theme: &Theme, frame: &mut Frame, most: Rect) {
    let lines = wrap(&revealed.otherwise(), usize::from(most.width.saturating_sub(EDGE)));
    let inner =
        popup(frame, centred(most, most.width, rows(lines.len()).saturating_add(2)), theme, &revealed.title);
    for (row, line) in inner.rows().zip(lines) {
        frame.render_widget(Line::from(span(line, theme.text)), row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::fixtures::{Shop, extent, noon};

    fn revealing(chars: usize, (width, height): (u16, u16)) -> Option<Rect> {
        let mut shop = Shop::opened().sized(width, height);
        shop.0.overlay =
            Some(Overlay::Revealed(Revealed::new("Key".into(), extent(chars).unwrap(), None, noon())));
        room(&shop.0)
    }

    #[test]
    fn there_is_room_for_all_of_it_or_for_none() {
        for size in [(120, 40), (80, 24), (60, 18), (40, 10)] {
            for chars in [1, 40, 93, 255] {
                let Some(room) = revealing(chars, size) else { continue };
                assert!(usize::from(room.width) * usize::from(room.height) >= chars, "{chars} in {size:?}");
                assert!(room.right() < size.0 && room.bottom() < size.1, "{chars} in {size:?}");
            }
        }
        assert!(revealing(255, (80, 24)).is_some() && revealing(93, (60, 18)).is_some());
        assert!(revealing(4096, (80, 24)).is_none() && revealing(10, (39, 9)).is_none());
    }
}
