//! `@dotenvx/dotenvx`, `config()` and `dotenvx run` (measured with 2.38.2).
//!
//! Finds statements exactly as npm `dotenv` does and then differs: `\'` is decoded in single quotes,
//! `\t` in double ones, and all but single-quoted values have `$NAME` expanded and `$(command)` run.
//! What a reference, a command or a foreign store would give is unknown here and becomes NUL.

use zeroize::Zeroizing;

use super::expanders::marked;
use super::{Dialect, Readings, Refused, node_dotenv};

pub(super) static DIALECTS: [Dialect; 1] = [Dialect { name: "dotenvx", read, fragile: node_dotenv::fragile }];

/// A value that starts so is decrypted or fetched, whatever its quotes.
const LIVE: [&str; 3] = ["encrypted:", "op://", "bw://"];

fn read(file: &[u8]) -> Result<Readings, Refused> {
    let mut readings = Readings::default();
    node_dotenv::each(file, |key, raw| {
        let plain = node_dotenv::plain(raw);
        let value = match raw.chars().next() {
            Some('\'') => Zeroizing::new(plain.replace("\\'", "'")).as_bytes().to_vec(),
            Some('"') => expanded(&decoded(&plain), &readings).to_vec(),
            _ => expanded(&plain, &readings).to_vec(),
        };
        let live = LIVE.iter().any(|prefix| value.starts_with(prefix.as_bytes()));
        let value = Zeroizing::new(if live { vec![0] } else { value });
        readings.set(key, value.as_slice());
    });
    Ok(readings)
}

fn decoded(text: &str) -> Zeroizing<String> {
    let broken = Zeroizing::new(text.replace("\\n", "\n"));
    let returned = Zeroizing::new(broken.replace("\\r", "\r"));
    Zeroizing::new(returned.replace("\\t", "\t"))
}

fn expanded(text: &str, known: &Readings) -> Zeroizing<Vec<u8>> {
    if text.contains("$(") { Zeroizing::new(vec![0]) } else { marked(text.as_bytes(), known) }
}
