//! What shells remember of what was typed, which is where secrets end up that were pasted into a command.
//!
//! Only on request: these files are a person's own, and no part of a repository. zsh writes some bytes in a form of its own,
//! which is undone while reading.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Below the home folder, as each program has it when nothing else is said.
const FILES: &[&str] = &[
    ".bash_history",
    ".zsh_history",
    ".zhistory",
    ".histfile",
    ".sh_history",
    ".ksh_history",
    ".local/share/fish/fish_history",
    ".local/share/powershell/PSReadLine/ConsoleHost_history.txt",
    ".config/nushell/history.txt",
    ".psql_history",
    ".mysql_history",
    ".rediscli_history",
    ".node_repl_history",
    ".python_history",
];

/// Those that are there; `named` is what the shell says itself (`HISTFILE`).
pub fn histories(home: &Path, named: Option<&str>) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> =
        named.into_iter().filter(|name| !name.is_empty()).map(|name| home.join(name)).collect();
    all.extend(FILES.iter().map(|file| home.join(file)));
    let mut seen = std::collections::HashSet::new();
    all.retain(|path| path.is_file() && seen.insert(path.clone()));
    all
}

/// Whether zsh wrote the file of this name (zsh's own defaults, and those of its installer).
pub(super) fn is_of_zsh(name: &str) -> bool {
    [".zsh_history", ".zhistory", ".histfile"].contains(&name)
}

/// zsh's mark: the byte after it has bit 5 turned (zsh, `Src/utils.c`, `metafy`).
const META: u8 = 0x83;

/// Reads what zsh wrote.
pub(super) struct Metafied<R> {
    pub source: R,
    pub marked: bool,
}

impl<R: Read> Read for Metafied<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.source.read(buffer)?;
            let mut kept = 0;
            for index in 0..count {
                let byte = buffer[index];
                if !self.marked && byte == META {
                    self.marked = true;
                    continue;
                }
                buffer[kept] = if std::mem::take(&mut self.marked) { byte ^ 32 } else { byte };
                kept += 1;
            }
            if kept > 0 || count == 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make files as they like")]
mod tests {
    use super::*;

    #[test]
    fn those_that_are_there_are_listed_once() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join(".bash_history"), "ls\n").unwrap();
        std::fs::write(home.path().join("mine"), "ls\n").unwrap();
        std::fs::create_dir(home.path().join(".histfile")).unwrap();
        let names = |named| -> Vec<String> {
            let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
            histories(home.path(), named).iter().map(name).collect()
        };
        assert_eq!(names(None), [".bash_history"]);
        assert_eq!(names(Some("mine")), ["mine", ".bash_history"]);
        assert_eq!(names(Some(".bash_history")), [".bash_history"]);
        assert_eq!(names(Some("")), [".bash_history"]);
    }

    #[test]
    fn bytes_of_zsh_are_put_right_wherever_they_are_cut() {
        // "käse" in UTF-8 has 0xC3 0xA4, which pass; "ã" has 0xA3, which zsh never writes by itself.
        let written = [b'k', 0xc3, META, 0xa3 ^ 32, b'x', META, META ^ 32];
        for length in 1..=written.len() {
            let (mut source, mut out) = (Metafied { source: &written[..], marked: false }, Vec::new());
            let mut buffer = vec![0; length];
            while let count @ 1.. = source.read(&mut buffer).unwrap() {
                out.extend_from_slice(&buffer[..count]);
            }
            assert_eq!(out, [b'k', 0xc3, 0xa3, b'x', META], "{length}");
        }
    }
}
