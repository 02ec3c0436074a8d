//! The tables themselves.

use crossterm::event::KeyCode;

use super::{Context, Intent, Key, Row};
use crate::tui::model::Beside;

const fn row(
    keys: &'static [Key],
    intent: Intent,
    help: &'static str,
    footer: Option<(&'static str, &'static str)>,
) -> Row {
    Row { keys, intent, help, footer }
}

const ENTER: &[Key] = &[Key::of(KeyCode::Enter)];
const ESC: &[Key] = &[Key::of(KeyCode::Esc)];
const UP: &[Key] = &[Key::of(KeyCode::Up), Key::letter('k')];
const DOWN: &[Key] = &[Key::of(KeyCode::Down), Key::letter('j')];
const LEFT: &[Key] = &[Key::of(KeyCode::Left), Key::letter('h')];
const RIGHT: &[Key] = &[Key::of(KeyCode::Right), Key::letter('l')];

const MOVE: &[Row] = &[
    row(UP, Intent::Up, "up", Some(("↑↓", "move"))),
    row(DOWN, Intent::Down, "down", None),
    row(&[Key::of(KeyCode::PageUp), Key::ctrl('u')], Intent::PageUp, "ten up", None),
    row(&[Key::of(KeyCode::PageDown), Key::ctrl('d')], Intent::PageDown, "ten down", None),
    row(&[Key::of(KeyCode::Home)], Intent::First, "to the first", None),
    row(&[Key::of(KeyCode::End), Key::letter('G')], Intent::Last, "to the last", None),
];
const SIDEWAYS: &[Row] = &[
    row(LEFT, Intent::Left, "previous service", Some(("←→", "service"))),
    row(RIGHT, Intent::Right, "next service", None),
];
const BETWEEN: &[Row] = &[row(RIGHT, Intent::Right, "to its roles", None)];
const BACK: &[Row] = &[row(ESC, Intent::Back, "back a step", Some(("Esc", "back")))];
const ALWAYS: &[Row] = &[
    row(&[Key::letter('?')], Intent::Help, "this help", None),
    row(&[Key::letter('q'), Key::ctrl('c')], Intent::Quit, "quit", None),
];
const RETRY: &[Row] = &[row(&[Key::letter('r')], Intent::Retry, "try again", Some(("r", "try again")))];
const GO_ON: &[Row] = &[row(ENTER, Intent::Enter, "go on", Some(("Enter", "go on")))];

const PICK: &[Row] = &[
    row(ENTER, Intent::Enter, "open this profile", Some(("Enter", "open"))),
    row(&[Key::letter('/')], Intent::Filter, "filter by name", Some(("/", "filter"))),
    row(ESC, Intent::Back, "clear the filter", None),
];
const FILTER: &[Row] = &[
    row(&[Key::of(KeyCode::Up)], Intent::Up, "up", Some(("↑↓", "move"))),
    row(&[Key::of(KeyCode::Down)], Intent::Down, "down", None),
    row(ENTER, Intent::Enter, "keep the filter", Some(("Enter", "keep filter"))),
    row(ESC, Intent::Back, "clear the filter", Some(("Esc", "clear"))),
    row(&[Key::of(KeyCode::Backspace)], Intent::Erase, "erase a letter", None),
    row(&[Key::ctrl('w')], Intent::EraseWord, "erase a word", None),
    row(&[Key::ctrl('u')], Intent::EraseAll, "erase all", None),
    row(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
const WAITING: &[Row] = &[
    row(
        &[Key::letter('o'), Key::of(KeyCode::Enter)],
        Intent::Open,
        "open the page in a browser",
        Some(("o", "open page")),
    ),
    row(&[Key::letter('c')], Intent::Copy, "copy the code", Some(("c", "copy code"))),
    row(&[Key::letter('b')], Intent::Switch, "sign in with this machine's browser", Some(("b", "browser"))),
    row(&[Key::letter('r')], Intent::Retry, "ask for a new code", Some(("r", "new code"))),
    row(&[Key::letter('s')], Intent::Skip, "go on without AWS", None),
    row(ESC, Intent::Back, "cancel the sign-in", Some(("Esc", "cancel"))),
];
const BROWSER: &[Row] = &[
    row(
        &[Key::letter('o'), Key::of(KeyCode::Enter)],
        Intent::Open,
        "open the page in a browser again",
        Some(("o", "open page")),
    ),
    row(&[Key::letter('c')], Intent::Copy, "copy the address", Some(("c", "copy address"))),
    row(
        &[Key::letter('p')],
        Intent::Paste,
        "paste the address a browser elsewhere ended at",
        Some(("p", "paste")),
    ),
    row(&[Key::letter('d')], Intent::Switch, "approve a code on any device instead", Some(("d", "code"))),
    row(&[Key::letter('r')], Intent::Retry, "begin again", None),
    row(&[Key::letter('s')], Intent::Skip, "go on without AWS", None),
    row(ESC, Intent::Back, "cancel the sign-in", Some(("Esc", "cancel"))),
];
const ADDRESS: &[Row] = &[
    row(ENTER, Intent::Enter, "take this address", Some(("Enter", "take it"))),
    row(ESC, Intent::Back, "forget it", Some(("Esc", "forget"))),
    row(&[Key::of(KeyCode::Backspace)], Intent::Erase, "erase a character", None),
    row(&[Key::ctrl('u'), Key::ctrl('w')], Intent::EraseAll, "erase all", Some(("Ctrl-U", "erase all"))),
    row(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
const APPROVE: &[Row] =
    &[row(&[Key::letter('a')], Intent::Approve, "approve, as the page would", Some(("a", "approve")))];
const SIGN_IN_FAILED: &[Row] = &[
    row(&[Key::letter('r')], Intent::Retry, "sign in again", Some(("r", "try again"))),
    row(&[Key::letter('s')], Intent::Skip, "go on without AWS", Some(("s", "without AWS"))),
];
const ACCOUNTS: &[Row] = &[
    row(ENTER, Intent::Enter, "choose this account", Some(("Enter", "choose"))),
    row(&[Key::letter('/')], Intent::Filter, "filter by name", Some(("/", "filter"))),
];
const ROLES: &[Row] = &[
    row(ENTER, Intent::Enter, "take this role", Some(("Enter", "take role"))),
    row(&[Key::letter('/')], Intent::Filter, "filter by name", Some(("/", "filter"))),
    row(
        &[Key::of(KeyCode::Esc), Key::of(KeyCode::Left), Key::letter('h')],
        Intent::Back,
        "back to the accounts",
        Some(("Esc", "accounts")),
    ),
];
const GRID: &[Row] = &[
    row(ENTER, Intent::Enter, "go on", Some(("Enter", "go on"))),
    row(&[Key::letter('r')], Intent::Retry, "read everything again", Some(("r", "re-read"))),
    row(&[Key::letter('g')], Intent::Toggle, "grid or list", Some(("g", "list"))),
];
const LIST: &[Row] = &[
    row(ENTER, Intent::Enter, "go on", Some(("Enter", "go on"))),
    row(&[Key::letter('r')], Intent::Retry, "read everything again", Some(("r", "re-read"))),
    row(&[Key::letter('g')], Intent::Toggle, "grid or list", Some(("g", "grid"))),
];
const PREVIEW: &[Row] = &[
    row(ENTER, Intent::Enter, "write the files", Some(("Enter", "write"))),
    row(&[Key::letter(' ')], Intent::Fold, "fold or unfold the file", Some(("Space", "fold"))),
    row(&[Key::letter('z')], Intent::FoldAll, "fold or unfold all", None),
    row(
        &[Key::letter('t')],
        Intent::Take,
        "take the source's value, or keep yours",
        Some(("t", "take or keep")),
    ),
    row(&[Key::letter('r')], Intent::Retry, "look again", Some(("r", "look again"))),
    row(&[Key::letter('s')], Intent::Skip, "go on without writing", Some(("s", "skip"))),
];
const WRITTEN: &[Row] = &[
    row(ENTER, Intent::Enter, "go on", Some(("Enter", "go on"))),
    row(&[Key::letter(' ')], Intent::Fold, "fold or unfold the file", Some(("Space", "fold"))),
    row(&[Key::letter('z')], Intent::FoldAll, "fold or unfold all", None),
];
const TOKEN: &[Row] = &[
    row(
        &[Key::of(KeyCode::Enter), Key::letter('i')],
        Intent::Enter,
        "type or paste this token",
        Some(("Enter", "type or paste")),
    ),
    row(&[Key::letter('s')], Intent::Skip, "skip this one", Some(("s", "skip"))),
];
const TOKENS: &[Row] = &[row(
    &[Key::of(KeyCode::Enter), Key::letter('i')],
    Intent::Enter,
    "type or paste this token",
    Some(("Enter", "set")),
)];
const KEPT: &[Row] = &[
    row(&[Key::letter('v')], Intent::Verify, "ask its service whose it is", Some(("v", "verify"))),
    row(&[Key::letter(' ')], Intent::Reveal, "show it for ten seconds", Some(("Space", "reveal"))),
    row(&[Key::letter('c')], Intent::Copy, "copy it for 45 seconds", Some(("c", "copy"))),
    row(&[Key::letter('x')], Intent::Remove, "forget it", Some(("x", "forget"))),
];
const NOT_KEPT: &[Row] = &[row(
    &[Key::letter('u')],
    Intent::Share,
    "use here what another project keeps",
    Some(("u", "use here")),
)];
const ANY_TOKEN: &[Row] = &[
    row(&[Key::letter('o')], Intent::Open, "open the page where one is made", Some(("o", "open page"))),
    row(&[Key::letter('r')], Intent::Retry, "ask the keychain again", None),
];
const IDENTITY: &[Row] = &[
    row(&[Key::letter('w')], Intent::Export, "write its phrase down", Some(("w", "write down"))),
    row(&[Key::letter('n')], Intent::Rotate, "rotate: new derived values", Some(("n", "new values"))),
];
const ANY_IDENTITY: &[Row] = &[
    row(&[Key::letter('i')], Intent::Import, "bring one from its phrase", Some(("i", "import"))),
    row(&[Key::letter('r')], Intent::Retry, "ask the keychain again", None),
];
const TO_TOKENS: &[Row] =
    &[row(&[Key::letter('T')], Intent::Visit(Beside::Tokens), "your personal tokens", Some(("T", "tokens")))];
const TO_IDENTITY: &[Row] =
    &[row(&[Key::letter('I')], Intent::Visit(Beside::Identity), "your identity", Some(("I", "identity")))];
const REVEALED: &[Row] = &[
    row(ESC, Intent::Back, "hide it; any other key does, too", Some(("any key", "hides it"))),
    row(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
const TYPING: &[Row] = &[
    row(ENTER, Intent::Enter, "keep it", Some(("Enter", "keep"))),
    row(ESC, Intent::Back, "forget what was typed", Some(("Esc", "forget"))),
    row(&[Key::of(KeyCode::Backspace)], Intent::Erase, "erase a character", None),
    row(&[Key::ctrl('u'), Key::ctrl('w')], Intent::EraseAll, "erase all", Some(("Ctrl-U", "erase all"))),
    row(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
const PASSPHRASE: &[Row] = &[
    row(ENTER, Intent::Enter, "go on with it", Some(("Enter", "go on"))),
    row(ESC, Intent::Back, "go on without it", Some(("Esc", "without it"))),
    row(&[Key::of(KeyCode::Backspace)], Intent::Erase, "erase a character", None),
    row(&[Key::ctrl('u'), Key::ctrl('w')], Intent::EraseAll, "erase all", Some(("Ctrl-U", "erase all"))),
    row(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];
const SUMMARY: &[Row] = &[
    row(ENTER, Intent::Quit, "leave", Some(("Enter", "leave"))),
    row(&[Key::letter('r')], Intent::Retry, "read everything again", Some(("r", "re-read"))),
];
const TO_DOCTOR: &[Row] = &[row(
    &[Key::letter('D')],
    Intent::Visit(Beside::Doctor),
    "the doctor: what is wrong, and mending it",
    Some(("D", "doctor")),
)];
const CANCEL: &[Row] = &[row(ESC, Intent::Back, "stop looking", Some(("Esc", "stop")))];
const FINDINGS: &[Row] =
    &[row(&[Key::letter('a')], Intent::Toggle, "problems alone, or all checks", Some(("a", "all")))];
const READ: &[Row] = &[row(ENTER, Intent::Enter, "all there is to say about it", Some(("Enter", "read")))];
const FIX: &[Row] = &[row(&[Key::letter('f')], Intent::Fix, "fix this, shown first", Some(("f", "fix")))];
const FIX_ALL: &[Row] =
    &[row(&[Key::letter('F')], Intent::FixAll, "fix all that can be, shown first", Some(("F", "fix all")))];
const AGAIN: &[Row] = &[row(&[Key::letter('r')], Intent::Retry, "look at this again", Some(("r", "again")))];
const ALL_AGAIN: &[Row] =
    &[row(&[Key::letter('R')], Intent::RetryAll, "look at everything again", Some(("R", "all again")))];
const COMMAND: &[Row] = &[row(&[Key::letter('c')], Intent::Copy, "copy its command", Some(("c", "copy")))];
const TAKE_BACK: &[Row] =
    &[row(&[Key::letter('u')], Intent::Undo, "take the last fix back", Some(("u", "undo")))];
const CLOSE: &[Row] = &[row(ESC, Intent::Back, "back to the list", Some(("Esc", "list")))];
const LEAVE: &[Row] = &[row(ESC, Intent::Back, "back to where you were", Some(("Esc", "back")))];
const HELP: &[Row] = &[
    row(
        &[Key::of(KeyCode::Esc), Key::letter('?'), Key::of(KeyCode::Enter)],
        Intent::Back,
        "close the help",
        Some(("Esc", "close")),
    ),
    row(&[Key::letter('q'), Key::ctrl('c')], Intent::Quit, "quit", None),
];
const CONFIRM: &[Row] = &[
    row(&[Key::of(KeyCode::Enter), Key::letter('y')], Intent::Enter, "yes", Some(("Enter", "yes"))),
    row(&[Key::of(KeyCode::Esc), Key::letter('n')], Intent::Back, "no", Some(("Esc", "no"))),
    row(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];

const OFFER: &[Row] = &[
    row(
        &[Key::of(KeyCode::Enter), Key::letter('y')],
        Intent::Enter,
        "write these lines",
        Some(("Enter", "write")),
    ),
    row(&[Key::of(KeyCode::Esc), Key::letter('n')], Intent::Back, "no, and ask no more", Some(("Esc", "no"))),
    row(&[Key::ctrl('c')], Intent::Quit, "quit", None),
];

/// The tables that make up a context.
pub(super) fn tables(context: Context) -> &'static [&'static [Row]] {
    match context {
        Context::Busy => &[BACK, TO_TOKENS, TO_IDENTITY, ALWAYS],
        Context::Broken => &[RETRY, BACK, TO_DOCTOR, TO_TOKENS, TO_IDENTITY, ALWAYS],
        Context::Pick => &[MOVE, PICK, TO_DOCTOR, TO_IDENTITY, ALWAYS],
        Context::Filter => &[FILTER],
        Context::SignInWaiting => &[WAITING, TO_TOKENS, TO_IDENTITY, ALWAYS],
        Context::SignInDemo => &[APPROVE, WAITING, TO_TOKENS, TO_IDENTITY, ALWAYS],
        Context::SignInBrowser => &[BROWSER, TO_TOKENS, TO_IDENTITY, ALWAYS],
        Context::SignInPaste => &[ADDRESS],
        Context::SignInFailed => &[SIGN_IN_FAILED, TO_DOCTOR, TO_TOKENS, TO_IDENTITY, BACK, ALWAYS],
        Context::SignInDone => &[GO_ON, TO_DOCTOR, TO_TOKENS, TO_IDENTITY, BACK, ALWAYS],
        Context::Accounts => &[MOVE, BETWEEN, ACCOUNTS, TO_DOCTOR, TO_TOKENS, TO_IDENTITY, BACK, ALWAYS],
        Context::Roles => &[MOVE, ROLES, TO_DOCTOR, TO_TOKENS, TO_IDENTITY, ALWAYS],
        Context::Grid => &[MOVE, SIDEWAYS, GRID, TO_DOCTOR, TO_TOKENS, TO_IDENTITY, BACK, ALWAYS],
        Context::List => &[MOVE, SIDEWAYS, LIST, TO_DOCTOR, TO_TOKENS, TO_IDENTITY, BACK, ALWAYS],
        Context::Preview => &[MOVE, PREVIEW, TO_DOCTOR, TO_TOKENS, TO_IDENTITY, BACK, ALWAYS],
        Context::Written => &[MOVE, WRITTEN, TO_DOCTOR, TO_TOKENS, TO_IDENTITY, BACK, ALWAYS],
        Context::Token => &[MOVE, TOKEN, NOT_KEPT, ANY_TOKEN, TO_DOCTOR, TO_IDENTITY, BACK, ALWAYS],
        Context::TokenKept => &[MOVE, TOKEN, KEPT, ANY_TOKEN, TO_DOCTOR, TO_IDENTITY, BACK, ALWAYS],
        Context::Tokens => &[MOVE, TOKENS, NOT_KEPT, ANY_TOKEN, TO_IDENTITY, BACK, ALWAYS],
        Context::TokensKept => &[MOVE, TOKENS, KEPT, ANY_TOKEN, TO_IDENTITY, BACK, ALWAYS],
        Context::NoIdentity => &[ANY_IDENTITY, TO_TOKENS, BACK, ALWAYS],
        Context::Identity => &[IDENTITY, ANY_IDENTITY, TO_TOKENS, BACK, ALWAYS],
        Context::Typing => &[TYPING],
        Context::Summary => &[MOVE, SUMMARY, TO_DOCTOR, TO_TOKENS, TO_IDENTITY, BACK, ALWAYS],
        Context::DoctorLooking => &[MOVE, CANCEL, READ, FINDINGS, ALWAYS],
        Context::Doctor => &[MOVE, FIX, FIX_ALL, LEAVE, READ, AGAIN, ALL_AGAIN, FINDINGS, COMMAND, ALWAYS],
        Context::DoctorFixed => {
            &[MOVE, FIX, FIX_ALL, TAKE_BACK, LEAVE, READ, AGAIN, ALL_AGAIN, FINDINGS, COMMAND, ALWAYS]
        }
        Context::DoctorPage => &[MOVE, FIX, CLOSE, AGAIN, COMMAND, ALWAYS],
        Context::Remedies => &[MOVE, CONFIRM],
        Context::Help => &[MOVE, HELP],
        Context::Confirm => &[CONFIRM],
        Context::Offer => &[MOVE, OFFER],
        Context::Passphrase => &[PASSPHRASE],
        Context::Revealed => &[REVEALED],
    }
}
