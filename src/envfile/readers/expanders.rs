//! Next.js, Vite and `dotenv-expand`: a JavaScript parser, then `$NAME` expanded in any quotes.
//!
//! The expansion differs between their versions and looks at the process environment, so this model
//! does not predict it. A reference becomes NUL and the referred value as it stands: such a reading
//! equals no value that can be written, and it changes when the referred variable does. `\$` is a
//! plain dollar sign to all (measured with `@next/env` 16.4, `vite` 8.3, `dotenv-expand` 12 and 1000).

use zeroize::Zeroizing;

use super::{Dialect, Readings, Refused, never, node_dotenv, node_env_file};

pub(super) static NEXT: [Dialect; 1] =
    [Dialect { name: "next", read: read_next, fragile: node_dotenv::fragile }];

/// Its expansion recurses without end where a value refers to itself, and then loads nothing.
fn read_next(file: &[u8]) -> Result<Readings, Refused> {
    let raw = node_dotenv::read(file)?;
    let place = raw.iter().find(|(key, _)| refers_to_itself(key, &raw)).map(|(key, _)| place_of(key, file));
    match place {
        Some(at) => Err(Refused::at(file, at, "its value refers to itself")),
        None => Ok(expanded(raw)),
    }
}

fn place_of(key: &str, file: &[u8]) -> usize {
    file.windows(key.len().max(1)).rposition(|window| window == key.as_bytes()).unwrap_or_default()
}

/// Directly, or by way of others.
fn refers_to_itself(key: &str, raw: &Readings) -> bool {
    let mut reached = references(raw.get(key).unwrap_or_default());
    let mut next = 0;
    while let Some(name) = reached.get(next).cloned() {
        for further in references(raw.get(&name).unwrap_or_default()) {
            if !reached.contains(&further) {
                reached.push(further);
            }
        }
        next += 1;
    }
    reached.iter().any(|name| name == key)
}

/// The names behind every `$` that no backslash escapes.
fn references(value: &[u8]) -> Vec<String> {
    let dollars = (0..value.len()).filter(|at| value[*at] == b'$' && (*at == 0 || value[*at - 1] != b'\\'));
    dollars.map(|at| name_at(value, at + 1)).filter(|name| !name.is_empty()).collect()
}

/// Vite parses with the node it runs on.
pub(super) static VITE: [Dialect; 2] = [
    Dialect {
        name: "vite (node 20)",
        read: |file| node_env_file::read_20(file).map(expanded),
        fragile: never,
    },
    Dialect { name: "vite", read: |file| node_env_file::read_22(file).map(expanded), fragile: never },
];

/// From 1000 on it also runs `$(command)`, even in single quotes, and has no escape for it.
pub(super) static DOTENV_EXPAND: [Dialect; 2] = [
    Dialect {
        name: "dotenv-expand (12)",
        read: |file| node_dotenv::read(file).map(expanded),
        fragile: node_dotenv::fragile,
    },
    Dialect {
        name: "dotenv-expand",
        read: |file| node_dotenv::read(file).map(with_commands),
        fragile: node_dotenv::fragile,
    },
];

fn with_commands(raw: Readings) -> Readings {
    let mut readings = expanded(raw.clone());
    for (key, value) in raw.iter() {
        if value.windows(2).any(|pair| pair == b"$(") {
            readings.set(key, [0]);
        }
    }
    readings
}

fn expanded(raw: Readings) -> Readings {
    let mut readings = Readings::default();
    for (key, value) in raw.iter() {
        readings.set(key, marked(value, &raw).as_slice());
    }
    readings
}

/// `value` with its escaped dollars plain and its references marked.
pub(super) fn marked(value: &[u8], raw: &Readings) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(value.len()));
    let mut at = 0;
    while let Some(byte) = value.get(at).copied() {
        match (byte, value.get(at + 1).copied()) {
            (b'\\', Some(b'$')) => {
                out.push(b'$');
                at += 1;
            }
            (b'$', Some(next)) if next.is_ascii_alphanumeric() || b"_{$".contains(&next) => {
                out.push(0);
                out.extend_from_slice(raw.get(&name_at(value, at + 1)).unwrap_or_default());
            }
            _ => out.push(byte),
        }
        at += 1;
    }
    out
}

fn name_at(value: &[u8], at: usize) -> String {
    let rest = value[at..].strip_prefix(b"{").unwrap_or(&value[at..]);
    let name = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_');
    name.map(|byte| char::from(*byte)).collect()
}
