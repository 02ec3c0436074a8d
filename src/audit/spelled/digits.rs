//! Base64 and hexadecimal, undone from wherever they begin.

use super::{How, Sought, Start, View, nibble};

/// No sign of base64.
pub(super) const NONE: u8 = 0xff;

/// What each byte is worth in either alphabet of base64 (RFC 4648 §4 and §5).
pub(super) const SEXTETS: [u8; 256] = {
    let mut all = [NONE; 256];
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut value = 0;
    while value < 64 {
        all[alphabet[value] as usize] = value as u8;
        value += 1;
    }
    all[b'-' as usize] = 62;
    all[b'_' as usize] = 63;
    all
};

/// Any eight bytes of it, decoded from wherever. Each sign ends a byte of three of the four ways to begin, by 0, 2 and 4
/// bits before its own end. Between its signs `start..end` has line ends alone.
pub(super) fn base64(
    text: &[u8],
    start: usize,
    end: usize,
    sought: &impl Sought,
    look: &mut impl FnMut(Start, [u8; 8]),
) {
    let strange = sought.strange();
    let (mut bits, mut count) = (0_u64, 0);
    for (at, byte) in text[start..end].iter().enumerate() {
        let value = SEXTETS[usize::from(*byte)];
        if value == NONE {
            continue;
        }
        // The six bits before the last 64.
        let before = bits >> 58;
        bits = bits << 6 | u64::from(value);
        count += 1;
        let (two, four) = (bits >> 2 | before << 62, bits >> 4 | before << 60);
        if bits & strange != 0 && two & strange != 0 && four & strange != 0 {
            continue;
        }
        for (first, after, signs) in [(bits, 0, 11), (two, 2, 11), (four, 4, 12)] {
            let first = first.to_be_bytes();
            if count >= signs && sought.begins(first) {
                let others = signs * 6 - after - u64::BITS;
                let place = back(text, start + at, signs);
                look(Start { how: How::Base64 { others }, place, end }, first);
            }
        }
    }
}

/// Where the first of so many signs stands, the last of which stands at `place`.
fn back(text: &[u8], place: usize, signs: u32) -> usize {
    let is_sign = |place: &usize| SEXTETS[usize::from(text[*place])] != NONE;
    (0..=place).rev().filter(is_sign).nth(signs as usize - 1).unwrap_or(0)
}

/// A byte stands where the sign does that ends it.
pub(super) fn base64_from(text: &[u8], start: usize, end: usize, others: u32, least: usize) -> View {
    let mut view = View::default();
    let (mut bits, mut count) = (0_u32, 0);
    let signs = (start..end).map(|place| (place, SEXTETS[usize::from(text[place])]));
    for (place, value) in signs.filter(|(_, value)| *value != NONE) {
        bits = bits << 6 | u32::from(value);
        count += if place == start { 6 - others } else { 6 };
        if count >= 8 {
            count -= 8;
            view.push((bits >> count) as u8, place);
        }
        if view.bytes.len() > least {
            return view;
        }
    }
    view.places.push(view.places.last().map_or(start, |last| last + 1));
    view
}

/// Any eight bytes of it, from either digit on.
pub(super) fn hexadecimal(
    text: &[u8],
    start: usize,
    end: usize,
    sought: &impl Sought,
    look: &mut impl FnMut(Start, [u8; 8]),
) {
    let (mut bits, mut count, mut places) = (0_u64, 0, [0; 16]);
    for (at, byte) in text[start..end].iter().enumerate() {
        let (Some(value), place) = (nibble(*byte), start + at) else { continue };
        bits = bits << 4 | u64::from(value);
        places[count % 16] = place;
        count += 1;
        if count >= 16 && sought.begins(bits.to_be_bytes()) {
            let start = Start { how: How::Hexadecimal, place: places[count % 16], end };
            look(start, bits.to_be_bytes());
        }
    }
}

/// A byte stands where its first digit does.
pub(super) fn hexadecimal_from(text: &[u8], start: usize, end: usize, least: usize) -> View {
    let mut view = View::default();
    let mut high = None;
    let mut after = start;
    let digits = (start..end).filter_map(|place| Some((place, nibble(text[place])?)));
    for (place, value) in digits {
        match high.take() {
            None if view.bytes.len() > least => break,
            None => high = Some((place, value)),
            Some((first, high)) => {
                view.push(high << 4 | value, first);
                after = place + 1;
            }
        }
    }
    view.places.push(after);
    view
}
