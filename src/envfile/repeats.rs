//! Takes out assignments that another one of the same variable makes idle.
//!
//! Done only where every reader takes exactly what it took before.

use super::document::Document;
use super::readers::Reader;

/// The document with the last assignment of `key` alone; `None` when there is only one, or when a reader would then
/// take another value of any variable. No readers given means [`Reader::CORE`].
pub fn without_repeats(document: &Document, key: &str, readers: &[Reader]) -> Option<Document> {
    let readers = if readers.is_empty() { &Reader::CORE[..] } else { readers };
    let found = document.of(key);
    let (_, idle) = found.split_last().filter(|(_, idle)| !idle.is_empty())?;
    let spans: Vec<_> = idle.iter().map(|found| document.lines_of(found)).collect();
    let after = Document::parse(&document.spliced(&spans, ""));
    let dialects = readers.iter().flat_map(|reader| reader.dialects());
    let same = |before: &[u8], after: &[u8], dialect: &super::readers::Dialect| match (
        dialect.read(before),
        dialect.read(after),
    ) {
        (Ok(before), Ok(after)) => before == after,
        (Err(_), _) => true,
        (Ok(_), Err(_)) => false,
    };
    let unchanged = dialects.into_iter().all(|dialect| same(document.bytes(), after.bytes(), dialect));
    unchanged.then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str, readers: &[Reader]) -> Option<String> {
        let after = without_repeats(&Document::parse(text.as_bytes()), "A", readers)?;
        Some(String::from_utf8(after.bytes().to_vec()).unwrap())
    }

    #[test]
    fn the_last_one_stays() {
        assert_eq!(cleaned("A=1\n# c\nB=2\nA=3\n", &[Reader::Shell]).unwrap(), "# c\nB=2\nA=3\n");
        assert_eq!(cleaned("A=1\nB=2\n", &[Reader::Shell]), None);
    }

    #[test]
    fn a_reader_that_takes_the_first_stands_in_the_way() {
        assert_eq!(cleaned("A=1\nA=3\n", &[Reader::Dotenvy]), None);
        assert_eq!(cleaned("A=1\nA=1\n", &[Reader::Dotenvy]).unwrap(), "A=1\n");
    }

    #[test]
    fn a_value_others_are_made_of_stays() {
        assert_eq!(cleaned("A=1\nB=$A\nA=3\n", &[Reader::Shell]), None);
    }
}
