//! The person's editor, opened at a place.
//!
//! `$VISUAL`, else `$EDITOR`, split into words as a shell would and never handed to one, so that nothing in the name of a
//! file means anything. How a line is named depends on the editor; one nobody knows gets the file alone.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::finding::{Finding, Remedy};
use crate::run::accompany;
use crate::settings::Settings;

/// An editor, and the place it is to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    words: Vec<OsString>,
    /// Its program, for people.
    name: String,
}

/// A place in a file, both from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub file: PathBuf,
    pub line: usize,
    pub column: usize,
}

/// How an editor is told where to go, as its manual has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// `+12 FILE`, as POSIX has it for `vi`.
    Plus,
    /// `FILE:12:8`
    Colon,
    /// `--goto FILE:12:8`, and told to stay until the file is closed.
    Goto,
    /// `--line 12 FILE`
    Line,
    /// No way that we know.
    Alone,
}

const PLUS: &[&str] = &[
    "ex",
    "vi",
    "view",
    "vim",
    "gvim",
    "mvim",
    "nvim",
    "vimx",
    "elvis",
    "vile",
    "nano",
    "pico",
    "rnano",
    "micro",
    "emacs",
    "emacsclient",
    "mg",
    "jed",
    "joe",
    "jmacs",
    "jstar",
    "ne",
    "kak",
    "gedit",
    "bbedit",
    "mcedit",
    "nvi",
    "vis",
    "zile",
];
const COLON: &[&str] = &["hx", "helix", "subl", "sublime_text", "zed", "zeditor", "lapce", "lite-xl"];
const GOTO: &[&str] = &[
    "code",
    "code-insiders",
    "code-oss",
    "codium",
    "vscodium",
    "code-server",
    "cursor",
    "windsurf",
    "positron",
];
const LINE: &[&str] = &[
    "kate",
    "kwrite",
    "idea",
    "pycharm",
    "webstorm",
    "goland",
    "rustrover",
    "clion",
    "phpstorm",
    "rubymine",
    "rider",
    "studio",
    "fleet",
];

impl Way {
    fn of(program: &str) -> Self {
        let named = |known: &[&str]| known.contains(&program);
        match () {
            () if named(PLUS) => Self::Plus,
            () if named(COLON) => Self::Colon,
            () if named(GOTO) => Self::Goto,
            () if named(LINE) => Self::Line,
            () => Self::Alone,
        }
    }

    /// The arguments that show `spot`, after those the person gave.
    fn arguments(self, given: &[String], spot: &Spot) -> Vec<OsString> {
        let (file, line) = (spot.file.as_os_str(), spot.line);
        let mut place = file.to_owned();
        place.push(format!(":{line}:{}", spot.column));
        let waits = given.iter().any(|word| word == "--wait" || word == "-w");
        match self {
            Self::Plus => vec![format!("+{line}").into(), file.into()],
            Self::Colon => vec![place],
            Self::Goto if waits => vec!["--goto".into(), place],
            Self::Goto => vec!["--wait".into(), "--goto".into(), place],
            Self::Line => vec!["--line".into(), line.to_string().into(), file.into()],
            Self::Alone => vec![file.into()],
        }
    }
}

impl Editor {
    /// The editor the person has named, to be opened at `spot`.
    ///
    /// # Errors
    /// When none is named, or its name cannot be read as words.
    pub fn at(settings: &Settings, spot: &Spot) -> Result<Self, Finding> {
        let (variable, text) = ["VISUAL", "EDITOR"]
            .into_iter()
            .find_map(|name| settings.var(name).map(|text| (name, text)))
            .ok_or_else(none)?;
        let words = shell_words::split(text).map_err(|_| unreadable(variable))?;
        let (program, given) = words.split_first().ok_or_else(none)?;
        let name = Path::new(program).file_name().unwrap_or_default().to_string_lossy();
        let name = name.strip_suffix(".exe").unwrap_or(&name).to_owned();
        let arguments = Way::of(&name).arguments(given, spot);
        Ok(Self { words: words.iter().map(OsString::from).chain(arguments).collect(), name })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Opens it in the foreground, and waits until it has ended.
    ///
    /// # Errors
    /// When it cannot be started, or says that it failed.
    pub async fn open(&self) -> Result<(), Finding> {
        match accompany(&self.words).await.map_err(|error| error.finding())? {
            0 => Ok(()),
            code => {
                let says = format!("the editor ended with {code}");
                Err(Finding::warning("DS-AUDIT-19", &self.name, says, Remedy::says("see what it said")))
            }
        }
    }
}

fn none() -> Finding {
    let remedy = Remedy::run("name it, in your shell's settings to keep it", "export VISUAL=vi");
    Finding::error("DS-AUDIT-19", "editor", "neither VISUAL nor EDITOR names one", remedy)
}

fn unreadable(variable: &str) -> Finding {
    let remedy = Remedy::says("close its quotes; it is a program and its arguments, such as `code --wait`");
    Finding::error("DS-AUDIT-19", variable, "it cannot be read as words: a quote is not closed", remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(visual: &str) -> Vec<String> {
        let settings =
            Settings::bare("/", Path::new("/home/ada")).with("EDITOR", "ed").with("VISUAL", visual);
        let spot = Spot { file: "/r/a b.md".into(), line: 12, column: 8 };
        let editor = Editor::at(&settings, &spot).unwrap();
        editor.words.iter().map(|word| word.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn each_family_is_told_the_line_in_its_own_way() {
        for (visual, expected) in [
            ("vi", &["vi", "+12", "/r/a b.md"][..]),
            ("/usr/bin/nvim -p", &["/usr/bin/nvim", "-p", "+12", "/r/a b.md"]),
            ("nano", &["nano", "+12", "/r/a b.md"]),
            ("emacsclient -nw", &["emacsclient", "-nw", "+12", "/r/a b.md"]),
            ("kak", &["kak", "+12", "/r/a b.md"]),
            ("micro", &["micro", "+12", "/r/a b.md"]),
            ("hx", &["hx", "/r/a b.md:12:8"]),
            ("zed --wait", &["zed", "--wait", "/r/a b.md:12:8"]),
            ("code", &["code", "--wait", "--goto", "/r/a b.md:12:8"]),
            ("code --wait", &["code", "--wait", "--goto", "/r/a b.md:12:8"]),
            ("cursor -w", &["cursor", "-w", "--goto", "/r/a b.md:12:8"]),
            (
                "'/opt/My Editor/code.exe' -n",
                &["/opt/My Editor/code.exe", "-n", "--wait", "--goto", "/r/a b.md:12:8"],
            ),
            ("rustrover", &["rustrover", "--line", "12", "/r/a b.md"]),
            ("env LANG=C vim", &["env", "LANG=C", "vim", "/r/a b.md"]),
            ("my-editor", &["my-editor", "/r/a b.md"]),
            ("", &["ed", "/r/a b.md"]),
        ] {
            assert_eq!(words(visual), expected, "{visual}");
        }
    }

    #[test]
    fn nothing_in_it_means_anything_to_a_shell() {
        assert_eq!(words("vim; rm -rf $HOME")[..2], ["vim;", "rm"]);
    }

    #[test]
    fn an_editor_that_is_not_named_or_cannot_be_read_is_told() {
        let spot = Spot { file: "/r/a".into(), line: 1, column: 1 };
        let bare = Settings::bare("/", Path::new("/home/ada"));
        let told = |settings: &Settings| Editor::at(settings, &spot).unwrap_err();
        assert_eq!(told(&bare).remedy.command.as_deref(), Some("export VISUAL=vi"));
        assert_eq!(told(&bare.clone().with("VISUAL", " ")).subject, "editor");
        assert_eq!(told(&bare.with("EDITOR", "'vim")).subject, "EDITOR");
    }
}
