//! Repairs of a file as it stands that change no value a reader takes, or make all take the same.
//!
//! Each gives the mended document, or nothing where there is nothing to mend or no harmless way.

use super::document::Document;
use super::readers::{Dialect, Reader};
use super::writer::{Change, edit, is_no_text};
use crate::secret::SecretValue;

fn dialects(readers: &[Reader]) -> Vec<&'static Dialect> {
    let readers = if readers.is_empty() { &Reader::CORE[..] } else { readers };
    readers.iter().flat_map(|reader| reader.dialects()).collect()
}

/// `#` before every odd line. No reader that could read the file takes another value of anything then.
pub fn with_odd_lines_as_comments(document: &Document, readers: &[Reader]) -> Option<Document> {
    let odd = document.odd_lines();
    if odd.is_empty() || document.open_quote().is_some() || is_no_text(document.bytes()) {
        return None;
    }
    let mut after = Vec::with_capacity(document.bytes().len() + 2 * odd.len());
    for (index, line) in document.bytes().split_inclusive(|byte| *byte == b'\n').enumerate() {
        // A byte order mark stays the first thing in the file.
        let mark = if index == 0 && line.starts_with(super::scan::BOM) { super::scan::BOM.len() } else { 0 };
        after.extend_from_slice(&line[..mark]);
        if odd.contains(&(index + 1)) {
            after.extend_from_slice(b"# ");
        }
        after.extend_from_slice(&line[mark..]);
    }
    let after = Document::parse(&after);
    let harmless = |dialect: &&Dialect| match dialect.read(document.bytes()) {
        Ok(before) => dialect.read(after.bytes()).is_ok_and(|after| after == before),
        Err(_) => true,
    };
    dialects(readers).iter().all(harmless).then_some(after)
}

/// `key` written so that every reader takes what the first of them takes now.
pub fn with_one_reading(document: &Document, key: &str, readers: &[Reader]) -> Option<Document> {
    let first = *dialects(readers).first()?;
    let value = first.read(document.bytes()).ok()?.get(key).map(<[u8]>::to_vec)?;
    let value = SecretValue::new(String::from_utf8(value).ok().filter(|text| !text.contains('\0'))?);
    let edited = edit(document, &[Change { key: key.to_owned(), value }], readers);
    (edited.refused.is_empty() && edited.document.bytes() != document.bytes()).then_some(edited.document)
}

/// The same text in UTF-8, for a file that opens with a byte order mark of UTF-16.
pub fn as_utf8(bytes: &[u8]) -> Option<Vec<u8>> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let (pairs, rest) = bytes[2..].as_chunks::<2>();
    let text = String::from_utf16(&pairs.iter().map(|pair| unit(*pair)).collect::<Vec<_>>()).ok()?;
    (rest.is_empty() && !text.contains('\0')).then(|| text.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(document: Option<Document>) -> Option<String> {
        document.map(|document| String::from_utf8(document.bytes().to_vec()).unwrap())
    }

    #[test]
    fn odd_lines_become_comments() {
        let of = |text_: &str, readers: &[Reader]| {
            text(with_odd_lines_as_comments(&Document::parse(text_.as_bytes()), readers))
        };
        assert_eq!(of("A=1\n[x]\nB=2\n", &[Reader::NodeDotenv]).unwrap(), "A=1\n# [x]\nB=2\n");
        assert_eq!(of("\u{feff}odd\nB=2\n", &[Reader::Dotenvy]).unwrap(), "\u{feff}# odd\nB=2\n");
        assert_eq!(of("A=1\n", &[]), None);
        assert_eq!(of("A='open\nodd\n", &[]), None, "it may be a piece of a value");
    }

    #[test]
    fn what_the_first_reader_takes_all_take() {
        let of = |text_: &str, readers: &[Reader]| {
            text(with_one_reading(&Document::parse(text_.as_bytes()), "B", readers))
        };
        let mended = of("A=1\nB=x#y\n", &[Reader::Compose, Reader::NodeDotenv]).unwrap();
        assert!(mended.starts_with("A=1\nB=") && mended.contains("x#y"), "{mended}");
        assert_eq!(of("B=x#y\n", &[Reader::NodeDotenv, Reader::Compose]).unwrap(), "B=x\n");
        assert_eq!(of("B=x\n", &[Reader::NodeDotenv, Reader::Compose]), None);
    }

    #[test]
    fn utf_16_becomes_utf_8() {
        let units: Vec<u8> = "\u{feff}A=\u{e4}\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(as_utf8(&units).unwrap(), "A=\u{e4}\r\n".as_bytes());
        let units: Vec<u8> = "\u{feff}A=1".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(as_utf8(&units).unwrap(), b"A=1");
        assert_eq!(as_utf8(b"A=1"), None);
        assert_eq!(as_utf8(b"\xff\xfeA"), None);
    }
}
