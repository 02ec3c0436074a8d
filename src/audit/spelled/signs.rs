//! Percent signs and backslashes, undone.

use super::{Hint, View, holds, nibble};

/// Whether a byte is written as `%41` there.
pub(super) fn has_percent(part: &[u8]) -> bool {
    part.windows(3)
        .any(|three| three[0] == b'%' && three[1].is_ascii_hexdigit() && three[2].is_ascii_hexdigit())
}

/// RFC 3986; in a `form` a `+` is a space.
pub(super) fn percent(text: &[u8], start: usize, end: usize, form: bool, view: &mut View) {
    view.clear();
    let mut place = start;
    while place < end {
        let digits = text.get(place + 1..(place + 3).min(end)).filter(|digits| digits.len() == 2);
        let coded = digits.and_then(|digits| Some(nibble(digits[0])? << 4 | nibble(digits[1])?));
        match coded.filter(|_| text[place] == b'%') {
            Some(byte) => {
                view.push(byte, place);
                place += 3;
            }
            None => {
                let space = form && text[place] == b'+';
                view.push(if space { b' ' } else { text[place] }, place);
                place += 1;
            }
        }
    }
}

/// Whether any eight bytes are hinted at once backslashes are undone, or undone twice.
pub(super) fn escaped_holds(line: &[u8], plain: &mut Vec<u8>, hint: &impl Hint) -> bool {
    plain.clear();
    unescape(line, &mut |byte, _| plain.push(byte));
    if holds(plain, hint) {
        return true;
    }
    let mut twice = Vec::new();
    if plain.contains(&b'\\') {
        unescape(plain, &mut |byte, _| twice.push(byte));
    }
    holds(&twice, hint)
}

/// As JSON has it (RFC 8259 §7), once and twice, and as shells do.
pub(super) fn backslashes(text: &[u8], start: usize, end: usize, look: &mut dyn FnMut(&View)) {
    let mut view = View::default();
    (start..end).for_each(|place| view.push(text[place], place));
    for _ in 0..2 {
        view = unescaped(&view);
        look(&view);
    }
}

fn unescaped(view: &View) -> View {
    let mut out = View::default();
    unescape(&view.bytes, &mut |byte, index| out.push(byte, view.places[index]));
    out
}

/// Calls `give` with each byte, and the index of what it was written as.
fn unescape(bytes: &[u8], give: &mut impl FnMut(u8, usize)) {
    let mut index = 0;
    while index < bytes.len() {
        if bytes[index..].starts_with(br"'\''") {
            give(b'\'', index);
            index += 4;
            continue;
        }
        let next = bytes.get(index + 1).copied().filter(|_| bytes[index] == b'\\');
        match next {
            None => {
                give(bytes[index], index);
                index += 1;
            }
            Some(b'u') => match unicode(&bytes[index..]) {
                Some((c, length)) => {
                    c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| give(byte, index));
                    index += length;
                }
                None => index += 2,
            },
            Some(letter) => {
                let byte = match letter {
                    b'n' => b'\n',
                    b't' => b'\t',
                    b'r' => b'\r',
                    other => other,
                };
                give(byte, index);
                index += 2;
            }
        }
    }
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
