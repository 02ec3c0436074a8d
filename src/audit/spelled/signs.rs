//! Percent signs and backslashes, undone.

use super::{By, How, Sought, Start, View, Window, line_end, nibble};

/// So much before an escape can belong to eight bytes that it is one of: seven, and the quote of `'\''`.
const BEFORE: usize = 8;

/// And so much after it: what belongs to the escape itself (`\\u00fc` is seven bytes, of which five follow on its
/// backslashes), and seven bytes more.
const AFTER: usize = 14;

/// Escapes that follow each other closely are decoded together; so many bytes at a time.
const STRETCH: usize = 4096;

/// Eight bytes take no more than this, escaped twice.
const OVERLAP: usize = 160;

/// The byte that is written as `%41` at `place`.
fn coded(text: &[u8], place: usize) -> Option<u8> {
    let three = text.get(place..place + 3).filter(|three| three[0] == b'%')?;
    Some(nibble(three[1])? << 4 | nibble(three[2])?)
}

/// Decodes the word around the percent sign at `sign`, when it stands for something; answers where that ends.
pub(super) fn percent(
    text: &[u8],
    sign: usize,
    sought: &impl Sought,
    look: &mut impl FnMut(Start, [u8; 8]),
) -> usize {
    if coded(text, sign).is_none() {
        return sign + 1;
    }
    let other = |byte: &u8| !byte.is_ascii_graphic();
    let start = sign - text[..sign].iter().rev().position(other).unwrap_or(sign);
    let end = sign + text[sign..].iter().position(other).unwrap_or(text.len() - sign);
    for form in [false, true] {
        let mut window = Window::default();
        percent_signs(text, start, end, form, &mut |byte, place, _| {
            if let Some((first, place)) = window.push(byte, place)
                && sought.begins(first)
            {
                look(Start { how: How::Percent { form }, place, end }, first);
            }
            true
        });
    }
    end
}

/// RFC 3986; in a `form` a `+` is a space. Calls `give` with each byte, where it stands and where it ends, while that is
/// true.
fn percent_signs(
    text: &[u8],
    start: usize,
    end: usize,
    form: bool,
    give: &mut impl FnMut(u8, usize, usize) -> bool,
) {
    let mut place = start;
    while place < end {
        let (byte, length) = match (coded(&text[..end], place), text[place]) {
            (Some(byte), _) => (byte, 3),
            (None, b'+') if form => (b' ', 1),
            (None, byte) => (byte, 1),
        };
        if !give(byte, place, place + length) {
            return;
        }
        place += length;
    }
}

pub(super) fn percent_from(text: &[u8], start: usize, end: usize, form: bool, least: usize) -> View {
    let (mut view, mut after) = (View::default(), start);
    percent_signs(text, start, end, form, &mut |byte, place, end| {
        view.push(byte, place);
        after = end;
        view.bytes.len() < least
    });
    view.places.push(after);
    view
}

/// Decodes what is near the backslash at `sign`, and near those that follow closely, in each way it may be escaped. Any other
/// bytes are what they are, and were looked at as such. No escape is divided by `at`; answers where the next place like
/// it is.
pub(super) fn escaped(
    text: &[u8],
    at: usize,
    sign: usize,
    sought: &impl Sought,
    look: &mut impl FnMut(Start, [u8; 8]),
) -> usize {
    let from = at.max(sign.saturating_sub(BEFORE));
    let from = text[from..sign].iter().rposition(|byte| *byte == b'\n').map_or(from, |end| from + end + 1);
    let to = stretch_end(text, from, sign);
    let resume = match text.get(to) {
        None | Some(b'\n') => to,
        Some(_) if to - from >= STRETCH => to - OVERLAP,
        // The next may begin with what stands before its first escape.
        Some(_) => to - BEFORE,
    };
    let bytes = &text[from..to];
    if bytes.array_windows().any(|four| four == QUOTE) {
        near(bytes, By::Shell, |index| from + index, resume, sought, look);
    }
    let (mut next, inner) = near(bytes, By::Json, |index| from + index, resume, sought, look);
    if inner {
        let mut once = View::default();
        unescape(bytes, By::Json, &mut |byte, index| {
            once.push(byte, from + index);
            true
        });
        for by in [By::Shell, By::Json] {
            (next, _) = near(&once.bytes, by, |index| once.places[index], resume, sought, look);
        }
    }
    next
}

/// Looks at each eight bytes of what `bytes` are once backslashes are undone; answers where the first of them stands from
/// `resume` on, or that, and whether there are backslashes left.
fn near(
    bytes: &[u8],
    by: By,
    place: impl Fn(usize) -> usize,
    resume: usize,
    sought: &impl Sought,
    look: &mut impl FnMut(Start, [u8; 8]),
) -> (usize, bool) {
    let (mut window, mut at, mut inner) = (Window::default(), None, false);
    unescape(bytes, by, &mut |byte, index| {
        inner |= byte == b'\\';
        if let Some((first, index)) = window.push(byte, index)
            && sought.begins(first)
        {
            Start::with_escapes(place(index)).into_iter().for_each(|start| look(start, first));
        }
        if at.is_none() && place(index) >= resume {
            at = Some(place(index));
        }
        true
    });
    (at.unwrap_or(resume), inner)
}

/// Where escapes end that follow each other closely, of which the first stands at `sign`; on the same line.
fn stretch_end(text: &[u8], from: usize, sign: usize) -> usize {
    let mut last = sign;
    loop {
        let most = (last + 1 + AFTER).min(text.len());
        let ends = |byte: &u8| matches!(byte, b'\\' | b'\n');
        match text[last + 1..most].iter().position(ends).map(|length| last + 1 + length) {
            Some(next) if text[next] == b'\n' => return next,
            Some(next) if next - from < STRETCH => last = next,
            Some(next) => return next,
            None => return most,
        }
    }
}

/// No escape takes more bytes than this for one of what it stands for.
const WIDEST: usize = 6;

pub(super) fn escaped_from(text: &[u8], start: usize, by: &[By], least: usize) -> View {
    let most = by.iter().fold(least + 2, |most, _| most * WIDEST);
    let text = &text[..text.len().min(start + most)];
    let line = &text[..line_end(text, start)];
    match by {
        [outer, inner] => {
            let outer = once(line, start, *outer, (least + 1) * WIDEST);
            let mut view = once(&outer.bytes, 0, *inner, least);
            view.places.iter_mut().for_each(|place| *place = outer.places[*place]);
            view
        }
        _ => once(line, start, by[0], least),
    }
}

/// A byte ends where the next begins: an escape may stand for nothing.
fn once(text: &[u8], start: usize, by: By, least: usize) -> View {
    let mut view = View::default();
    let end = unescape(&text[start..], by, &mut |byte, index| {
        view.push(byte, start + index);
        view.bytes.len() <= least
    });
    view.places.push(start + end);
    view
}

/// A quote within the single quotes of a shell.
const QUOTE: &[u8; 4] = br"'\''";

/// Calls `give` with each byte, and the index of what it was written as, while that is true; answers where it left off.
fn unescape(bytes: &[u8], by: By, give: &mut impl FnMut(u8, usize) -> bool) -> usize {
    let mut index = 0;
    while let Some(byte) = bytes.get(index).copied() {
        let (byte, length) = match (byte, bytes.get(index + 1).copied()) {
            (b'\'', Some(b'\\')) if bytes[index..].starts_with(QUOTE) => (byte, 4),
            (b'\\', _) if by == By::Shell => (byte, 1),
            (b'\\', Some(b'u')) => {
                let read = unicode(&bytes[index..]);
                let mut bytes = [0; 4];
                let bytes = read.map_or(&[][..], |(c, _)| c.encode_utf8(&mut bytes).as_bytes());
                if !bytes.iter().all(|byte| give(*byte, index)) {
                    return index;
                }
                index += read.map_or(2, |(_, length)| length);
                continue;
            }
            (b'\\', Some(b'n')) => (b'\n', 2),
            (b'\\', Some(b't')) => (b'\t', 2),
            (b'\\', Some(b'r')) => (b'\r', 2),
            (b'\\', Some(letter)) => (letter, 2),
            _ => (byte, 1),
        };
        if !give(byte, index) {
            return index;
        }
        index += length;
    }
    index
}

/// `\u00fc`, or a pair of them; with its length.
fn unicode(bytes: &[u8]) -> Option<(char, usize)> {
    let unit = |from: usize| {
        let digits = bytes.get(from..from + 6).filter(|digits| digits.starts_with(b"\\u"))?;
        u16::from_str_radix(str::from_utf8(&digits[2..]).ok()?, 16).ok()
    };
    let first = unit(0)?;
    match unit(6).filter(|_| (0xd800..0xdc00).contains(&first)) {
        Some(second) => Some((char::decode_utf16([first, second]).next()?.ok()?, 12)),
        None => Some((char::from_u32(u32::from(first))?, 6)),
    }
}
