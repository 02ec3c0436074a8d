//! A text as it was before a program wrote it down: base64, hexadecimal, percent signs and backslashes undone.
//!
//! Each stretch that could be encoded is decoded into a view, which remembers where its bytes come from. Wrong guesses cost
//! a little time and find nothing, so no format has to be known.

/// Decoded bytes; byte `index` stands at `places[index]`.
#[derive(Debug, Default)]
pub(super) struct View {
    pub bytes: Vec<u8>,
    pub places: Vec<usize>,
}

impl View {
    fn push(&mut self, byte: u8, place: usize) {
        self.bytes.push(byte);
        self.places.push(place);
    }

    /// Where in the text the bytes `start..end` stand.
    pub fn extent(&self, start: usize, end: usize) -> (usize, usize) {
        let after = self.places[end - 1] + 1;
        (self.places[start], self.places.get(end).map_or(after, |next| after.max(*next)))
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.places.clear();
    }
}

/// Hands every view of `text` to `look` that could hold `least` bytes or more.
pub(super) fn each(text: &[u8], least: usize, look: &mut dyn FnMut(&View)) {
    let mut view = View::default();
    for (start, end) in runs(text, is_base64, least * 4 / 3) {
        for offset in 0..4 {
            base64(text, start + offset, end, &mut view);
            look(&view);
        }
        if text[start..end].iter().filter(|byte| byte.is_ascii_hexdigit()).count() >= least * 2 {
            hexadecimal(text, start, end, least, look);
        }
    }
    if text.contains(&b'%') {
        for (start, end) in runs(text, |byte| byte.is_ascii_graphic(), least) {
            if text[start..end].contains(&b'%') {
                percent(text, start, end, false, &mut view);
                look(&view);
                if text[start..end].contains(&b'+') {
                    percent(text, start, end, true, &mut view);
                    look(&view);
                }
            }
        }
    }
    if text.contains(&b'\\') {
        for (start, end) in runs(text, |byte| byte != b'\n', least) {
            if text[start..end].contains(&b'\\') {
                backslashes(text, start, end, look);
            }
        }
    }
}

/// Stretches of bytes that all are so, of at least `least`. A line end within long lines of base64 is no end.
fn runs(text: &[u8], is: impl Fn(u8) -> bool, least: usize) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut start = 0;
    for (index, byte) in text.iter().enumerate() {
        if !is(*byte) {
            if index - start >= least {
                all.push((start, index));
            }
            start = index + 1;
        }
    }
    if text.len() - start.min(text.len()) >= least {
        all.push((start, text.len()));
    }
    joined(text, all)
}

/// Joins lines of one wrapped text: long ones that follow each other with nothing but a line end between.
fn joined(text: &[u8], runs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = Vec::with_capacity(runs.len());
    for (start, end) in runs {
        match all.last_mut() {
            Some(last) if matches!(&text[last.1..start], b"\n" | b"\r\n") && last.1 - last.0 >= 60 => {
                last.1 = end
            }
            _ => all.push((start, end)),
        }
    }
    all
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

/// Both alphabets (RFC 4648 §4 and §5).
fn sextet(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

fn base64(text: &[u8], start: usize, end: usize, view: &mut View) {
    view.clear();
    let (mut bits, mut count) = (0_u32, 0);
    for (place, value) in (start..end).filter_map(|place| Some((place, sextet(text[place])?))) {
        bits = bits << 6 | value;
        count += 6;
        if count >= 8 {
            count -= 8;
            view.push((bits >> count) as u8, place);
        }
    }
}

fn nibble(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

fn hexadecimal(text: &[u8], start: usize, end: usize, least: usize, look: &mut dyn FnMut(&View)) {
    let part = &text[start..end];
    for (from, to) in runs(part, |byte| byte.is_ascii_hexdigit(), least * 2) {
        for offset in 0..2 {
            let mut view = View::default();
            let mut place = from + offset;
            while place + 1 < to {
                if let Some((high, low)) = nibble(part[place]).zip(nibble(part[place + 1])) {
                    view.push(high << 4 | low, start + place);
                }
                place += 2;
            }
            look(&view);
        }
    }
}

/// RFC 3986; in a `form` a `+` is a space.
fn percent(text: &[u8], start: usize, end: usize, form: bool, view: &mut View) {
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

/// As JSON has it (RFC 8259 §7), once and twice, and as shells do.
fn backslashes(text: &[u8], start: usize, end: usize, look: &mut dyn FnMut(&View)) {
    let mut view = View::default();
    (start..end).for_each(|place| view.push(text[place], place));
    for _ in 0..2 {
        view = unescaped(&view);
        look(&view);
    }
}

fn unescaped(view: &View) -> View {
    let (mut out, mut index) = (View::default(), 0);
    let bytes = &view.bytes;
    while index < bytes.len() {
        let place = view.places[index];
        if bytes[index..].starts_with(br"'\''") {
            out.push(b'\'', place);
            index += 4;
            continue;
        }
        let next = bytes.get(index + 1).copied().filter(|_| bytes[index] == b'\\');
        match next {
            None => {
                out.push(bytes[index], place);
                index += 1;
            }
            Some(b'u') => match unicode(&bytes[index..]) {
                Some((c, length)) => {
                    c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| out.push(byte, place));
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
                out.push(byte, place);
                index += 2;
            }
        }
    }
    out
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
