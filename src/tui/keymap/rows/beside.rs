//! Keys of what stands beside the walk, and how one gets there.

use crossterm::event::KeyCode;

use super::{ENTER, ESC, act, go};
use crate::tui::keymap::{Intent, Key, Row};
use crate::tui::model::Beside;

/// From every screen that neither asks nor takes text to each of those.
pub const BESIDE: &[Row] = &[
    act(
        &[Key::letter('D')],
        Intent::Visit(Beside::Doctor),
        "the doctor: what is wrong, and mending it",
        Some(("D", "doctor")),
        "doctor",
    ),
    act(
        &[Key::letter('L')],
        Intent::Visit(Beside::Audit),
        "the leak scan: secrets where none may be",
        None,
        "audit",
    ),
    act(
        &[Key::letter('T')],
        Intent::Visit(Beside::Tokens),
        "your personal tokens",
        Some(("T", "tokens")),
        "token list",
    ),
    act(
        &[Key::letter('I')],
        Intent::Visit(Beside::Identity),
        "your identity",
        Some(("I", "identity")),
        "identity show",
    ),
];
pub const TOKENS: &[Row] = &[act(
    &[Key::of(KeyCode::Enter), Key::letter('i')],
    Intent::Enter,
    "type or paste this token",
    Some(("Enter", "set")),
    "token set {token}",
)];
pub const KEPT: &[Row] = &[
    act(
        &[Key::letter('v')],
        Intent::Verify,
        "ask its service whose it is",
        Some(("v", "verify")),
        "token verify {token}",
    ),
    act(
        &[Key::letter(' ')],
        Intent::Reveal,
        "show it for ten seconds",
        Some(("Space", "reveal")),
        "token reveal {token}",
    ),
    act(
        &[Key::letter('c')],
        Intent::Copy,
        "copy it for 45 seconds",
        Some(("c", "copy")),
        "token copy {token}",
    ),
    act(&[Key::letter('x')], Intent::Remove, "forget it", Some(("x", "forget")), "token remove {token}"),
];
/// One that is kept is no reason to stay.
pub const IN_ITS_PLACE: &[Row] = &[act(
    &[Key::letter('i')],
    Intent::Set,
    "type or paste another in its place",
    Some(("i", "another")),
    "token set {token}",
)];
pub const NOT_KEPT: &[Row] = &[act(
    &[Key::letter('u')],
    Intent::Share,
    "use here what another project keeps",
    Some(("u", "use here")),
    "token share {token}",
)];
pub const ANY_TOKEN: &[Row] = &[act(
    &[Key::letter('o')],
    Intent::Open,
    "open the page where one is made",
    Some(("o", "open page")),
    "token set --open {token}",
)];
pub const RE_READ: &[Row] =
    &[act(&[Key::letter('r')], Intent::Retry, "ask the keychain again", None, "token list")];
/// Where it could not be asked this is what one wants.
pub const READ_AGAIN: &[Row] = &[act(
    &[Key::letter('r')],
    Intent::Retry,
    "ask the keychain again",
    Some(("r", "try again")),
    "token list",
)];
pub const IDENTITY: &[Row] = &[
    act(
        &[Key::letter('w')],
        Intent::Export,
        "write its phrase down",
        Some(("w", "write down")),
        "identity export",
    ),
    act(
        &[Key::letter('n')],
        Intent::Rotate,
        "rotate: new derived values",
        Some(("n", "new values")),
        "identity rotate",
    ),
];
pub const ANY_IDENTITY: &[Row] = &[
    act(
        &[Key::letter('i')],
        Intent::Import,
        "bring one from its phrase",
        Some(("i", "import")),
        "identity import",
    ),
    act(&[Key::letter('r')], Intent::Retry, "ask the keychain again", None, "identity show"),
];
pub const CANCEL: &[Row] = &[go(ESC, Intent::Back, "stop looking", Some(("Esc", "stop")))];
pub const FINDINGS: &[Row] =
    &[go(&[Key::letter('a')], Intent::Toggle, "problems alone, or all checks", Some(("a", "all")))];
pub const READ: &[Row] =
    &[act(ENTER, Intent::Enter, "all there is to say about it", Some(("Enter", "read")), "explain [{code}]")];
pub const FIX: &[Row] = &[act(
    &[Key::letter('f')],
    Intent::Fix,
    "fix this, shown first",
    Some(("f", "fix")),
    "doctor --fix [--only {check}]",
)];
pub const FIX_ALL: &[Row] = &[act(
    &[Key::letter('F')],
    Intent::FixAll,
    "fix all that can be, shown first",
    Some(("F", "fix all")),
    "doctor --fix",
)];
pub const AGAIN: &[Row] = &[act(
    &[Key::letter('r')],
    Intent::Retry,
    "look at this again",
    Some(("r", "again")),
    "doctor [--only {check}]",
)];
pub const ALL_AGAIN: &[Row] = &[act(
    &[Key::letter('R')],
    Intent::RetryAll,
    "look at everything again",
    Some(("R", "all again")),
    "doctor",
)];
/// What it copies is a command already.
pub const COMMAND: &[Row] = &[go(&[Key::letter('c')], Intent::Copy, "copy its command", Some(("c", "copy")))];
pub const TAKE_BACK: &[Row] =
    &[act(&[Key::letter('u')], Intent::Undo, "take the last fix back", Some(("u", "undo")), "undo")];
pub const CLOSE: &[Row] = &[go(ESC, Intent::Back, "back to the list", Some(("Esc", "list")))];
pub const LEAVE: &[Row] = &[go(ESC, Intent::Back, "back to where you were", Some(("Esc", "back")))];
