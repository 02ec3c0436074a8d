//! One page of text that scrolls where it must.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::resolve::{Matrix, ServiceRow};
use crate::seed::{Change, Report};
use crate::sso::config_file::ConfigState;
use crate::tui::model::{Load, Model};
use crate::tui::screens::sign_in;
use crate::tui::theme::Theme;
use crate::tui::view::body;
use crate::tui::widgets::details::Details;
use crate::tui::widgets::panel::{Focus, panel, snug};
use crate::tui::widgets::text::{count, fit, pad, span, width};
use crate::tui::widgets::{busy, finding, status};

const LABEL: usize = 11;

pub fn view(model: &Model, theme: &Theme, frame: &mut Frame, area: Rect) {
    let lines = lines(model, theme, area.width.saturating_sub(4));
    let area = snug(area, lines.len());
    let inner = panel(frame, area, theme, "Done", Focus::Here);
    let most = lines.len().saturating_sub(usize::from(inner.height));
    let first = model.screens.summary.scroll.min(most);
    for (row, line) in inner.rows().zip(lines.into_iter().skip(first)) {
        frame.render_widget(line, row);
    }
    if first < most {
        let mark = Line::from(span(format!(" ↓ {} more ", most - first), theme.dim)).right_aligned();
        frame.render_widget(mark, Rect { y: area.bottom() - 1, height: 1, width: area.width - 2, ..area });
    }
}

/// How far one can scroll in the window as it is.
pub fn last_scroll(model: &Model) -> usize {
    let body = body(model.window.size);
    let (width, height) = (body.width.saturating_sub(4), body.height.saturating_sub(2));
    lines(model, &Theme::plain(), width).len().saturating_sub(usize::from(height))
}

fn lines(model: &Model, theme: &Theme, columns: u16) -> Vec<Line<'static>> {
    let mut all = Details::new(theme, columns, LABEL);
    readiness(model, theme, &mut all);
    if let Some(report) = model.facts.report.ready() {
        files(theme, &mut all, report);
    }
    if let Some(matrix) = model.facts.matrix.ready() {
        next(model, theme, &mut all, matrix, usize::from(columns));
    }
    remembered(model, theme, &mut all);
    undo(model, theme, &mut all);
    all.into_lines()
}

fn heading(theme: &Theme, all: &mut Details, text: &str) {
    all.gap();
    all.line(span(text, theme.accent.patch(theme.strong)));
}

fn readiness(model: &Model, theme: &Theme, all: &mut Details) {
    match &model.facts.matrix {
        Load::Ready(matrix) => {
            let (sign, style) = if matrix.all_ready() { ("✓", theme.good) } else { ("!", theme.warn) };
            let verdict = format!("{sign} {}", matrix.verdict());
            all.line(span(verdict, style.patch(theme.strong)));
        }
        Load::Broken(problem) => all.extend(finding::lines(theme, problem, 60)),
        Load::Busy(_) => all.line(busy::line(theme, model, "looking once more…", 40)),
        Load::Idle => all.line(span("r looks how the services stand now", theme.dim)),
    }
}

fn files(theme: &Theme, all: &mut Details, report: &Report) {
    heading(theme, all, "Files");
    let name = report.files.iter().map(|file| width(&file.path)).max().unwrap_or(0).min(40);
    for file in &report.files {
        let (sign, style) = status::outcome(theme, file.outcome);
        let tail = if file.written > 0 { count(file.written, "line") } else { String::new() };
        all.line(Line::from(vec![
            span(format!("{sign} "), style),
            span(pad(&file.path, name), theme.text),
            span(format!("  {}", pad(&file.outcome.to_string(), 10)), style),
            span(tail, theme.dim),
        ]));
        if let Some(problem) = &file.finding {
            all.extend(finding::next_step(theme, &problem.says, name + 30));
        }
    }
    for problem in &report.findings {
        all.gap();
        all.extend(finding::lines(theme, problem, name + 40));
    }
}

/// How to start what is ready, and the first thing to do about what is not.
fn next(model: &Model, theme: &Theme, all: &mut Details, matrix: &Matrix, columns: usize) {
    heading(theme, all, "Next");
    let name = matrix.services.iter().map(|row| width(&row.service)).max().unwrap_or(0).min(24) + 2;
    for service in &matrix.services {
        let (sign, style) = if service.ready { ("✓ ", theme.good) } else { ("✗ ", theme.warn) };
        let (text, of) = if service.ready {
            (service.start_line(has_its_file(model, service)), theme.text)
        } else {
            (service.first_open(), theme.dim)
        };
        all.line(Line::from(vec![
            span(sign, style),
            span(pad(&service.service, name), theme.strong),
            span(fit(&text, columns.saturating_sub(name + 2)), of),
        ]));
    }
}

/// Whether all it needs stands in its env file: none is forbidden, and no value was left out for want of a form.
fn has_its_file(model: &Model, service: &ServiceRow) -> bool {
    let allowed = model.facts.opened.ready().is_none_or(|opened| opened.seeds_files);
    let files = model.facts.preview.ready().map(|preview| preview.files.as_slice()).unwrap_or_default();
    let mut own = files.iter().filter(|file| Some(&file.path) == service.env_file.as_ref());
    let whole = own.all(|file| file.lines.iter().all(|line| line.change != Change::Refuse));
    allowed && service.env_file.is_some() && whole
}

fn remembered(model: &Model, theme: &Theme, all: &mut Details) {
    let facts = &model.facts;
    heading(theme, all, "Remembered");
    if let Some(session) = facts.session.ready() {
        let lasts = sign_in::lasts(session, model.window.now);
        all.pair("session", &format!("{lasts}, in the AWS CLI's own cache"), theme.text);
    }
    if let Some(choice) = facts.choice.ready() {
        all.pair("role", &format!("{} in {}", choice.role_name, choice.account_name), theme.text);
    }
    if let Some((word, text)) = aws_profile(model) {
        all.pair(word, &text, theme.text);
    }
    for kept in &facts.kept {
        all.pair("token", &format!("{} in {}", kept.name, kept.place), theme.text);
    }
    if let Some(opened) = facts.opened.ready() {
        all.pair("project", &opened.root, theme.text);
    }
}

/// The profile other programs find the sign-in by, or why there is none.
fn aws_profile(model: &Model) -> Option<(&'static str, String)> {
    let plan = model.facts.config.ready()?;
    let there = plan.state == ConfigState::Current || model.facts.config_written.ready().is_some();
    match plan.findings.first() {
        _ if there => Some(("profile", format!("aws --profile {} in {}", plan.aws_profile, plan.file))),
        Some(finding) => Some(("profile", format!("{} left alone: {}", plan.file, finding.code))),
        None => None,
    }
}

fn undo(model: &Model, theme: &Theme, all: &mut Details) {
    let facts = &model.facts;
    if let Some(removal) = &facts.removal {
        // A demo's state goes with its folder; the other ways would look in the person's own.
        heading(theme, all, "To take it back");
        all.pair("all of it", removal, theme.text);
        if let Some(shell) = &facts.shell {
            heading(theme, all, "To try its commands in another shell, while this runs");
            all.pair("first", shell, theme.text);
        }
        return;
    }
    let mut ways = Vec::new();
    if facts.report.ready().is_some() {
        ways.push(("files", "devsecrets undo".to_owned()));
    }
    if facts.session.ready().is_some() {
        ways.push(("session", "devsecrets logout".to_owned()));
        ways.push(("role", "devsecrets login --choose".to_owned()));
    }
    ways.extend(facts.kept.iter().map(|kept| ("token", format!("devsecrets token remove {}", kept.name))));
    if !ways.is_empty() {
        heading(theme, all, "To take it back");
    }
    for (what, command) in ways {
        all.pair(what, &command, theme.text);
    }
}
