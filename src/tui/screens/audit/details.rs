//! All there is to say about the row under the cursor: where, what, whose, what to do, and what the code means.

use ratatui::text::Line;

use super::way::Way;
use super::{Item, code, flaw, here, leak};
use crate::audit::{Leak, OwnName, Skipped};
use crate::explain;
use crate::finding::{Finding, Severity};
use crate::secret::plain;
use crate::tui::model::Model;
use crate::tui::theme::Theme;
use crate::tui::widgets::details::Details;
use crate::tui::widgets::reading::Reading;
use crate::tui::widgets::text::{span, wrap};
use crate::tui::widgets::{finding, meaning};

const LABEL: usize = 9;

pub fn reading(model: &Model) -> Reading<impl Fn(&Theme, u16) -> Vec<Line<'static>>> {
    Reading { title: title(model), lines: move |theme: &Theme, columns| lines(model, theme, columns) }
}

fn title(model: &Model) -> String {
    match (leak(model), flaw(model)) {
        (Some(leak), _) => format!("{} · {}", leak.code, leak.rule),
        (_, Some(flaw)) => flaw.code.to_owned(),
        _ => String::new(),
    }
}

fn lines(model: &Model, theme: &Theme, columns: u16) -> Vec<Line<'static>> {
    let mut all = Details::new(theme, columns, LABEL);
    match (leak(model), flaw(model), skipped(model)) {
        (Some(leak), ..) => of_leak(model, theme, leak, columns, &mut all),
        (_, Some(flaw), _) => all.extend(finding::lines(theme, flaw, usize::from(columns))),
        (.., Some(skipped)) => of_skipped(theme, skipped, &mut all),
        _ => {}
    }
    if let Some(code) = code(model) {
        meaning::meaning(theme, explain::entry(code), columns, &mut all);
    }
    all.into_lines()
}

fn skipped(model: &Model) -> Option<&Skipped> {
    match here(model)? {
        Item::Skipped(at) => model.facts.audit.seen.as_ref()?.audit.skipped.get(at),
        _ => None,
    }
}

fn of_leak(model: &Model, theme: &Theme, leak: &Leak, columns: u16, all: &mut Details) {
    let Finding { severity, .. } = leak.finding();
    let (sign, style) = finding::look(theme, severity);
    all.says(&format!("{sign} {severity}: {}", plain(&leak.place())), style.patch(theme.strong));
    all.says(&leak.says(), theme.text);
    if let Some(own) = &leak.own {
        whose(theme, own, all);
    }
    all.gap();
    all.extend(finding::next_step(theme, &leak.remedy.says, usize::from(columns)));
    let way = Way::of(model, leak);
    meaning::command(theme, &way.command(leak), columns, all);
    match way.leads_somewhere() {
        true => key(theme, "n", &way.says(), columns, all),
        false => all.says(&way.says(), theme.dim),
    }
    if leak.own.is_some() {
        all.says("A value of your own is never accepted.", theme.dim);
    }
}

/// `n opens where it is revoked: https://…`
fn key(theme: &Theme, key: &str, says: &str, columns: u16, all: &mut Details) {
    let keys = std::iter::once(key).chain(std::iter::repeat(" "));
    let lines = wrap(says, usize::from(columns).saturating_sub(2));
    all.extend(keys.zip(lines).map(|(key, line)| {
        Line::from(vec![span(format!("{key} "), theme.accent.patch(theme.strong)), span(line, theme.good)])
    }));
}

fn whose(theme: &Theme, own: &OwnName, all: &mut Details) {
    all.gap();
    all.pair("variable", &plain(&own.variable), theme.strong);
    all.pair("service", &plain(&own.service), theme.text);
    all.pair("project", &plain(&own.project), theme.text);
    all.pair("origin", &plain(&own.origin), theme.text);
}

fn of_skipped(theme: &Theme, skipped: &Skipped, all: &mut Details) {
    let (severity, word) = match skipped.failed {
        true => (Severity::Error, "it could not be read"),
        false => (Severity::Note, "it was left out on purpose"),
    };
    let (sign, style) = finding::look(theme, severity);
    all.says(&format!("{sign} {severity}: {}", skipped.path), style.patch(theme.strong));
    all.says(&format!("{word}: {}", skipped.why), theme.text);
}
