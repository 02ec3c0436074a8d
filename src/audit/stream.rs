//! A stream of any length, piece by piece.
//!
//! What fits is one piece. Of what does not, pieces overlap, and each place is reported by the one piece that sees enough
//! on both sides of it: nothing is cut in two, nothing is told twice, and memory stays what it is.

use std::io::{self, Read};

/// Length of a piece, in bytes.
const PIECE: usize = 4 << 20;

/// Room for a first read: most files are done with it and one more that says they are.
const FIRST: usize = 64 << 10;

/// So much is seen on either side of a place, in bytes: more than any rule's reach.
pub(super) const MARGIN: usize = 32 << 10;

/// Some bytes, and where in the stream they are.
pub(super) struct Piece<'a> {
    pub text: &'a [u8],
    /// What begins in here is this piece's to tell.
    pub from: usize,
    pub to: usize,
    /// True for the beginning of the stream.
    pub first: bool,
    /// Line ends before `text`.
    lines: usize,
    /// Bytes between the last of them and `text`.
    columns: usize,
}

impl Piece<'_> {
    pub fn tells(&self, start: usize) -> bool {
        (self.from..self.to).contains(&start)
    }

    /// For places that are asked for in their order: text is walked through once, however many there are.
    pub fn places(&self) -> Places<'_> {
        Places { piece: self, at: 0, lines: self.lines, columns: self.columns }
    }
}

/// Lines and columns.
pub(super) struct Places<'a> {
    piece: &'a Piece<'a>,
    at: usize,
    lines: usize,
    columns: usize,
}

impl Places<'_> {
    /// Line and column of a place, both from 1.
    pub fn of(&mut self, at: usize) -> (usize, usize) {
        if at < self.at {
            *self = self.piece.places();
        }
        let passed = &self.piece.text[self.at..at];
        (self.lines, self.columns) = walked(self.lines, self.columns, passed);
        self.at = at;
        (self.lines + 1, self.columns + 1)
    }
}

/// Line ends, and bytes since the last of them, once `text` has been passed.
fn walked(lines: usize, columns: usize, text: &[u8]) -> (usize, usize) {
    match text.iter().rposition(|byte| *byte == b'\n') {
        None => (lines, columns + text.len()),
        Some(last) => {
            let more = text.iter().filter(|byte| **byte == b'\n').count();
            (lines + more, text.len() - last - 1)
        }
    }
}

/// Reads once into `buffer` behind its first `filled` bytes, making room where there is none; answers how many bytes came, 0
/// at the end. The buffer is kept from file to file at the length it has, so nothing is cleared that is overwritten.
///
/// # Errors
/// What reading says.
pub(super) fn more(source: &mut dyn Read, buffer: &mut Vec<u8>, filled: usize) -> io::Result<usize> {
    if filled == buffer.len() {
        buffer.resize((buffer.len() * 2).clamp(FIRST, PIECE), 0);
    }
    loop {
        match source.read(&mut buffer[filled..]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

/// Reads the rest of `source`, of which the first `filled` bytes are in `buffer`, and hands all of it to `look`; answers how
/// many bytes there were.
///
/// # Errors
/// What reading says. Pieces before that have been looked at.
pub(super) fn read(
    source: &mut dyn Read,
    buffer: &mut Vec<u8>,
    mut filled: usize,
    look: &mut dyn FnMut(&Piece<'_>),
) -> io::Result<u64> {
    let (mut from, mut lines, mut columns, mut passed) = (0, 0, 0, 0);
    loop {
        let mut ended = false;
        while filled < PIECE && !ended {
            let count = more(source, buffer, filled)?;
            filled += count;
            ended = count == 0;
        }
        let to = if ended { filled + 1 } else { filled - MARGIN };
        look(&Piece { text: &buffer[..filled], from, to, first: passed == 0, lines, columns });
        if ended {
            return Ok(passed + filled as u64);
        }
        let gone = to - MARGIN;
        (lines, columns) = walked(lines, columns, &buffer[..gone]);
        buffer.copy_within(gone..filled, 0);
        filled -= gone;
        passed += gone as u64;
        from = MARGIN;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every place of `needle`, as pieces tell it.
    fn places(text: &[u8], needle: &[u8]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let bytes = read(&mut &text[..], &mut Vec::new(), 0, &mut |piece| {
            let is_here = |at: &usize| piece.text[*at..].starts_with(needle) && piece.tells(*at);
            let mut places = piece.places();
            found.extend((0..piece.text.len()).filter(is_here).map(|at| places.of(at)));
        });
        assert_eq!(bytes.unwrap(), text.len() as u64);
        found
    }

    #[test]
    fn each_place_is_told_once_wherever_it_stands() {
        let mut text = vec![b'.'; 2 * PIECE + 3 * MARGIN];
        let (first, second) = (PIECE - MARGIN, 2 * (PIECE - MARGIN));
        let starts = [0, first - 4, first, PIECE - 6, PIECE - 2, second - 5, second - 1, text.len() - 4];
        for start in starts {
            text[start..start + 4].copy_from_slice(b"here");
        }
        let expected: Vec<(usize, usize)> = starts.into_iter().map(|start| (1, start + 1)).collect();
        assert_eq!(places(&text, b"here"), expected);
    }

    #[test]
    fn places_are_the_same_in_any_order() {
        let text = b"ab\ncd\n\nef";
        _ = read(&mut &text[..], &mut Vec::new(), 0, &mut |piece| {
            let (mut places, asked) = (piece.places(), [3, 3, 4, 9, 0, 2, 7, 6]);
            let told = asked.map(|at| places.of(at));
            assert_eq!(told, [(2, 1), (2, 1), (2, 2), (4, 3), (1, 1), (1, 3), (4, 1), (3, 1)]);
        });
    }

    #[test]
    fn what_a_file_before_left_in_the_buffer_is_not_read_again() {
        let mut buffer = Vec::new();
        for text in [&b"a long text of the first file"[..], b"short", b"", b"again"] {
            let mut seen = Vec::new();
            let count = read(&mut &text[..], &mut buffer, 0, &mut |piece| seen.extend_from_slice(piece.text));
            assert_eq!((count.unwrap(), &seen[..]), (text.len() as u64, text));
        }
    }

    #[test]
    fn lines_are_counted_across_pieces() {
        let line = b"0123456789abcde\n";
        let mut text = line.repeat(PIECE / 16 + 5000);
        let last = text.len();
        text.extend_from_slice(b"xyhere");
        assert_eq!(places(&text, b"here"), [(last / 16 + 1, 3)]);
    }

    #[test]
    fn an_empty_stream_and_one_as_long_as_a_piece() {
        assert_eq!(places(b"", b"here"), []);
        let mut text = vec![b'.'; PIECE];
        text[PIECE - 4..].copy_from_slice(b"here");
        assert_eq!(places(&text, b"here"), [(1, PIECE - 3)]);
    }
}
