//! What is known of the identity, what was last done with it, and what to do next.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Said;
use crate::onboard::{IdentityFacts, Import, NO_IDENTITY, NO_ROTATIONS, to_carry_over};
use crate::tui::model::{Load, Model};
use crate::tui::theme::Theme;
use crate::tui::widgets::details::Details;
use crate::tui::widgets::panel::{Focus, panel, snug};
use crate::tui::widgets::text::span;
use crate::tui::widgets::{busy, finding};

/// Columns of a label.
const LABEL: usize = 13;

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let columns = area.width.saturating_sub(4);
    let lines = match &model.facts.identity {
        Load::Broken(problem) => {
            finding::draw(frame, area, theme, "The keychain could not be asked", problem);
            return;
        }
        Load::Idle | Load::Busy(_) => {
            vec![busy::line(theme, model, "asking the keychain…", usize::from(columns))]
        }
        Load::Ready(facts) => lines(model, theme, facts.as_ref(), columns),
    };
    let inner = panel(frame, snug(area, lines.len()), theme, "Your identity", Focus::Here);
    for (row, line) in inner.rows().zip(lines) {
        frame.render_widget(line, row);
    }
}

fn lines(model: &Model, theme: &Theme, facts: Option<&IdentityFacts>, columns: u16) -> Vec<Line<'static>> {
    let mut all = Details::new(theme, columns, LABEL);
    match facts {
        Some(facts) => known(theme, &mut all, facts),
        None => NO_IDENTITY.lines().for_each(|line| all.says(line, theme.text)),
    }
    let last = &model.screens.identity.act;
    if !matches!(last, Load::Idle) {
        all.gap();
    }
    match last {
        Load::Idle => {}
        Load::Busy(_) => {
            all.line(busy::line(theme, model, "asking the keychain…", usize::from(columns)));
        }
        Load::Broken(problem) => all.extend(finding::lines(theme, problem, usize::from(columns))),
        Load::Ready(said) => says(theme, &mut all, said),
    }
    all.gap();
    all.line(span("Next", theme.accent.patch(theme.strong)));
    next(theme, &mut all, facts);
    all.into_lines()
}

fn known(theme: &Theme, all: &mut Details, facts: &IdentityFacts) {
    for line in facts.lines() {
        let style = match line.label {
            "fingerprint" => theme.strong,
            _ if line.open => theme.warn,
            _ => theme.text,
        };
        all.pair(line.label, &line.text, style);
    }
}

/// What came of what was last done.
fn says(theme: &Theme, all: &mut Details, said: &Said) {
    match said {
        Said::Checked => all.says("✓ written down and checked", theme.good),
        Said::Unchecked => {
            all.says("! left before the words were checked; w shows them again", theme.warn);
        }
        Said::TakenOver { was: Some(Import::Same { .. }) } => all.says("✓ already here", theme.good),
        Said::TakenOver { .. } => {
            all.says("✓ kept; derived values follow it from the next seed on", theme.good);
            all.says(NO_ROTATIONS, theme.text);
        }
        Said::Rotated(rotated) => {
            let names = rotated.variables.join(", ");
            all.says(&format!("✓ rotated {names}; the next preview has the new values"), theme.good);
            all.says(&to_carry_over(&rotated.epochs, "On your other machines"), theme.text);
        }
        Said::Nothing => {
            all.says("this profile derives no variable, so there is nothing to rotate", theme.text);
        }
        Said::Left => all.says("left; nothing was changed", theme.dim),
    }
}

fn next(theme: &Theme, all: &mut Details, facts: Option<&IdentityFacts>) {
    let key = theme.accent.patch(theme.strong);
    let hint = |all: &mut Details, keys: &str, says: &str| {
        all.line(Line::from(vec![span(keys, key), span(says, theme.text)]));
    };
    match facts {
        None => hint(all, "i", " brings the one of your other machine from its 24 words."),
        Some(facts) if facts.phrase_checked.is_none() => {
            hint(all, "w", " shows 24 words to write on paper.");
            all.says("With them a lost machine loses none of your development secrets.", theme.dim);
        }
        Some(facts) => {
            let other = to_carry_over(&facts.epochs, "On your other machine: devsecrets identity import");
            all.says(&other, theme.text);
        }
    }
}
