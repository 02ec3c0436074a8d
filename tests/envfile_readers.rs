//! The models of `envfile/readers/` against the programs themselves.
//!
//! Every program gets all cases in one run, where it can. A program that is not installed is skipped
//! loudly: npm packages are looked for in `node/`, a newer node in `node-new/`, `python-dotenv` in
//! `venv/` and compose-go in `compose-env` beneath `$DEVSECRETS_TEST_PARTS` or `target/test-parts`;
//! shells, direnv, kubectl, docker and systemd's library where the system has them.

#![expect(clippy::unwrap_used, reason = "test helpers stand outside of #[test] functions")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use devsecrets::envfile::readers::Dialect;
use devsecrets::envfile::{Change, Document, Reader, edit};
use devsecrets::secret::SecretValue;

#[path = "envfile_readers/cases.rs"]
mod cases;
#[path = "envfile_readers/loaders.rs"]
mod loaders;
#[path = "support/parts.rs"]
mod parts;
#[path = "envfile_readers/programs.rs"]
mod programs;
#[path = "envfile_readers/raw.rs"]
mod raw;
#[path = "envfile_readers/runtimes.rs"]
mod runtimes;

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
    for (dialect, venv) in Reader::PythonDotenv.dialects().iter().zip(programs::PYTHONS) {
        if let Some(seen) = programs::python_dotenv(venv, &files.paths()) {
            compare(dialect, dialect.name, &files.texts, &seen);
        }
    }
    let seen: Vec<Seen> = files.texts.iter().map(|text| programs::dotenvy(text)).collect();
    compare(&Reader::Dotenvy.dialects()[0], "dotenvy", &files.texts, &seen);
    check_stricter_models(files.texts);
}

/// Where a reference stands the model holds NUL and the name's own value; there it claims nothing.
fn compare_expander(dialect: &Dialect, program: &str, texts: &[Vec<u8>], seen: &[Seen]) {
    assert_eq!(texts.len(), seen.len(), "{program} read every file");
    for (text, real) in texts.iter().zip(seen) {
        let real = real.as_ref().unwrap_or_else(|| panic!("{program} takes any file"));
        let Some(model) = model(dialect, text) else {
            assert!(real.is_empty(), "{program} reads {}", show(text));
            continue;
        };
        let unknown = real.keys().find(|key| !model.contains_key(*key));
        assert_eq!(unknown, None, "{program} sets one more from {}", show(text));
        for (key, value) in model.iter().filter(|(_, value)| !value.contains(&0)) {
            let real = real.get(key).map(|value| show(value));
            assert_eq!(real, Some(show(value)), "{program} reads {key} of {}", show(text));
        }
    }
}

/// Values in every form, dollars in all quotes, and files of every odd kind.
fn texts_for_expanders() -> Vec<Vec<u8>> {
    [cases::values_in_forms(), cases::dollars(), cases::odd_files(), cases::random_texts(200)].concat()
}

#[test]
fn expanders_do_what_the_models_say() {
    let files = Files::new(texts_for_expanders());
    let [expand_12, expand_1000] = Reader::DotenvExpand.dialects() else { panic!("two dialects") };
    let programs = [
        (&Reader::Next.dialects()[0], "@next/env", programs::next_env(&files.paths())),
        (expand_12, "dotenv-expand 12", loaders::dotenv_expand("dotenv-expand", &files.paths())),
        (expand_1000, "dotenv-expand 1000", loaders::dotenv_expand("dotenv-expand-1000", &files.paths())),
        (&Reader::Dotenvx.dialects()[0], "dotenvx", loaders::dotenvx(&files.paths())),
    ];
    for (dialect, program, seen) in programs {
        if let Some(seen) = seen {
            compare_expander(dialect, program, &files.texts, &seen);
        }
    }
}

#[test]
fn vite_expands_on_every_node() {
    let [node_20, node_22] = Reader::Vite.dialects() else { panic!("vite has two dialects") };
    for node in [programs::node(), programs::newer_node()].into_iter().flatten() {
        let dialect = if node.1 < 22 { node_20 } else { node_22 };
        let files = Files::new(modelled(dialect, &texts_for_expanders()));
        if let Some(seen) = loaders::vite(&node, &files.paths()) {
            compare_expander(dialect, &format!("vite on node {}", node.1), &files.texts, &seen);
        }
    }
}

#[test]
fn direnv_and_systemd_and_compose() {
    let mut texts = [texts_for_expanders(), cases::random_texts(600)].concat();
    let files = Files::new(texts.clone());
    if let Some(seen) = loaders::compose(&files.paths()) {
        compare(&Reader::Compose.dialects()[0], "compose-go", &files.texts, &seen);
    }
    // What becomes of a name the shell does not take depends on the order of a Go map.
    let has_odd_name = |text: &Vec<u8>| text.windows(4).any(|part| part == b"A.B=" || part == b"1A=1");
    let files = Files::new(texts.iter().filter(|text| !has_odd_name(text)).cloned().collect());
    if let Some(seen) = loaders::direnv(&files.paths()) {
        compare(&Reader::Direnv.dialects()[0], "direnv", &files.texts, &seen);
    }
    texts.extend(cases::systemd_files());
    let files = Files::new(texts);
    if let Some(seen) = loaders::systemd(&files.paths()) {
        compare(&Reader::Systemd.dialects()[0], "systemd 252", &files.texts, &seen);
    }
}

#[test]
fn clients_without_quotes() {
    // They start once for each file: every other odd one, so that each line still comes twice.
    let odd: Vec<Vec<u8>> = cases::odd_files().into_iter().step_by(2).collect();
    let files = Files::new([cases::bare_values(), odd].concat());
    if let Some(seen) = raw::kubectl(&files.paths()) {
        compare(&Reader::Kubectl.dialects()[0], "kubectl", &files.texts, &seen);
    }
    if let Some(seen) = raw::docker(&files.paths()) {
        compare(&Reader::DockerEnvFile.dialects()[0], "docker", &files.texts, &seen);
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

/// Files the writer made, with the key and the value that each was made for.
struct Written {
    files: Files,
    values: Vec<(&'static str, &'static str)>,
}

impl Written {
    fn new(readers: &[Reader]) -> Self {
        let document = Document::parse(BEFORE);
        let (mut texts, mut values) = (Vec::new(), Vec::new());
        for value in cases::HARD_VALUES {
            for key in ["KEY", "NEW"] {
                let change = Change { key: key.to_owned(), value: SecretValue::new(*value) };
                let edited = edit(&document, &[change], readers);
                if edited.refused.is_empty() {
                    texts.push(edited.document.bytes().to_vec());
                    values.push((key, *value));
                }
            }
        }
        assert!(2 * texts.len() > cases::HARD_VALUES.len(), "{readers:?}: a good part can be written");
        Self { files: Files::new(texts), values }
    }

    /// Each is read as the value, with the neighbours unharmed.
    fn is_read_by(&self, program: &str, seen: &[Seen]) {
        assert_eq!(self.values.len(), seen.len(), "{program} read every file");
        for ((key, value), seen) in self.values.iter().zip(seen) {
            let seen = seen.as_ref().unwrap_or_else(|| panic!("{program} refuses {value:?}"));
            assert_eq!(seen.get(*key).map(|seen| show(seen)), Some(format!("{value:?}")), "{program}");
            for (neighbour, text) in [("FIRST", "1"), ("NEXT", "x y"), ("LAST", "z")] {
                assert_eq!(seen.get(neighbour).map(Vec::as_slice), Some(text.as_bytes()), "{program}");
            }
        }
    }
}

const BEFORE: &[u8] = b"FIRST=1\n# it's a \"note\"\nKEY=old # why\nNEXT='x y'\nLAST=\"z\"\n";

#[test]
fn what_the_writer_wrote() {
    let written = Written::new(&Reader::CORE);
    for (program, seen) in programs::every_core_program(&written.files.paths()) {
        written.is_read_by(&program, &seen);
    }
}

#[test]
fn what_the_writer_wrote_for_one_reader() {
    type Load = fn(&[PathBuf]) -> Option<Vec<Seen>>;
    let programs: [(Reader, &str, Load); 12] = [
        (Reader::Next, "@next/env", programs::next_env),
        (Reader::Vite, "vite", |files| loaders::vite(&programs::node()?, files)),
        (Reader::DotenvExpand, "dotenv-expand 12", |files| loaders::dotenv_expand("dotenv-expand", files)),
        (Reader::DotenvExpand, "dotenv-expand 1000", |files| {
            loaders::dotenv_expand("dotenv-expand-1000", files)
        }),
        (Reader::Dotenvx, "dotenvx", loaders::dotenvx),
        (Reader::Compose, "compose-go", loaders::compose),
        (Reader::Direnv, "direnv", loaders::direnv),
        (Reader::Systemd, "systemd", loaders::systemd),
        (Reader::Bun, "bun 1.3", |files| loaders::bun("bun-1.3", files)),
        (Reader::Bun, "bun", |files| loaders::bun("bun", files)),
        (Reader::Deno, "deno 2.7", |files| loaders::deno("deno-2.7", files)),
        (Reader::Deno, "deno", |files| loaders::deno("deno", files)),
    ];
    for (reader, program, load) in programs {
        let written = Written::new(&[reader]);
        if let Some(seen) = load(&written.files.paths()) {
            written.is_read_by(program, &seen);
        }
    }
}
