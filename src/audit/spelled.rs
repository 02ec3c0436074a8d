//! A text as it was before a program wrote it down: base64, hexadecimal, percent signs and backslashes undone.
//!
//! Nothing is decoded to be kept. Each stretch that could be encoded is decoded eight bytes at a time, and only where
//! something sought begins like these is there a [`Start`], from which a [`View`] of as many bytes as are needed is made.
//! Wrong guesses cost a little time and find nothing, so no format has to be known; and a line of megabytes takes no more
//! memory than a short one.

mod digits;
mod signs;

use digits::{NONE, SEXTETS};

/// What decides whether a closer look is worth it.
pub(super) trait Sought {
    /// Nothing that is sought is shorter, in bytes.
    fn shortest(&self) -> usize;

    /// Bits that the first eight bytes of nothing sought have, the same for bytes in either order.
    fn strange(&self) -> u64;

    /// Whether something sought may begin like this.
    fn begins(&self, bytes: [u8; 8]) -> bool;
}

/// How something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// The first sign holds so many bits of what stands before.
    Base64 {
        others: u32,
    },
    Hexadecimal,
    /// In a `form` a `+` is a space.
    Percent {
        form: bool,
    },
    /// With backslashes.
    Escaped {
        by: &'static [By],
    },
}

/// Who puts backslashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// JSON (RFC 8259 §7), most languages, and shells within double quotes.
    Json,
    /// Shells within single quotes: `'\''` stands for a quote, and any other backslash for itself.
    Shell,
}

/// The ways a text can be escaped, or a text within a text; the outer one comes first.
const ESCAPED: [&[By]; 4] = [&[By::Json], &[By::Shell], &[By::Json, By::Json], &[By::Json, By::Shell]];

/// A place from which on a text can be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start {
    how: How,
    place: usize,
    /// Where the encoded stretch ends.
    end: usize,
}

/// Decoded bytes; byte `index` stands at `places[index]`, and there is one place more, of the end.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct View {
    pub bytes: Vec<u8>,
    pub places: Vec<usize>,
}

impl View {
    fn push(&mut self, byte: u8, place: usize) {
        self.bytes.push(byte);
        self.places.push(place);
    }
}

impl Start {
    /// As a form that begins at `place`, where a `+` is a space.
    pub fn in_form(text: &[u8], place: usize) -> Self {
        let end = place + text[place..].iter().take_while(|byte| byte.is_ascii_graphic()).count();
        Self { how: How::Percent { form: true }, place, end }
    }

    /// The ways in which a text that begins at `place` may be escaped.
    pub fn with_escapes(place: usize) -> [Self; 4] {
        ESCAPED.map(|by| Self { how: How::Escaped { by }, place, end: usize::MAX })
    }

    /// At least `least` bytes from there on, or as many as there are.
    pub fn view(&self, text: &[u8], least: usize) -> View {
        match self.how {
            How::Base64 { others } => digits::base64_from(text, self.place, self.end, others, least),
            How::Hexadecimal => digits::hexadecimal_from(text, self.place, self.end, least),
            How::Percent { form } => signs::percent_from(text, self.place, self.end, form, least),
            How::Escaped { by } => signs::escaped_from(text, self.place, by, least),
        }
    }
}

/// Calls `look` with each place from which on `text` can be decoded to what could be sought, and the first eight bytes.
pub(super) fn each(text: &[u8], sought: &impl Sought, look: &mut impl FnMut(Start, [u8; 8])) {
    let least = sought.shortest();
    // Of a longer one a line may be all that stands on one.
    let (sextets, digits) = ((least * 4 / 3).min(LONG_LINE), (least * 2).min(LONG_LINE));
    runs(text, |byte| SEXTETS[usize::from(byte)] != NONE, sextets, &mut |start, end| {
        digits::base64(text, start, end, sought, look);
        runs(&text[start..end], |byte| byte.is_ascii_hexdigit(), digits, &mut |from, to| {
            digits::hexadecimal(text, start + from, start + to, sought, look);
        });
    });
    let (mut after_percent, mut after_escape) = (0, 0);
    signs(text, |place| match text[place] {
        b'%' if place >= after_percent => after_percent = signs::percent(text, place, sought, look),
        b'\\' if place >= after_escape => {
            after_escape = signs::escaped(text, after_escape, place, sought, look)
        }
        _ => {}
    });
}

/// Calls `hear` with each place of a percent sign or a backslash. Eight bytes are looked at together: whether one of them is
/// zero is told by the borrow it makes.
fn signs(text: &[u8], mut hear: impl FnMut(usize)) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let borrows = |eight: u64, sign: u8| {
        let other = eight ^ (ONES * u64::from(sign));
        other.wrapping_sub(ONES) & !other & ONES << 7
    };
    let mut one = |place: usize| {
        if matches!(text[place], b'%' | b'\\') {
            hear(place);
        }
    };
    let (eights, rest) = text.as_chunks::<8>();
    for (index, eight) in eights.iter().enumerate() {
        let eight = u64::from_le_bytes(*eight);
        if borrows(eight, b'%') | borrows(eight, b'\\') != 0 {
            (index * 8..index * 8 + 8).for_each(&mut one);
        }
    }
    (text.len() - rest.len()..text.len()).for_each(one);
}

/// Stretches of bytes that all are so, of at least `least`. Lines of one wrapped text, which follow on a long one with nothing
/// but a line end between, are one stretch, however short the last of them is.
///
/// The last byte of where one could stand is looked at first, so most bytes never are.
fn runs(text: &[u8], is: impl Fn(u8) -> bool, least: usize, hear: &mut impl FnMut(usize, usize)) {
    let end_of =
        |from: usize| from + text[from..].iter().position(|byte| !is(*byte)).unwrap_or(text.len() - from);
    let mut start = 0;
    while let Some(room) = text.get(start..start + least) {
        if let Some(other) = room.iter().rposition(|byte| !is(*byte)) {
            start += other + 1;
            continue;
        }
        let mut end = end_of(start + least);
        while end - start >= LONG_LINE
            && let Some(line) =
                next_line(text, end).filter(|line| text.get(*line).is_some_and(|byte| is(*byte)))
        {
            end = end_of(line);
        }
        hear(start, end);
        start = end;
    }
}

/// Programs that wrap what they encode do so after 64 or 76 signs; by hand (`fold -w 40`) digits are put in lines of 32 or 40.
const LONG_LINE: usize = 32;

fn next_line(text: &[u8], end: usize) -> Option<usize> {
    match text[end..] {
        [b'\n', ..] => Some(end + 1),
        [b'\r', b'\n', ..] => Some(end + 2),
        _ => None,
    }
}

/// The last eight decoded bytes, and where they stand.
#[derive(Default)]
struct Window {
    bytes: u64,
    places: [usize; 8],
    count: usize,
}

impl Window {
    /// Takes a byte; answers eight of them, and where they begin.
    fn push(&mut self, byte: u8, place: usize) -> Option<([u8; 8], usize)> {
        self.bytes = self.bytes >> 8 | u64::from(byte) << 56;
        self.places[self.count % 8] = place;
        self.count += 1;
        (self.count >= 8).then(|| (self.bytes.to_le_bytes(), self.places[self.count % 8]))
    }
}

fn nibble(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Where the line ends that `place` is on.
fn line_end(text: &[u8], place: usize) -> usize {
    text[place..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |length| place + length)
}
