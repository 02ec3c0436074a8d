//! Which rooms a file uses, read off its paths: `crate::room`, `crate::{room, room::Type}`, and `super::room` where that
//! reaches the crate's root.

use super::source::{Broken, Source};

/// A room, and those it may use with spaces between.
pub type Row = (&'static str, &'static str);

/// Every use of a room that the file's own row does not name.
pub fn check(source: &Source, rooms: &[Row], in_tests: &[Row]) -> Vec<Broken> {
    let own = source.room();
    let Some(always) = row(own, rooms) else {
        return vec![source.broken(1, format!("the room `{own}` has no row in tests/architecture.rs"))];
    };
    let more = row(own, in_tests).filter(|_| source.is_test()).unwrap_or_default();
    let fits = |used: &str| {
        used == own || [always, more].iter().any(|row| row.split_whitespace().any(|room| room == used))
    };
    let rule = |used: &str| {
        format!("`{own}` may not use `{used}`, which its row in tests/architecture.rs does not name")
    };
    used(source, rooms)
        .into_iter()
        .filter(|(_, used)| !fits(used))
        .map(|(line, used)| source.broken(line, rule(&used)))
        .collect()
}

fn row(room: &str, rows: &[Row]) -> Option<&'static str> {
    rows.iter().find(|(name, _)| *name == room).map(|(_, uses)| *uses)
}

/// Line and room of every path from the crate's root.
fn used(source: &Source, rooms: &[Row]) -> Vec<(usize, String)> {
    let code: String = source.code().map(|(_, line)| format!("{line}\n")).collect();
    let mut all = Vec::new();
    for root in ["crate::", "devsecrets::"] {
        for (at, _) in code.match_indices(root) {
            let line = line_of(&code, at);
            all.extend(first_names(&code[at + root.len()..]).into_iter().map(|name| (line, name)));
        }
    }
    let known = |name: &str| rooms.iter().any(|(room, _)| *room == name);
    all.extend(past_the_root(&code, source).into_iter().filter(|(_, name)| known(name)));
    all
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

/// `a::B` gives `a`; `{a::{B, C}, d}` gives `a` and `d`.
fn first_names(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else { return vec![identifier(path)] };
    let (mut depth, mut outermost) = (1, String::new());
    for character in group.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 1 => outermost.push(character),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    outermost.split(',').map(|item| identifier(item.trim_start())).filter(|name| !name.is_empty()).collect()
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

/// What follows a chain of `super::` that leaves the file's room.
fn past_the_root(code: &str, source: &Source) -> Vec<(usize, String)> {
    const UP: &str = "super::";
    let depth = source.path.split('/').count() - 1;
    let chain = UP.repeat(depth);
    let after = |at: usize| code[at..].trim_start_matches(UP);
    code.match_indices(&chain).map(|(at, _)| (line_of(code, at), identifier(after(at)))).collect()
}

const ROOMS: &[Row] = &[("secret", ""), ("seed", "secret"), ("cli", "seed")];

/// What is found, without the advice at its end.
fn found(path: &str, text: &str) -> Vec<String> {
    let broken = check(&Source::new(path, text), ROOMS, &[("seed", "cli")]);
    broken.iter().map(|one| one.to_string().split(", which").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_room_that_uses_a_face_is_found() {
    let text = "//! Seeds.\n\nuse crate::secret::SecretValue;\nuse crate::cli::Exit;\n";
    assert_eq!(found("src/seed/plan.rs", text), ["src/seed/plan.rs:4: `seed` may not use `cli`"]);
}

#[test]
fn however_it_is_written() {
    for text in [
        "use crate::{secret::SecretValue, cli};",
        "use crate::{\n    secret::{self, SecretValue},\n    cli::Exit,\n};",
        "fn exit() -> crate::cli::Exit {}",
        "use super::super::cli::Exit;",
        "use devsecrets::cli;",
    ] {
        assert_eq!(
            found("src/seed/plan.rs", text),
            ["src/seed/plan.rs:1: `seed` may not use `cli`"],
            "{text}"
        );
    }
}

#[test]
fn tests_may_use_more() {
    assert!(found("src/seed/tests.rs", "use crate::cli;").is_empty());
    assert!(found("src/seed/plan/tests/flow.rs", "use crate::cli;").is_empty());
    assert_eq!(found("src/secret/tests.rs", "use crate::cli;").len(), 1, "those with a row for it");
}

#[test]
fn a_room_without_a_row_is_found() {
    let says = "src/shed.rs:1: the room `shed` has no row in tests/architecture.rs";
    assert_eq!(found("src/shed.rs", "//! Things.\n"), [says]);
}

#[test]
fn what_is_allowed_is_not_found() {
    let text =
        "//! See crate::cli.\nuse crate::{secret, seed::Plan};\n// crate::cli\npub(in crate::seed) fn f() {}";
    assert!(found("src/seed.rs", text).is_empty());
    assert!(found("src/seed/plan.rs", "use super::cli;").is_empty(), "a module of its own with that name");
}
