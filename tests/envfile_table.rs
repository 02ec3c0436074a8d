//! `assets/readers.md`: for every reader and kind of value, the form it is written in.
//!
//! Made from the models, so it says what the writer does, and held against them, so it cannot go
//! stale. Regenerate it with `UPDATE_TABLE=1 cargo test --test envfile_table`.

#![expect(clippy::unwrap_used, reason = "test helpers stand outside of #[test] functions")]

use std::fmt::Write;
use std::path::Path;

use devsecrets::envfile::{Change, Document, Effect, Reader, edit};
use devsecrets::secret::SecretValue;

const INTRODUCTION: &str = "# How values are written for each reader

What stands in an env file for a value of each kind, when the named program alone reads the file (first table),
and for programs that read it together (second table). The writer tries the forms in this order and takes the first
that every reader's model, reading the whole new file, takes for exactly the value. `no` means that there is no such form: the
variable is refused, and `encode = \"base64\"` in the profile, or `devsecrets run`, is the way.

This page is generated from the models: `UPDATE_TABLE=1 cargo test --test envfile_table`.
";

const LEGEND: [(&str, &str, &str); 15] = [
    ("bare", "`v`", "nothing around it"),
    ("single quotes", "`'v'`", "single quotes"),
    ("double quotes", "`\"v\"`", "double quotes"),
    ("escaped double quotes", "`\"\\v\"`", "double quotes; `\\`, `\"` and `$` escaped"),
    ("escaped double quotes and line ends", "`\"\\v\\n\"`", "the same, line ends as `\\n` and `\\r`"),
    ("double quotes with escaped line ends", "`\"v\\n\"`", "the same, `$` as it is"),
    ("backticks", "`` `v` ``", "backticks"),
    ("double quotes with line ends alone escaped", "`\"\\n\"`", "double quotes; only line ends escaped"),
    ("single quotes with escaped dollars", "`'\\$'`", "single quotes; `$` escaped"),
    ("double quotes with escaped dollars", "`\"\\$\"`", "double quotes; only `$` escaped"),
    ("backticks with escaped dollars", "`` `\\$` ``", "backticks; `$` escaped"),
    ("single quotes with escaped quotes", "`'\\''`", "single quotes; `'` escaped"),
    ("shell words", "`'v'\"'\"`", "pieces in both quotes, one behind the other"),
    ("shell double quotes", "`\"\\$\\v\"`", "double quotes; backticks escaped too"),
    ("bare as it is", "`v…`", "nothing around it, whatever it holds"),
];

const VALUES: [(&str, &str); 23] = [
    ("letters, digits, URL", "postgres://u:p%40s@h:5432/d"), // devsecrets:allow made up
    ("empty", ""),
    ("blanks inside", "two words"),
    ("blanks at the edges", " a b "),
    ("`#`", "a #b"),
    ("`$` and no name", "a$ 5"),
    ("`$NAME`", "a$NAME"),
    ("`${NAME}`", "a${NAME}"),
    ("`$(command)`", "a$(id)b"),
    ("`'`", "it's"),
    ("`\"`", "say \"hi\""),
    ("`` ` ``", "a`b"),
    ("`'` and `\"`", "it's \"it\""),
    ("`'`, `\"` and `` ` ``", "'\"`"),
    ("`'` and `$NAME`", "it's $NAME"),
    ("`\\` inside", "C:\\dir"),
    ("`\\n` as two characters", "a\\nb"),
    ("`\\` at the end", "dir\\"),
    ("JSON", "{\"key\": \"value\", \"n\": [1, 2]}"),
    ("PEM", "-----BEGIN KEY-----\nMIIB+/=\n-----END KEY-----\n"),
    ("line ends and `'`", "it's\nhere"),
    ("a carriage return", "a\rb"),
    ("beyond ASCII", "ключ 🦀"),
];

/// What the model was last held against by `tests/envfile_readers.rs`.
fn proof(reader: Reader) -> &'static str {
    match reader {
        Reader::NodeDotenv => "npm dotenv 18.0.10",
        Reader::NodeEnvFile => "node 20.20.2 and 24.21.0",
        Reader::PythonDotenv => "python-dotenv 1.2.2 and 1.2.4",
        Reader::Compose => "compose-go 2.13.0, its package `dotenv`",
        Reader::Shell => "bash 5.2, dash 0.5.12",
        Reader::Dotenvy => "dotenvy 0.15.7",
        Reader::DockerEnvFile => "docker 28.2.2, `create --env-file` against a stand-in engine",
        Reader::Next => "@next/env 16.4.6",
        Reader::Vite => "vite 8.3.8 on node 20.20.2 and 24.21.0",
        Reader::DotenvExpand => "dotenv-expand 12.0.3 and 1000.0.0",
        Reader::Dotenvx => "@dotenvx/dotenvx 2.38.2",
        Reader::Direnv => "direnv 2.32.1",
        Reader::Systemd => "libsystemd-shared 252; from 254 on by its source",
        Reader::Kubectl => "kubectl 1.32.4",
        Reader::Bun => "bun 1.3.14 and 1.4.5",
        Reader::Deno => "deno 2.7.5 and 2.9.6",
    }
}

const TOGETHER: [(&str, &[Reader]); 8] = [
    ("core (the default)", &Reader::CORE),
    ("node-dotenv, node-env-file", &[Reader::NodeDotenv, Reader::NodeEnvFile]),
    ("node-dotenv, compose", &[Reader::NodeDotenv, Reader::Compose]),
    ("python-dotenv, compose", &[Reader::PythonDotenv, Reader::Compose]),
    ("next, compose", &[Reader::Next, Reader::Compose]),
    ("dotenvy, shell", &[Reader::Dotenvy, Reader::Shell]),
    ("shell, direnv", &[Reader::Shell, Reader::Direnv]),
    ("every reader", &Reader::ALL),
];

/// The sign of the form, or `no`.
fn written(value: &str, readers: &[Reader]) -> &'static str {
    let change = Change { key: "KEY".to_owned(), value: SecretValue::new(value) };
    let edited = edit(&Document::parse(b""), &[change], readers);
    match edited.applied.first().map(|applied| applied.effect) {
        Some(Effect::Added(form)) => LEGEND.iter().find(|(name, ..)| *name == form).unwrap().1,
        _ => "no",
    }
}

fn table(page: &mut String, columns: &[(&str, &[Reader])]) {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    writeln!(page, "| value | {} |\n|---|{}", names.join(" | "), "---|".repeat(names.len())).unwrap();
    for (kind, value) in VALUES {
        let forms: Vec<&str> = columns.iter().map(|(_, readers)| written(value, readers)).collect();
        writeln!(page, "| {kind} | {} |", forms.join(" | ")).unwrap();
    }
}

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    page.push_str("\n## Signs\n\n| sign | form |\n|---|---|\n");
    for (_, sign, says) in LEGEND {
        writeln!(page, "| {sign} | {says} |").unwrap();
    }
    page.push_str("\n## Each reader alone\n\n");
    let alone: Vec<(&str, [Reader; 1])> = Reader::ALL.map(|reader| (reader.name(), [reader])).to_vec();
    let alone: Vec<(&str, &[Reader])> = alone.iter().map(|(name, one)| (*name, one.as_slice())).collect();
    table(&mut page, &alone);
    page.push_str("\n## Readers together\n\n");
    table(&mut page, &TOGETHER);
    page.push_str("\n## What the models were held against\n\n| reader | real program |\n|---|---|\n");
    for reader in Reader::ALL {
        writeln!(page, "| {reader} | {} |", proof(reader)).unwrap();
    }
    page
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the switch that rewrites the file is an environment variable")]
fn readers_md_is_what_the_models_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/readers.md");
    let wanted = page();
    if std::env::var_os("UPDATE_TABLE").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == wanted,
        "assets/readers.md is not what the models say; regenerate it with\n  \
         UPDATE_TABLE=1 cargo test --test envfile_table"
    );
}
