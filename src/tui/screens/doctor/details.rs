//! All there is to say about the row under the cursor: evidence, what to do, and what the code means.

use ratatui::text::Line;

use super::list::look;
use super::{Row, here};
use crate::doctor::{Checked, Group, Outcome, Problem};
use crate::explain;
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::details::Details;
use crate::tui::widgets::reading::Reading;
use crate::tui::widgets::text::{fit, span};
use crate::tui::widgets::{finding, meaning};

const LABEL: usize = 7;

pub fn reading(model: &Model) -> Reading<impl Fn(&Theme, u16) -> Vec<Line<'static>>> {
    Reading { title: title(model), lines: move |theme: &Theme, columns| lines(model, theme, columns) }
}

fn title(model: &Model) -> String {
    match here(model) {
        Some(Row::Group(group)) => group.word().to_owned(),
        Some(Row::Unseen(group, _)) => format!("{group} · not checked"),
        Some(Row::Problem(code, _) | Row::Check(code)) => {
            format!("{code} · {}", model.facts.examination.title(code))
        }
        None => String::new(),
    }
}

fn lines(model: &Model, theme: &Theme, columns: u16) -> Vec<Line<'static>> {
    let mut all = Details::new(theme, columns, LABEL);
    let examination = &model.facts.examination;
    match here(model) {
        Some(Row::Group(group)) => of_group(model, theme, group, columns, &mut all),
        Some(row @ Row::Unseen(..)) => of_unseen(model, theme, row, columns, &mut all),
        Some(row @ Row::Problem(code, _)) => {
            if let Some(problem) = examination.problem(row) {
                of_problem(theme, problem, columns, &mut all);
            }
            meaning::meaning(theme, explain::entry(code), columns, &mut all);
        }
        Some(Row::Check(code)) => {
            match examination.checked(code) {
                Some(checked) => of_check(theme, checked, columns, &mut all),
                None => all.says("It has not been looked at.", theme.dim),
            }
            meaning::meaning(theme, explain::entry(code), columns, &mut all);
        }
        None => {}
    }
    all.into_lines()
}

/// Each check of a group with its word.
fn of_group(model: &Model, theme: &Theme, group: Group, columns: u16, all: &mut Details) {
    let examination = &model.facts.examination;
    for one in examination.listed.iter().filter(|one| one.group == group) {
        let (sign, style) =
            examination.checked(one.code).map_or(("–", theme.dim), |it| look(theme, it.outcome));
        let title = fit(one.title, usize::from(columns).saturating_sub(2));
        all.line(Line::from(vec![span(format!("{sign} "), style), span(title, theme.text)]));
    }
}

/// Why they could not look, and which they are.
fn of_unseen(model: &Model, theme: &Theme, row: Row, columns: u16, all: &mut Details) {
    let Some(unseen) = model.facts.examination.unseen(row) else { return };
    let (sign, style) = look(theme, Outcome::NotChecked);
    all.says(&format!("{sign} not checked: {}", unseen.why), style);
    all.extend(finding::next_step(theme, "r looks again", usize::from(columns)));
    all.gap();
    for check in unseen.checks {
        meaning::item(theme, check.title, columns, all);
    }
}

fn of_problem(theme: &Theme, problem: &Problem, columns: u16, all: &mut Details) {
    let found = &problem.finding;
    let (sign, style) = finding::look(theme, found.severity);
    all.says(&format!("{sign} {}: {}", found.severity, found.subject), style.patch(theme.strong));
    all.says(&found.says, theme.text);
    all.gap();
    let (_, step) = problem.step();
    match &problem.cure {
        Some(_) => {
            all.line(Line::from(vec![
                span("f", theme.accent.patch(theme.strong)),
                span(" fixes it, shown first:", theme.good),
            ]));
            all.extend(finding::next_step(theme, &step, usize::from(columns)));
        }
        None => {
            all.extend(finding::next_step(theme, &found.remedy.says, usize::from(columns)));
            if let Some(by_hand) = &found.remedy.command {
                meaning::command(theme, by_hand, columns, all);
            }
            all.says("It cannot be fixed from here.", theme.dim);
        }
    }
}

fn of_check(theme: &Theme, checked: &Checked, columns: u16, all: &mut Details) {
    let (sign, style) = look(theme, checked.outcome);
    let (word, next) = match checked.outcome {
        Outcome::Good => ("good".to_owned(), None),
        Outcome::NotHere => ("there is nothing to check here".to_owned(), None),
        Outcome::Bad => ("something is wrong".to_owned(), None),
        Outcome::NotChecked => (
            format!("not checked: {}", checked.not_checked.as_deref().unwrap_or_default()),
            Some("r looks again"),
        ),
    };
    all.says(&format!("{sign} {word}"), style);
    if let Some(next) = next {
        all.extend(finding::next_step(theme, next, usize::from(columns)));
    }
}
