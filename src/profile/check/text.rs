//! Rules for every string and list, whatever it says: nothing a terminal obeys, nothing twice.

use std::collections::HashSet;

use super::{Node, Sink};
use crate::profile::problem::obeyed;

/// What nearly every string is, and quickly seen.
fn is_one_line_of_ascii(text: &str) -> bool {
    text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

/// Walks the whole text. `lines`: whether line ends and tabs are fine here, as they are in defaults.
pub(in crate::profile) fn check(node: Node<'_>, lines: bool, sink: &mut Sink<'_>) {
    if node.key().is_some_and(|key| !is_one_line_of_ascii(key) && key.contains(obeyed)) {
        sink.note(node.key_place(), "this name holds a control character", None);
    }
    let lines = lines || node.key() == Some("default");
    let refused = |c: char| obeyed(c) && !(lines && matches!(c, '\n' | '\t'));
    if node.text().is_some_and(|text| !is_one_line_of_ascii(text) && text.contains(refused)) {
        let hint = "write one line, without tabs or terminal sequences";
        sink.note(node.place(), "this text holds a control character", hint.to_owned());
    }
    let mut seen = HashSet::new();
    for child in node.children() {
        let repeated = child.key().is_none() && child.text().is_some_and(|text| !seen.insert(text));
        if repeated {
            sink.note(child.place(), "this stands in the list already", "remove it".to_owned());
        }
        check(child, lines, sink);
    }
}
