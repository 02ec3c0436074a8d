//! Keys of what is typed, and of what lies over a screen.
//!
//! A question has no twin: the action that asks it has.

use crossterm::event::KeyCode;

use super::{ENTER, ESC, act, go};
use crate::tui::keymap::{Intent, Key, Row};

pub const REVEALED: &[Row] = &[
    go(ESC, Intent::Back, "hide it; any other key does, too", Some(("any key", "hides it"))),
    go(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
pub const TYPING: &[Row] = &[
    act(ENTER, Intent::Enter, "keep it", Some(("Enter", "keep")), "token set {token}"),
    go(ESC, Intent::Back, "forget what was typed", Some(("Esc", "forget"))),
    go(&[Key::of(KeyCode::Backspace)], Intent::Erase, "erase a character", None),
    go(&[Key::ctrl('u'), Key::ctrl('w')], Intent::EraseAll, "erase all", Some(("Ctrl-U", "erase all"))),
    go(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
pub const VALUE: &[Row] = &[
    act(
        ENTER,
        Intent::Enter,
        "show what would be written",
        Some(("Enter", "preview")),
        "set {variable} [--service {service}]",
    ),
    go(ESC, Intent::Back, "forget what was typed", Some(("Esc", "forget"))),
    go(&[Key::of(KeyCode::Backspace)], Intent::Erase, "erase a character", None),
    go(&[Key::ctrl('u'), Key::ctrl('w')], Intent::EraseAll, "erase all", Some(("Ctrl-U", "erase all"))),
    go(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
pub const PASSPHRASE: &[Row] = &[
    go(ENTER, Intent::Enter, "go on with it", Some(("Enter", "go on"))),
    go(ESC, Intent::Back, "go on without it", Some(("Esc", "without it"))),
    go(&[Key::of(KeyCode::Backspace)], Intent::Erase, "erase a character", None),
    go(&[Key::ctrl('u'), Key::ctrl('w')], Intent::EraseAll, "erase all", Some(("Ctrl-U", "erase all"))),
    go(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
pub const HELP: &[Row] = &[
    go(
        &[Key::of(KeyCode::Esc), Key::letter('?'), Key::of(KeyCode::Enter)],
        Intent::Back,
        "close",
        Some(("Esc", "close")),
    ),
    go(&[Key::letter('q'), Key::ctrl('c')], Intent::Quit, "quit", None),
];
pub const PALETTE: &[Row] = &[
    go(ENTER, Intent::Enter, "do it", Some(("Enter", "do it"))),
    go(&[Key::ctrl('y')], Intent::Copy, "copy its command", Some(("Ctrl-Y", "copy command"))),
    go(&[Key::of(KeyCode::Up), Key::ctrl('p')], Intent::Up, "up", Some(("↑↓", "move"))),
    go(&[Key::of(KeyCode::Down), Key::ctrl('n')], Intent::Down, "down", None),
    go(&[Key::of(KeyCode::PageUp)], Intent::PageUp, "ten up", None),
    go(&[Key::of(KeyCode::PageDown)], Intent::PageDown, "ten down", None),
    go(ESC, Intent::Back, "close", Some(("Esc", "close"))),
    go(&[Key::of(KeyCode::Backspace)], Intent::Erase, "erase a letter", None),
    go(&[Key::ctrl('w')], Intent::EraseWord, "erase a word", None),
    go(&[Key::ctrl('u')], Intent::EraseAll, "erase all", None),
    go(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
pub const CONFIRM: &[Row] = &[
    go(&[Key::of(KeyCode::Enter), Key::letter('y')], Intent::Enter, "yes", Some(("Enter", "yes"))),
    go(&[Key::of(KeyCode::Esc), Key::letter('n')], Intent::Back, "no", Some(("Esc", "no"))),
    go(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
/// What comes up by itself must not be agreed to by a key that was meant for the screen beneath.
pub const CONSENT: &[Row] = &[
    go(&[Key::letter('y')], Intent::Enter, "yes", Some(("y", "yes"))),
    go(&[Key::of(KeyCode::Esc), Key::letter('n')], Intent::Back, "no", Some(("Esc", "no"))),
    go(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
pub const WORK_THERE: &[Row] = &[
    act(ENTER, Intent::Enter, "work there", Some(("Enter", "work there")), "status [--env {other}]"),
    go(ESC, Intent::Back, "stay", Some(("Esc", "stay"))),
    go(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
pub const OFFER: &[Row] = &[
    act(
        &[Key::letter('y')],
        Intent::Enter,
        "write these lines",
        Some(("y", "write")),
        "login --write-config",
    ),
    act(
        &[Key::of(KeyCode::Esc), Key::letter('n')],
        Intent::Back,
        "no, and ask no more",
        Some(("Esc", "no")),
        "login --no-config",
    ),
    go(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
