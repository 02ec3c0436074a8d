//! The forms in which a value appears in output and in files.
//!
//! As it is, and as programs write it: base64 at each of the three offsets it can have within a longer text (both
//! alphabets, also in lines; also of the JSON-escaped value), percent-encoded as usual encoders do and byte by byte,
//! JSON-escaped (also twice, as JSON within JSON), hexadecimal, and quoted for a shell. They are the value itself, so they stay with whoever masks or looks for it.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE};

/// A single line of a longer value is a form of its own from this many bytes on; what is shorter stands everywhere.
const LINE: usize = 6;

/// Every form of `value`, each once; and of what is left when a program takes white space off its ends.
pub fn forms(value: &str) -> Vec<Vec<u8>> {
    let mut forms = written(value);
    if value.trim() != value {
        forms.extend(written(value.trim()));
    }
    let wide: Vec<String> = forms.iter().filter(|form| form.contains('\n')).map(|form| crlf(form)).collect();
    forms.extend(wide);
    forms.sort();
    forms.dedup();
    forms.into_iter().map(String::into_bytes).collect()
}

fn written(value: &str) -> Vec<String> {
    let mut forms = vec![value.to_owned()];
    forms.extend(lines(value));
    forms.extend(base64(value));
    forms.extend(percent(value));
    forms.extend(every_byte(value));
    let json = json(value);
    // A JSON text in base64, such as a cursor or the middle of a token, holds the value as JSON has it.
    forms.extend(json.first().filter(|once| *once != value).into_iter().flat_map(|once| base64(once)));
    forms.extend(json);
    forms.extend(hex(value));
    forms.extend(shell(value));
    forms
}

/// As a terminal has line ends.
fn crlf(form: &str) -> String {
    form.replace("\r\n", "\n").replace('\n', "\r\n")
}

/// Logs indent and prefix the lines of a key. The lines around it that tell its kind are no secret.
fn lines(value: &str) -> impl Iterator<Item = String> {
    let several = value.trim_end().contains('\n');
    let telling = move |line: &&str| several && line.len() >= LINE && !line.starts_with("-----");
    value.lines().map(str::trim).filter(telling).map(str::to_owned)
}

fn base64(value: &str) -> Vec<String> {
    let whole = BASE64_STANDARD.encode(value);
    let mut forms = vec![wrapped(&whole, 76), wrapped(&whole, 64), whole];
    for offset in 0..3 {
        let shifted = [&b"\0\0\0"[..offset], value.as_bytes()].concat();
        let text = BASE64_STANDARD_NO_PAD.encode(&shifted);
        // The characters at either end that hold bits of what stands beside the value are not its own.
        let (from, to) = ((offset * 8).div_ceil(6), shifted.len() * 8 / 6);
        forms.push(text[from..to.max(from)].to_owned());
    }
    let url = forms.iter().map(|form| form.replace('+', "-").replace('/', "_"));
    let url: Vec<String> = url.chain([BASE64_URL_SAFE.encode(value)]).collect();
    forms.extend(url);
    forms
}

fn wrapped(text: &str, columns: usize) -> String {
    let lines: Vec<&str> =
        text.as_bytes().chunks(columns).filter_map(|line| str::from_utf8(line).ok()).collect();
    lines.join("\n")
}

/// What the usual encoders leave as it is beyond letters and digits: RFC 3986, `encodeURIComponent`, `encodeURI`,
/// Python's `quote`, and forms, which write a space as `+`.
fn percent(value: &str) -> Vec<String> {
    const KEPT: [&str; 5] = ["-._~", "-._~!*'()", "-._~!*'();/?:@&=+$,#", "-._~/", "*-._"];
    let encoders = KEPT.iter().flat_map(|kept| [(*kept, false), (*kept, true)]);
    let mut forms: Vec<String> = encoders.map(|(kept, upper)| percent_as(value, kept, upper)).collect();
    let plus: Vec<String> = forms.iter().map(|form| form.replace("%20", "+")).collect();
    forms.extend(plus);
    forms
}

fn percent_as(value: &str, kept: &str, upper: bool) -> String {
    let digits = if upper { b"0123456789ABCDEF" } else { b"0123456789abcdef" };
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || kept.as_bytes().contains(&byte) {
            text.push(byte.into());
        } else {
            let half = |bits: u8| char::from(digits[usize::from(bits & 15)]);
            text.extend(['%', half(byte >> 4), half(byte)]);
        }
    }
    text
}

/// Percent-encoded down to the letters, which RFC 3986 (2.3) lets anybody do.
fn every_byte(value: &str) -> [String; 2] {
    let upper: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
    [upper.to_ascii_lowercase(), upper]
}

fn json(value: &str) -> Vec<String> {
    let once = escaped(value);
    let slashes = once.replace('/', "\\/");
    let ascii = ascii(&once);
    let twice = [&once, &slashes, &ascii].map(|form| escaped(form));
    [once, slashes, ascii].into_iter().chain(twice).collect()
}

/// Between the quotes (RFC 8259 §7).
fn escaped(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
}

/// Python's and PHP's way: nothing beyond ASCII.
fn ascii(text: &str) -> String {
    let mut units = [0; 2];
    let mut one = |c: char| match c.is_ascii() {
        true => c.to_string(),
        false => c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
    };
    text.chars().map(&mut one).collect()
}

fn hex(value: &str) -> [String; 2] {
    let lower: String = value.bytes().map(|byte| format!("{byte:02x}")).collect();
    let upper = lower.to_ascii_uppercase();
    [lower, upper]
}

/// Within single quotes, and within double quotes (POSIX.1-2024, XCU 2.2).
fn shell(value: &str) -> [String; 2] {
    let double = value.chars().flat_map(|c| {
        let escape = matches!(c, '"' | '$' | '`' | '\\').then_some('\\');
        escape.into_iter().chain([c])
    });
    [value.replace('\'', r"'\''"), double.collect()]
}
