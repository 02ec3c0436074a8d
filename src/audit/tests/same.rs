//! The same bytes give the same findings whether they are tracked, staged, committed, piped or in a plain folder.

use super::*;
use crate::secret::SecretValue;

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
}

/// File name, bytes, and where the token is.
fn files() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let token = token();
    let text = format!("# notes\nkey = \"{token}\"\n");
    let long = ["x".repeat(3 << 20), format!(" {token} "), "y".repeat(1 << 10)].concat();
    let huge = ["line of text\n".repeat(350_000), token.clone(), "\n".to_owned()].concat();
    let late = [vec![b'a'; 100_000], b"\n\0\0\n".to_vec(), token.clone().into_bytes()].concat();
    vec![
        ("plain.txt", text.clone().into_bytes(), "2:8"),
        ("little.txt", utf16(&text, false), "2:8"),
        ("big.txt", utf16(&text, true), "2:8"),
        ("early-nul.bin", [b"\0\x01\x02\n".to_vec(), text.clone().into_bytes()].concat(), "3:8"),
        ("late-nul.txt", late, "3:1"),
        ("one-line.js", long.into_bytes(), "1:3145730"),
        ("huge.log", huge.into_bytes(), "350001:1"),
        ("latin-1.txt", [b"k\xe4se \xff\n".to_vec(), text.clone().into_bytes()].concat(), "3:8"),
        ("crlf.txt", text.replace('\n', "\r\n").into_bytes(), "2:8"),
        ("in/a folder/ümlaut.txt", text.clone().into_bytes(), "2:8"),
        ("escaped.json", format!("{{\"a\": \"x\\n{token}\\n\"}}").into_bytes(), "1:11"),
        ("base", token.into_bytes(), "1:1"),
    ]
}

#[test]
fn every_way_finds_the_same() {
    let repository = Repository::new();
    let mut expected = Vec::new();
    for (path, bytes, place) in files() {
        repository.write(path, bytes);
        expected.push(format!("{path}:{place} 40"));
    }
    expected.sort();
    let sorted = |mut found: Vec<String>| {
        found.sort();
        found
    };
    assert_eq!(sorted(repository.found(Source::Paths(vec![".".into()]))), expected, "in a folder");
    repository.git(&["add", "--all"]);
    assert_eq!(sorted(repository.found(Source::Staged)), expected, "staged");
    assert_eq!(sorted(repository.found(Source::Tracked)), expected, "tracked");
    repository.commit();
    assert_eq!(sorted(repository.found(Source::History)), expected, "committed");
    assert_eq!(sorted(repository.found(Source::Staged)), expected, "nothing staged: all that is tracked");
}

#[test]
fn a_stream_finds_the_same_as_a_file() {
    let scanner = Scanner::new(Rules::own().unwrap(), None);
    for (path, bytes, place) in files() {
        let mut leaks = Vec::new();
        let subject = scanner::Subject { path, kept: false, commit: None };
        let read = scanner.scan(subject, &bytes[..], &mut Vec::new(), &mut leaks).unwrap();
        let places: Vec<String> = leaks.iter().map(|leak| format!("{}:{}", leak.line, leak.column)).collect();
        assert_eq!(places, [place], "{path}");
        assert!(read.bytes > 0);
    }
}

/// Whatever it begins and ends beside: pieces are of 4 MiB, and overlap.
#[test]
fn a_token_and_a_known_value_are_found_once_on_the_border_of_two_pieces() {
    let value = "k9/Zq81+LmXt0vR2-and/more";
    let state = tempfile::tempdir().unwrap();
    let [project, variable, service, origin] = ["shop", "KEY", "api", "aws"].map(str::to_owned);
    let name = OwnName { project, variable, service, origin };
    Known::open(state.path()).unwrap().remember(&[(name, &SecretValue::new(value))]).unwrap();
    let scanner = Scanner::new(Rules::own().unwrap(), None).knowing(Known::open(state.path()).unwrap().own());
    let hex: String = value.bytes().map(|byte| format!("{byte:02x}")).collect();
    for sought in [token(), hex] {
        // Where one piece leaves off telling, and where it ends.
        for border in [(4 << 20) - (32 << 10), 4 << 20] {
            for start in [border - 20, border - 1] {
                let mut text = vec![b'.'; (4 << 20) + 100];
                text[start..start + sought.len()].copy_from_slice(sought.as_bytes());
                let leaks = scanner.look("a.txt", &text[..]).unwrap();
                let places: Vec<(usize, usize)> =
                    leaks.iter().map(|leak| (leak.column, leak.length)).collect();
                assert_eq!(places, [(start + 1, sought.len())]);
            }
        }
    }
}

#[test]
fn nothing_that_is_told_holds_the_value() {
    let repository = Repository::new();
    for (path, bytes, _) in files() {
        repository.write(path, bytes);
    }
    let audit = repository.audit(Source::Paths(vec![".".into()]));
    let told = format!("{audit:?}\n{}", serde_json::to_string(&audit).unwrap());
    let told = format!("{told}\n{}\n{}", sarif(&audit, &[]), annotations(&audit, &[]));
    let findings: String = audit.leaks.iter().map(|leak| format!("{:?}", leak.finding())).collect();
    let token = token();
    for part in [&token[..], &token[4..20], &token[20..]] {
        assert!(!told.contains(part) && !findings.contains(part));
    }
}

#[test]
fn a_fingerprint_is_of_rule_and_value_alone() {
    let repository = Repository::new();
    repository.write("a.txt", token()).write("b/c.txt", format!("\n\n x {}", token()));
    repository.write("d.txt", token().replace("A1b2", "Z9y8"));
    let leaks = repository.audit(Source::Paths(vec![".".into()])).leaks;
    let prints: Vec<_> = leaks.iter().map(|leak| leak.fingerprint.unwrap()).collect();
    assert_eq!(prints[0], prints[1]);
    assert_ne!(prints[0], prints[2]);
}
