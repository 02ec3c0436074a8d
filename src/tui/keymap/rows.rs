//! The tables themselves: what all contexts share, and which tables make up a context.

mod asked;
mod audit;
mod beside;
mod steps;

use crossterm::event::KeyCode;

use super::{Context, Intent, Key, Row, Twin};

/// Keys and word of a footer.
type Hint = Option<(&'static str, &'static str)>;

/// An action, and how the command line says it.
const fn act(
    keys: &'static [Key],
    intent: Intent,
    help: &'static str,
    footer: Hint,
    twin: &'static str,
) -> Row {
    Row { keys, intent, help, footer, twin: Twin::Words(twin) }
}

/// What only moves, types or closes.
const fn go(keys: &'static [Key], intent: Intent, help: &'static str, footer: Hint) -> Row {
    Row { keys, intent, help, footer, twin: Twin::Screen }
}

const ENTER: &[Key] = &[Key::of(KeyCode::Enter)];
const ESC: &[Key] = &[Key::of(KeyCode::Esc)];
const UP: &[Key] = &[Key::of(KeyCode::Up), Key::letter('k')];
const DOWN: &[Key] = &[Key::of(KeyCode::Down), Key::letter('j')];
const LEFT: &[Key] = &[Key::of(KeyCode::Left), Key::letter('h')];
const RIGHT: &[Key] = &[Key::of(KeyCode::Right), Key::letter('l')];

const MOVE: &[Row] = &[
    go(UP, Intent::Up, "up", Some(("↑↓", "move"))),
    go(DOWN, Intent::Down, "down", None),
    go(&[Key::of(KeyCode::PageUp), Key::ctrl('u')], Intent::PageUp, "ten up", None),
    go(&[Key::of(KeyCode::PageDown), Key::ctrl('d')], Intent::PageDown, "ten down", None),
    go(&[Key::of(KeyCode::Home)], Intent::First, "to the first", None),
    go(&[Key::of(KeyCode::End), Key::letter('G')], Intent::Last, "to the last", None),
];
const SIDEWAYS: &[Row] = &[
    go(LEFT, Intent::Left, "to the left, or the group before", Some(("←→", "service"))),
    go(RIGHT, Intent::Right, "to the right, or the next group", None),
];
const ACROSS: &[Row] = &[
    go(LEFT, Intent::Left, "to the environment before", Some(("←→", "environment"))),
    go(RIGHT, Intent::Right, "to the next environment", None),
];
const BACK: &[Row] = &[go(ESC, Intent::Back, "back a step", Some(("Esc", "back")))];
const ALWAYS: &[Row] = &[
    go(&[Key::letter(':'), Key::ctrl('p')], Intent::Palette, "every action, to search and run", None),
    go(&[Key::letter('?')], Intent::Help, "this help", None),
    go(&[Key::ctrl('z')], Intent::Suspend, "to the shell; fg comes back", None),
    go(&[Key::letter('q'), Key::ctrl('c')], Intent::Quit, "quit", None),
];
const GO_ON: &[Row] = &[go(ENTER, Intent::Enter, "go on", Some(("Enter", "go on")))];
/// Whatever failed is about what is on the screen, so trying again reads it again.
const RETRY: &[Row] =
    &[act(&[Key::letter('r')], Intent::Retry, "try again", Some(("r", "try again")), "status")];

/// The tables that make up a context. The way to where one is already is left out of [`BESIDE`](beside::BESIDE) by its asker.
pub(super) fn tables(context: Context) -> &'static [&'static [Row]] {
    use asked::{CONFIRM, CONSENT, HELP, OFFER, PALETTE, PASSPHRASE, REVEALED, TYPING, VALUE, WORK_THERE};
    use audit::{ALLOW, DISALLOW, EDIT, FIND, LOOK, ROTATE, SCOPE, STOP};
    use beside::{
        AGAIN, ALL_AGAIN, ANY_IDENTITY, ANY_TOKEN, BESIDE, CANCEL, CLOSE, COMMAND, FINDINGS, FIX, FIX_ALL,
        IDENTITY, IN_ITS_PLACE, KEPT, LEAVE, NOT_KEPT, RE_READ, READ, READ_AGAIN, TAKE_BACK, TOKENS,
    };
    use steps::{
        ACCOUNTS, ADDRESS, APPROVE, BACK_TO_BOARD, BETWEEN, BOARD, BROWSER, CELL, CLEAR, ENVIRONMENTS,
        FILTER, PICK, PREVIEW, ROLES, SIGN_IN_FAILED, SUMMARY, TOKEN, UNDO, WAITING, WHY, WHY_AT_HOME,
        WRITTEN,
    };
    match context {
        Context::Busy => &[BACK, BESIDE, ALWAYS],
        Context::Broken => &[RETRY, BACK, BESIDE, ALWAYS],
        Context::Pick => &[MOVE, PICK, BESIDE, ALWAYS],
        Context::Filter => &[FILTER],
        Context::SignInWaiting => &[WAITING, BESIDE, ALWAYS],
        Context::SignInDemo => &[APPROVE, WAITING, BESIDE, ALWAYS],
        Context::SignInBrowser => &[BROWSER, BESIDE, ALWAYS],
        Context::SignInPaste => &[ADDRESS],
        Context::SignInFailed => &[SIGN_IN_FAILED, BESIDE, BACK, ALWAYS],
        Context::SignInDone => &[GO_ON, BESIDE, BACK, ALWAYS],
        Context::Accounts => &[MOVE, BETWEEN, ACCOUNTS, BESIDE, BACK, ALWAYS],
        Context::Roles => &[MOVE, ROLES, BESIDE, ALWAYS],
        Context::Services => &[MOVE, SIDEWAYS, GO_ON, BOARD, CELL, WHY, BESIDE, BACK, ALWAYS],
        Context::Board => &[MOVE, SIDEWAYS, WHY_AT_HOME, BOARD, CELL, BESIDE, CLEAR, ALWAYS],
        Context::Preview => &[MOVE, PREVIEW, BESIDE, BACK, ALWAYS],
        Context::Written => &[MOVE, WRITTEN, BESIDE, BACK, ALWAYS],
        Context::Undoable => &[MOVE, WRITTEN, UNDO, BESIDE, BACK, ALWAYS],
        Context::Environments => &[MOVE, ACROSS, ENVIRONMENTS, BACK_TO_BOARD, BESIDE, ALWAYS],
        Context::Environment => &[MOVE, WORK_THERE],
        Context::Token => &[MOVE, TOKEN, NOT_KEPT, ANY_TOKEN, RE_READ, BESIDE, BACK, ALWAYS],
        Context::TokenUnread => &[READ_AGAIN, MOVE, TOKEN, ANY_TOKEN, BESIDE, BACK, ALWAYS],
        Context::TokenKept => &[MOVE, GO_ON, IN_ITS_PLACE, KEPT, ANY_TOKEN, RE_READ, BESIDE, BACK, ALWAYS],
        Context::Tokens => &[MOVE, TOKENS, NOT_KEPT, ANY_TOKEN, RE_READ, BESIDE, BACK, ALWAYS],
        Context::TokensUnread => &[READ_AGAIN, MOVE, TOKENS, ANY_TOKEN, BESIDE, BACK, ALWAYS],
        Context::TokensKept => &[MOVE, TOKENS, KEPT, ANY_TOKEN, RE_READ, BESIDE, BACK, ALWAYS],
        Context::NoTokens => &[RE_READ, BESIDE, BACK, ALWAYS],
        Context::NoIdentity => &[ANY_IDENTITY, BESIDE, BACK, ALWAYS],
        Context::Identity => &[IDENTITY, ANY_IDENTITY, BESIDE, BACK, ALWAYS],
        Context::Typing => &[TYPING],
        Context::Summary => &[MOVE, SUMMARY, BESIDE, BACK, ALWAYS],
        Context::DoctorLooking => &[MOVE, CANCEL, READ, FINDINGS, BESIDE, ALWAYS],
        Context::Doctor => {
            &[MOVE, FIX, FIX_ALL, LEAVE, READ, AGAIN, ALL_AGAIN, FINDINGS, COMMAND, BESIDE, ALWAYS]
        }
        Context::DoctorFixed => {
            &[MOVE, FIX, FIX_ALL, TAKE_BACK, LEAVE, READ, AGAIN, ALL_AGAIN, FINDINGS, COMMAND, BESIDE, ALWAYS]
        }
        Context::DoctorPage => &[MOVE, FIX, CLOSE, AGAIN, COMMAND, BESIDE, ALWAYS],
        Context::AuditLooking => &[MOVE, STOP, READ, FIND, BESIDE, ALWAYS],
        Context::Audit => {
            &[MOVE, READ, EDIT, ALLOW, ROTATE, FIND, LOOK, SCOPE, COMMAND, LEAVE, BESIDE, ALWAYS]
        }
        Context::AuditAccepted => {
            &[MOVE, READ, EDIT, ALLOW, DISALLOW, ROTATE, FIND, LOOK, SCOPE, COMMAND, LEAVE, BESIDE, ALWAYS]
        }
        Context::AuditPage => &[MOVE, EDIT, ALLOW, ROTATE, CLOSE, COMMAND, BESIDE, ALWAYS],
        Context::AuditEmpty => &[LOOK, SCOPE, LEAVE, BESIDE, ALWAYS],
        Context::Remedies => &[MOVE, CONFIRM],
        Context::Explained => &[MOVE, HELP],
        Context::Value => &[VALUE],
        Context::Help => &[MOVE, HELP],
        Context::Palette => &[PALETTE],
        Context::Confirm => &[CONFIRM],
        Context::Consent => &[CONSENT],
        Context::Offer => &[MOVE, OFFER],
        Context::Passphrase => &[PASSPHRASE],
        Context::Revealed => &[REVEALED],
    }
}
