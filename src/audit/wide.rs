//! UTF-16, told by its byte order mark, read as UTF-8.
//!
//! Windows tools save it, git calls it binary, and half of the scanners look past it. Only a stream that begins with the
//! mark is changed; half a pair is replaced by U+FFFD, as everywhere.

use std::io::{self, Chain, Cursor, Read};

use super::stream;

/// How two bytes are one unit.
pub(super) type Unit = fn([u8; 2]) -> u16;

/// Reads the beginning of `source` into `buffer`; answers how many bytes there are, and how they are to be decoded when
/// they begin with a byte order mark of UTF-16. The mark costs no read of its own: of most files one read is all there is.
pub(super) fn begun(source: &mut dyn Read, buffer: &mut Vec<u8>) -> io::Result<(usize, Option<Unit>)> {
    let mut filled = 0;
    while filled < 2 {
        match stream::more(source, buffer, filled)? {
            0 => break,
            count => filled += count,
        }
    }
    let unit: Option<Unit> = match buffer[..filled] {
        [0xff, 0xfe, ..] => Some(u16::from_le_bytes),
        [0xfe, 0xff, ..] => Some(u16::from_be_bytes),
        _ => None,
    };
    Ok((filled, unit))
}

/// What was UTF-16, as UTF-8.
pub(super) struct Wide<R> {
    source: Chain<Cursor<Vec<u8>>, R>,
    unit: Unit,
    /// Half a unit.
    left: Vec<u8>,
    /// Half a pair.
    high: Option<u16>,
    ready: Vec<u8>,
    /// Of what is ready.
    given: usize,
}

impl<R: Read> Wide<R> {
    /// Of what [`begun`] read, its mark included, and what follows.
    pub fn new(begin: &[u8], source: R, unit: Unit) -> Self {
        let source = Cursor::new(begin[2..].to_vec()).chain(source);
        Self { source, unit, left: Vec::new(), high: None, ready: Vec::new(), given: 0 }
    }

    /// Decodes the next bytes; false at the end.
    fn more(&mut self) -> io::Result<bool> {
        let mut bytes = [0; 8192];
        let count = self.source.read(&mut bytes)?;
        (self.ready, self.given) = (Vec::with_capacity(count * 2), 0);
        self.left.extend_from_slice(&bytes[..count]);
        let whole = self.left.len() / 2 * 2;
        let unit = self.unit;
        let units = self.left[..whole].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let mut units: Vec<u16> = self.high.take().into_iter().chain(units).collect();
        self.left.drain(..whole);
        if count > 0 {
            self.high = units.pop_if(|last| (0xd800..0xdc00).contains(last));
        }
        for decoded in char::decode_utf16(units) {
            let c = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.ready.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        Ok(count > 0)
    }
}

impl<R: Read> Read for Wide<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && self.more()? {}
        let count = buffer.len().min(self.ready.len() - self.given);
        buffer[..count].copy_from_slice(&self.ready[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(1).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn read_from(source: &mut dyn Read) -> Vec<u8> {
        let mut buffer = Vec::new();
        let mut all = Vec::new();
        match begun(source, &mut buffer).unwrap() {
            (filled, Some(unit)) => _ = Wide::new(&buffer[..filled], source, unit).read_to_end(&mut all),
            (filled, None) => {
                all.extend_from_slice(&buffer[..filled]);
                source.read_to_end(&mut all).unwrap();
            }
        }
        all
    }

    fn read(bytes: &[u8]) -> Vec<u8> {
        let whole = read_from(&mut &bytes[..]);
        assert_eq!(whole, read_from(&mut Drops(bytes)));
        whole
    }

    #[test]
    fn both_orders_are_read_and_anything_else_is_left() {
        let text = "käse 🧀\n";
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(units.iter().flat_map(|unit| unit.to_le_bytes())).collect();
        let big: Vec<u8> =
            [0xfe, 0xff].into_iter().chain(units.iter().flat_map(|unit| unit.to_be_bytes())).collect();
        assert_eq!(read(&little), text.as_bytes());
        assert_eq!(read(&big), text.as_bytes());
        for bytes in [&b""[..], b"a", b"ab", b"\xef\xbb\xbfa", b"\xff", b"\0\xff\xfe"] {
            assert_eq!(read(bytes), bytes);
        }
    }

    #[test]
    fn half_a_pair_and_half_a_unit_stop_nothing() {
        assert_eq!(read(&[0xff, 0xfe, 0x00, 0xd8, b'a', 0, b'b']), "\u{fffd}a".as_bytes());
        assert_eq!(read(&[0xff, 0xfe, 0x00, 0xd8]), "\u{fffd}".as_bytes());
    }
}
