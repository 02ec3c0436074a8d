//! A stream of any length, piece by piece.
//!
//! What fits is one piece. Of what does not, pieces overlap, and each place is reported by the one piece that sees enough
//! on both sides of it: nothing is cut in two, nothing is told twice, and memory stays what it is.

use std::io::{self, Read};

/// Length of a piece, in bytes.
const PIECE: usize = 4 << 20;

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

    /// Line and column of a place, both from 1.
    pub fn place(&self, at: usize) -> (usize, usize) {
        let (lines, columns) = walked(self.lines, self.columns, &self.text[..at]);
        (lines + 1, columns + 1)
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

/// Reads all of `source` and hands it to `look`; answers how many bytes there were.
///
/// # Errors
/// What reading says. Pieces before that have been looked at.
pub(super) fn read(
    source: &mut dyn Read,
    buffer: &mut Vec<u8>,
    look: &mut dyn FnMut(&Piece<'_>),
) -> io::Result<u64> {
    let (mut from, mut lines, mut columns, mut passed) = (0, 0, 0, 0);
    buffer.clear();
    loop {
        let room = (PIECE - buffer.len()) as u64;
        let ended =
            Read::take(&mut *source, room).read_to_end(buffer)? < usize::try_from(room).unwrap_or(PIECE);
        let to = if ended { buffer.len() + 1 } else { buffer.len() - MARGIN };
        look(&Piece { text: buffer, from, to, first: passed == 0, lines, columns });
        if ended {
            return Ok(passed + buffer.len() as u64);
        }
        let gone = to - MARGIN;
        (lines, columns) = walked(lines, columns, &buffer[..gone]);
        buffer.drain(..gone);
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
        let bytes = read(&mut &text[..], &mut Vec::new(), &mut |piece| {
            let is_here = |at: &usize| piece.text[*at..].starts_with(needle) && piece.tells(*at);
            found.extend((0..piece.text.len()).filter(is_here).map(|at| piece.place(at)));
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
