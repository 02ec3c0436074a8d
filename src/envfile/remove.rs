//! Takes variables out of a document so that every reader misses them and nothing else.
//!
//! A variable goes with its whole lines, every assignment of it, comments behind them included.
//! Whether that is right is asked of the readers, as it is for writing: a variable whose removal
//! would change another one stays and says why.

use std::fmt;

use super::document::Document;
use super::readers::Reader;
use super::refusal::Reason;
use super::writer::{Editor, is_no_text};

/// What came of a removal. What was kept concerns its own variable only.
#[derive(Clone, Debug)]
pub struct Pruned {
    pub document: Document,
    pub removed: Vec<Removed>,
    pub kept: Vec<Kept>,
}

/// A variable that is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    pub key: String,
    /// From 1, where its assignments stood before anything was removed with it.
    pub lines: Vec<usize>,
}

/// A variable that was not removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub key: String,
    pub reason: Reason,
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was not removed: {}", self.key.escape_debug(), self.reason)
    }
}

/// Removes each of `keys` in order, for `readers`; none given means [`Reader::CORE`]. A key the
/// file does not have is neither removed nor kept.
pub fn remove(document: &Document, keys: &[&str], readers: &[Reader]) -> Pruned {
    let mut editor = Editor::new(document.clone(), readers);
    let (mut removed, mut kept) = (Vec::new(), Vec::new());
    for key in keys {
        match editor.remove(key) {
            Ok(lines) if lines.is_empty() => {}
            Ok(lines) => removed.push(Removed { key: (*key).to_owned(), lines }),
            Err(reason) => kept.push(Kept { key: (*key).to_owned(), reason }),
        }
    }
    Pruned { document: editor.document, removed, kept }
}

impl Editor {
    /// The lines that went; none if the file has no such key.
    fn remove(&mut self, key: &str) -> Result<Vec<usize>, Reason> {
        if is_no_text(self.document.bytes()) {
            return Err(Reason::NotText);
        }
        self.place(key)?;
        let found = self.document.of(key);
        let lines: Vec<usize> = found.iter().map(|found| found.line).collect();
        let spans: Vec<_> = found.iter().map(|found| self.document.lines_of(found)).collect();
        if spans.is_empty() {
            return Ok(lines);
        }
        let bytes = self.document.spliced(&spans, "");
        let mut after = Vec::with_capacity(self.dialects.len());
        for (dialect, before) in self.dialects.iter().zip(&self.before) {
            let reader = dialect.name;
            let read = dialect.read(&bytes).map_err(|refused| match before {
                Ok(_) => Reason::Surroundings { reader },
                Err(_) => Reason::Unreadable { reader, refused },
            })?;
            if read.get(key).is_some() {
                return Err(Reason::Surroundings { reader });
            }
            let changed = before.as_ref().ok().and_then(|before| before.difference(&read, key));
            if let Some(other) = changed {
                return Err(Reason::Changes { other: other.to_owned(), reader });
            }
            after.push(Ok(read));
        }
        self.document = Document::parse(&bytes);
        self.before = after;
        Ok(lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(file: &str, keys: &[&str], readers: &[Reader]) -> (String, Vec<String>) {
        let pruned = remove(&Document::parse(file.as_bytes()), keys, readers);
        let text = String::from_utf8(pruned.document.bytes().to_vec()).unwrap();
        (text, pruned.kept.iter().map(ToString::to_string).collect())
    }

    fn gone(file: &str, keys: &[&str]) -> String {
        let (text, kept) = left(file, keys, &[Reader::NodeDotenv, Reader::Dotenvy]);
        assert_eq!(kept, Vec::<String>::new());
        text
    }

    #[test]
    fn whole_lines_go_and_nothing_else() {
        let file = "\u{feff}A=1\r\n# about B\r\n  export B='x\ny' # why\r\n\r\nC=3";
        assert_eq!(gone(file, &["B"]), "\u{feff}A=1\r\n# about B\r\n\r\nC=3");
        assert_eq!(gone(file, &["A"]), file.replace("A=1\r\n", ""));
        assert_eq!(gone(file, &["C"]), file.replace("C=3", ""));
        assert_eq!(gone(file, &["C", "A", "B"]), "\u{feff}# about B\r\n\r\n");
        assert_eq!(gone(file, &["MISSING"]), file);
    }

    #[test]
    fn every_duplicate_goes() {
        let document = Document::parse(b"A=1\nB=2\nA='3'\n");
        let pruned = remove(&document, &["A"], &[]);
        assert_eq!(pruned.document.bytes(), b"B=2\n");
        assert_eq!(pruned.removed, [Removed { key: "A".to_owned(), lines: vec![1, 3] }]);
    }

    #[test]
    fn what_others_refer_to_stays() {
        let (text, kept) = left("A=1\nB=\"x$A\"\nC=2\n", &["A", "C"], &[Reader::Compose]);
        assert_eq!(text, "A=1\nB=\"x$A\"\n");
        assert_eq!(kept, ["A was not removed: it would change what compose reads as B"]);
    }

    #[test]
    fn a_line_that_holds_more_stays() {
        let (text, kept) = left("A=1; B=2\n", &["A"], &[Reader::Shell]);
        assert_eq!(text, "A=1; B=2\n");
        assert!(kept[0].starts_with("A was not removed: "), "{kept:?}");
    }

    #[test]
    fn a_file_a_reader_refuses_is_repaired_or_left_alone() {
        let (text, kept) = left("A='open\n", &["A"], &[Reader::Shell]);
        assert_eq!((text.as_str(), kept.len()), ("", 0));
        let (text, kept) = left("A=1\nK = v\n", &["A"], &[Reader::Shell]);
        assert_eq!(text, "A=1\nK = v\n");
        assert!(kept[0].contains("shell refuses the file: line 1"), "{kept:?}");
        let pruned = remove(&Document::parse(b"A=1\0\n"), &["A"], &[]);
        assert_eq!(pruned.kept[0].reason, Reason::NotText);
    }
}
