//! `docker run --env-file` (measured with 28.2): no quotes, no escapes, every line as it stands.
//!
//! Only blanks before the name and the line end are taken away. A name alone is inherited from the
//! environment, a line over 64 KiB or a name with a blank in it refuses the file.

use super::text::strict;
use super::{Dialect, Readings, Refused, never};

pub(super) static DIALECTS: [Dialect; 1] = [Dialect { name: "docker-env-file", read, fragile: never }];

/// What Go's line scanner holds.
const LONGEST_LINE: usize = 64 * 1024;

fn read(file: &[u8]) -> Result<Readings, Refused> {
    let text = strict(file)?;
    let mut readings = Readings::default();
    for (index, line) in text.strip_prefix('\u{feff}').unwrap_or(text).split('\n').enumerate() {
        let refused = |why| Refused { line: index + 1, why };
        if line.len() >= LONGEST_LINE {
            return Err(refused("it is longer than docker reads"));
        }
        let line = line.strip_suffix('\r').unwrap_or(line).trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once('=').map_or((line, None), |(key, value)| (key, Some(value)));
        if key.is_empty() {
            return Err(refused("it has no name"));
        }
        if key.contains([' ', '\t']) {
            return Err(refused("its name holds a blank"));
        }
        if let Some(value) = value {
            readings.set(key, value);
        }
    }
    Ok(readings)
}
