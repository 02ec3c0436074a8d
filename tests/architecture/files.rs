//! How a file is made: its name, its first line, its length, and what may not stand in it.

use super::source::{Broken, Source};

/// A rule about single files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A module's face stands beside its folder.
    ModFile,
    /// The name says what is in it.
    Vague,
    /// It opens with what it owns.
    Headless,
    /// No longer than [`LINES`]; with an exception [`AT_MOST`].
    Long,
    /// Longer than any exception allows.
    TooLong,
    /// Nothing is left for later.
    Unfinished,
    /// Only the faces' outermost files write to the terminal.
    Prints,
}

/// A rule, a file that breaks it, and why it may.
pub type Exception = (Rule, &'static str, &'static str);

const LINES: usize = 300;
const AT_MOST: usize = 400;
const VAGUE: [&str; 6] = ["util", "utils", "helper", "helpers", "manager", "misc"];
/// In two pieces, so that this file does not find itself.
const UNFINISHED: [&str; 3] = [concat!("todo", "!"), concat!("unimplemented", "!"), concat!("#[", "ignore")];
const PRINTS: [&str; 4] = ["print!(", "println!(", "stdout()", "stderr()"];

/// Every broken rule without an exception, and every exception without a broken rule.
pub fn check(sources: &[Source], exceptions: &[Exception]) -> Vec<Broken> {
    let broken: Vec<(Rule, Broken)> = sources.iter().flat_map(broken).collect();
    let excepts =
        |(rule, at): &(Rule, Broken), (other, path, _): &Exception| rule == other && at.path == *path;
    let stale = exceptions.iter().filter(|exception| !broken.iter().any(|one| excepts(one, exception)));
    let stale: Vec<Broken> = stale
        .map(|(rule, path, _)| {
            Source::new(path, "").broken(1, format!("needs no exception {rule:?} any more"))
        })
        .collect();
    let unexcused = broken.into_iter().filter(|one| !exceptions.iter().any(|other| excepts(one, other)));
    unexcused.map(|(_, broken)| broken).chain(stale).collect()
}

fn broken(source: &Source) -> Vec<(Rule, Broken)> {
    let mut all = Vec::new();
    let mut add = |rule, line, says: String| all.push((rule, source.broken(line, says)));
    let stem = source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
    if stem == "mod" {
        add(Rule::ModFile, 1, "a module's face stands beside its folder: name.rs and name/".to_owned());
    }
    if stem.split('_').any(|word| VAGUE.contains(&word)) {
        add(Rule::Vague, 1, format!("`{stem}` does not say what is in it"));
    }
    if !source.text.starts_with("//!") {
        add(Rule::Headless, 1, "opens without a `//!` that says what it owns".to_owned());
    }
    match source.text.lines().count() {
        0..=LINES => {}
        lines @ ..=AT_MOST => add(Rule::Long, lines, format!("{lines} lines, of {LINES}")),
        lines => add(Rule::TooLong, lines, format!("{lines} lines, of {AT_MOST} at the very most")),
    }
    for (line, code) in source.code() {
        if let Some(found) = UNFINISHED.iter().find(|word| code.contains(**word)) {
            add(Rule::Unfinished, line, format!("`{found}` leaves something for later"));
        }
        if source.path.starts_with("src/") && prints(code) {
            add(
                Rule::Prints,
                line,
                "writes to the terminal; cli/output.rs and tui/terminal.rs do that".to_owned(),
            );
        }
    }
    all
}

/// To ask whether there is a terminal is not to write to it.
fn prints(code: &str) -> bool {
    let code = code.replace("stdout().is_terminal()", "").replace("stderr().is_terminal()", "");
    PRINTS.iter().any(|word| code.contains(word))
}

fn found(path: &str, text: &str) -> Vec<Rule> {
    broken(&Source::new(path, text)).into_iter().map(|(rule, _)| rule).collect()
}

#[test]
fn each_rule_finds_a_bad_example() {
    let lines = |count| "//! Long.\n".repeat(count);
    assert_eq!(found("src/seed/mod.rs", "//! Seeds."), [Rule::ModFile]);
    assert_eq!(found("src/seed/path_utils.rs", "//! Paths."), [Rule::Vague]);
    assert_eq!(found("src/seed.rs", "use std::fs;"), [Rule::Headless]);
    assert_eq!(found("src/seed.rs", &lines(301)), [Rule::Long]);
    assert_eq!(found("src/seed.rs", &lines(401)), [Rule::TooLong]);
    assert_eq!(
        found("tests/seed.rs", &format!("//! Seeds.\n{}(\"later\")", UNFINISHED[0])),
        [Rule::Unfinished]
    );
    assert_eq!(
        found("tests/seed.rs", &format!("//! Seeds.\n{} = \"slow\"]", UNFINISHED[2])),
        [Rule::Unfinished]
    );
    for line in ["eprintln!(\"seeded\");", "write!(io::stdout(), \"seeded\")"] {
        assert_eq!(found("src/seed.rs", &format!("//! Seeds.\n{line}")), [Rule::Prints], "{line}");
    }
}

#[test]
fn a_good_file_breaks_nothing() {
    let text = "//! Seeds.\n// println!(\"never\")\nfn f() -> bool { io::stdout().is_terminal() }\n";
    assert!(found("src/seed.rs", text).is_empty());
    assert!(found("tests/seed.rs", "//! Tests may print.\nprintln!(\"seeded\");\n").is_empty());
}

#[test]
fn an_exception_holds_for_its_file_and_rule_until_it_is_stale() {
    let long = "//! Long.\n".repeat(350);
    let excused = [(Rule::Long, "src/seed.rs", "its reason")];
    let check = |path: &str, text: &str| -> Vec<String> {
        super::files::check(&[Source::new(path, text)], &excused).iter().map(Broken::to_string).collect()
    };
    assert!(check("src/seed.rs", &long).is_empty());
    assert_eq!(check("src/seed.rs", "//! Short."), ["src/seed.rs:1: needs no exception Long any more"]);
    assert_eq!(check("src/plan.rs", &long).len(), 2, "the other file, and the exception it leaves stale");
}
