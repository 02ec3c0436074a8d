//! A TOML text as a tree in which every key and value knows its place.
//!
//! Owns the way from a path in the profile to a byte range in its text. A [`Node`] of something
//! that is not written is a node too, without a place, so that checks can follow the typed profile
//! and the tree side by side without asking at each step whether a default stands there.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::Sink;
use super::syntax;

/// The whole text as one table value; what the parser could not read is left out and noted.
pub(super) fn read<'t>(text: &'t str, sink: &mut Sink<'_>) -> Spanned<DeValue<'t>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    syntax::note(text, errors, sink);
    let span = table.span();
    Spanned::new(span, DeValue::Table(table.into_inner()))
}

/// One key or value, or something that might have been written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'d>(Option<Written<'d>>);

#[derive(Clone, Copy, Debug)]
struct Written<'d> {
    key: Option<&'d Spanned<Cow<'d, str>>>,
    value: &'d Spanned<DeValue<'d>>,
}

impl<'d> Node<'d> {
    pub(super) fn root(value: &'d Spanned<DeValue<'d>>) -> Self {
        Self(Some(Written { key: None, value }))
    }

    /// The value of `key` in this table.
    pub(super) fn get(self, key: &str) -> Self {
        let table = self.0.and_then(|written| written.value.get_ref().as_table());
        let entry = table.and_then(|table| table.get_key_value(key));
        Self(entry.map(|(key, value)| Written { key: Some(key), value }))
    }

    /// The item of this list at `index`.
    pub(super) fn item(self, index: usize) -> Self {
        let list = self.0.and_then(|written| written.value.get_ref().as_array());
        Self(list.and_then(|list| list.get(index)).map(|value| Written { key: None, value }))
    }

    /// The items of this list, or the values of this table.
    pub(super) fn children(self) -> Vec<Self> {
        let Some(written) = self.0 else { return Vec::new() };
        match written.value.get_ref() {
            DeValue::Array(list) => list.iter().map(Self::root).collect(),
            DeValue::Table(table) => {
                table.iter().map(|(key, value)| Self(Some(Written { key: Some(key), value }))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Where it stands: a table's name, any other value itself.
    pub(super) fn place(self) -> Option<Range<usize>> {
        let written = self.0?;
        Some(place(written.key, written.value))
    }

    /// Where its key stands.
    pub(super) fn key_place(self) -> Option<Range<usize>> {
        Some(self.0?.key?.span())
    }

    pub(super) fn key(self) -> Option<&'d str> {
        Some(self.0?.key?.get_ref())
    }

    /// Its text, if it is a string.
    pub(super) fn text(self) -> Option<&'d str> {
        self.0?.value.get_ref().as_str()
    }
}

/// A table is best pointed at by its name, since its body may span many lines.
pub(super) fn place(key: Option<&Spanned<Cow<'_, str>>>, value: &Spanned<DeValue<'_>>) -> Range<usize> {
    match (key, value.get_ref()) {
        (Some(key), DeValue::Table(_)) => key.span(),
        (None, DeValue::Table(_)) => 0..0,
        _ => value.span(),
    }
}
