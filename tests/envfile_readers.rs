//! The models of `envfile/readers/` against the programs themselves.
//!
//! Every program gets all cases in one run. A program that is not installed is skipped loudly.

#![expect(clippy::unwrap_used, reason = "test helpers stand outside of #[test] functions")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use devsecrets::envfile::readers::Dialect;
use devsecrets::envfile::{Change, Document, Reader, edit};
use devsecrets::secret::SecretValue;

#[path = "envfile_readers/cases.rs"]
mod cases;
#[path = "support/parts.rs"]
mod parts;
#[path = "envfile_readers/programs.rs"]
mod programs;

/// What a program set, or `None` if it failed or complained.
type Seen = Option<BTreeMap<String, Vec<u8>>>;

/// All cases as files, so that a program can read them in one run.
struct Files {
    folder: tempfile::TempDir,
    texts: Vec<Vec<u8>>,
}

impl Files {
    fn new(texts: Vec<Vec<u8>>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (index, text) in texts.iter().enumerate() {
            write(&folder.path().join(index.to_string()), text);
        }
        Self { folder, texts }
    }

    fn paths(&self) -> Vec<PathBuf> {
        (0..self.texts.len()).map(|index| self.folder.path().join(index.to_string())).collect()
    }
}

fn write(path: &Path, bytes: &[u8]) {
    use std::io::Write;
    std::fs::File::create(path).unwrap().write_all(bytes).unwrap();
}

fn model(dialect: &Dialect, text: &[u8]) -> Seen {
    let readings = dialect.read(text).ok()?;
    Some(readings.iter().map(|(key, value)| (key.to_owned(), value.to_vec())).collect())
}

fn compare(dialect: &Dialect, program: &str, texts: &[Vec<u8>], seen: &[Seen]) {
    assert_eq!(texts.len(), seen.len(), "{program} read every file");
    let differ = |(text, real): (&Vec<u8>, &Seen)| {
        let model = model(dialect, text);
        (model != *real)
            .then(|| format!("{}\n   model {}\n    real {}", show(text), shown(&model), shown(real)))
    };
    let mut wrong: Vec<String> = texts.iter().zip(seen).filter_map(differ).collect();
    let count = wrong.len();
    wrong.truncate(12);
    assert!(wrong.is_empty(), "{program}: {count} of {} differ\n{}", texts.len(), wrong.join("\n"));
}

fn show(bytes: &[u8]) -> String {
    format!("{:?}", String::from_utf8_lossy(bytes))
}

fn shown(seen: &Seen) -> String {
    let Some(values) = seen else { return "refused".to_owned() };
    let pairs: Vec<String> = values.iter().map(|(key, value)| format!("{key}={}", show(value))).collect();
    pairs.join(" ")
}

/// Each program with its model, where the program is installed.
fn check_all(texts: Vec<Vec<u8>>) {
    let files = Files::new(texts);
    if let Some(seen) = programs::node_dotenv(&files.paths()) {
        compare(&Reader::NodeDotenv.dialects()[0], "npm dotenv", &files.texts, &seen);
    }
    if let Some(seen) = programs::python_dotenv(&files.paths()) {
        compare(&Reader::PythonDotenv.dialects()[0], "python-dotenv", &files.texts, &seen);
    }
    let seen: Vec<Seen> = files.texts.iter().map(|text| programs::dotenvy(text)).collect();
    compare(&Reader::Dotenvy.dialects()[0], "dotenvy", &files.texts, &seen);
    check_stricter_models(files.texts);
}

/// Where a reference stands the model holds NUL and the name's own value; there it claims nothing.
fn compare_expander(dialect: &Dialect, program: &str, texts: &[Vec<u8>], seen: &[Seen]) {
    for (text, real) in texts.iter().zip(seen) {
        let (Some(model), Some(real)) = (model(dialect, text), real) else {
            panic!("{program} takes any file")
        };
        for (key, value) in model.iter().filter(|(_, value)| !value.contains(&0)) {
            let real = real.get(key).map(|value| show(value));
            assert_eq!(real, Some(show(value)), "{program} reads {key} of {}", show(text));
        }
    }
}

#[test]
fn next_expands_what_the_model_says_it_does() {
    let mut texts = cases::values_in_forms();
    texts.extend(cases::dollars());
    let files = Files::new(texts);
    if let Some(seen) = programs::next_env(&files.paths()) {
        compare_expander(&Reader::Next.dialects()[0], "@next/env", &files.texts, &seen);
    }
}

/// These models refuse more than the programs: what would run a command, or is undefined.
fn check_stricter_models(texts: Vec<Vec<u8>>) {
    let [node_20, node_22] = Reader::NodeEnvFile.dialects() else { panic!("node has two dialects") };
    for (program, major) in programs::nodes_with_parse_env() {
        let dialect = if major < 22 { node_20 } else { node_22 };
        let files = Files::new(modelled(dialect, &texts));
        let seen = programs::parse_env(&program, &files.paths());
        compare(dialect, &format!("node {major}"), &files.texts, &seen);
    }
    let shell = &Reader::Shell.dialects()[0];
    let files = Files::new(modelled(shell, &texts));
    for program in ["bash", "dash"] {
        if let Some(seen) = programs::shell(program, &files.paths()) {
            compare(shell, program, &files.texts, &seen);
        }
    }
}

fn modelled(dialect: &Dialect, texts: &[Vec<u8>]) -> Vec<Vec<u8>> {
    texts.iter().filter(|text| dialect.read(text).is_ok()).cloned().collect()
}

#[test]
fn hard_values_in_every_form() {
    check_all(cases::values_in_forms());
}

#[test]
fn odd_files() {
    check_all(cases::odd_files());
}

#[test]
fn random_texts() {
    check_all(cases::random_texts(400));
}

/// What the writer wrote is read by the programs as the value, with the neighbours unharmed.
#[test]
fn what_the_writer_wrote() {
    let before = b"FIRST=1\n# it's a \"note\"\nKEY=old # why\nNEXT='x y'\nLAST=\"z\"\n";
    let document = Document::parse(before);
    let (mut texts, mut values) = (Vec::new(), Vec::new());
    for value in cases::HARD_VALUES {
        for key in ["KEY", "NEW"] {
            let change = Change { key: key.to_owned(), value: SecretValue::new(*value) };
            let edited = edit(&document, &[change], &Reader::CORE);
            if edited.refused.is_empty() {
                texts.push(edited.document.bytes().to_vec());
                values.push((key, *value));
            }
        }
    }
    assert!(texts.len() > cases::HARD_VALUES.len(), "more than half can be written");
    let files = Files::new(texts);
    for (program, seen) in programs::every_core_program(&files.paths()) {
        for ((key, value), seen) in values.iter().zip(&seen) {
            let seen = seen.as_ref().unwrap_or_else(|| panic!("{program} refuses {value:?}"));
            assert_eq!(seen.get(*key).map(|seen| show(seen)), Some(format!("{value:?}")), "{program}");
            for (neighbour, text) in [("FIRST", "1"), ("NEXT", "x y"), ("LAST", "z")] {
                assert_eq!(seen.get(neighbour).map(Vec::as_slice), Some(text.as_bytes()), "{program}");
            }
        }
    }
}

/// `util.parseEnv` stands for `--env-file` in the other tests; here is the flag itself.
#[test]
fn the_env_file_flag_is_parse_env() {
    let text = b"A='x y' # c\nB=\"l1\\nl2\"\nC=`it's \"q\"`\nexport D=1\n";
    let files = Files::new(vec![text.to_vec()]);
    for (program, _) in programs::nodes_with_parse_env() {
        let by_flag = programs::env_file_flag(&program, &files.paths()[0], &["A", "B", "C", "D"]);
        assert_eq!(Some(by_flag), programs::parse_env(&program, &files.paths())[0]);
    }
}
