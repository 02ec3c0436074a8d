//! Whether a value looks as if a machine had made it up.
//!
//! A name like `TOKEN` proves little, so the generic rule also looks at the value. Entropy alone cannot tell
//! `get-user-by-session-id` from a key of the same length; how often its neighbouring letters are neighbours in English can.

/// Pairs of letters that make up most of English, most frequent first (Norvig, "English Letter Frequency Counts").
/// Three in four pairs of a text are among them, and one in five of random letters.
const PAIRS: &[u8] = b"thheineranreonatenndtiesorteofedisitalarsttontngsehaasouioleve\
comedehiriroiceneraceliechllbemasiomurcaeltalansdifohopeecprnoctusacotiltrlyncetutsssorsunlowageiewheewiemadolrtpowena\
ulnitsmowpaimmiaishirsuidosiviaamficiviplgtuevldrympfeblabghtyopwosayexkefrooavagifapgrodbosprddoucbueiovbyrmepttocfa";

/// From this share of English pairs on, it is words.
const WORDY: f64 = 0.56;

/// Shannon's entropy, in bits for each byte. Of the first 512 bytes, which are enough to tell.
pub(super) fn entropy(value: &[u8]) -> f64 {
    let value = value.get(..512).unwrap_or(value);
    let mut counts = [0_u32; 256];
    value.iter().for_each(|byte| counts[usize::from(*byte)] += 1);
    let all = f64::from(u32::try_from(value.len()).unwrap_or(1).max(1));
    counts.iter().filter(|count| **count > 0).fold(0.0, |sum, count| {
        let share = f64::from(*count) / all;
        sum - share * share.log2()
    })
}

/// A key, or a token, or a password that a machine made. `password` takes shorter ones.
pub(super) fn looks_random(value: &[u8], password: bool) -> bool {
    let printable = value.iter().all(u8::is_ascii_graphic);
    if !printable || value.len() > 1024 || value.len() < if password { 10 } else { 16 } {
        return false;
    }
    if is_uuid(value) {
        return value[14] == b'4';
    }
    if value.len() >= 24 && value.iter().all(u8::is_ascii_hexdigit) {
        return has(value, u8::is_ascii_digit) && entropy(value) >= 3.0;
    }
    if looks_like_a_name(value) || wordiness(value) >= WORDY {
        return false;
    }
    let kinds = kinds(value);
    match value.len() {
        ..16 => kinds >= 3 && entropy(value) >= 3.0,
        16..20 => kinds >= 2 && entropy(value) >= 3.2 && has(value, u8::is_ascii_digit),
        _ if kinds >= 2 => entropy(value) >= 3.5,
        _ => entropy(value) >= 3.7 && has(value, u8::is_ascii_alphabetic),
    }
}

fn has(value: &[u8], is: fn(&u8) -> bool) -> bool {
    value.iter().any(is)
}

/// How many of small letters, capitals, digits and signs it has.
fn kinds(value: &[u8]) -> usize {
    let is: [fn(&u8) -> bool; 4] =
        [u8::is_ascii_lowercase, u8::is_ascii_uppercase, u8::is_ascii_digit, u8::is_ascii_punctuation];
    is.into_iter().filter(|is| has(value, *is)).count()
}

/// A path, an address, a list, code, or a version is no key.
fn looks_like_a_name(value: &[u8]) -> bool {
    let count = |sign: u8| value.iter().filter(|byte| **byte == sign).count();
    let holds = |text: &str| super::placeholder::holds(value, text.as_bytes());
    let starts = |sign: u8| value.first() == Some(&sign);
    let path = (starts(b'/') || starts(b'.') || starts(b'~')) && count(b'/') >= 2;
    holds("://")
        || path
        || count(b'(') > 0 && count(b')') > 0
        || count(b'.') > 3
        || count(b',') > 2
        || count(b'/') > 5
}

fn is_uuid(value: &[u8]) -> bool {
    value.len() == 36
        && value.iter().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Share of its pairs of neighbouring letters that are neighbours in English; 0 when there are too few to tell.
fn wordiness(value: &[u8]) -> f64 {
    // A capital after a small letter begins another word, and says nothing.
    let within = |pair: &&[u8]| {
        pair.iter().all(u8::is_ascii_alphabetic)
            && (pair[1].is_ascii_lowercase() || pair[0].is_ascii_uppercase())
    };
    let pairs: Vec<&[u8]> = value.windows(2).filter(within).collect();
    let usual = |pair: &&&[u8]| PAIRS.chunks_exact(2).any(|known| known.eq_ignore_ascii_case(pair));
    let (usual, all) = (pairs.iter().filter(usual).count(), pairs.len());
    if all < 5 { 0.0 } else { usual as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_machines_make_up_looks_random() {
        for value in [
            "q7Hs82LkPz0vYt5NwXb3",
            "3f9a1c0e7b6d4582a1f03e9c5d7b2846",
            "bXl0b2tlbnZhbHVlMTIzNDU2Nzg5MGFi",
            "xkqzvjwpfhtbgnmdrlcs",
            "8d3c1f0a-93b2-4c11-9a2e-5f0d7c6b1e42",
            "vN+3kz/9QeTq8WbLx1Yc2A==",
        ] {
            assert!(looks_random(value.as_bytes(), false), "{value}");
        }
        assert!(looks_random(b"xK9#mP2$vLq", true));
    }

    #[test]
    fn what_people_write_does_not() {
        for value in [
            "get-user-by-session-id",
            "ThisIsTheNameOfAHandler",
            "application/json",
            "https://login.acme.io/oauth2/token",
            "/etc/ssl/private/server.key",
            "process.env.SESSION_SECRET",
            "Enter your current password",
            "00000000-0000-0000-0000-000000000000",
            "aaaaaaaaaaaaaaaaaaaaaaaa",
            "user_authentication_failed",
            "org.springframework.security.token",
        ] {
            assert!(!looks_random(value.as_bytes(), false), "{value}");
        }
        assert!(!looks_random(b"Summer2024", true));
    }
}
