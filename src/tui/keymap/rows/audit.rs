//! Keys of the leak scan.

use crossterm::event::KeyCode;

use super::{act, go};
use crate::tui::keymap::{Intent, Key, Row, Twin};

pub const EDIT: &[Row] = &[act(
    &[Key::letter('e')],
    Intent::Edit,
    "open it in your editor",
    Some(("e", "edit")),
    "audit --open {place}",
)];
pub const ALLOW: &[Row] = &[act(
    &[Key::letter('a')],
    Intent::Allow,
    "accept it from now on, shown first",
    Some(("a", "accept")),
    "audit [{scope}] --allow {place}",
)];
pub const ROTATE: &[Row] = &[Row {
    keys: &[Key::letter('n')],
    intent: Intent::Rotate,
    help: "make it worthless: to where it is rotated or revoked",
    footer: Some(("n", "rotate")),
    twin: Twin::Remedy,
}];
pub const DISALLOW: &[Row] = &[act(
    &[Key::letter('u')],
    Intent::Undo,
    "accept the last one no longer",
    Some(("u", "undo")),
    "audit [{scope}] --disallow {accepted}",
)];
pub const SCOPE: &[Row] = &[act(
    &[Key::letter('g')],
    Intent::Toggle,
    "look elsewhere: tracked files, staged ones, the history",
    Some(("g", "elsewhere")),
    "audit [{elsewhere}]",
)];
pub const LOOK: &[Row] =
    &[act(&[Key::letter('r')], Intent::Retry, "look again", Some(("r", "again")), "audit [{scope}]")];
pub const FIND: &[Row] =
    &[go(&[Key::letter('/')], Intent::Filter, "find by file, rule or code", Some(("/", "find")))];
pub const STOP: &[Row] = &[go(&[Key::of(KeyCode::Esc)], Intent::Back, "stop looking", Some(("Esc", "stop")))];
