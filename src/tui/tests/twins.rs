//! Every action has a command, and the command line takes it.

use clap::Parser as _;

use super::keys::{ALL, situation};
use crate::cli::Cli;
use crate::tui::keymap::{Context, Intent, Place, Row, Twin};
use crate::tui::screens;

/// What only moves, types, opens or closes, so that no command could do it. Anything else needs a twin.
fn is_the_screens_own(context: Context, row: &Row) -> bool {
    use Intent::{Back, EraseAll, EraseWord, Filter, Fold, FoldAll, Help, Palette, Quit, Suspend, Toggle};
    match row.intent {
        intent if intent.moves() => true,
        Back | Quit | Suspend | Help | Palette | Filter | Fold | FoldAll | Toggle => true,
        Intent::Order | Intent::NextTrouble => true,
        Intent::Insert(_) | Intent::Erase | EraseWord | EraseAll => true,
        // Past a step, or to the next one.
        Intent::Skip => true,
        Intent::Enter => matches!(
            context,
            Context::Filter
                | Context::SignInDone
                | Context::TokenKept
                | Context::Services
                | Context::Summary
                | Context::Written
                | Context::Undoable
                | Context::Help
                | Context::Palette
                | Context::Confirm
                | Context::Consent
                | Context::Remedies
                | Context::Passphrase
        ),
        // A command is what it copies.
        Intent::Copy => {
            use Context::{Audit, AuditAccepted, AuditPage, Doctor, DoctorFixed, DoctorPage};
            let commands =
                [Context::Palette, Doctor, DoctorFixed, DoctorPage, Audit, AuditAccepted, AuditPage];
            commands.contains(&context)
        }
        _ => false,
    }
}

#[test]
fn every_action_names_its_command_or_is_about_the_screen_alone() {
    for context in ALL {
        for row in context.rows().filter(|row| row.twin == Twin::Screen) {
            assert!(is_the_screens_own(context, row), "{:?} in {context:?} has no command", row.intent);
        }
    }
}

/// As `sh` would hand it over; the names of these tests need no quotes.
fn parses(command: &str) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(command.split_whitespace())
}

#[test]
fn the_command_line_takes_every_command_with_and_without_names() {
    let full = Place {
        profile: Some("services".into()),
        environment: Some("staging".into()),
        service: Some("backend".into()),
        variable: Some("JWT_SECRET".into()),
        token: Some("linear".into()),
        account: Some("111122223333".into()),
        role: Some("Developer".into()),
        check: Some("DS-SSO-03".into()),
        code: Some("DS-SSO-03".into()),
        spot: Some("docs/notes.md:3:14".into()),
        accepted: Some("docs/notes.md:3:14".into()),
        scope: Some("--history".into()),
        elsewhere: Some("--history".into()),
        remedy: Some("devsecrets identity rotate JWT_SECRET".into()),
        cell: Some("backend/JWT_SECRET".into()),
        part: Some("backend".into()),
        other: Some("production".into()),
        fix: Some("token set linear".into()),
        start: Some("npm run dev".into()),
    };
    let mut seen = 0;
    for row in ALL.into_iter().flat_map(Context::rows) {
        for place in [&Place::default(), &full] {
            if let Some(command) = row.twin.command(place) {
                seen += 1;
                assert!(!command.contains(['{', '}', '[', ']']), "{command}");
                assert!(parses(&command).is_ok(), "{command}: {:?}", parses(&command).err());
            }
        }
    }
    assert!(seen > 50, "{seen}");
    assert!(parses("devsecrets sow").is_err() && parses("devsecrets seed --never").is_err());
}

/// What stands under the cursor is what the command names.
#[test]
fn commands_name_what_the_cursor_is_on() {
    let said = |context: Context, intent: Intent| {
        let shop = situation(context);
        let row = context.rows().find(|row| row.intent == intent).unwrap();
        row.twin.command(&screens::place(&shop.0)).unwrap()
    };
    assert_eq!(said(Context::TokensKept, Intent::Verify), "devsecrets token verify t11 --profile services");
    assert_eq!(said(Context::Pick, Intent::Enter), "devsecrets status --profile p22");
    assert_eq!(
        said(Context::Accounts, Intent::Enter),
        "devsecrets login --account 000000000011 --profile services"
    );
    assert!(said(Context::Roles, Intent::Enter).contains(" --role Role11"));
    assert!(said(Context::Doctor, Intent::Fix).contains(" doctor --fix --only DS-"));
}
