//! The search as one would write it down first: everything decoded from every place, and every word sought everywhere.
//!
//! What the fast one finds is held against it. It holds values, and shares no line with what it is held against.

use aho_corasick::AhoCorasick;

use super::super::super::rules::Rules;

/// Decoded bytes and where each stands; the end is one place more.
type View = (Vec<u8>, Vec<usize>);

/// Where each of `needles` stands in any spelling: start, end, and which; of those that begin at one place in one view the
/// longest. `least` is the length of the shortest.
pub(super) fn values(text: &[u8], needles: &[Vec<u8>]) -> Vec<(usize, usize, usize)> {
    let least = needles.iter().map(Vec::len).min().unwrap_or(usize::MAX);
    let mut all = Vec::new();
    for (bytes, places) in views(text, least) {
        for start in 0..bytes.len() {
            let stands = |(_, needle): &(usize, &Vec<u8>)| bytes[start..].starts_with(needle);
            let longest = needles.iter().enumerate().filter(stands).max_by_key(|(_, needle)| needle.len());
            all.extend(longest.map(|(index, needle)| (places[start], places[start + needle.len()], index)));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Rule, start and end of each word.
pub(super) fn words(rules: &Rules, text: &[u8]) -> Vec<(usize, usize, usize)> {
    let of = |(index, rule): (usize, &super::super::super::rules::Rule)| {
        rule.keywords.iter().map(|word| (index, word.clone(), rule.fold)).collect::<Vec<_>>()
    };
    let mut all: Vec<(usize, String, bool)> = rules.all.iter().enumerate().flat_map(of).collect();
    for (index, rule) in rules.foreign.iter().enumerate() {
        all.extend(rule.keywords.iter().map(|word| (rules.all.len() + index, word.clone(), true)));
    }
    let words = all.iter().map(|(_, word, _)| word);
    let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(words).unwrap();
    let found = automaton.find_overlapping_iter(text).filter_map(|found| {
        let (rule, word, fold) = &all[found.pattern().as_usize()];
        let written = &text[found.start()..found.end()];
        (*fold || written == word.as_bytes()).then_some((*rule, found.start(), found.end()))
    });
    let mut found: Vec<(usize, usize, usize)> = found.collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn views(text: &[u8], least: usize) -> Vec<View> {
    let mut all = vec![(text.to_vec(), (0..=text.len()).collect())];
    let base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte);
    for (start, end) in joined(text, runs(text, &base64, 1), least * 4 / 3) {
        all.extend((0..4).map(|offset| of_base64(text, start + offset, end)));
    }
    for (start, end) in joined(text, runs(text, &u8::is_ascii_hexdigit, 1), least * 2) {
        let digits: Vec<usize> = (start..end).filter(|place| text[*place].is_ascii_hexdigit()).collect();
        all.extend((0..2).map(|offset| of_hexadecimal(text, &digits[offset..])));
    }
    for (start, end) in runs(text, &u8::is_ascii_graphic, least) {
        all.extend([false, true].into_iter().filter_map(|form| of_percent(text, start, end, form)));
    }
    let mut start = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let line_end = start + line.strip_suffix(b"\n").unwrap_or(line).len();
        let raw: View = (text[start..line_end].to_vec(), (start..=line_end).collect());
        let once = unescaped(raw.clone(), false);
        all.extend([
            unescaped(raw, true),
            unescaped(once.clone(), true),
            unescaped(once.clone(), false),
            once,
        ]);
        start += line.len();
    }
    all
}

fn runs(text: &[u8], is: &dyn Fn(&u8) -> bool, least: usize) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive(|byte| !is(byte)) {
        let length = part.iter().filter(|byte| is(byte)).count();
        if length >= least {
            all.push((start, start + length));
        }
        start += part.len();
    }
    all
}

fn joined(text: &[u8], runs: Vec<(usize, usize)>, least: usize) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = Vec::new();
    for (start, end) in runs {
        match all.last_mut() {
            Some(last) if last.1 - last.0 >= 32 && matches!(&text[last.1..start], b"\n" | b"\r\n") => {
                last.1 = end
            }
            _ => all.push((start, end)),
        }
    }
    all.retain(|(start, end)| end - start >= least);
    all
}

fn of_base64(text: &[u8], start: usize, end: usize) -> View {
    let (mut bytes, mut places) = (Vec::new(), Vec::new());
    let (mut bits, mut count) = (0_u32, 0);
    for (place, byte) in text.iter().enumerate().take(end).skip(start) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        (bits, count) = (bits << 6 | u32::from(value), count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            places.push(place);
        }
    }
    places.push(places.last().map_or(start, |last| last + 1));
    (bytes, places)
}

fn of_hexadecimal(text: &[u8], digits: &[usize]) -> View {
    let (mut bytes, mut places) = (Vec::new(), Vec::new());
    for pair in digits.chunks_exact(2) {
        let text = [text[pair[0]], text[pair[1]]];
        bytes.push(u8::from_str_radix(str::from_utf8(&text).unwrap(), 16).unwrap());
        places.push(pair[0]);
    }
    places.push(digits[digits.len() / 2 * 2 - 1] + 1);
    (bytes, places)
}

/// `None` where nothing is written so.
fn of_percent(text: &[u8], start: usize, end: usize, form: bool) -> Option<View> {
    let (mut bytes, mut places, mut place, mut any) = (Vec::new(), Vec::new(), start, false);
    while place < end {
        places.push(place);
        let digits = text
            .get(place + 1..place + 3)
            .filter(|_| place + 3 <= end)
            .and_then(|two| str::from_utf8(two).ok());
        let digits = digits.filter(|two| two.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|_| text[place] == b'%') {
            Some(byte) => {
                bytes.push(byte);
                (place, any) = (place + 3, true);
            }
            None => {
                let space = form && text[place] == b'+';
                bytes.push(if space { b' ' } else { text[place] });
                (place, any) = (place + 1, any || space);
            }
        }
    }
    places.push(end);
    any.then_some((bytes, places))
}

/// Within the single quotes of a `shell` there is one escape.
fn unescaped((bytes, places): View, shell: bool) -> View {
    let (mut out, mut stand) = (Vec::new(), Vec::new());
    let unit = |at: usize| {
        let digits = bytes.get(at..at + 6).filter(|six| six.starts_with(b"\\u"))?;
        u16::from_str_radix(str::from_utf8(&digits[2..]).ok()?, 16).ok()
    };
    let mut at = 0;
    while at < bytes.len() {
        let (text, length) = match (&bytes[at..], unit(at)) {
            ([b'\'', b'\\', b'\'', b'\'', ..], _) => (vec![b'\''], 4),
            ([b'\\', ..], _) if shell => (vec![b'\\'], 1),
            ([b'\\', b'u', ..], None) => (vec![], 2),
            (_, Some(high @ 0xd800..0xdc00)) => {
                match unit(at + 6).map(|low| String::from_utf16(&[high, low])) {
                    Some(Ok(pair)) => (pair.into_bytes(), 12),
                    _ => (vec![], 2),
                }
            }
            (_, Some(unit)) => match String::from_utf16(&[unit]) {
                Ok(text) => (text.into_bytes(), 6),
                Err(_) => (vec![], 2),
            },
            ([b'\\', b'n', ..], _) => (vec![b'\n'], 2),
            ([b'\\', b't', ..], _) => (vec![b'\t'], 2),
            ([b'\\', b'r', ..], _) => (vec![b'\r'], 2),
            ([b'\\', other, ..], _) => (vec![*other], 2),
            ([byte, ..], _) => (vec![*byte], 1),
            ([], _) => break,
        };
        stand.extend(text.iter().map(|_| places[at]));
        out.extend(text);
        at += length;
    }
    stand.push(places[bytes.len()]);
    (out, stand)
}
