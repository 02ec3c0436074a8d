//! `kubectl create secret --from-env-file` (measured with 1.32): every line as it stands.
//!
//! Near to `docker_env_file.rs`, with two differences that matter: a key assigned twice refuses the
//! file, and a line over 64 KiB silently ends it, which this model counts as a refusal.

use super::text::strict;
use super::{Dialect, Readings, Refused, never};

pub(super) static DIALECTS: [Dialect; 1] = [Dialect { name: "kubectl", read, fragile: never }];

/// What Go's line scanner holds.
const LONGEST_LINE: usize = 64 * 1024;

fn read(file: &[u8]) -> Result<Readings, Refused> {
    let text = strict(file)?;
    let mut readings = Readings::default();
    for (index, line) in text.strip_prefix('\u{feff}').unwrap_or(text).split('\n').enumerate() {
        let refused = |why| Refused { line: index + 1, why };
        if line.len() >= LONGEST_LINE {
            return Err(refused("it is longer than kubectl reads"));
        }
        let line = line.strip_suffix('\r').unwrap_or(line).trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once('=').unwrap_or((line, ""));
        if !is_name(key) {
            return Err(refused("its name is none kubectl takes"));
        }
        if readings.get(key).is_some() {
            return Err(refused("its name was assigned before"));
        }
        readings.set(key, value);
    }
    Ok(readings)
}

fn is_name(key: &str) -> bool {
    let of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let starts = key.starts_with(|c: char| of_name(c) && !c.is_ascii_digit());
    starts && key.chars().all(of_name) && key != "." && !key.starts_with("..") && key.len() <= 253
}
