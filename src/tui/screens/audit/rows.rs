//! The rows of the list: findings under their file, then what there is to say about the audit, then what was skipped.
//!
//! Made when facts or filter change; a frame takes its few out of them. The cursor stands on an item, never on a heading.

use super::scan::Scan;
use crate::audit::Leak;
use crate::finding::Finding;
use crate::tui::keymap::Intent;
use crate::tui::widgets::filter::Filter;
use crate::tui::widgets::list::moved;

/// What can be under the cursor, by its place in the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    Leak(usize),
    /// Of the audit itself, or of its rules.
    Flaw(usize),
    Skipped(usize),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// With how many items stand beneath.
    Head(String, usize),
    Item(Item),
}

/// The rows, and how many items are among them.
#[derive(Debug, Default)]
pub struct Rows {
    pub all: Vec<Row>,
    pub found: usize,
    /// Columns of the widest `line:column` among them.
    pub place: usize,
}

impl Rows {
    pub fn of(scan: &Scan, filter: &Filter) -> Self {
        let mut rows = Self::default();
        let Some(seen) = &scan.seen else { return rows };
        let leaks = seen.audit.leaks.iter().enumerate().filter(|(_, leak)| lets(filter, leak));
        let leaks: Vec<(usize, &Leak)> = leaks.collect();
        rows.place = leaks.iter().map(|(_, leak)| place(leak).len()).max().unwrap_or(0);
        for file in leaks.chunk_by(|(_, one), (_, other)| one.path == other.path) {
            rows.group(file[0].1.path.clone(), file.iter().map(|(at, _)| Item::Leak(*at)));
        }
        let told = |flaw: &Finding| filter.lets(&[flaw.code, &flaw.subject, &flaw.says]);
        let flaws = seen.flaws.iter().enumerate().filter(|(_, flaw)| told(flaw));
        rows.group("about this audit".to_owned(), flaws.map(|(at, _)| Item::Flaw(at)));
        let skipped = seen.audit.skipped.iter().enumerate();
        let skipped = skipped.filter(|(_, one)| filter.lets(&[&one.path, &one.why]));
        rows.group("not looked at".to_owned(), skipped.map(|(at, _)| Item::Skipped(at)));
        rows
    }

    fn group(&mut self, name: String, items: impl Iterator<Item = Item>) {
        let items: Vec<Row> = items.map(Row::Item).collect();
        if !items.is_empty() {
            self.found += items.len();
            self.all.push(Row::Head(name, items.len()));
            self.all.extend(items);
        }
    }

    pub fn item(&self, at: usize) -> Option<Item> {
        match self.all.get(at)? {
            Row::Item(item) => Some(*item),
            Row::Head(..) => None,
        }
    }

    /// Where the cursor goes. A heading is no place to stop: on in the same direction, or back where nothing more is.
    pub fn moved(&self, cursor: usize, intent: Intent) -> usize {
        let at = moved(cursor, self.all.len(), intent);
        let before = || (0..=at).rev().find(|at| self.item(*at).is_some());
        let after = || (at..self.all.len()).find(|at| self.item(*at).is_some());
        let to = match intent {
            Intent::Up | Intent::PageUp => before().or_else(after),
            _ => after().or_else(before),
        };
        to.unwrap_or(0)
    }
}

/// Where in its file it stands: `12:8`.
pub fn place(leak: &Leak) -> String {
    format!("{}:{}", leak.line, leak.column)
}

/// Found by the words of its row, and by whose value it is.
fn lets(filter: &Filter, leak: &Leak) -> bool {
    let own = leak.own.as_ref().map(|_| "own").unwrap_or_default();
    let commit = leak.commit.as_deref().unwrap_or_default();
    filter.lets(&[&leak.path, &leak.rule, &leak.title, leak.code, own, commit])
}
