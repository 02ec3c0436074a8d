//! `audit`: exit codes, text and JSON, the baseline, and that no value is ever shown.

use insta::assert_snapshot;

use crate::support::{Case, ONE_SERVICE, Run};

/// A token that is put together here, so that this file holds none.
fn token() -> String {
    ["gh", "p_", "A1b2C3d4E5f6G7h8I9", "j0K1l2M3n4O5p6Q7r8"].concat()
}

fn silent(run: Run) -> Run {
    assert!(!run.raw.contains(&token()[4..16]) && !run.raw.contains(&token()[28..]), "{run}");
    run
}

fn leaky() -> Case {
    let case =
        Case::empty().file("notes.md", &format!("call it with {}\n", token())).file("api/.env", "PORT=1\n");
    case.git(&["add", "--all"]);
    case
}

#[test]
fn a_clean_tree_is_good_and_says_how_much_was_read() {
    let case = Case::empty().file("a.txt", "nothing\n");
    case.git(&["add", "a.txt"]);
    assert_snapshot!(case.run(&["audit"]).exits(0));
    assert_eq!(case.run(&["scan", "--json"]).exits(0).json()["files"], 1);
}

#[test]
fn findings_are_told_with_their_place_and_next_step_and_without_their_value() {
    let case = leaky();
    assert_snapshot!(silent(case.run(&["audit"]).exits(1)));
    assert_snapshot!("staged_as_json", silent(case.run(&["audit", "--staged", "--json"]).exits(1)));
    silent(case.run(&["audit", "--color", "always", "notes.md"]).exits(1));
    silent(case.run_with(&token(), &["audit", "--stdin"]).exits(1).says("stdin:1:1"));
    assert_snapshot!("annotations", silent(case.run(&["audit", "--format", "github"]).exits(1)));
    let run = silent(case.run(&["audit", "--format", "sarif"]).exits(1));
    assert_eq!(run.json()["runs"][0]["results"].as_array().unwrap().len(), 2);
}

#[test]
fn nothing_read_is_an_error_on_a_build_machine_alone() {
    assert_snapshot!(Case::empty().run(&["audit"]).exits(0));
    Case::empty().with("CI", "true").run(&["audit"]).exits(2).says("DS-AUDIT-06");
}

#[test]
fn what_cannot_be_looked_at_is_no_success() {
    let case = Case::empty();
    case.run(&["audit", "nowhere"]).exits(2).says("DS-AUDIT-09");
    case.run(&["audit", "--commits", "nowhere..HEAD"]).exits(2).says("DS-AUDIT-08");
    case.run(&["audit", "--baseline", "nowhere"]).exits(2).says("DS-AUDIT-09");
    std::fs::remove_dir_all(case.path(".git")).unwrap();
    case.run(&["audit"]).exits(2).says("DS-AUDIT-07");
}

#[test]
fn the_baseline_accepts_what_was_there_and_nothing_new() {
    let case = leaky();
    let run = silent(case.run(&["audit", "--update-baseline"]).exits(0).says("accepts 2"));
    assert!(
        run.out.contains("0 findings") && !run.out.contains("next:"),
        "accepted, so none any more: {run}"
    );
    assert_eq!(run.out.matches("is accepted from now on").count(), 2, "{run}");
    silent(case.run(&["audit"]).exits(0).says("2 accepted by the baseline"));
    let first = case.read(".devsecrets-baseline");
    assert!(!first.contains(&token()[4..12]));
    case.write("moved.md", &format!("\n\n{}\n", token()));
    case.write("new.md", &token().replace("A1b2", "B2c3"));
    case.git(&["add", "--all"]);
    let told = silent(case.run(&["audit"]).exits(1));
    assert!(told.out.contains("new.md") && !told.out.contains("moved.md"), "{told}");
    case.write("new.md", "");
    case.run(&["audit", "--update-baseline"]).exits(0);
    assert_eq!(case.read(".devsecrets-baseline"), first, "what did not change is not written anew");
    case.write(".devsecrets-baseline", "<<<<<<< HEAD\n");
    case.run(&["audit"]).exits(2).says("DS-AUDIT-11");
}

#[test]
fn one_finding_is_accepted_by_its_place_and_taken_back() {
    let case = leaky();
    case.write("copy.md", &token());
    case.git(&["add", "--all"]);
    let run = silent(case.run(&["audit", "--allow", "notes.md:1"]).exits(0).says("accepted from now on"));
    assert!(run.out.contains("notes.md:1:14"), "{run}");
    let told = silent(case.run(&["audit"]).exits(1).says("2 accepted by the baseline"));
    assert!(
        told.out.contains("api/.env") && !told.out.contains("notes.md"),
        "the value, wherever it is: {told}"
    );
    case.run(&["audit", "--allow", "notes.md:7"]).exits(2).says("DS-AUDIT-18");
    case.run(&["audit", "--allow", "api/.env:1:1", "--disallow", "notes.md:1"]).exits(2);
    case.run(&["audit", "--allow", "api/.env:1:1"]).exits(0);
    case.run(&["audit"]).exits(0);
    let run = silent(case.run(&["audit", "--disallow", "notes.md:1", "--json"]).exits(0));
    assert_eq!(run.json()["disallowed"][0]["path"], "notes.md");
    case.run(&["audit"]).exits(1).says("notes.md");
    case.run(&["audit", "--disallow", "api/.env:1"]).exits(0);
    assert!(!case.path(".devsecrets-baseline").exists());
}

#[test]
fn a_place_is_opened_in_the_persons_editor() {
    let case = leaky().with("VISUAL", "").with("EDITOR", "echo opened");
    let run = case.run(&["audit", "--open", "notes.md:1:14"]).exits(0);
    assert!(run.out.contains("opened ") && run.out.trim_end().ends_with("notes.md"), "{run}");
    case.run(&["audit", "--open", "notes.md"]).exits(2).says("DS-AUDIT-18");
    case.run(&["audit", "--open", "gone.md:1"]).exits(2).says("DS-AUDIT-20").says("git show :gone.md");
    case.with("EDITOR", "")
        .run(&["audit", "--open", "notes.md:1"])
        .exits(2)
        .says("DS-AUDIT-19")
        .says("VISUAL");
}

/// What the audit of the history lists is found again by the place it lists.
#[test]
fn a_place_in_a_commit_says_how_to_see_it() {
    let case = leaky();
    case.git(&["-c", "user.name=A", "-c", "user.email=a@acme.io", "commit", "--quiet", "--message", "x"]);
    case.git(&["rm", "--quiet", "notes.md"]);
    let told = silent(case.run(&["audit", "--history", "--json"]).exits(1));
    let leaks = told.json()["findings"].as_array().unwrap().clone();
    let leak = leaks.iter().find(|leak| leak["path"] == "notes.md").unwrap();
    let commit = &leak["commit"].as_str().unwrap()[..10];
    let run = case.run(&["audit", "--open", &format!("{commit}:notes.md:1:14")]).exits(2);
    run.says("DS-AUDIT-20").says(&format!("git show {commit}:notes.md"));
    let run = case.run(&["audit", "--commits", "nowhere..HEAD"]).exits(2).says("DS-AUDIT-08");
    run.says("nowhere..HEAD").says("git log --oneline --all");
}

#[test]
fn a_value_that_a_service_ran_with_is_recognised_without_keychain_or_store() {
    let value = "c4nary-Zq81-of-the-shop";
    let case = Case::with_profile(ONE_SERVICE).file("api/.env", &format!("API_KEY={value}\n"));
    case.run(&["run", "--offline", "--", "true"]).exits(0);
    let kept = std::fs::read_to_string(case.state("audit.json")).unwrap();
    assert!(kept.contains("API_KEY") && !kept.contains("c4nary"));
    let hex: String = value.bytes().map(|byte| format!("{byte:02x}")).collect();
    case.write("notes/log.txt", &format!("sent {hex} to it # gitleaks:allow\n"));
    let run =
        case.run(&["audit", "notes"]).exits(1).says("notes/log.txt:1:6: API_KEY of api (shop), from file");
    case.run(&["audit", "notes", "--allow", "notes/log.txt:1:6"]).exits(2).says("DS-AUDIT-17");
    assert!(!run.raw.contains("c4nary") && !run.raw.contains(&hex), "{run}");
}

#[test]
fn the_first_audit_knows_what_stands_in_the_env_files_and_the_next_what_stood_there() {
    let (value, other) = ("$c4nary-Zq81<of>the-shop", "c4nary-other-9Tk3-of-it");
    let case = Case::with_profile(ONE_SERVICE).file("api/.env", &format!("API_KEY='{value}'\n"));
    case.write("notes/log.txt", &format!("{value} # devsecrets:allow API_KEY\n{other}\n"));
    let run =
        case.run(&["audit", "notes"]).exits(1).says("notes/log.txt:1:1: API_KEY of api (shop), from file");
    assert!(!run.raw.contains("c4nary"), "{run}");
    case.write("api/.env", &format!("API_KEY={other}\n"));
    case.run(&["status", "--offline"]);
    let run =
        case.run(&["audit", "notes"]).exits(1).says("notes/log.txt:1:1: former value of API_KEY of api");
    run.says("notes/log.txt:2:1: API_KEY of api").says("former API_KEY is revoked");
}

/// Its `[audit]` table.
fn profiled(table: &str) -> Case {
    let case = Case::with_profile(&format!("{ONE_SERVICE}\n[audit]\n{table}\n"));
    case.write("a.dump", "x");
    case.write("sub/ok.dump", "x");
    case.write("b.txt", "acme-471100\n");
    case.git(&["add", "--all"]);
    case
}

const TABLE: &str = "tracked = ['*.dump']\nexcept = ['ok.dump', 'notes/']\npatterns = ['acme-[0-9]{6}']";

#[test]
fn the_profile_adds_to_what_is_looked_for() {
    let case = profiled(TABLE);
    let run = case.run(&["audit"]).exits(1).says("a.dump:1:1").says("profile-file");
    let run = run.says("b.txt:1:1").says("profile-pattern");
    assert!(!run.out.contains("ok.dump") && !run.out.contains("devsecrets.toml:"), "{run}");
    let staged = case.run(&["audit", "--staged"]).exits(1);
    assert_eq!(staged.out.matches("next:").count(), 2, "{staged}");
    let plain = case.run(&["audit", "."]).exits(1);
    assert!(!plain.out.contains("profile-file"), "on disk it may be: {plain}");
}

#[test]
fn a_profile_lets_no_own_value_pass() {
    let value = "c4nary-Zq81-of-the-shop";
    let case = profiled(TABLE).file("api/.env", &format!("API_KEY={value}\n"));
    case.run(&["run", "--offline", "--", "true"]).exits(0);
    case.write("notes/log.txt", value);
    case.git(&["add", "notes"]);
    case.write(".gitleaksignore", "notes/log.txt:own-value:1\nb.txt:profile-pattern:1\ngone.txt:jwt:7\n");
    let run = case.run(&["audit"]).exits(1).says("API_KEY of api (shop), from file");
    assert!(!run.raw.contains("c4nary") && !run.out.contains("b.txt"), "{run}");
    run.says("1 ignored, by a comment or .gitleaksignore");
}

#[test]
fn a_pattern_that_cannot_be_used_is_told_with_its_place() {
    let case = profiled("patterns = ['good', '(']");
    let line =
        case.read("devsecrets.toml").lines().position(|line| line.starts_with("patterns")).unwrap() + 1;
    case.run(&["audit"]).exits(2).says(&format!("devsecrets.toml:{line}:21")).says("DS-PROFILE-05");
    let case = profiled("tracked = ['a', '[']");
    case.run(&["profile", "lint"]).exits(1).says("a bracket is not closed");
}

const RULES: &str = "
[[rules]]
id = \"acme-key\"
regex = \"acme_([a-z0-9]{8})\"
keywords = [\"acme_\"]
";

#[test]
fn the_rules_of_a_company_come_along() {
    let case = Case::empty().file("a.txt", "key: acme_q7w8e9r1\n").file("more.toml", RULES);
    case.git(&["add", "--all"]);
    case.run(&["audit"]).exits(0);
    case.run(&["audit", "--rules", "more.toml"]).exits(1).says("acme-key");
    case.write(".gitleaks.toml", RULES);
    case.run(&["audit"]).exits(1).says("acme-key");
    let run = case.run_with("acme_q7w8e9r1", &["audit", "--stdin=x"]).exits(1);
    assert!(!run.raw.contains("q7w8e9r1"), "{run}");
    let broken = "[[rules]]\nid = \"back\"\nregex = '(a)\\1'\n";
    case.write(".gitleaks.toml", &format!("{RULES}{broken}"));
    case.run(&["audit"]).exits(1).says("DS-AUDIT-14").says("rule `back`");
    case.run(&["audit", "more.toml"]).exits(2).says("DS-AUDIT-14");
    case.write(".gitleaks.toml", "[allowlist]\npaths = ['^a']\n");
    case.run(&["audit"]).exits(0);
    case.write(".gitleaks.toml", "rules = [");
    case.run(&["audit"]).exits(2).says("DS-AUDIT-10");
    case.run(&["audit", "--rules", "nowhere.toml"]).exits(2).says("DS-AUDIT-09");
}

#[test]
fn what_was_typed_into_shells_is_looked_at_on_request() {
    let case = Case::empty().with("HISTFILE", "typed");
    case.run(&["audit", "--shell-history"]).exits(0).says("DS-AUDIT-06");
    std::fs::write(case.home("typed"), format!("ls\ncurl -H 'x: {}'\n", token())).unwrap();
    let value = ["kJ8vQ2mZ", "r7Lx0TfWb5Nc"].concat();
    let line = format!(": 1700000000:0;export SESSION_SECRET={value}\n");
    std::fs::write(case.home(".zsh_history"), line).unwrap();
    let run = silent(case.run(&["audit", "--shell-history"]).exits(1));
    let told = run.says("typed:2:13").says(".zsh_history:1:38");
    assert!(!told.raw.contains("kJ8vQ2"), "{told}");
}

#[test]
fn our_own_repository_is_clean() {
    let mut audit = Case::empty().command(&["audit", "--color", "never"]);
    let folders =
        ["src", "tests", "benches", "fuzz", "profiles", "README.md", "SECURITY.md", "CONTRIBUTING.md"];
    let output = audit.args(folders).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// What a comment lets pass is no secret from whoever reads the verdict.
#[test]
fn what_a_comment_lets_pass_is_counted() {
    let case = Case::empty().file("notes.md", &format!("call it with {} # gitleaks:allow\n", token()));
    case.git(&["add", "--all"]);
    let run = silent(case.run(&["audit"]).exits(0).says("1 ignored, by a comment or .gitleaksignore"));
    assert!(run.out.contains("0 findings; 1 file read"), "{run}");
    assert_eq!(case.run(&["audit", "--json"]).exits(0).json()["ignored"], 1);
}

#[test]
fn one_output_has_one_form() {
    let case = Case::empty().file("a.txt", "nothing\n");
    for form in ["sarif", "github"] {
        let run = case.run(&["audit", "a.txt", "--json", "--format", form]).exits(2);
        assert!(run.raw.contains("DS-AUDIT-21"), "{run}");
    }
    case.run(&["audit", "a.txt", "--json", "--format", "text"]).exits(0);
}
