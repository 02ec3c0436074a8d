//! What must hold for any file and any value; checked by the fuzz targets and by
//! `tests/envfile_properties.rs`.

use devsecrets::envfile::{Change, Document, Reader, Readings, edit, remove, review::review};
use devsecrets::secret::SecretValue;

/// Any bytes come back as they were.
pub fn document(bytes: &[u8]) {
    let document = Document::parse(bytes);
    assert_eq!(document.render().as_slice(), bytes);
    document.entries().for_each(drop);
    document.odd_lines();
}

/// No reader's model panics, whatever it is given.
pub fn readers(bytes: &[u8]) {
    review(&Document::parse(bytes), "f", &Reader::ALL);
}

/// The input of [`edit_and_read_back`]: two bytes choose the readers, then a file, 0xFF and a value.
pub fn edit_input(bytes: &[u8]) -> Option<(Vec<Reader>, &[u8], &str)> {
    let (mask, rest) = bytes.split_first_chunk::<2>()?;
    let mask = u16::from_le_bytes(*mask);
    let chosen = |(bit, reader): (usize, Reader)| (mask >> bit & 1 == 1).then_some(reader);
    let readers: Vec<Reader> = Reader::ALL.into_iter().enumerate().filter_map(chosen).collect();
    let middle = rest.iter().position(|byte| *byte == 0xff)?;
    let value = std::str::from_utf8(&rest[middle + 1..]).ok()?;
    (!readers.is_empty()).then_some((readers, &rest[..middle], value))
}

/// A value is read exactly by every reader or refused; all else reads as before; twice is once; and
/// what was written can be taken out again.
pub fn edit_and_read_back(readers: &[Reader], file: &[u8], value: &str) {
    let change = Change { key: "KEY".to_owned(), value: SecretValue::new(value) };
    let before = Document::parse(file);
    let edited = edit(&before, std::slice::from_ref(&change), readers);
    if !edited.refused.is_empty() {
        assert_eq!(edited.document.bytes(), file);
        return;
    }
    for dialect in readers.iter().flat_map(|reader| reader.dialects()) {
        let after = dialect.read(edited.document.bytes()).unwrap_or_else(|refused| panic!("{refused}"));
        assert_eq!(after.get("KEY"), Some(value.as_bytes()), "{}", dialect.name);
        if let Ok(before) = dialect.read(file) {
            assert!(others(&before) == others(&after), "{} reads another key differently", dialect.name);
        }
    }
    let again = edit(&edited.document, &[change], readers);
    assert_eq!(again.document.bytes(), edited.document.bytes());
    take_out(readers, &edited.document);
}

fn take_out(readers: &[Reader], document: &Document) {
    let pruned = remove(document, &["KEY"], readers);
    if !pruned.kept.is_empty() {
        assert_eq!(pruned.document.bytes(), document.bytes());
        return;
    }
    for dialect in readers.iter().flat_map(|reader| reader.dialects()) {
        let read = |bytes| dialect.read(bytes).unwrap_or_else(|refused| panic!("{refused}"));
        let (before, after) = (read(document.bytes()), read(pruned.document.bytes()));
        assert!(after.get("KEY").is_none(), "{}", dialect.name);
        assert!(others(&before) == others(&after), "{}", dialect.name);
    }
}

fn others(readings: &Readings) -> std::collections::BTreeMap<&str, &[u8]> {
    readings.iter().filter(|(key, _)| *key != "KEY").collect()
}
