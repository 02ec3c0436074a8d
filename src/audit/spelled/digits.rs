//! Base64 and hexadecimal, undone from wherever they begin.

use super::{Hint, View, nibble, runs};

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

fn sextet(byte: u8) -> Option<u32> {
    Some(SEXTETS[usize::from(byte)]).filter(|value| *value != NONE).map(u32::from)
}

/// Whether any eight bytes of it, decoded from wherever, are hinted at. Each sign ends a byte of three of the four ways to
/// begin, by 0, 2 and 4 bits before its own end.
pub(super) fn base64_holds(part: &[u8], hint: &impl Hint) -> bool {
    let (mut bits, mut count) = (0_u128, 0);
    part.iter().filter_map(|byte| sextet(*byte)).any(|value| {
        bits = bits << 6 | u128::from(value);
        count += 1;
        let window = |shift: u32| hint(((bits >> shift) as u64).to_be_bytes());
        count > 10 && (window(0) || window(2) || count > 11 && window(4))
    })
}

pub(super) fn base64(text: &[u8], start: usize, end: usize, view: &mut View) {
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

pub(super) fn hexadecimal(
    text: &[u8],
    start: usize,
    end: usize,
    least: usize,
    hint: &impl Hint,
    look: &mut dyn FnMut(&View),
) {
    let part = &text[start..end];
    for (from, to) in runs(part, |byte| byte.is_ascii_hexdigit(), least * 2) {
        if !hexadecimal_holds(&part[from..to], hint) {
            continue;
        }
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

fn hexadecimal_holds(part: &[u8], hint: &impl Hint) -> bool {
    let (mut bits, mut count) = (0_u64, 0);
    part.iter().filter_map(|byte| nibble(*byte)).any(|value| {
        bits = bits << 4 | u64::from(value);
        count += 1;
        count > 15 && hint(bits.to_be_bytes())
    })
}
