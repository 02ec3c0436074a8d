//! The house's rules that the compiler does not hold: which room may use which, and how a file is made.
//!
//! The two tables below are the rules; `architecture/` reads the code for what breaks them. Each check is also shown
//! bad examples, for a check that finds nothing proves nothing.

#![expect(clippy::unwrap_used, reason = "test helpers stand outside of #[test] functions")]

#[path = "architecture/codes.rs"]
mod codes;
#[path = "architecture/files.rs"]
mod files;
#[path = "architecture/imports.rs"]
mod imports;
#[path = "architecture/source.rs"]
mod source;

use files::{Exception, Rule};
use imports::Row;
use source::{Broken, Source};

/// Each room and the rooms it may use, all of which stand above it.
const ROOMS: &[Row] = &[
    ("secret", ""),
    ("finding", ""),
    ("explain", "finding"),
    ("settings", ""),
    ("private_file", ""),
    ("signals", ""),
    ("tty", "settings"),
    ("clipboard", "secret settings"),
    ("browser", "settings"),
    ("audit", "secret finding private_file"),
    // What both faces hand to the person's other devices.
    ("handover", ""),
    ("web", "secret finding settings"),
    ("profile", "secret finding settings private_file"),
    ("aws", "secret finding settings web"),
    ("sso", "secret finding settings private_file browser profile aws"),
    ("envfile", "secret finding settings private_file profile"),
    ("stores", "secret settings private_file signals profile aws sso envfile"),
    ("keychain", "secret finding settings private_file"),
    ("identity", "secret finding profile keychain"),
    // Both faces hand it the terminal.
    ("ceremony", "secret finding identity"),
    ("tokens", "secret finding settings private_file web profile keychain"),
    ("migrate", "secret finding keychain identity"),
    (
        "resolve",
        "secret finding settings private_file profile aws sso stores keychain envfile identity tokens",
    ),
    ("seed", "secret finding settings private_file profile envfile identity tokens resolve"),
    ("run", "secret finding settings signals profile keychain envfile resolve"),
    ("editor", "finding settings run"),
    ("deploy", "secret profile"),
    (
        "doctor",
        "secret finding settings web profile aws sso stores keychain envfile identity tokens resolve seed deploy",
    ),
    ("forget", "secret finding settings profile sso stores keychain envfile identity tokens seed"),
    (
        "onboard",
        "secret finding settings private_file audit profile sso stores keychain envfile identity tokens resolve seed run \
         doctor forget migrate",
    ),
    // The world to try the product in: the product itself does not know of it.
    ("sandbox", "secret"),
    ("demo", "settings sandbox"),
    // The two faces. What they show they get from the rooms that decided it.
    (
        "cli",
        "secret finding explain settings private_file signals clipboard browser audit handover profile sso keychain identity \
         ceremony resolve seed run editor doctor onboard demo tty",
    ),
    (
        "tui",
        "secret finding explain settings signals clipboard browser audit handover keychain sso identity ceremony resolve \
         seed editor doctor onboard tty",
    ),
    ("main", "cli tui"),
    ("lib", ""),
];

/// What a room's own tests (`tests.rs`, `tests/`, `fixtures.rs`) may use beyond its row.
const IN_TESTS: &[Row] = &[
    ("sso", "sandbox"),
    ("stores", "sandbox"),
    ("demo", "profile"),
    ("doctor", "private_file sandbox onboard"),
    ("tui", "private_file profile keychain envfile demo cli"),
];

/// What breaks a rule for a reason. One that no longer does has to leave the list.
const EXCEPTIONS: &[Exception] = &[
    (
        Rule::Long,
        "src/profile/schema.rs",
        "the file format; half of it are descriptions that end up in the schema",
    ),
    (Rule::Long, "src/onboard/session.rs", "one short method for each step of the day"),
    (Rule::Long, "src/envfile/tests.rs", "properties of the whole room, side by side"),
    (Rule::Long, "tests/envfile_readers/cases.rs", "a table of hard values, read from top to bottom"),
    (Rule::Vague, "src/stores/aws_secrets_manager.rs", "the name of the AWS service"),
    (Rule::Prints, "src/cli/output.rs", "the one place of the command line that prints"),
    (Rule::Prints, "src/cli.rs", "what ends a run before it begins"),
    (Rule::Prints, "src/cli/unseen.rs", "a question stands where its answer is typed"),
    (Rule::Prints, "src/cli/signing_in/keys.rs", "switches what the terminal reports, and back"),
    (Rule::Prints, "src/cli/ask.rs", "a question stands where its answer is typed"),
    (Rule::Prints, "src/audit/tests/labelled.rs", "a table for who runs it by hand"),
    (Rule::Prints, "src/audit/tests/keys.rs", "says that it could not ask ssh-keygen"),
    (Rule::Prints, "src/run/beside.rs", "hands the child's output on"),
    (Rule::Prints, "src/run/terminal.rs", "asks the person's terminal for size and modes"),
    (Rule::Prints, "src/run/leader.rs", "its standard output is the terminal it leads"),
    (Rule::Prints, "src/tui/terminal.rs", "the one place that draws on the terminal"),
    (
        Rule::Unfinished,
        "tests/keychains/secret_service.rs",
        "ignored by cargo, and run by their siblings in a session of their own",
    ),
];

#[test]
fn rooms_use_only_what_their_row_says() {
    let sources = source::below("src");
    let broken: Vec<Broken> =
        sources.iter().flat_map(|source| imports::check(source, ROOMS, IN_TESTS)).collect();
    source::assert_none(&broken);
}

#[test]
fn the_rows_go_one_way() {
    for (index, (room, uses)) in ROOMS.iter().enumerate() {
        let above = |name: &str| ROOMS[..index].iter().any(|(other, _)| *other == name);
        for name in uses.split_whitespace() {
            assert!(above(name), "`{room}` may use `{name}`, which does not stand above it");
            assert!(*room == "main" || !["cli", "tui"].contains(&name), "`{room}` may use a face");
        }
    }
}

#[test]
fn every_row_is_a_room() {
    let sources = source::below("src");
    for (room, _) in ROOMS {
        assert!(sources.iter().any(|source| source.room() == *room), "there is no room `{room}`");
    }
}

#[test]
fn files_are_made_as_all_others() {
    let sources: Vec<Source> = ["src", "tests"].into_iter().flat_map(source::below).collect();
    source::assert_none(&files::check(&sources, EXCEPTIONS));
}
