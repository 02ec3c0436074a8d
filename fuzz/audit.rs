//! What must hold for a leak scan of any bytes.

use std::sync::LazyLock;

use devsecrets::audit::{Known, Leak, OwnName, Rules, Scanner};
use devsecrets::secret::SecretValue;

/// Long, and nothing like any of its own parts.
const VALUE: &str = "fz7/Kd\"q\\ 9+Lm%w'Xt=0vR2";

/// Names that each open other rules.
const NAMES: [&str; 8] =
    ["a.txt", ".env", "x/deploy.yaml", "Dockerfile", ".npmrc", "secrets.json", ".zsh_history", "package-lock.json"];

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| {
    let state = tempfile::tempdir().unwrap();
    let [project, variable, service, origin] = ["p", "V", "s", "o"].map(str::to_owned);
    let name = OwnName { project, variable, service, origin };
    Known::open(state.path()).unwrap().remember(&[(name, &SecretValue::new(VALUE))]).unwrap();
    Scanner::new(Rules::own().unwrap(), None).knowing(Known::open(state.path()).unwrap().own())
});

fn scan(name: &str, bytes: &[u8]) -> Vec<Leak> {
    let leaks = SCANNER.look(name, bytes).unwrap();
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
    for leak in &leaks {
        assert!(leak.line >= 1 && leak.column >= 1 && leak.length <= 1 << 16, "{leak:?}");
        // What was decoded from UTF-16 has line ends of its own.
        assert!(leak.line <= lines || bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff"), "{leak:?}");
    }
    leaks
}

/// The first byte chooses the name, the second where the value goes. Nothing panics, places are within the bytes, and the
/// value is found in what was made of it: bare, or as hexadecimal, wherever it stands.
pub fn any_bytes(bytes: &[u8]) {
    let Some(([name, place], rest)) = bytes.split_first_chunk::<2>() else { return };
    let name = NAMES[usize::from(*name) % NAMES.len()];
    scan(name, rest);
    let (before, after) = rest.split_at(usize::from(*place).min(rest.len()));
    // Marks of UTF-16 and of zsh change the bytes, and our own comment lets the value pass.
    let odd = rest.first().is_some_and(|byte| *byte >= 0xfe) || name == ".zsh_history";
    if odd || rest.windows(16).any(|part| part == b"devsecrets:allow") {
        return;
    }
    let hex: String = VALUE.bytes().map(|byte| format!("{byte:02x}")).collect();
    for form in [VALUE, &hex] {
        let leaks = scan(name, &[before, form.as_bytes(), after].concat());
        assert!(leaks.iter().any(|leak| leak.own.is_some()), "lost in {name}");
    }
}
