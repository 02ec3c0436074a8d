//! The lines for the AWS config file: offered once a role is known, written or declined with one key.
//!
//! Nothing waits for it: the services are read meanwhile. Where nothing is to do, nothing is asked.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::Question;
use super::confirm::consent;
use crate::finding::Finding;
use crate::onboard::ConfigWritten;
use crate::sso::config_file::{ConfigPlan, ConfigState, DiffLine};
use crate::tui::effect::{Effect, Job, TaskId};
use crate::tui::model::Model;
use crate::tui::msg::Answer;
use crate::tui::theme::Theme;
use crate::tui::walk;
use crate::tui::widgets::finding::look;
use crate::tui::widgets::panel::{centred, popup};
use crate::tui::widgets::text::{fit, span, wrap};

const WIDE: u16 = 64;

/// A role is known: what does the file lack?
pub fn plan(model: &mut Model) -> Effect {
    walk::start(&mut model.facts.config, &mut model.tasks, Job::PlanConfig)
}

/// The question waits until nothing else is asked.
pub fn planned(model: &mut Model, id: TaskId, answer: Answer<ConfigPlan>) {
    if !model.facts.config.answer(id, answer) {
        return;
    }
    let Some(plan) = model.facts.config.ready().filter(|plan| !plan.declined) else { return };
    match (plan.state, plan.findings.first()) {
        (ConfigState::Ready, _) => model.waiting = Some(Question::Config { scroll: 0 }),
        (_, Some(finding)) => model.window.toasts.note(left_alone(finding)),
        _ => {}
    }
}

fn left_alone(finding: &Finding) -> String {
    format!("{}: {}; more: devsecrets explain {}", finding.subject, finding.says, finding.code)
}

pub fn write(model: &mut Model) -> Vec<Effect> {
    let Model { facts, tasks, .. } = model;
    match facts.config.ready() {
        Some(seen) if !facts.config_written.is_busy() => {
            let job = Job::WriteConfig(Box::new(seen.clone()));
            vec![walk::start(&mut facts.config_written, tasks, job)]
        }
        _ => Vec::new(),
    }
}

/// Remembered, so that it is not asked each morning.
pub fn decline(model: &mut Model) -> Vec<Effect> {
    model.window.toasts.note("not written, and not asked again; devsecrets login --write-config does it");
    vec![Effect::Start(model.tasks.next(), Job::DeclineConfig)]
}

pub fn written(model: &mut Model, id: TaskId, answer: Answer<ConfigWritten>) {
    if !model.facts.config_written.answer(id, answer) {
        return;
    }
    let done = &model.facts.config_written;
    let toasts = &mut model.window.toasts;
    match (done.ready(), done.broken()) {
        (Some(written), _) => {
            toasts.done(format!("{} written: aws --profile {} works", written.file, written.aws_profile));
        }
        (_, Some(finding)) => toasts.failed(left_alone(finding)),
        _ => {}
    }
}

pub(super) fn view(model: &Model, scroll: usize, theme: &Theme, frame: &mut Frame, area: Rect) {
    let Some(plan) = model.facts.config.ready() else { return };
    let columns = usize::from(WIDE.min(area.width)).saturating_sub(4);
    let lines = lines(theme, plan, columns);
    // Two lines for the box, two for the answers.
    let height = u16::try_from(lines.len() + 4).unwrap_or(u16::MAX);
    let area = centred(area, WIDE, height);
    let inner = popup(frame, area, theme, &format!("Write {}?", plan.file));
    let [body, _, answer] =
        inner.layout(&Layout::vertical([Constraint::Fill(1), Constraint::Length(1), Constraint::Length(1)]));
    let most = lines.len().saturating_sub(usize::from(body.height));
    let first = scroll.min(most);
    for (row, line) in body.rows().zip(lines.into_iter().skip(first)) {
        frame.render_widget(line, row);
    }
    frame.render_widget(consent(theme, ("write", "leave it as it is")), answer);
    if first < most {
        let mark = Line::from(span(format!(" ↓ {} more ", most - first), theme.warn)).right_aligned();
        frame.render_widget(mark, Rect { y: area.bottom() - 1, height: 1, width: area.width - 2, ..area });
    }
}

/// What it is for, what should be known, and the diff.
fn lines(theme: &Theme, plan: &ConfigPlan, columns: usize) -> Vec<Line<'static>> {
    let why = format!("So that aws --profile {} knows this sign-in.", plan.aws_profile);
    let why = wrap(&why, columns).into_iter().map(|line| Line::from(span(line, theme.dim)));
    let known = plan.findings.iter().flat_map(|one| said(theme, one, columns));
    let diff = plan.lines.iter().map(|line| diff(theme, line, columns));
    known.chain(why).chain(diff).collect()
}

fn said(theme: &Theme, finding: &Finding, columns: usize) -> Vec<Line<'static>> {
    let (sign, style) = look(theme, finding.severity);
    let text = format!("{sign} {}: {} [{}]", finding.subject, finding.says, finding.code);
    wrap(&text, columns).into_iter().map(|line| Line::from(span(line, style))).collect()
}

fn diff(theme: &Theme, line: &DiffLine, columns: usize) -> Line<'static> {
    let style = match line.sign {
        '+' => theme.good,
        '-' => theme.bad,
        _ => theme.dim,
    };
    Line::from(span(fit(&format!("{} {}", line.sign, line.text), columns), style))
}
