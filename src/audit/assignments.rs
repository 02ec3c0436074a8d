//! Names that speak of a secret and are given a value that looks random, in files that hold settings.
//!
//! No format is parsed, so a broken file is read like a whole one: a name, a sign of assignment, a value. The two-line form
//! of manifests (`key: NAME`, then `value: …`) is known, and `ENV NAME value` of a Dockerfile.

use super::placeholder::is_placeholder;
use super::randomness::looks_random;
use super::telling::{holds_word, is_password, is_secret};

/// Longer names and values are none.
const NAME: usize = 80;
const VALUE: usize = 1024;

/// So far below a `key: NAME` its `value:` may stand, in bytes.
const PAIR: usize = 160;

/// Where a value stands that looks like a secret.
pub(super) fn look(text: &[u8]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    // Where the last `key: NAME` stood, when NAME is that of a secret.
    let mut waiting: Option<(usize, bool)> = None;
    let mut at = 0;
    while let Some(sign) = text[at..].iter().position(|byte| matches!(byte, b'=' | b':' | b'>')) {
        let sign = at + sign;
        at = sign + 1;
        let Some(name) = name_before(text, sign) else { continue };
        let (telling, waits) = (is_secret(name), waiting.is_some() && name.eq_ignore_ascii_case(b"value"));
        if !telling && !waits && !is_key_of_pair(name) {
            continue;
        }
        let Some((start, end)) = value_after(text, sign) else { continue };
        let value = &text[start..end];
        if is_key_of_pair(name) {
            waiting = Some((end, is_password(value))).filter(|_| is_secret(value));
        }
        let pair = waiting.filter(|(from, _)| name.eq_ignore_ascii_case(b"value") && start - from < PAIR);
        let password = match pair {
            Some((_, password)) => password,
            None if telling => is_password(name),
            None => continue,
        };
        if is_leak(name, value, password) {
            all.push((start, end));
            at = end;
        }
    }
    all.extend(dockerfile(text));
    all
}

fn is_leak(name: &[u8], value: &[u8], password: bool) -> bool {
    let commit = value.len() == 40
        && value.iter().all(u8::is_ascii_hexdigit)
        && !password
        && !holds_word(name, "secret");
    !commit && looks_random(value, password) && !is_placeholder(value)
}

fn is_key_of_pair(name: &[u8]) -> bool {
    [&b"key"[..], b"name"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The name that ends at `sign`, without its quotes.
fn name_before(text: &[u8], sign: usize) -> Option<&[u8]> {
    let least = sign.saturating_sub(NAME);
    let mut end = sign;
    while end > least
        && matches!(text[end - 1], b' ' | b'\t' | b'"' | b'\'' | b'`' | b'\\' | b':' | b'?' | b'+')
    {
        end -= 1;
    }
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let begin =
        text[least..end].iter().rposition(|byte| !is_name(byte)).map_or(least, |before| least + before + 1);
    let tag = begin.checked_sub(1).is_some_and(|before| text[before] == b'<');
    (begin < end && (text[sign] != b'>' || tag)).then(|| &text[begin..end])
}

/// Where the value is that begins after `sign`.
fn value_after(text: &[u8], sign: usize) -> Option<(usize, usize)> {
    let skip = |from: usize, is: fn(&u8) -> bool| {
        from + text[from..].iter().position(|byte| !is(byte)).unwrap_or(text.len() - from)
    };
    let mut start = skip(sign + 1, |byte| matches!(byte, b' ' | b'\t' | b'=' | b'>'));
    if text.get(start) == Some(&b'\\') {
        start += 1;
    }
    let quote = text.get(start).copied().filter(|byte| matches!(byte, b'"' | b'\'' | b'`'));
    start += usize::from(quote.is_some());
    let room = &text[start.min(text.len())..(start + VALUE).min(text.len())];
    let ends = |byte: &u8| match quote {
        Some(quote) => *byte == quote || *byte == b'\n',
        None => byte.is_ascii_whitespace() || matches!(byte, b',' | b';' | b'"' | b'\'' | b'<' | b'}' | b')'),
    };
    let mut length = room.iter().position(ends).unwrap_or(room.len());
    while length > 0 && matches!(room[length - 1], b'\\' | b'\r') {
        length -= 1;
    }
    (length > 0).then_some((start, start + length))
}

/// `ENV NAME value`, without a sign.
fn dockerfile(text: &[u8]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b"ENV ") && !line.contains(&b'=') {
            let mut words = line[4..].trim_ascii().splitn(2, u8::is_ascii_whitespace);
            if let (Some(name), Some(value)) = (words.next(), words.next().map(<[u8]>::trim_ascii))
                && is_secret(name)
                && is_leak(name, value, is_password(name))
                && let Some(at) = line.windows(value.len()).rposition(|window| window == value)
            {
                all.push((start + at, start + at + value.len()));
            }
        }
        start += line.len();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUE: &str = "q7Hs82LkPz0vYt5NwXb3";

    fn found(text: &str) -> Vec<String> {
        let text = text.replace("V4LUE", VALUE);
        let of = |(start, end): (usize, usize)| text[start..end].to_owned();
        look(text.as_bytes()).into_iter().map(of).collect()
    }

    #[test]
    fn every_way_to_assign_is_known() {
        for text in [
            "JWT_SECRET=V4LUE\n",
            "export API_KEY='V4LUE'",
            "clientSecret: V4LUE",
            r#"{"accessToken": "V4LUE"}"#,
            r#"{\"api_key\":\"V4LUE\"}"#,
            "- key: SESSION_SECRET\n  value: V4LUE\n",
            r#"{"name": "DB_PASSWORD", "value": "V4LUE"}"#,
            "ENV JWT_SECRET V4LUE\n",
            "ARG NPM_TOKEN=V4LUE",
            "args: ['--set-env-vars=A=b,AUTH_TOKEN=V4LUE,C=d']",
            "password = \"V4LUE\"",
            "<password>V4LUE</password>",
            "  - STRIPE_SECRET=V4LUE\r\n",
            "auth.token => 'V4LUE'",
        ] {
            assert_eq!(found(text), [VALUE], "{text}");
        }
    }

    #[test]
    fn other_names_and_values_are_none() {
        for text in [
            "IMAGE_SHA=V4LUE",
            "token_url: V4LUE",
            "PRIMARY_KEY=V4LUE",
            "secretName: V4LUE",
            "API_KEY=${V4LUE}",
            "PASSWORD=changeme",
            "SECRET_KEY: process.env.SECRET_KEY_BASE",
            "password: Please enter your password again",
            "TOKEN=3f9a1c0e7b6d4582a1f03e9c5d7b284611aa22bb",
            "max_tokens: 4096",
            "https://user.example/secret:8080",
            "- key: LOG_LEVEL\n  value: V4LUE\n",
            "=:>",
            "secret:",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
