//! Keys of the steps of the walk.

use crossterm::event::KeyCode;

use super::{ENTER, ESC, RIGHT, act, go};
use crate::tui::keymap::{Intent, Key, Row};

pub const BETWEEN: &[Row] = &[go(RIGHT, Intent::Right, "to its roles", None)];
pub const PICK: &[Row] = &[
    act(ENTER, Intent::Enter, "open this profile", Some(("Enter", "open")), "status"),
    go(&[Key::letter('/')], Intent::Filter, "filter by name", Some(("/", "filter"))),
    go(ESC, Intent::Back, "clear the filter", None),
];
pub const FILTER: &[Row] = &[
    go(&[Key::of(KeyCode::Up)], Intent::Up, "up", Some(("↑↓", "move"))),
    go(&[Key::of(KeyCode::Down)], Intent::Down, "down", None),
    go(ENTER, Intent::Enter, "keep the filter", Some(("Enter", "keep filter"))),
    go(ESC, Intent::Back, "clear the filter", Some(("Esc", "clear"))),
    go(&[Key::of(KeyCode::Backspace)], Intent::Erase, "erase a letter", None),
    go(&[Key::ctrl('w')], Intent::EraseWord, "erase a word", None),
    go(&[Key::ctrl('u')], Intent::EraseAll, "erase all", None),
    go(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
pub const WAITING: &[Row] = &[
    act(
        &[Key::letter('o'), Key::of(KeyCode::Enter)],
        Intent::Open,
        "open the page in a browser",
        Some(("o", "open page")),
        "login --use-device-code",
    ),
    act(
        &[Key::letter('c')],
        Intent::Copy,
        "copy the code",
        Some(("c", "copy code")),
        "login --use-device-code --no-browser",
    ),
    act(
        &[Key::letter('b')],
        Intent::Switch,
        "sign in with this machine's browser",
        Some(("b", "browser")),
        "login --use-browser",
    ),
    act(
        &[Key::letter('r')],
        Intent::Retry,
        "ask for a new code",
        Some(("r", "new code")),
        "login --use-device-code",
    ),
    act(&[Key::letter('s')], Intent::Skip, "go on without AWS", None, "--offline status"),
    go(ESC, Intent::Back, "cancel the sign-in", Some(("Esc", "cancel"))),
];
pub const BROWSER: &[Row] = &[
    act(
        &[Key::letter('o'), Key::of(KeyCode::Enter)],
        Intent::Open,
        "open the page in a browser again",
        Some(("o", "open page")),
        "login --use-browser",
    ),
    act(
        &[Key::letter('c')],
        Intent::Copy,
        "copy the address",
        Some(("c", "copy address")),
        "login --use-browser --no-browser",
    ),
    act(
        &[Key::letter('p')],
        Intent::Paste,
        "paste the address a browser elsewhere ended at",
        Some(("p", "paste")),
        "login --use-browser --no-browser",
    ),
    act(
        &[Key::letter('d')],
        Intent::Switch,
        "approve a code on any device instead",
        Some(("d", "code")),
        "login --use-device-code",
    ),
    act(&[Key::letter('r')], Intent::Retry, "begin again", None, "login --use-browser"),
    act(&[Key::letter('s')], Intent::Skip, "go on without AWS", None, "--offline status"),
    go(ESC, Intent::Back, "cancel the sign-in", Some(("Esc", "cancel"))),
];
pub const ADDRESS: &[Row] = &[
    act(
        ENTER,
        Intent::Enter,
        "take this address",
        Some(("Enter", "take it")),
        "login --use-browser --no-browser",
    ),
    go(ESC, Intent::Back, "forget it", Some(("Esc", "forget"))),
    go(&[Key::of(KeyCode::Backspace)], Intent::Erase, "erase a character", None),
    go(&[Key::ctrl('u'), Key::ctrl('w')], Intent::EraseAll, "erase all", Some(("Ctrl-U", "erase all"))),
    go(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
pub const APPROVE: &[Row] = &[act(
    &[Key::letter('a')],
    Intent::Approve,
    "approve, as the page would",
    Some(("a", "approve")),
    "demo",
)];
pub const SIGN_IN_FAILED: &[Row] = &[
    act(&[Key::letter('r')], Intent::Retry, "sign in again", Some(("r", "try again")), "login"),
    act(
        &[Key::letter('s')],
        Intent::Skip,
        "go on without AWS",
        Some(("s", "without AWS")),
        "--offline status",
    ),
];
pub const ACCOUNTS: &[Row] = &[
    act(
        ENTER,
        Intent::Enter,
        "choose this account",
        Some(("Enter", "choose")),
        "login [--account {account}]",
    ),
    go(&[Key::letter('/')], Intent::Filter, "filter by name", Some(("/", "filter"))),
];
pub const ROLES: &[Row] = &[
    act(
        ENTER,
        Intent::Enter,
        "take this role",
        Some(("Enter", "take role")),
        "login [--account {account} --role {role}]",
    ),
    go(&[Key::letter('/')], Intent::Filter, "filter by name", Some(("/", "filter"))),
    go(
        &[Key::of(KeyCode::Esc), Key::of(KeyCode::Left), Key::letter('h')],
        Intent::Back,
        "back to the accounts",
        Some(("Esc", "accounts")),
    ),
];
pub const BOARD: &[Row] = &[
    act(
        &[Key::letter('s')],
        Intent::SeedOne,
        "preview this variable in its env file",
        Some(("s", "seed")),
        "seed [{cell}]",
    ),
    act(&[Key::letter('S')], Intent::Seed, "preview this service's env file", None, "seed [{service}]"),
    act(&[Key::letter('a')], Intent::SeedAll, "preview all env files", None, "seed"),
    act(&[Key::letter('f')], Intent::Fix, "mend this, shown first", Some(("f", "fix")), "[{fix}]"),
    act(
        &[Key::letter('o')],
        Intent::Open,
        "open the page where it is asked for",
        None,
        "explain [{variable}]",
    ),
    go(
        &[Key::letter('n')],
        Intent::NextTrouble,
        "to the next that stops a service",
        Some(("n", "next to do")),
    ),
    act(
        &[Key::letter('v')],
        Intent::Compare,
        "environments side by side, which reads them",
        Some(("v", "environments")),
        "status --all-environments",
    ),
    act(
        &[Key::letter('E')],
        Intent::Environment,
        "work in another environment",
        None,
        "status [--env {other}]",
    ),
    go(&[Key::letter('/')], Intent::Filter, "find by name, status or origin", Some(("/", "find"))),
    go(&[Key::letter('g')], Intent::Toggle, "grid, by service, by variable", Some(("g", "group"))),
    go(&[Key::letter('z')], Intent::Order, "in another order", Some(("z", "sort"))),
    act(&[Key::letter('r')], Intent::Retry, "read everything again", Some(("r", "re-read")), "status"),
    act(&[Key::letter('A')], Intent::Account, "sign in, or change account and role", None, "login --choose"),
    act(&[Key::letter('P')], Intent::Profiles, "another profile", None, "profile list"),
];
/// At home nothing goes on, so the main thing is to know more.
pub const WHY_AT_HOME: &[Row] = &[act(
    &[Key::of(KeyCode::Enter), Key::letter('w')],
    Intent::Explain,
    "why it has this value",
    Some(("Enter", "why")),
    "explain {variable}",
)];
pub const WHY: &[Row] = &[act(
    &[Key::letter('w')],
    Intent::Explain,
    "why it has this value",
    Some(("w", "why")),
    "explain {variable}",
)];
pub const CELL: &[Row] = &[
    act(
        &[Key::letter('e')],
        Intent::Set,
        "type a value for it",
        Some(("e", "set")),
        "set {variable} [--service {service}]",
    ),
    act(
        &[Key::letter(' ')],
        Intent::Reveal,
        "show its value for ten seconds",
        Some(("Space", "reveal")),
        "reveal {variable} [--service {service}]",
    ),
    act(
        &[Key::letter('c')],
        Intent::Copy,
        "copy its value for 45 seconds",
        Some(("c", "copy")),
        "copy {variable} [--service {service}]",
    ),
    act(
        &[Key::letter('!')],
        Intent::Run,
        "start the service",
        Some(("!", "run")),
        "run [--service {service}] -- {start}",
    ),
    act(&[Key::letter('u')], Intent::Undo, "take back what was written last", None, "undo"),
];
pub const ENVIRONMENTS: &[Row] = &[
    act(
        &[Key::of(KeyCode::Enter), Key::letter('E')],
        Intent::Enter,
        "work in this environment",
        Some(("Enter", "work there")),
        "status [--env {other}]",
    ),
    act(
        &[Key::letter('r')],
        Intent::Retry,
        "read all of them again",
        Some(("r", "re-read")),
        "status --all-environments",
    ),
    go(&[Key::letter('n')], Intent::NextTrouble, "to the next that stops a service here", None),
    go(&[Key::letter('/')], Intent::Filter, "find by name, status or origin", Some(("/", "find"))),
    go(&[Key::letter('z')], Intent::Order, "in another order", None),
];
pub const BACK_TO_BOARD: &[Row] = &[go(
    &[Key::of(KeyCode::Esc), Key::letter('v')],
    Intent::Back,
    "stop reading; then back to the board",
    Some(("Esc", "board")),
)];
pub const CLEAR: &[Row] = &[go(ESC, Intent::Back, "clear what is looked for", None)];
pub const PREVIEW: &[Row] = &[
    act(ENTER, Intent::Enter, "write the files", Some(("Enter", "write")), "seed [{part}]"),
    go(&[Key::letter(' ')], Intent::Fold, "fold or unfold the file", Some(("Space", "fold"))),
    go(&[Key::letter('z')], Intent::FoldAll, "fold or unfold all", None),
    act(
        &[Key::letter('t')],
        Intent::Take,
        "take the source's value, or keep yours",
        Some(("t", "take or keep")),
        "seed [--take {variable}]",
    ),
    act(&[Key::letter('r')], Intent::Retry, "look again", Some(("r", "look again")), "seed --dry-run"),
    go(&[Key::letter('s')], Intent::Skip, "go on without writing", Some(("s", "skip"))),
];
pub const WRITTEN: &[Row] = &[
    go(ENTER, Intent::Enter, "go on", Some(("Enter", "go on"))),
    go(&[Key::letter(' ')], Intent::Fold, "fold or unfold the file", Some(("Space", "fold"))),
    go(&[Key::letter('z')], Intent::FoldAll, "fold or unfold all", None),
];
pub const UNDO: &[Row] =
    &[act(&[Key::letter('u')], Intent::Undo, "take back what was written", Some(("u", "undo")), "undo")];
pub const TOKEN: &[Row] = &[
    act(
        &[Key::of(KeyCode::Enter), Key::letter('i')],
        Intent::Enter,
        "type or paste this token",
        Some(("Enter", "type or paste")),
        "token set {token}",
    ),
    go(&[Key::letter('s')], Intent::Skip, "skip this one", Some(("s", "skip"))),
];
pub const SUMMARY: &[Row] = &[
    go(ENTER, Intent::Enter, "to the board", Some(("Enter", "to the board"))),
    act(&[Key::letter('r')], Intent::Retry, "read everything again", Some(("r", "re-read")), "status"),
];
